import { accessTokenClaims, type TokenSubject } from '../access-token.ts'
import { authenticateClientWith, requireGrantType } from '../client-authentication.ts'
import type { AccessTokenClaims, OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { customClaims } from '../custom-claims.ts'
import { invalidGrant, invalidRequest } from '../errors.ts'
import type { OAuthEvent } from '../events.ts'
import { sha256Hex } from '../hash.ts'
import { idTokenFor } from '../id-token.ts'
import { NO_FAMILY, parseRefreshToken, randomSalt, refreshTokenOf } from '../opaque-token.ts'
import type { Parameters } from '../parameters.ts'
import { narrowResources } from '../resource.ts'
import { narrowScopes, parseScope } from '../scope.ts'
import { senderConstraint } from '../sender-constraint.ts'
import type { AuthenticatedClient, ReadAt, RefreshFamily } from '../store.ts'
import { tokenResponse } from '../token-response.ts'

type Family = RefreshFamily & ReadAt
type Fields = Omit<OAuthEvent, 'action' | 'detail'>

/**
 * RFC 6749 §6, RFC 9700 §4.14.2: every use rotates. The token just rotated stays good for 60 s and yields the same
 * successor again, because a client that lost our answer, or asked twice at once, must not lose its user.
 * Any older one is reuse and ends the grant.
 */
export async function refreshToken(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const presented = parameters.get('refresh_token')
  const parsed = parseRefreshToken(presented ?? '', ctx.pepper)
  const find = (clientId: string) => ctx.store.findClientAndFamily(clientId, parsed?.familyId ?? NO_FAMILY)
  const { client, found } = await authenticateClientWith(find, parameters, request, ctx)
  requireGrantType(client, 'refresh_token')
  if (!presented) throw invalidRequest('refresh_token is missing')
  if (!parsed) throw invalidGrant({ kind: 'refresh_malformed' })

  const hash = sha256Hex(presented)
  let family = await requireLiving(found, hash, client, ctx)
  const scopes = narrowScopes(parseScope(parameters.get('scope')), family.scope.split(' ').filter(Boolean))
  const resources = narrowResources(parameters.all('resource'), family.resources, ctx.issuer)
  const constraint = await senderConstraint(request, ctx, client, family.readAt, family.dpopJkt)
  const custom = customClaims(ctx.issuer.claimMappings, family.userAttributes)
  const wanted = { scopes, resources, cnf: constraint.cnf, claims: custom }
  const { authTime } = family
  const respond = async (claims: AccessTokenClaims, successor: string) => {
    const accessToken = await ctx.sign(claims)
    // OpenID Connect Core §12.2: of the same sign-in, and without a nonce, which answered one request.
    const subject = { userId: claims.sub, clientId: claims.client_id, issuedAt: new Date(claims.iat * 1000), authTime, nonce: null }
    const idToken = await idTokenFor({ ...subject, accessToken, scopes, claims: custom }, ctx)
    return tokenResponse({ accessToken, expiresIn: claims.exp - claims.iat, scopes, constraint, idToken, refreshToken: successor })
  }

  if (hash === family.currentHash) {
    const salt = randomSalt()
    const successor = refreshTokenOf(family.id, family.generation + 1, salt, ctx.pepper)
    const claims = claimsOf(family, wanted, ctx)
    const next = { hash: sha256Hex(successor), salt, idleSeconds: ctx.issuer.refreshIdleSeconds }
    const { outcome } = await ctx.store.rotateRefreshToken(family.id, hash, next, {
      ...fieldsOf(family),
      action: 'refresh.rotated',
      detail: { generation: family.generation + 1, jti: claims.jti, scope: claims.scope, aud: claims.aud },
    })
    if (outcome === 'rotated') return respond(claims, successor)
    family = await requireLiving(await ctx.store.findRefreshFamily(family.id), hash, client, ctx) // somebody was faster: what it made is our answer too
  }

  if (hash !== family.previousHash || !family.previousValid) throw await endReused(hash, parsed.generation, family, ctx)
  const claims = claimsOf(family, wanted, ctx)
  await ctx.store.record({ ...fieldsOf(family), action: 'refresh.retried', detail: { generation: family.generation, jti: claims.jti } })
  return respond(claims, refreshTokenOf(family.id, family.generation, family.salt, ctx.pepper))
}

async function requireLiving(family: Family | null, hash: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<Family> {
  const by = { step: 'token', actorKind: 'client', actorId: client.clientId } as const
  if (!family) {
    await ctx.store.recordMisuse(hash, {
      ...by,
      action: 'cross_tenant.used',
      clientId: client.clientId,
      detail: { credential: 'refresh_token' },
    })
    throw invalidGrant({ kind: 'refresh_unknown' })
  }
  const { grantId } = family
  if (family.clientId !== client.clientId) {
    await ctx.store.recordMisuse(hash, { ...fieldsOf(family), ...by, action: 'refresh.misused', reason: 'refresh_of_other_client' })
    throw invalidGrant({ kind: 'refresh_of_other_client', grantId })
  }
  if (family.issuer !== ctx.issuer.url) throw invalidGrant({ kind: 'issuer_mismatch', grantId })
  if (family.revoked) throw invalidGrant({ kind: 'refresh_revoked', grantId })
  if (family.expired) throw invalidGrant({ kind: 'refresh_expired', grantId })
  return family
}

type Wanted = Pick<TokenSubject, 'scopes' | 'resources' | 'cnf' | 'claims'>

const claimsOf = (family: Family, wanted: Wanted, { issuer }: OAuthContext): AccessTokenClaims =>
  accessTokenClaims(issuer, {
    ...wanted,
    userId: family.userId,
    clientId: family.clientId,
    issuedAt: family.readAt,
    lifetimeSeconds: issuer.accessTokenTtlSeconds,
    authTime: family.authTime,
    grantId: family.grantId,
  })

const fieldsOf = ({ clientId, userId, grantId }: Family): Fields => ({
  step: 'token',
  actorKind: 'client',
  actorId: clientId,
  clientId,
  userId,
  grantId,
})

async function endReused(hash: string, generation: number, family: Family, ctx: OAuthContext) {
  await ctx.store.recordMisuse(hash, { ...fieldsOf(family), action: 'refresh.reused', detail: { generation, current: family.generation } })
  await ctx.store.revokeGrant(family.grantId, 'refresh_reused', { ...fieldsOf(family), action: 'grant.revoked', reason: 'refresh_reused' })
  return invalidGrant({ kind: 'refresh_reused', grantId: family.grantId })
}
