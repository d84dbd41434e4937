import type { OAuthResult } from './context.ts'

/** RFC 6749 §5.1. In lower case (RFC 6749 §5.1 compares without case; claude.ai and Cloudflare's library use it). */
const TOKEN_TYPE = 'bearer'

export const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

/** Always with `expires_in` and `scope`: clients that miss either behave as if the token never expired or had no rights. */
export function tokenResponse(token: {
  accessToken: string
  expiresIn: number
  scopes: readonly string[]
  refreshToken?: string | null
  issuedTokenType?: string
}): OAuthResult {
  return {
    kind: 'json',
    status: 200,
    body: {
      access_token: token.accessToken,
      token_type: TOKEN_TYPE,
      expires_in: token.expiresIn,
      ...(token.refreshToken ? { refresh_token: token.refreshToken } : {}),
      scope: token.scopes.join(' '),
      ...(token.issuedTokenType ? { issued_token_type: token.issuedTokenType } : {}),
    },
  }
}
