import { authenticateClient } from './client-authentication.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { OAuthError, unauthorizedClient } from './errors.ts'
import { DEVICE_CODE } from './grant-type.ts'
import { sha256Hex } from './hash.ts'
import { mintDeviceCode, userCodeHashOf } from './opaque-token.ts'
import { parseFormBody, refuseCredentialsIn } from './parameters.ts'
import { requestedResources } from './resource.ts'
import { consentableScopes, parseScope } from './scope.ts'
import type { Client } from './store.ts'
import { randomUserCode, shownUserCode } from './user-code.ts'

const LIFETIME_SECONDS = 600
const INTERVAL_SECONDS = 5

/** RFC 8628 §3.1: a device that has no browser asks for access; somebody decides on another one. 404 where it is switched off. */
export async function deviceAuthorization(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  if (!issuer.deviceGrant || issuer.suspended) return { kind: 'json', status: 404, body: { error: 'not_found' } }
  refuseCredentialsIn(request.query)
  const parameters = parseFormBody(request.headers.get('content-type'), request.body)
  const client = await authenticateClient(parameters, request, ctx)
  requireDeviceGrant(client)
  const scope = consentableScopes(parseScope(parameters.get('scope')), issuer, client.scope).join(' ')
  const resources = requestedResources(parameters.all('resource'), issuer)
  await ctx.limit('authorize', `${issuer.projectId} ${ctx.address}`)
  await ctx.limit('authorize_project', issuer.projectId)

  const deviceCode = mintDeviceCode(ctx.pepper)
  const device = { deviceCodeHash: sha256Hex(deviceCode), issuer: issuer.url, clientId: client.clientId, scope, resources }
  const userCode = await keepUnderFreeUserCode(device, ctx)
  const page = `${issuer.url}/device`
  const body = {
    device_code: deviceCode,
    user_code: shownUserCode(userCode),
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${shownUserCode(userCode)}`,
    expires_in: LIFETIME_SECONDS,
    interval: INTERVAL_SECONDS,
  }
  return { kind: 'json', status: 200, body }
}

/**
 * Every client of a project that has this grant on may use it, unless an operator said what it may use: a client that registered, or
 * published a document, did so without knowing which grants this project has. Throws `unauthorized_client`.
 */
export function requireDeviceGrant({ source, grantTypes, clientId }: Client): void {
  const chosenByOperator = source === 'manual' || source === 'builtin'
  if (chosenByOperator && !grantTypes.includes(DEVICE_CODE)) throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId })
}

type Device = { deviceCodeHash: string; issuer: string; clientId: string; scope: string; resources: readonly string[] }

/** A user code is short enough to be somebody else's now and then. Throws 429 when the project has too many that wait. */
async function keepUnderFreeUserCode(device: Device, ctx: OAuthContext): Promise<string> {
  for (;;) {
    const userCode = randomUserCode()
    const outcome = await ctx.store.createDeviceAuthorization(
      { ...device, userCodeHash: userCodeHashOf(userCode, ctx.pepper) },
      {
        action: 'device.requested',
        step: 'device',
        actorKind: 'client',
        actorId: device.clientId,
        clientId: device.clientId,
        detail: { scope: device.scope, resource: device.resources },
      },
    )
    if (outcome === 'created') return userCode
    if (outcome === 'full') throw tooManyDevices()
  }
}

const tooManyDevices = (): OAuthError =>
  new OAuthError(
    'temporarily_unavailable',
    'Too many devices are waiting to be allowed',
    { kind: 'devices_full' },
    { status: 429, headers: { 'retry-after': '60' } },
  )
