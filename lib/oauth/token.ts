import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { invalidGrant, invalidRequest, OAuthError } from './errors.ts'
import { authorizationCode } from './grants/authorization-code.ts'
import { clientCredentials } from './grants/client-credentials.ts'
import { refreshToken } from './grants/refresh-token.ts'
import { TOKEN_EXCHANGE, tokenExchange } from './grants/token-exchange.ts'
import { parseFormBody, refuseCredentialsIn } from './parameters.ts'

/** RFC 6749 §3.2. */
export async function token(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  refuseCredentialsIn(request.query)
  const parameters = parseFormBody(request.headers.get('content-type'), request.body)
  const grantType = parameters.get('grant_type')
  if (!grantType) throw invalidRequest('grant_type is missing')
  // Not invalid_client: clients would throw their registration away and make another.
  if (ctx.issuer.suspended) throw invalidGrant({ kind: 'project_suspended' })

  switch (grantType) {
    case 'authorization_code':
      return authorizationCode(parameters, request, ctx)
    case 'refresh_token':
      return refreshToken(parameters, request, ctx)
    case 'client_credentials':
      return clientCredentials(parameters, request, ctx)
    case TOKEN_EXCHANGE:
      return tokenExchange(parameters, request, ctx)
    default:
      throw new OAuthError('unsupported_grant_type', 'This authorization server does not support the grant type', {
        kind: 'malformed_request',
        what: 'grant_type',
      })
  }
}
