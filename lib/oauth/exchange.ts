import { z } from 'zod'
import { accessTokenClaims, BACKEND_CLIENT_ID, isClientId, RESERVED_CLAIMS } from './access-token.ts'
import { bearerToken } from './client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { invalidRequest, OAuthError, unauthorizedClient } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { parseJsonObject } from './json-body.ts'
import { REGISTRATION_SECRET_PREFIX } from './opaque-token.ts'
import { requestedResources } from './resource.ts'
import { grantableScopes, OFFLINE_ACCESS, parseScope } from './scope.ts'
import type { ReadAt } from './store.ts'
import { ACCESS_TOKEN_TYPE, tokenResponse } from './token-response.ts'

const MAX_CLAIM_BYTES = 2048

const exchangeRequest = z.object({
  user_id: z.string().min(1).max(255),
  resource: z.union([z.string(), z.array(z.string()).max(8)]).optional(),
  scope: z.string().optional(),
  expires_in: z.number().int().min(1).optional(),
  client_id: z.string().min(1).max(2048).optional(),
  claims: z.record(z.string(), z.unknown()).optional(),
})

/** A token for a user the project's own backend vouches for. */
export type Mint = {
  readonly userId: string
  readonly clientId: string | undefined
  readonly resources: readonly string[]
  readonly scope: string | undefined
  /** Scopes of a subject token: nothing outside them is granted, not even the project's default set. */
  readonly within?: readonly string[]
  readonly expiresIn: number | undefined
  readonly claims?: Readonly<Record<string, unknown>>
  readonly act?: { readonly sub: string }
}

/**
 * `POST /api/oauth/token/exchange`: the server secret as bearer, JSON in, the answer of the token endpoint plus `issued_token_type`.
 * Errors: 401 `invalid_client` without a live server secret; `invalid_request`, `invalid_scope`, `invalid_target`; `unauthorized_client` when switched off.
 */
export async function exchange(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { readAt } = await requireServerSecret(request, ctx)
  const body = parseJsonObject(request.headers.get('content-type'), request.body)
  if (body === 'media_type') throw invalidRequest('Content-Type must be application/json')
  if (typeof body === 'string') throw invalidRequest('The body must be a JSON object without repeated members')
  const parsed = exchangeRequest.safeParse(body)
  if (!parsed.success)
    throw await refused(invalidRequest(`${String(parsed.error.issues[0]?.path[0] ?? 'body')} is missing or invalid`), ctx)

  const { user_id, resource, scope, expires_in, client_id, claims } = parsed.data
  return mint(
    {
      userId: user_id,
      clientId: client_id,
      resources: typeof resource === 'string' ? [resource] : (resource ?? []),
      scope,
      expiresIn: expires_in,
      ...(claims ? { claims } : {}),
    },
    readAt,
    ctx,
  )
}

/** RFC 6750 §2.1. Throws `invalid_client` (401); the registration secret sent here is noted as misuse. */
export async function requireServerSecret(request: OAuthRequest, ctx: OAuthContext): Promise<ReadAt> {
  const secret = bearerToken(request)
  const unauthorized = (kind: 'secret_missing' | 'secret_wrong') =>
    new OAuthError(
      'invalid_client',
      "Authorization must be Bearer with the project's server secret",
      { kind },
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="oauth"' },
      },
    )
  if (!secret) throw unauthorized('secret_missing')

  const hash = sha256Hex(secret)
  const { state, readAt } = await ctx.store.checkSecret('server', hash)
  if (state === 'live') return { readAt }
  if (state === 'other_kind' && secret.startsWith(REGISTRATION_SECRET_PREFIX)) {
    await ctx.store.recordMisuse(hash, {
      action: 'credential.misused',
      step: 'exchange',
      actorKind: 'backend',
      detail: { credential: 'registration_secret', used_as: 'server_secret' },
    })
  }
  await ctx.limit('client_auth_failed', `server ${ctx.address}`)
  throw unauthorized('secret_wrong')
}

/** The caller is proven. Issues, or refuses and says so in the audit log: this is the most powerful endpoint there is. */
export async function mint(wanted: Mint, now: Date, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  await ctx.limit('exchange', issuer.projectId)
  try {
    if (!issuer.tokenExchange) throw unauthorizedClient({ kind: 'switched_off' })
    if (issuer.suspended) throw unauthorizedClient({ kind: 'project_suspended' })
    requireUserId(wanted.userId)
    requireClaims(wanted.claims)
    const clientId = wanted.clientId ?? BACKEND_CLIENT_ID
    const client = await ctx.store.findClient(clientId)
    if (!client || client.revoked) throw invalidRequest('client_id is not a client of this project')
    const resources = requestedResources(wanted.resources, issuer)
    const grantable = grantableScopes(parseScope(wanted.scope), issuer, client.scope)
    const scopes = grantable.filter((scope) => scope !== OFFLINE_ACCESS && (wanted.within?.includes(scope) ?? true))
    const lifetimeSeconds = Math.min(wanted.expiresIn ?? issuer.accessTokenTtlSeconds, issuer.accessTokenTtlSeconds)

    const claims = accessTokenClaims(issuer, {
      userId: wanted.userId,
      clientId,
      scopes,
      resources,
      issuedAt: now,
      lifetimeSeconds,
      ...(wanted.act ? { act: wanted.act } : {}),
      ...(wanted.claims ? { claims: wanted.claims } : {}),
    })
    const token = { jti: claims.jti, grantId: null, clientId, userId: wanted.userId, issuedAt: now, expiresAt: new Date(claims.exp * 1000) }
    if (!(await ctx.store.tokenLives(token))) throw invalidRequest('The user is disabled')
    const accessToken = await ctx.sign(claims)
    await ctx.store.record({
      action: 'exchange.issued',
      step: 'exchange',
      actorKind: 'backend',
      clientId,
      userId: wanted.userId,
      detail: {
        jti: claims.jti,
        scope: claims.scope,
        aud: claims.aud,
        expires_in: lifetimeSeconds,
        claims: Object.keys(wanted.claims ?? {}),
      },
    })
    return tokenResponse({ accessToken, expiresIn: lifetimeSeconds, scopes, issuedTokenType: ACCESS_TOKEN_TYPE })
  } catch (error) {
    throw error instanceof OAuthError ? await refused(error, ctx, wanted) : error
  }
}

async function refused(error: OAuthError, ctx: OAuthContext, wanted?: Mint): Promise<OAuthError> {
  await ctx.store.record({
    action: 'exchange.refused',
    step: 'exchange',
    actorKind: 'backend',
    reason: error.reason.kind,
    ...(wanted ? { userId: wanted.userId.slice(0, 255) } : {}),
    detail: { error: error.code },
  })
  return error
}

/** RFC 9068 §5: a user's id must not read as a client acting for itself. */
function requireUserId(userId: string): void {
  if (/[\p{Cc}\p{Cs}]/u.test(userId)) throw invalidRequest('user_id holds control characters')
  if (isClientId(userId)) throw invalidRequest('user_id has the form of a client id')
}

function requireClaims(claims: Readonly<Record<string, unknown>> | undefined): void {
  if (!claims) return
  if (Object.keys(claims).some((name) => RESERVED_CLAIMS.has(name)))
    throw invalidRequest('claims names a claim that only the authorization server sets')
  if (Buffer.byteLength(JSON.stringify(claims)) > MAX_CLAIM_BYTES) throw invalidRequest('claims must have at most 2 KB')
}
