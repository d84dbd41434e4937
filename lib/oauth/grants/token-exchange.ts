import { authenticateClient, bearerToken } from '../client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { invalidRequest, unauthorizedClient } from '../errors.ts'
import { BACKEND, type ExchangeActor, type Mint, mint, refusalsRecorded, requireSwitchedOn } from '../exchange.ts'
import { TOKEN_EXCHANGE } from '../grant-type.ts'
import type { Parameters } from '../parameters.ts'
import { narrowResources } from '../resource.ts'
import { narrowScopes, parseScope } from '../scope.ts'
import { requireServerSecret } from '../server-secret.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'
import { delegationOf } from './actor-token.ts'
import { readSubjectToken } from './subject-token.ts'

/**
 * RFC 8693 §2.1. The caller is the project's backend (server secret as bearer, for this grant only)
 * or a confidential client that may use this grant. A bad subject or actor token is `invalid_request` (§2.2.2).
 * A subject token may be exchanged as often as it is good: unlike an assertion it is a token, not a request.
 */
export async function tokenExchange(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  // Two callers, told apart by the scheme they authenticate with.
  const client = bearerToken(request) === null ? await authenticateClient(parameters, request, ctx) : null
  if (client && (client.authenticatedBy === 'none' || !client.grantTypes.includes(TOKEN_EXCHANGE))) {
    throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId: client.clientId })
  }
  const { readAt } = client ?? (await requireServerSecret(request, ctx))
  await ctx.limit('exchange', ctx.issuer.projectId)

  const caller: ExchangeActor = client ? { actorKind: 'client', actorId: client.clientId } : BACKEND
  return mint(await refusalsRecorded(caller, ctx, () => wantedOf(parameters, caller, readAt, ctx)), readAt, request, ctx)
}

/** Never wider than what the subject token says, in any direction. */
async function wantedOf(parameters: Parameters, caller: ExchangeActor, now: Date, ctx: OAuthContext): Promise<Mint> {
  requireSwitchedOn(ctx)
  const subjectToken = parameters.get('subject_token')
  const subjectTokenType = parameters.get('subject_token_type')
  if (!subjectToken) throw invalidRequest('subject_token is missing')
  if (!subjectTokenType) throw invalidRequest('subject_token_type is missing')
  // `…:jwt` asks for a JWT of any meaning (§3), not for an access token that happens to be one.
  if (![undefined, ACCESS_TOKEN_TYPE].includes(parameters.get('requested_token_type')))
    throw invalidRequest('requested_token_type is not supported')
  const expiresIn = parseLifetime(parameters.get('expires_in'))

  const subject = await readSubjectToken(subjectToken, subjectTokenType, caller, now, ctx)
  const act = await delegationOf(parameters, subject, caller, now, ctx)
  const targets = [...parameters.all('resource'), ...parameters.all('audience')]
  const scope = parameters.get('scope')
  const { scopes, resources, secondsLeft } = subject
  return {
    actor: caller,
    user: subject.user,
    clientId: caller.actorKind === 'client' ? caller.actorId : parameters.get('client_id'),
    resources: resources ? narrowResources(targets, resources, ctx.issuer) : targets,
    scope: scopes ? narrowScopes(parseScope(scope), scopes).join(' ') : scope,
    ...(scopes ? { within: scopes } : {}),
    expiresIn: secondsLeft === null ? expiresIn : Math.min(expiresIn ?? secondsLeft, secondsLeft),
    ...(act ? { act } : {}),
    ...(subject.grantId ? { grantId: subject.grantId } : {}),
  }
}

function parseLifetime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalidRequest('expires_in must be a whole number of seconds')
  return Number(text)
}
