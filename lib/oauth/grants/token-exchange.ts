import { issuedTokenOf, secondsOf } from '../access-token.ts'
import { authenticateClient, bearerToken } from '../client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { invalidRequest, unauthorizedClient } from '../errors.ts'
import { BACKEND, type ExchangeActor, type Mint, mint, refusalsRecorded } from '../exchange.ts'
import type { Parameters } from '../parameters.ts'
import { narrowResources } from '../resource.ts'
import { narrowScopes, parseScope } from '../scope.ts'
import { requireServerSecret } from '../server-secret.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'

export const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** Our own type, as RFC 8693 §3 allows: the id of a user the project's backend has authenticated. */
export const USER_ID_TYPE = 'urn:gatehouse:params:oauth:token-type:user-id'

/**
 * RFC 8693 §2.1. The caller is the project's backend (server secret as bearer, for this grant only)
 * or a confidential client that may use this grant. A bad subject token is `invalid_request` (§2.2.2).
 */
export async function tokenExchange(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  // Two callers, told apart by the scheme they authenticate with.
  const client = bearerToken(request) === null ? await authenticateClient(parameters, request, ctx) : null
  if (client && (client.tokenEndpointAuthMethod === 'none' || !client.grantTypes.includes(TOKEN_EXCHANGE))) {
    throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId: client.clientId })
  }
  const { readAt } = client ?? (await requireServerSecret(request, ctx))
  await ctx.limit('exchange', ctx.issuer.projectId)

  const actor: ExchangeActor = client ? { actorKind: 'client', actorId: client.clientId } : BACKEND
  return mint(await refusalsRecorded(actor, ctx, () => wantedOf(parameters, actor, readAt, ctx)), readAt, ctx)
}

async function wantedOf(parameters: Parameters, actor: ExchangeActor, now: Date, ctx: OAuthContext): Promise<Mint> {
  const subjectToken = parameters.get('subject_token')
  const subjectTokenType = parameters.get('subject_token_type')
  if (!subjectToken) throw invalidRequest('subject_token is missing')
  if (!subjectTokenType) throw invalidRequest('subject_token_type is missing')
  if (parameters.get('actor_token')) throw invalidRequest('actor_token is not supported')
  if (![undefined, ACCESS_TOKEN_TYPE].includes(parameters.get('requested_token_type')))
    throw invalidRequest('requested_token_type is not supported')

  const byClient = actor.actorKind === 'client'
  const resources = [...parameters.all('resource'), ...parameters.all('audience')]
  const scope = parameters.get('scope')
  const expiresIn = parseLifetime(parameters.get('expires_in'))
  if (subjectTokenType === USER_ID_TYPE) {
    if (byClient) throw unauthorizedClient({ kind: 'subject_token_refused', why: 'user_id_by_client' })
    return { actor, userId: subjectToken, clientId: parameters.get('client_id'), resources, scope, expiresIn }
  }
  if (subjectTokenType !== ACCESS_TOKEN_TYPE) throw invalidRequest('subject_token_type is not supported')

  const subject = await livingSubject(subjectToken, now, ctx)
  const audiences = Array.isArray(subject.aud) ? subject.aud : [subject.aud]
  const within = subject.scope.split(' ').filter(Boolean)
  const secondsLeft = subject.exp - secondsOf(now)
  return {
    actor,
    userId: subject.sub,
    clientId: byClient ? actor.actorId : parameters.get('client_id'),
    // Never wider than what the subject token says.
    resources: narrowResources(resources, audiences, ctx.issuer),
    scope: narrowScopes(parseScope(scope), within).join(' '),
    within,
    expiresIn: Math.min(expiresIn ?? secondsLeft, secondsLeft),
    ...(byClient ? { act: { sub: actor.actorId } } : {}),
  }
}

/** One of this issuer's own access tokens, alive. Whatever is wrong with it has one answer. */
async function livingSubject(token: string, now: Date, ctx: OAuthContext) {
  const claims = await ctx.verify(token)
  const dead = () => invalidRequest('subject_token is not a living access token of this issuer')
  if (!claims || claims.exp * 1000 <= now.getTime()) throw dead()
  const lives = await ctx.store.tokenLives(issuedTokenOf(claims))
  if (!lives || claims.sub === claims.client_id) throw dead()
  return claims
}

function parseLifetime(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(text)) throw invalidRequest('expires_in must be a whole number of seconds')
  return Number(text)
}
