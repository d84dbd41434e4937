import { findClient } from './client.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { OAuthError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { forbidden, formOfOwnPage, toConsent, toSignIn } from './interaction.ts'
import { mintRequestHandle, userCodeHashOf } from './opaque-token.ts'
import type { Client, DeviceAuthorization } from './store.ts'
import { parseUserCode } from './user-code.ts'

/** What the device page says, by its `error` parameter. */
export type DeviceProblem = 'unknown' | 'throttled' | 'busy'

/**
 * RFC 8628 §3.3: the form of the device page, `user_code`. From here on it is an authorization request like any other, of the browser
 * that typed the code and of no other. The form needs no token: it decides nothing, and the page it leads to does.
 */
export async function deviceForm(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  if (!issuer.deviceGrant || issuer.suspended) return SWITCHED_OFF
  const parameters = formOfOwnPage(request, ctx)
  if (!parameters) return forbidden(ctx)
  const back = (problem: DeviceProblem): OAuthResult => ({ kind: 'interact', to: `${issuer.url}/device?error=${problem}`, setCookies: [] })
  const userCode = parseUserCode(parameters.get('user_code') ?? '')
  if (userCode === null) return back('unknown')

  try {
    // RFC 8628 §5.1: before it is looked up, or a lucky guess would not count.
    await ctx.limit('device_code', `${issuer.projectId} ${ctx.address}`)
    await ctx.limit('device_code_project', issuer.projectId)
  } catch (error) {
    if (!(error instanceof OAuthError && error.reason.kind === 'too_many_requests')) throw error
    ctx.count('rejected:device:too_many_requests')
    return back('throttled')
  }
  const device = await ctx.store.findWaitingDevice(userCodeHashOf(userCode, ctx.pepper))
  const client = device?.issuer === issuer.url ? await findClient(device.clientId, ctx) : 'unknown'
  if (!device || typeof client === 'string') {
    ctx.count('rejected:device:unknown')
    return back('unknown')
  }
  return openRequest(device, client, back, ctx)
}

const SWITCHED_OFF: OAuthResult = { kind: 'page', status: 404, says: 'devices_off' }

async function openRequest(
  device: DeviceAuthorization,
  client: Client,
  back: (problem: DeviceProblem) => OAuthResult,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  const { issuer, browser } = ctx
  const issued = browser.hash === null ? browser.issue() : null
  const handle = mintRequestHandle(issuer.projectId)
  const idHash = sha256Hex(handle)
  const { issuer: issuerUrl, clientId, scope, resources, deviceCodeHash } = device
  const opened = await ctx.store.createAuthorizationRequest(
    {
      ...{ idHash, issuer: issuerUrl, clientId, scope, resources, deviceCodeHash, metadataHash: client.metadataHash },
      // Nothing goes back through the browser, so there is nothing to prove that the device holds: its code is the proof.
      ...{ redirectUri: '', redirectUriSent: false, state: null, codeChallenge: '', nonce: null, dpopJkt: null, loginHint: null },
      browserHash: issued?.hash ?? browser.hash ?? '',
    },
    null,
    {
      action: 'authorization.requested',
      step: 'device',
      actorKind: 'client',
      actorId: clientId,
      clientId,
      requestId: idHash,
      detail: { scope, resource: resources, device: true },
    },
  )
  if (opened === 'full') return back('busy')
  const setCookies = issued ? [issued.setCookie] : []
  const signedIn = (await browser.session()) !== null
  return signedIn ? toConsent(issuer, handle, setCookies) : toSignIn(issuer, { request: handle }, setCookies)
}
