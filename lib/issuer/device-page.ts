import { parseUserCode, shownUserCode } from '#lib/oauth/user-code.ts'
import { resolveIssuer } from './resolve.ts'

/** What the page shows on which somebody types the code of a device. */
export type DevicePage = {
  readonly issuerUrl: string
  readonly projectName: string
  /** From `verification_uri_complete` (RFC 8628 §3.3.1), as it is shown; null: the page was opened without one. */
  readonly userCode: string | null
}

/** Null where no project speaks as this URL, or it has no device grant. `userCode`: of the page's URL. Throws `Unavailable`. */
export async function devicePage(issuerUrl: string | null, userCode: unknown = null): Promise<DevicePage | null> {
  const issuer = issuerUrl ? await resolveIssuer(issuerUrl) : null
  if (!issuer?.deviceGrant || issuer.suspended) return null
  const code = typeof userCode === 'string' ? parseUserCode(userCode) : null
  return { issuerUrl: issuer.url, projectName: issuer.projectName, userCode: code && shownUserCode(code) }
}
