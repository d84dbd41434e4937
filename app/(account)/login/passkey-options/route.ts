import { passkeyRequest } from '#lib/management/account/passkey-options.ts'
import { ManagementError } from '#lib/management/context.ts'
import { callersAddress } from '#lib/session/device.ts'

/**
 * What the login page asks the browser for a passkey with. No server action: those wait for one another, and nobody who types a password
 * should wait for this.
 */
export async function POST(): Promise<Response> {
  const headers = { 'cache-control': 'no-store' }
  try {
    return Response.json(await passkeyRequest(null, await callersAddress()), { headers })
  } catch (error) {
    if (!(error instanceof ManagementError)) throw error
    const retry = error.retryAfterSeconds
    return Response.json(
      { message: error.message },
      { status: 429, headers: { ...headers, ...(retry === null ? {} : { 'retry-after': String(retry) }) } },
    )
  }
}
