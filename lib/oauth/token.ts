import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { invalidGrant, invalidRequest, unsupportedGrantType } from './errors.ts'
import { DEVICE_CODE, JWT_BEARER, TOKEN_EXCHANGE } from './grant-type.ts'
import { authorizationCode } from './grants/authorization-code.ts'
import { clientCredentials } from './grants/client-credentials.ts'
import { deviceCode } from './grants/device-code.ts'
import { jwtBearer } from './grants/jwt-bearer.ts'
import { refreshToken } from './grants/refresh-token.ts'
import { tokenExchange } from './grants/token-exchange.ts'
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
    case JWT_BEARER:
      return jwtBearer(parameters, request, ctx)
    case DEVICE_CODE:
      return deviceCode(parameters, request, ctx)
    default:
      throw unsupportedGrantType()
  }
}
