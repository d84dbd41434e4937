import { issuedTokenOf } from './access-token.ts'
import type { AccessTokenClaims, OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { OAuthError } from './errors.ts'
import { userClaims } from './id-token.ts'
import { OPENID } from './scope.ts'
import { proofIn, spend } from './sender-constraint.ts'

/** OpenID Connect Core §5.3: what the access token lets a client know of its user. 404 where OpenID Connect is off. */
export async function userinfo(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  if (!ctx.issuer.openidConnect) return { kind: 'json', status: 404, body: { error: 'not_found' } }
  const claims = await livingToken(request, ctx)
  const scopes = claims.scope.split(' ')
  if (!scopes.includes(OPENID)) throw insufficientScope()
  return { kind: 'json', status: 200, body: { sub: claims.sub, ...(await userClaims(claims.sub, scopes, ctx)) } }
}

/** RFC 6750 §2.1, RFC 9449 §7.1: in the Authorization header and nowhere else. Throws 401 `invalid_token`, `invalid_dpop_proof`. */
async function livingToken(request: OAuthRequest, ctx: OAuthContext): Promise<AccessTokenClaims> {
  const [, scheme, token] = /^(bearer|dpop) +([A-Za-z0-9._~+/-]+=*)$/i.exec(request.headers.get('authorization')?.trim() ?? '') ?? []
  if (!scheme || !token) throw unauthorized('Bearer', null)
  const claims = await ctx.verify(token)
  if (!claims || !(await ctx.store.tokenLives(issuedTokenOf(claims)))) throw unauthorized('Bearer', 'invalid_token')
  // RFC 9449 §7.2: a bound token is nothing to whoever merely bears it, nor is one that is not bound any better for a proof.
  if (claims.cnf === undefined) {
    if (scheme.toLowerCase() === 'dpop') throw unauthorized('DPoP', 'invalid_token')
    return claims
  }
  if (scheme.toLowerCase() !== 'dpop') throw unauthorized('DPoP', 'invalid_token')
  await requireProof(claims.cnf.jkt, token, request, ctx)
  return claims
}

async function requireProof(jkt: string, token: string, request: OAuthRequest, ctx: OAuthContext): Promise<void> {
  try {
    const proof = await proofIn(request, ctx, await ctx.store.now(), token)
    if (proof?.jkt !== jkt) throw unauthorized('DPoP', 'invalid_token')
    await spend(proof, ctx)
  } catch (error) {
    if (!(error instanceof OAuthError) || error.status === 401) throw error
    // RFC 9449 §7.1, §9: at a resource these are answers to the token.
    const headers = { ...error.headers, 'www-authenticate': `DPoP realm="userinfo", error="${error.code}"` }
    throw new OAuthError(error.code, error.description, error.reason, { status: 401, headers })
  }
}

/** RFC 6750 §3.1: without a token no error code, so that nobody takes it for a bad one. */
const unauthorized = (scheme: 'Bearer' | 'DPoP', error: 'invalid_token' | null): OAuthError =>
  new OAuthError(
    'invalid_token',
    error ? 'The access token is invalid, expired or revoked' : 'An access token is needed',
    { kind: 'access_token_refused' },
    { status: 401, headers: { 'www-authenticate': `${scheme} realm="userinfo"${error ? `, error="${error}"` : ''}` } },
  )

const insufficientScope = (): OAuthError =>
  new OAuthError(
    'insufficient_scope',
    'The access token was not granted openid',
    { kind: 'scope_not_granted' },
    { status: 403, headers: { 'www-authenticate': `Bearer realm="userinfo", error="insufficient_scope", scope="${OPENID}"` } },
  )
