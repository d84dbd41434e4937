import type { Brand } from '#lib/oauth/context.ts'
import type { UiLocale } from '#lib/oauth/ui-locales.ts'

export type LetterKind =
  | 'sign-in-code'
  | 'sign-up-code'
  | 'account-exists'
  | 'verify-email'
  | 'change-email'
  | 'email-changed'
  | 'reset-password'
  | 'member-reset-password'
  | 'member-verify-email'
  | 'member-change-email'
  | 'member-address-taken'
  | 'member-email-changed'
  | 'invitation'

/** What a mail says, in its reader's language. Sentences only: how it looks is the layout's. */
export type Letter = {
  readonly kind: LetterKind
  readonly subject: string
  /** Before code and link. */
  readonly opening: readonly string[]
  /** Digits to type in. */
  readonly code: string | null
  /** One of our own addresses. */
  readonly link: { readonly label: string; readonly href: string } | null
  /** After code and link: how long they count, and what to do when one did not ask. */
  readonly closing: readonly string[]
}

/** In whose name a mail is written. */
export type Sender = {
  readonly projectId: string
  readonly projectName: string
  readonly issuerUrl: string
  readonly brand: Brand
  /** Of whoever reads it, as far as their browser told. */
  readonly locale: UiLocale
}
