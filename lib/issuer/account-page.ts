import { accountDetails } from '#lib/end-user/account.ts'
import { browserOf } from '#lib/end-user/browser.ts'
import { challengeOfBrowser } from '#lib/end-user/email/challenge.ts'
import { MAX_PASSKEYS, type OwnPasskey, passkeysOf } from '#lib/end-user/passkey/passkey.ts'
import { canMail } from '#lib/end-user/ways.ts'
import { ownerAt } from './owner.ts'

/** What a signed-in user's account page shows. */
export type AccountPage =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'signed-out'; readonly issuerUrl: string }
  | {
      readonly kind: 'open'
      readonly issuerUrl: string
      readonly projectName: string
      readonly csrf: string
      /** `asksPassword`: a change wants the current one; otherwise a sign-in within ten minutes. */
      readonly account: {
        readonly email: string | null
        readonly name: string | null
        readonly verified: boolean
        readonly asksPassword: boolean
      }
      readonly passwords: boolean
      /** Null: the project uses none. `mayChange`: signed in recently enough. */
      readonly passkeys: { readonly kept: readonly OwnPasskey[]; readonly mayChange: boolean; readonly full: boolean } | null
      readonly canMail: boolean
      /** Where a code went that this browser asked for. */
      readonly mailed: { readonly challenge: string; readonly email: string } | null
    }

/** `issuerUrl`: which issuer the URL spoke to. `challenge`: of the page's URL. Throws `Unavailable`. */
export async function accountPage(issuerUrl: string | null, challenge: unknown, cookieHeader: string | null): Promise<AccountPage> {
  const page = await ownerAt(issuerUrl, 'account', cookieHeader)
  if (!page) return { kind: 'nowhere' }
  const { issuer, owner, csrf } = page
  const details = owner && (await accountDetails(issuer.projectId, owner))
  if (!owner || !details) return { kind: 'signed-out', issuerUrl: issuer.url }
  const { password: passwords, passkey } = issuer.signInWays
  const kept = passkey ? await passkeysOf(issuer.projectId, owner.userId) : null
  const { hash } = browserOf(cookieHeader, issuer)
  const asked = typeof challenge === 'string' && hash ? await challengeOfBrowser(issuer.projectId, challenge, hash) : null
  return {
    kind: 'open',
    issuerUrl: issuer.url,
    projectName: issuer.projectName,
    csrf,
    account: {
      email: details.email,
      name: owner.name,
      verified: details.verified,
      asksPassword: passwords && details.passwordHash !== null,
    },
    passwords,
    passkeys: kept && { kept, mayChange: details.recent, full: kept.length >= MAX_PASSKEYS },
    canMail: canMail(),
    mailed: asked?.userId === owner.userId ? { challenge: asked.idHash, email: asked.email } : null,
  }
}
