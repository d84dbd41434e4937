import { authenticateClientWith, requireGrantType } from '../client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { invalidGrant, invalidRequest } from '../errors.ts'
import { sha256Hex } from '../hash.ts'
import { isMintedCode } from '../opaque-token.ts'
import type { Parameters } from '../parameters.ts'
import { verifyCodeVerifier } from '../pkce.ts'
import type { AuthorizationCode } from '../store.ts'
import { redeem, requireOwn, usedElsewhere } from './redemption.ts'

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
  await requireOwn(code, codeHash, client, ctx)
  const { grantId } = code
  if (!sameRedirectUri(code, parameters.get('redirect_uri'))) throw invalidGrant({ kind: 'redirect_uri_mismatch', grantId })
  if (!verifyCodeVerifier(parameters.get('code_verifier'), code.codeChallenge)) throw invalidGrant({ kind: 'pkce_mismatch', grantId })

  return redeem(code, { codeHash, client, grantType: 'authorization_code', resource: parameters.all('resource') }, request, ctx)
}

/** RFC 6749 §4.1.3: identical if it was sent, absent if it was not. */
function sameRedirectUri(code: AuthorizationCode, sent: string | undefined): boolean {
  return sent === (code.redirectUriSent ? code.redirectUri : undefined)
}
