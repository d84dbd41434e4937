import type { OAuthContext, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { verifyPassword } from '#lib/password.ts'
import { accountDetails } from '../account.ts'
import { isPassword } from '../password/bounds.ts'

/**
 * Whether this is still the person who signed in, before something that could lock them out: by their password, or without one by
 * having signed in within ten minutes. Null when it is; otherwise what to tell them. Throws `TooBusy`.
 */
export async function refusesOwner(
  owner: ResourceOwnerSession,
  password: string,
  { issuer }: OAuthContext,
): Promise<'credentials' | 'not_recent' | null> {
  const details = await accountDetails(issuer.projectId, owner)
  if (!details) return 'not_recent'
  if (!issuer.signInWays.password || details.passwordHash === null) return details.recent ? null : 'not_recent'
  return isPassword(password) && (await verifyPassword(details.passwordHash, password)) ? null : 'credentials'
}
