import { z } from 'zod'
import { accessTokenClaims, issuedTokenOf, RESERVED_CLAIMS } from './access-token.ts'
import type { Actor, OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { invalidRequest, OAuthError, unauthorizedClient } from './errors.ts'
import { BACKEND_CLIENT_ID, isClientId, isUserId, MAX_USER_ID_CHARACTERS, newUserId } from './identifier.ts'
import { parseJsonObject } from './json-body.ts'
import { requestedResources } from './resource.ts'
import { grantableScopes, OFFLINE_ACCESS, parseScope } from './scope.ts'
import { senderConstraint } from './sender-constraint.ts'
import { requireServerSecret } from './server-secret.ts'
import type { ExternalIdentity } from './store.ts'
import { ACCESS_TOKEN_TYPE, tokenResponse } from './token-response.ts'

const MAX_CLAIM_BYTES = 2048

/** Its members are the parameters. */
export const exchangeRequest = z.object({
  user_id: z.string().min(1).max(MAX_USER_ID_CHARACTERS),
  resource: z.union([z.string(), z.array(z.string()).max(8)]).optional(),
  scope: z.string().optional(),
  expires_in: z.number().int().min(1).optional(),
  client_id: z.string().min(1).max(2048).optional(),
  claims: z.record(z.string(), z.unknown()).optional(),
})

/** Who asks: the project's backend, or a client that may. */
export type ExchangeActor = { readonly actorKind: 'backend' } | { readonly actorKind: 'client'; readonly actorId: string }

export const BACKEND: ExchangeActor = { actorKind: 'backend' }

/** A token for a user the project's own backend vouches for. */
export type Mint = {
  readonly actor: ExchangeActor
  /** An id, or what a trusted issuer calls them. */
  readonly user: string | ExternalIdentity
  readonly clientId: string | undefined
  readonly resources: readonly string[]
  readonly scope: string | undefined
  /** Scopes of a subject token: nothing outside them is granted, not even the project's default set. */
  readonly within?: readonly string[]
  readonly expiresIn: number | undefined
  readonly claims?: Readonly<Record<string, unknown>>
  readonly act?: Actor
  /** Of a subject token that came from one: what ends the grant ends this token too. */
  readonly grantId?: string
}

/**
 * `POST /api/oauth/token/exchange`: the server secret as bearer, JSON in, the answer of the token endpoint plus `issued_token_type`.
 * Errors: 401 `invalid_client` without a live server secret; `invalid_request`, `invalid_scope`, `invalid_target`; `unauthorized_client` when switched off.
 */
export async function exchange(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { readAt } = await requireServerSecret(request, ctx)
  await ctx.limit('exchange', ctx.issuer.projectId)
  return mint(await refusalsRecorded(BACKEND, ctx, async () => wantedOf(request)), readAt, request, ctx)
}

function wantedOf(request: OAuthRequest): Mint {
  const body = parseJsonObject(request.headers.get('content-type'), request.body)
  if (body === 'media_type') throw invalidRequest('Content-Type must be application/json')
  if (typeof body === 'string') throw invalidRequest('The body must be a JSON object without repeated members')
  const parsed = exchangeRequest.safeParse(body)
  if (!parsed.success) throw invalidRequest(`${String(parsed.error.issues[0]?.path[0] ?? 'body')} is missing or invalid`)

  const { user_id, resource, scope, expires_in, client_id, claims } = parsed.data
  return {
    actor: BACKEND,
    user: user_id,
    clientId: client_id,
    resources: typeof resource === 'string' ? [resource] : (resource ?? []),
    scope,
    expiresIn: expires_in,
    ...(claims ? { claims } : {}),
  }
}

/** The caller is proven. Issues, or refuses and says so in the audit log. */
export const mint = (wanted: Mint, now: Date, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> =>
  refusalsRecorded(wanted.actor, ctx, () => issue(wanted, now, request, ctx), typeof wanted.user === 'string' ? wanted.user : undefined)

async function issue(wanted: Mint, now: Date, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  requireSwitchedOn(ctx)
  if (typeof wanted.user === 'string') requireUserId(wanted.user)
  requireClaims(wanted.claims)
  const clientId = wanted.clientId ?? BACKEND_CLIENT_ID
  const client = await ctx.store.findClient(clientId)
  if (!client || client.revoked) throw invalidRequest('client_id is not a client of this project')
  const resources = requestedResources(wanted.resources, issuer)
  const grantable = grantableScopes(parseScope(wanted.scope), issuer, client.scope)
  const scopes = grantable.filter((scope) => scope !== OFFLINE_ACCESS && (wanted.within?.includes(scope) ?? true))
  const lifetimeSeconds = Math.min(wanted.expiresIn ?? issuer.accessTokenTtlSeconds, issuer.accessTokenTtlSeconds)

  const userId = typeof wanted.user === 'string' ? wanted.user : await linkedUser(wanted.user, wanted.actor, ctx)
  const claims = accessTokenClaims(issuer, {
    userId,
    clientId,
    scopes,
    resources,
    issuedAt: now,
    lifetimeSeconds,
    ...(wanted.act ? { act: wanted.act } : {}),
    ...(wanted.claims ? { claims: wanted.claims } : {}),
    ...(wanted.grantId ? { grantId: wanted.grantId } : {}),
  })
  if (!(await ctx.store.tokenLives({ ...issuedTokenOf(claims), issuedAt: now }))) throw invalidRequest('The user is disabled')
  const constraint = await senderConstraint(request, ctx, client, now)
  const accessToken = await ctx.sign(constraint.cnf ? { ...claims, cnf: constraint.cnf } : claims)
  await ctx.store.record({
    ...wanted.actor,
    action: 'exchange.issued',
    step: 'exchange',
    clientId,
    userId,
    detail: {
      jti: claims.jti,
      scope: claims.scope,
      aud: claims.aud,
      expires_in: lifetimeSeconds,
      claims: Object.keys(wanted.claims ?? {}),
      ...(wanted.act ? { act: wanted.act } : {}),
    },
  })
  return tokenResponse({ accessToken, expiresIn: lifetimeSeconds, scopes, constraint, issuedTokenType: ACCESS_TOKEN_TYPE })
}

/** This is the most powerful endpoint there is: whoever may use it and is refused stands in the log. */
export async function refusalsRecorded<T>(actor: ExchangeActor, ctx: OAuthContext, work: () => Promise<T>, userId?: string): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    await ctx.store.record({
      ...actor,
      action: 'exchange.refused',
      step: 'exchange',
      reason: error.reason.kind,
      ...(userId !== undefined && isUserId(userId) ? { userId } : {}),
      detail: { error: error.code, ...('why' in error.reason ? { why: error.reason.why } : {}) },
    })
    throw error
  }
}

