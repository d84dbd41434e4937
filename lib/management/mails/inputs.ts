import { z } from 'zod'
import { UI_LOCALES } from '#lib/oauth/ui-locales.ts'

/** Every mail that people may get, in the order they may meet it. */
export const MAIL_KINDS = [
  'sign-in-code',
  'sign-up-code',
  'verify-email',
  'reset-password',
  'change-email',
  'email-changed',
  'account-exists',
] as const
export type MailKind = (typeof MAIL_KINDS)[number]

const locale = z.enum(UI_LOCALES, 'A language that mails are written in').default('en')

export const listMailsInput = z.object({ locale })
export type ListMailsInput = z.input<typeof listMailsInput>

export const sendTestMailInput = z.object({ kind: z.enum(MAIL_KINDS, 'One of the mails listed'), locale })
export type SendTestMailInput = z.input<typeof sendTestMailInput>
