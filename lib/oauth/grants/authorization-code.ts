import { randomUUID } from 'node:crypto'
import { accessTokenClaims } from '../access-token.ts'
import { authenticateClientWith, requireGrantType } from '../client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { invalidGrant, invalidRequest, type OAuthError } from '../errors.ts'
import type { OAuthEvent } from '../events.ts'
import { sha256Hex } from '../hash.ts'
import { isMintedCode, randomSalt, refreshTokenOf } from '../opaque-token.ts'
import type { Parameters } from '../parameters.ts'
import { verifyCodeVerifier } from '../pkce.ts'
import { narrowResources } from '../resource.ts'
import type { AuthenticatedClient, AuthorizationCode } from '../store.ts'
import { tokenResponse } from '../token-response.ts'

/** RFC 6749 §4.1.3, RFC 7636 §4.5, RFC 8707 §2.2. */
export async function authorizationCode(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const presented = parameters.get('code')
  const codeHash = presented && isMintedCode(presented, ctx.pepper) ? sha256Hex(presented) : ''
  const find = (clientId: string) => ctx.store.findClientAndCode(clientId, codeHash)
  const { client, found: code } = await authenticateClientWith(find, parameters, request, ctx)
  requireGrantType(client, 'authorization_code')
  if (!presented) throw invalidRequest('code is missing')
  if (!codeHash) throw invalidGrant({ kind: 'code_malformed' })
  if (!code) throw await usedElsewhere(codeHash, client, ctx)
  const { grantId } = code
  if (code.clientId !== client.clientId) throw await ofOtherClient(codeHash, code, client, ctx)
  if (code.issuer !== ctx.issuer.url) throw invalidGrant({ kind: 'issuer_mismatch', grantId })
  if (!sameRedirectUri(code, parameters.get('redirect_uri'))) throw invalidGrant({ kind: 'redirect_uri_mismatch', grantId })
  if (!verifyCodeVerifier(parameters.get('code_verifier'), code.codeChallenge)) throw invalidGrant({ kind: 'pkce_mismatch', grantId })
  if (!code.redeemed && code.expired) throw invalidGrant({ kind: 'code_expired', grantId })
  if (!code.redeemed && code.revoked) throw invalidGrant({ kind: 'code_revoked', grantId })

  const { issuer } = ctx
  // The first token may name some of the code's resources; a refresh may ask for the others later.
  const resources = code.redeemed ? code.resources : narrowResources(parameters.all('resource'), code.resources, issuer)
  const scopes = code.scope.split(' ').filter(Boolean)
  const claims = accessTokenClaims(issuer, {
    userId: code.userId,
    clientId: client.clientId,
    scopes,
    resources,
    issuedAt: code.readAt,
    lifetimeSeconds: issuer.accessTokenTtlSeconds,
    authTime: code.authTime,
    grantId,
  })
  const accessToken = await ctx.sign(claims)
  const family = client.grantTypes.includes('refresh_token') ? newFamily(ctx) : null

  // Last, so that a wrong guess above cannot burn the code of an honest client.
  const fields = {
    step: 'token',
    actorKind: 'client',
    actorId: client.clientId,
    clientId: client.clientId,
    userId: code.userId,
    grantId,
  } as const
  const outcome = await ctx.store.redeemCode(codeHash, ctx.requestId, family?.row ?? null, {
    ...fields,
    action: 'token.issued',
    detail: { grant_type: 'authorization_code', jti: claims.jti, scope: claims.scope, aud: claims.aud, refresh_token: family !== null },
  })
  // Racing oneself (a double click, within 2 s) is no replay; coming back later is, even after expiry, and ends what the code made.
  if (outcome === 'replayed') await endReplayed(codeHash, grantId, fields, ctx)
  if (outcome !== 'redeemed') throw invalidGrant({ kind: `code_${outcome}`, grantId })
  return tokenResponse({ accessToken, expiresIn: issuer.accessTokenTtlSeconds, scopes, refreshToken: family?.token ?? null })
}

function newFamily({ pepper, issuer }: OAuthContext) {
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
      dpopJkt: null,
    },
  }
}

/** RFC 6749 §4.1.3: identical if it was sent, absent if it was not. */
function sameRedirectUri(code: AuthorizationCode, sent: string | undefined): boolean {
  return sent === (code.redirectUriSent ? code.redirectUri : undefined)
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

/** Ours, but not of this project (or long purged): somebody carries codes between projects. */
async function usedElsewhere(codeHash: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<OAuthError> {
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

async function ofOtherClient(
  codeHash: string,
  code: AuthorizationCode,
  client: AuthenticatedClient,
  ctx: OAuthContext,
): Promise<OAuthError> {
  await ctx.store.recordMisuse(codeHash, {
    action: 'code.misused',
    step: 'token',
    actorKind: 'client',
    actorId: client.clientId,
    clientId: code.clientId,
    userId: code.userId,
    grantId: code.grantId,
    reason: 'code_of_other_client',
  })
  return invalidGrant({ kind: 'code_of_other_client', grantId: code.grantId })
}
