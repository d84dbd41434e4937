import { describe, expect, it } from 'vitest'
import { UI_LOCALES, type UiLocale } from '#lib/oauth/ui-locales.ts'
import { htmlOf, textOf } from './layout.ts'
import type { Letter, Sender } from './letter.ts'
import { accountExists } from './letters/account-exists.ts'
import { changeEmail } from './letters/change-email.ts'
import { emailChanged } from './letters/email-changed.ts'
import { invitation } from './letters/invitation.ts'
import { memberAddressTaken } from './letters/member-address-taken.ts'
import { memberChangeEmail } from './letters/member-change-email.ts'
import { memberEmailChanged } from './letters/member-email-changed.ts'
import { memberResetPassword } from './letters/member-reset-password.ts'
import { memberVerifyEmail } from './letters/member-verify-email.ts'
import { resetPassword } from './letters/reset-password.ts'
import { signInCode } from './letters/sign-in-code.ts'
import { signUpCode } from './letters/sign-up-code.ts'
import { verifyEmail } from './letters/verify-email.ts'

const PROJECT = 'Notes & "<b>Co</b>"'
const of = { code: '012345', href: 'https://auth.example.com/p/notes/email?token=t&request=r', minutes: 10 }
const sender = (accentColor: string | null, locale: UiLocale = 'en'): Sender => ({
  projectId: 'p',
  projectName: PROJECT,
  issuerUrl: 'https://auth.example.com/p/notes',
  brand: { accentColor, logoHash: null, supportUrl: 'https://help.example.com', policyUrl: null, termsUrl: null },
  locale,
})
const lettersIn = (locale: UiLocale): Letter[] => {
  const from = sender(null, locale)
  return [
    ...[signInCode, signUpCode, verifyEmail, changeEmail].map((make) => make(from, of)),
    ...[resetPassword(from, of), accountExists(from, of), emailChanged(from)],
    ...[memberResetPassword(of), memberVerifyEmail({ href: of.href, hours: 24 })],
    ...[memberChangeEmail(of), memberAddressTaken(of), memberEmailChanged()],
    invitation({ organisation: PROJECT, inviter: null, role: 'an admin', href: of.href, days: 7 }),
  ]
}
const letters = UI_LOCALES.flatMap((locale) => lettersIn(locale).map((letter) => [letter.kind, locale, letter] as const))

describe.each(letters)('a mail of the kind %s in %s', (_, locale, letter) => {
  it('says in both parts all that it has to say', () => {
    const [text, html] = [textOf(letter, sender(null, locale)), htmlOf(letter, sender(null, locale))]
    for (const part of [letter.code ?? '', letter.link?.href ?? '', 'https://help.example.com', 'auth.example.com']) {
      expect(text).toContain(part)
      expect(html).toContain(part.replaceAll('&', '&amp;'))
    }
  })

  it('says in which language it is written', () => expect(htmlOf(letter, sender(null, locale))).toContain(`<html lang="${locale}">`))

  it('has no markup that a name brought, runs nothing and fetches nothing', () => {
    const html = htmlOf(letter, sender('#2563eb', locale))
    expect(html).not.toContain('<b>')
    expect(html).not.toMatch(/<(script|img|link|iframe|form)\b|url\(|\son\w+=/i)
  })

  it('links to nowhere but the issuer and its help', () => {
    const hosts = [...htmlOf(letter, sender(null, locale)).matchAll(/href="(https?:\/\/[^/"]+)/g)].map(([, host]) => host)
    expect(hosts.filter((host) => host !== 'https://auth.example.com' && host !== 'https://help.example.com')).toEqual([])
  })
})

it.each([
  ['#ffff00', '#000000'],
  ['#1e3a8a', '#ffffff'],
])('on the colour %s a button is written in %s', (accent, ink) => {
  expect(htmlOf(signInCode(sender(accent), of), sender(accent))).toContain(`background:${accent};color:${ink}`)
})
