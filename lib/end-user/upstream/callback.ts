import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { OAuthError } from '#lib/oauth/errors.ts'
import { type Parameters, parseParameters } from '#lib/oauth/parameters.ts'
import type { Back } from '../attempt.ts'
import { backToSignIn, type Destination, openDestination } from '../destination.ts'
import { type Returned, takeDeparture } from './departure.ts'
import { enterAs } from './enter.ts'
import { noteFault, problemOf } from './failure.ts'
import { ProviderFault } from './fault.ts'
import { findProvider, isProviderId, type Provider } from './provider.ts'
import { wayOf } from './way-of.ts'

/**
 * `GET /oauth/callback/<provider>`: a browser comes back (RFC 6749 §4.1.2). What it brings counts once, in the browser that left, from
 * the provider it left for; everything else gets a page of ours and nothing is asked of anybody. Then on to consent, or back to the
 * sign-in page with which side failed.
 */
export async function upstreamCallback(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const id = request.path.slice(request.path.lastIndexOf('/') + 1)
  const parameters = answerOf(request.query)
  const returned = parameters && isProviderId(id) ? await takeDeparture(parameters.get('state') ?? '', id, ctx) : null
  if (!parameters || !returned) {
    ctx.count('rejected:upstream:state')
    return OVER
  }
  const destination = await openDestination(returned.to, ctx)
  if ('kind' in destination) return destination
  const back: Back = (error) => backToSignIn(ctx.issuer, destination, { error, provider: id })
  const provider = await findProvider(ctx.issuer.projectId, id)
  return provider ? arrive(provider, parameters, returned, destination, back, ctx) : back('way_off')
}

async function arrive(
  provider: Provider,
  parameters: Parameters,
  { departure }: Returned,
  destination: Destination,
  back: Back,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  const arrival = { code: parameters.get('code'), iss: parameters.get('iss'), error: parameters.get('error') }
  try {
    const arrived = await wayOf(provider, ctx.world).identify(arrival, departure, await ctx.store.now())
    return await enterAs(arrived, provider, destination, back, ctx)
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error
    await noteFault(error, provider, ctx)
    return back(problemOf(error))
  }
}

/** Null for what no provider sends (RFC 6749 §3.1: each parameter once). */
function answerOf(query: string): Parameters | null {
  try {
    const parameters = parseParameters(query)
    return parameters.repeated().length > 0 || parameters.hasNul() ? null : parameters
  } catch (error) {
    if (error instanceof OAuthError) return null
    throw error
  }
}

const OVER: OAuthResult = { kind: 'page', status: 400, says: 'upstream_over' }
