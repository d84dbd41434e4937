import { read } from '#lib/db/transaction.ts'
import type { Letter, Sender } from '#lib/mail/letter.ts'
import { accountExists } from '#lib/mail/letters/account-exists.ts'
import { changeEmail } from '#lib/mail/letters/change-email.ts'
import { emailChanged } from '#lib/mail/letters/email-changed.ts'
import { resetPassword } from '#lib/mail/letters/reset-password.ts'
import { signInCode } from '#lib/mail/letters/sign-in-code.ts'
import { signUpCode } from '#lib/mail/letters/sign-up-code.ts'
import { verifyEmail } from '#lib/mail/letters/verify-email.ts'
import type { UiLocale } from '#lib/oauth/ui-locales.ts'
import { type ManagementContext, notFound } from '../context.ts'
import type { MailKind } from './inputs.ts'

/** As people get it, with a code that nobody was given and a link that leads to the page of expired ones. */
export function exampleLetter(kind: MailKind, sender: Sender): Letter {
  const href = `${sender.issuerUrl}/email?token=example`
  const of = { code: '123456', href, minutes: 10 }
  switch (kind) {
    case 'sign-in-code':
      return signInCode(sender, of)
    case 'sign-up-code':
      return signUpCode(sender, of)
    case 'verify-email':
      return verifyEmail(sender, of)
    case 'change-email':
      return changeEmail(sender, of)
    case 'reset-password':
      return resetPassword(sender, { href, minutes: 30 })
    case 'email-changed':
      return emailChanged(sender)
    case 'account-exists':
      return accountExists(sender, { href })
  }
}

/** In whose name this project's mails are written. Throws `not_found`. */
export async function senderOf(ctx: ManagementContext, locale: UiLocale): Promise<Sender> {
  const projectId = ctx.project.id
  const [project, logo] = await Promise.all([
    read((db) =>
      db.project.findUnique({
        where: { id: projectId },
        select: { name: true, accentColor: true, supportUrl: true, policyUrl: true, termsUrl: true },
      }),
    ),
    read((db) => db.projectLogo.findUnique({ where: { projectId }, select: { hash: true } })),
  ])
  if (!project) throw notFound('Project')
  const { name, ...brand } = project
  return { projectId, projectName: name, issuerUrl: ctx.project.issuer, brand: { ...brand, logoHash: logo?.hash ?? null }, locale }
}
