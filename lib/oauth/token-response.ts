import type { OAuthResult } from './context.ts'
import type { SenderConstraint } from './sender-constraint.ts'

export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

/** Always with `expires_in` and `scope`: clients that miss either behave as if the token never expired or had no rights. */
export function tokenResponse(token: {
  accessToken: string
  expiresIn: number
  scopes: readonly string[]
  constraint: SenderConstraint
  refreshToken?: string | null
  /** OpenID Connect Core §3.1.3.3. */
  idToken?: string | null
  issuedTokenType?: string
}): OAuthResult {
  const { headers } = token.constraint
  return {
    kind: 'json',
    status: 200,
    ...(headers ? { headers } : {}),
    body: {
      access_token: token.accessToken,
      token_type: token.constraint.tokenType,
      expires_in: token.expiresIn,
      ...(token.refreshToken ? { refresh_token: token.refreshToken } : {}),
      scope: token.scopes.join(' '),
      ...(token.idToken ? { id_token: token.idToken } : {}),
      ...(token.issuedTokenType ? { issued_token_type: token.issuedTokenType } : {}),
    },
  }
}
