import { mailDelivery } from '#lib/mail/delivery.ts'
import type { Issuer } from '#lib/oauth/context.ts'

/** What the sign-in page of an issuer offers. */
export type OfferedWays = {
  readonly password: boolean
  /** A code by e-mail. */
  readonly emailCode: boolean
  readonly passkey: boolean
  /** A mail for a forgotten password. */
  readonly reset: boolean
  /** Whether an address has to be proven before it gets an account with a password; null: nobody makes one here. */
  readonly passwordSignUp: 'at-once' | 'by-mail' | null
  /** Identity providers that people may come from. */
  readonly providers: Issuer['signInWays']['providers']
  /** Host of the customer's own sign-in page; null: there is none. */
  readonly handoff: string | null
}

/** Whether this installation can write to anybody. */
export const canMail = (): boolean => mailDelivery() !== 'none'

/** Without mail what needs it is not offered, whatever the project has switched on. */
export function offeredWays({ signInWays, signUpOpen }: Issuer): OfferedWays {
  const mail = canMail()
  return {
    password: signInWays.password,
    emailCode: signInWays.email && mail,
    passkey: signInWays.passkey,
    providers: signInWays.providers,
    reset: signInWays.password && mail,
    passwordSignUp: signInWays.password && signUpOpen ? (provesAddress(signInWays.email) ? 'by-mail' : 'at-once') : null,
    handoff: signInWays.handoffUrl === null ? null : new URL(signInWays.handoffUrl).host,
  }
}

/**
 * With mail, sign-up says the same of every address and no account is made for an address that nobody has proven. A development
 * mailbox protects nobody, and a first try should not lead through it: there only a project that uses e-mail does so.
 */
function provesAddress(emailIsOn: boolean): boolean {
  const delivery = mailDelivery()
  return delivery === 'smtp' || (delivery === 'mailbox' && emailIsOn)
}
