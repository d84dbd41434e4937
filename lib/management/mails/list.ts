import { htmlOf, textOf } from '#lib/mail/layout.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { exampleLetter, senderOf } from './example.ts'
import { type ListMailsInput, listMailsInput, MAIL_KINDS, type MailKind } from './inputs.ts'

/** Both parts of a mail as it would leave us. */
export type ExampleMail = { readonly kind: MailKind; readonly subject: string; readonly text: string; readonly html: string }

/** Every mail this project's people may get, with its brand, in one language. Throws `forbidden`, `invalid`. */
export async function listMails(ctx: ManagementContext, input: ListMailsInput = {}): Promise<{ mails: ExampleMail[]; nextCursor: null }> {
  requirePermission(ctx, 'project:read')
  const { locale } = parseInput(listMailsInput, input)
  const sender = await senderOf(ctx, locale)
  const mails = MAIL_KINDS.map((kind) => {
    const letter = exampleLetter(kind, sender)
    return { kind, subject: letter.subject, text: textOf(letter, sender), html: htmlOf(letter, sender) }
  })
  return { mails, nextCursor: null }
}
