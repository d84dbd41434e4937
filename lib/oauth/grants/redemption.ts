import { randomUUID } from 'node:crypto'
import { accessTokenClaims } from '../access-token.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { customClaims } from '../custom-claims.ts'
import { invalidGrant, type OAuthError } from '../errors.ts'
import type { OAuthEvent } from '../events.ts'
import { sha256Hex } from '../hash.ts'
import { idTokenFor } from '../id-token.ts'
import { randomSalt, refreshTokenOf } from '../opaque-token.ts'
import { narrowResources } from '../resource.ts'
import { OFFLINE_ACCESS } from '../scope.ts'
import { familyKey, senderConstraint } from '../sender-constraint.ts'
import type { AuthenticatedClient, AuthorizationCode, ReadAt } from '../store.ts'
import { tokenResponse } from '../token-response.ts'

type Code = AuthorizationCode & ReadAt

/** Spends what a person approved, for whoever has proven that it is theirs: once, with all that it makes. */
export async function redeem(
  code: Code,
  {
    codeHash,
    client,
    grantType,
    resource,
  }: { codeHash: string; client: AuthenticatedClient; grantType: string; resource: readonly string[] },
  request: OAuthRequest,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  const { issuer } = ctx
  const { grantId, userId } = code
  if (!code.redeemed && code.expired) throw invalidGrant({ kind: 'code_expired', grantId })
  if (!code.redeemed && code.revoked) throw invalidGrant({ kind: 'code_revoked', grantId })

  // The first token may name some of the code's resources; a refresh may ask for the others later.
  const resources = code.redeemed ? code.resources : narrowResources(resource, code.resources, issuer)
  const scopes = code.scope.split(' ').filter(Boolean)
  const constraint = await senderConstraint(request, ctx, client, code.readAt, code.dpopJkt)
  const custom = customClaims(issuer.claimMappings, code.userAttributes)
  const claims = accessTokenClaims(issuer, {
    userId,
    clientId: client.clientId,
    scopes,
    resources,
    issuedAt: code.readAt,
    lifetimeSeconds: issuer.accessTokenTtlSeconds,
    authTime: code.authTime,
    grantId,
    cnf: constraint.cnf,
    claims: custom,
  })
  const accessToken = await ctx.sign(claims)
  const idToken = await idTokenFor({ ...code, accessToken, scopes, issuedAt: code.readAt, claims: custom }, ctx)
  const refreshes = client.grantTypes.includes('refresh_token') && (!issuer.offlineAccessRequired || scopes.includes(OFFLINE_ACCESS))
  const family = refreshes ? newFamily(familyKey(client, constraint), ctx) : null

  // Last, so that a wrong guess above cannot burn the code of an honest client.
  const fields = { step: 'token', actorKind: 'client', actorId: client.clientId, clientId: client.clientId, userId, grantId } as const
  const outcome = await ctx.store.redeemCode(codeHash, ctx.requestId, family?.row ?? null, {
    ...fields,
    action: 'token.issued',
    detail: { grant_type: grantType, jti: claims.jti, scope: claims.scope, aud: claims.aud, refresh_token: family !== null },
  })
  // Racing oneself (a double click, within 2 s) is no replay; coming back later is, even after expiry, and ends what the code made.
  if (outcome === 'replayed') await endReplayed(codeHash, grantId, fields, ctx)
  if (outcome !== 'redeemed') throw invalidGrant({ kind: `code_${outcome}`, grantId })
  const expiresIn = issuer.accessTokenTtlSeconds
  return tokenResponse({ accessToken, expiresIn, scopes, constraint, idToken, refreshToken: family?.token ?? null })
}

/** Throws `invalid_grant` for another client's code, which stands in the log once, and for one of another issuer of the project. */
export async function requireOwn(code: Code, codeHash: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<void> {
  const { grantId } = code
  if (code.clientId !== client.clientId) throw await ofOtherClient(codeHash, code, client, ctx)
  if (code.issuer !== ctx.issuer.url) throw invalidGrant({ kind: 'issuer_mismatch', grantId })
}

/** Ours, but not of this project (or long purged): somebody carries codes between projects. */
export async function usedElsewhere(codeHash: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<OAuthError> {
  await ctx.store.recordMisuse(codeHash, {
    action: 'cross_tenant.used',
    step: 'token',
    actorKind: 'client',
    actorId: client.clientId,
    clientId: client.clientId,
    detail: { credential: 'code' },
  })
  return invalidGrant({ kind: 'code_unknown' })
}

export async function ofOtherClient(
  codeHash: string,
  owner: { readonly clientId: string } & Partial<Pick<AuthorizationCode, 'userId' | 'grantId'>>,
  client: AuthenticatedClient,
  ctx: OAuthContext,
): Promise<OAuthError> {
  const { clientId, userId, grantId } = owner
  await ctx.store.recordMisuse(codeHash, {
    action: 'code.misused',
    step: 'token',
    actorKind: 'client',
    actorId: client.clientId,
    clientId,
    ...(userId ? { userId } : {}),
    ...(grantId ? { grantId } : {}),
    reason: 'code_of_other_client',
  })
  return invalidGrant({ kind: 'code_of_other_client', grantId: grantId ?? '' })
}

function newFamily(dpopJkt: string | null, { pepper, issuer }: OAuthContext) {
  const id = randomUUID()
  const salt = randomSalt()
  const token = refreshTokenOf(id, 1, salt, pepper)
  return {
    token,
    row: {
      id,
      salt,
      currentHash: sha256Hex(token),
      idleSeconds: issuer.refreshIdleSeconds,
      absoluteSeconds: issuer.refreshAbsoluteSeconds,
      dpopJkt,
    },
  }
}

/** RFC 6749 §4.1.2. All other checks have passed, so this is a second valid request and not a stranger's probe. */
async function endReplayed(
  codeHash: string,
  grantId: string,
  fields: Omit<OAuthEvent, 'action' | 'detail'>,
  ctx: OAuthContext,
): Promise<void> {
  await ctx.store.recordMisuse(codeHash, { ...fields, action: 'code.replayed' })
  await ctx.store.revokeGrant(grantId, 'code_replayed', { ...fields, action: 'grant.revoked', reason: 'code_replayed' })
}