/** Throws `unauthorized_client`. */
export function requireSwitchedOn({ issuer }: OAuthContext): void {
  if (!issuer.tokenExchange) throw unauthorizedClient({ kind: 'switched_off' })
  if (issuer.suspended) throw unauthorizedClient({ kind: 'project_suspended' })
}

/** Never somebody else's `sub` for one of ours: two issuers may call two people the same. */
async function linkedUser(identity: ExternalIdentity, actor: ExchangeActor, ctx: OAuthContext): Promise<string> {
  const event = { ...actor, action: 'identity.linked', step: 'exchange', detail: { issuer: identity.issuer } } as const
  const userId = await ctx.store.linkIdentity(identity, newUserId(), event)
  if (userId === null) throw invalidRequest('The user is disabled')
  return userId
}

/** RFC 9068 §5: a user's id must not read as a client acting for itself. */
function requireUserId(userId: string): void {
  if (!isUserId(userId)) throw invalidRequest('user_id must have at most 255 characters, none of them a control character')
  if (isClientId(userId)) throw invalidRequest('user_id has the form of a client id')
}

function requireClaims(claims: Readonly<Record<string, unknown>> | undefined): void {
  if (!claims) return
  if (Object.keys(claims).some((name) => RESERVED_CLAIMS.has(name)))
    throw invalidRequest('claims names a claim that only the authorization server sets')
  if (Buffer.byteLength(JSON.stringify(claims)) > MAX_CLAIM_BYTES) throw invalidRequest('claims must have at most 2 KB')
}
