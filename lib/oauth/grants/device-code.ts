import { authenticateClientWith } from '../client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { requireDeviceGrant } from '../device-authorization.ts'
import { invalidGrant, invalidRequest, OAuthError, type OAuthErrorCode, unsupportedGrantType } from '../errors.ts'
import { DEVICE_CODE } from '../grant-type.ts'
import { sha256Hex } from '../hash.ts'
import { isMintedDeviceCode } from '../opaque-token.ts'
import type { Parameters } from '../parameters.ts'
import type { AuthenticatedClient, DevicePoll } from '../store.ts'
import { ofOtherClient, redeem, requireOwn, usedElsewhere } from './redemption.ts'

/** RFC 8628 §3.4: the device asks whether somebody has decided. Once approved, its code is redeemed like one that came through a browser. */
export async function deviceCode(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  if (!ctx.issuer.deviceGrant) throw unsupportedGrantType()
  const presented = parameters.get('device_code')
  const codeHash = presented && isMintedDeviceCode(presented, ctx.pepper) ? sha256Hex(presented) : ''
  const find = (clientId: string) => ctx.store.findClientAndCode(clientId, codeHash)
  const { client, found: code } = await authenticateClientWith(find, parameters, request, ctx)
  requireDeviceGrant(client)
  if (!presented) throw invalidRequest('device_code is missing')
  if (!codeHash) throw invalidGrant({ kind: 'code_malformed' })
  if (!code) throw await whyNotYet(await ctx.store.pollDevice(codeHash, client.clientId), codeHash, client, ctx)
  await requireOwn(code, codeHash, client, ctx)
  if (!code.redeemed && code.expired) throw notYet('expired_token', 'The device code has expired', 'device_expired')

  return redeem(code, { codeHash, client, grantType: DEVICE_CODE, resource: parameters.all('resource') }, request, ctx)
}

/** RFC 8628 §3.5. */
async function whyNotYet(polled: DevicePoll, codeHash: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<OAuthError> {
  switch (polled.outcome) {
    case 'approved': // a moment ago: the next poll brings the tokens
    case 'pending':
      return notYet('authorization_pending', 'Nobody has allowed it yet', 'device_pending')
    case 'slow_down':
      return notYet('slow_down', 'Wait five seconds longer between two requests', 'device_slow_down')
    case 'denied':
      return notYet('access_denied', 'The user did not allow it', 'device_denied')
    case 'expired':
      return notYet('expired_token', 'The device code has expired', 'device_expired')
    case 'other_client':
      return ofOtherClient(codeHash, { clientId: polled.clientId }, client, ctx)
    case 'unknown':
      return usedElsewhere(codeHash, client, ctx)
  }
}

type Kind = 'device_pending' | 'device_slow_down' | 'device_denied' | 'device_expired'

const notYet = (code: OAuthErrorCode, description: string, kind: Kind): OAuthError => new OAuthError(code, description, { kind })
