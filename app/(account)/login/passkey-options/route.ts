import { passkeyRequest } from '#lib/management/account/passkey-options.ts'
import { answered } from '#lib/management/answered.ts'
import { callersAddress } from '#lib/session/device.ts'

/**
 * What the login page asks the browser for a passkey with. No server action: those wait for one another, and nobody who types a password
 * should wait for this.
 */
export const POST = (): Promise<Response> =>
  answered(async () => Response.json(await passkeyRequest(null, await callersAddress()), { headers: { 'cache-control': 'no-store' } }))
