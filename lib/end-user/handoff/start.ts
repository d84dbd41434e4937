import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { secondsOf } from '#lib/oauth/access-token.ts'
import { findClient } from '#lib/oauth/client.ts'
import type { HandoffClaims, OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { gone } from '#lib/oauth/interaction.ts'
import { type Parameters, parseParameters } from '#lib/oauth/parameters.ts'
import { redirectDisplay } from '#lib/oauth/redirect-uri.ts'
import type { Client, StoredAuthorizationRequest } from '#lib/oauth/store.ts'
import { type Destination, openDestination } from '../destination.ts'
import { createHandoff, HANDOFF_MINUTES } from './handoff.ts'
import { mintHandoffId } from './id.ts'

/** What their page needs to know of the request; nothing where nobody but the person themselves wants them to sign in. */
type Told = Pick<HandoffClaims, 'client' | 'requested' | 'login_hint' | 'prompt'>

/**
 * `GET /oauth/handoff`: `request` or `next`, perhaps `prompt`. Sends the browser that opened the request to the customer's own sign-in
 * page, with a signed request: five minutes, once. No click of ours comes before it: that page belongs to whom the person came for,
 * it gets nothing but what it may know, and consent follows in this same browser when the person comes back.
 */
export async function startHandoff(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, address } = ctx
  const { projectId } = issuer
  const { handoffUrl } = issuer.signInWays
  const parameters = parseParameters(request.query)
  const goesOnTo = parameters.get('request') ?? parameters.get('next')
  if (handoffUrl === null || issuer.suspended || !goesOnTo || browser.hash === null) return gone('unknown')
  const destination = await openDestination(goesOnTo, ctx)
  if ('kind' in destination) return destination
  const told = await toldOf(destination, parameters, ctx)
  if ('kind' in told) return told
  await ctx.limit('authorize', `${projectId} ${address}`)

  const id = mintHandoffId(projectId, destination)
  const { hash: browserHash } = browser
  const requestId = 'place' in destination ? destination.place : destination.pending.idHash
  const now = await inTransaction(async (tx) => {
    const made = await createHandoff(tx, projectId, id, { requestId, browserHash })
    await recordAudit(
      tx,
      { projectId, address, actor: { kind: 'user' } },
      { action: 'handoff.started', ...(told.client ? { clientId: told.client.id, requestId } : {}) },
    )
    return made
  })
  return { kind: 'redirect', to: await signedRequest(handoffUrl, id, now, told, ctx) }
}

async function toldOf(destination: Destination, parameters: Parameters, ctx: OAuthContext): Promise<Told | OAuthResult> {
  const again = parameters.get('prompt') === 'select_account' ? ({ prompt: 'select_account' } as const) : {}
  if ('place' in destination) return again
  const { pending } = destination
  const client = await findClient(pending.clientId, ctx)
  if (typeof client === 'string') return gone(client === 'document_unavailable' ? client : 'client_gone')
  if (client.metadataHash !== pending.metadataHash) return gone('client_changed')
  return {
    client: clientOf(client, pending),
    requested: { scope: pending.scope, resource: pending.resources },
    ...(pending.loginHint === null ? {} : { login_hint: pending.loginHint }),
    ...(pending.authTimeFrom === null ? again : { prompt: 'login' }),
  }
}

const clientOf = ({ clientId: id, name, source }: Client, { redirectUri, deviceCodeHash }: StoredAuthorizationRequest) => ({
  id,
  name,
  verified: source !== 'registered',
  redirect_host: deviceCodeHash === null ? redirectDisplay(redirectUri) : null,
})

async function signedRequest(
  handoffUrl: string,
  id: string,
  now: Date,
  told: Told,
  { issuer, signHandoff }: OAuthContext,
): Promise<string> {
  const iat = secondsOf(now)
  const jwt = await signHandoff({
    iss: issuer.url,
    aud: handoffUrl,
    jti: id,
    iat,
    exp: iat + HANDOFF_MINUTES * 60,
    return_to: `${issuer.url}/oauth/handoff/${id}`,
    ...told,
  })
  const url = new URL(handoffUrl)
  url.searchParams.set('request', jwt)
  return url.href
}
