import { browserOf } from '#lib/end-user/browser.ts'
import { challengeOfLink, type EmailChallenge } from '#lib/end-user/email/challenge.ts'
import { env } from '#lib/env.ts'
import type { Issuer } from '#lib/oauth/context.ts'
import { csrfTokenOf, emailCodeOf } from '#lib/oauth/opaque-token.ts'
import { resolveIssuer } from './resolve.ts'
import { signInPage } from './sign-in-page.ts'

type Shown = { readonly issuerUrl: string; readonly projectName: string; readonly email: string }

/** What the page of a mailed link offers. Showing it changes nothing: programs that scan mail open every link. */
export type EmailLink =
  | { readonly kind: 'gone'; readonly issuerUrl: string | null }
  /** Another browser than the one that asked: the code is to be typed there. */
  | ({ readonly kind: 'elsewhere'; readonly code: string } & Shown)
  | ({
      readonly kind: 'sign-in'
      /** It ends with a password for a new account. */
      readonly signUp: boolean
      readonly destination: { readonly name: 'request' | 'next'; readonly value: string }
      readonly csrf: string
    } & Shown)
  | ({ readonly kind: 'reset' } & Shown)
  /** Confirms the address of the account that is signed in here. */
  | ({ readonly kind: 'confirm'; readonly csrf: string } & Shown)

type Asked = { readonly token?: unknown; readonly request?: unknown; readonly next?: unknown }

/** `issuerUrl`: which issuer the URL spoke to. Throws `Unavailable`. */
export async function emailLink(asked: Asked, issuerUrl: string | null, cookieHeader: string | null): Promise<EmailLink> {
  const issuer = issuerUrl ? await resolveIssuer(issuerUrl) : null
  const token = typeof asked.token === 'string' ? asked.token : ''
  const challenge = issuer && (await challengeOfLink(issuer.projectId, token))
  if (!issuer || !challenge) return { kind: 'gone', issuerUrl: issuer?.url ?? null }
  const shown = { issuerUrl: issuer.url, projectName: issuer.projectName, email: challenge.email }
  if (challenge.purpose === 'reset-password') return { kind: 'reset', ...shown }

  const here = challenge.browserHash === browserOf(cookieHeader, issuer).hash
  const open = here ? await openHere(challenge, asked, issuer, cookieHeader) : null
  return { ...shown, ...(open ?? { kind: 'elsewhere', code: emailCodeOf(token, Buffer.from(env().TOKEN_PEPPER)) }) }
}

/** Null when somebody else is signed in here, or nobody: the code then counts where it was asked for. */
async function openHere({ userId, purpose }: EmailChallenge, asked: Asked, issuer: Issuer, cookieHeader: string | null) {
  if (userId !== null) return confirmation(userId, issuer, cookieHeader)
  const page = await signInPage(asked, issuer.url, cookieHeader)
  if (page.kind !== 'open') return { kind: 'gone' } as const // what it was to go on with is over
  return { kind: 'sign-in', signUp: purpose === 'verify-email', destination: page.destination, csrf: page.csrf } as const
}

async function confirmation(userId: string, issuer: Issuer, cookieHeader: string | null) {
  const browser = browserOf(cookieHeader, issuer)
  const owner = await browser.session()
  if (browser.hash === null || owner?.userId !== userId) return null
  return { kind: 'confirm', csrf: csrfTokenOf('account', browser.hash, userId, Buffer.from(env().TOKEN_PEPPER)) } as const
}
