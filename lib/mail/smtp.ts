import { createTransport, type Transporter } from 'nodemailer'
import { env } from '#lib/env.ts'

/** Whom a mail is from or to. An address is never a text that somebody composed: `"a@evil.com"@victim.com` would be read again. */
export type MailAddress = { readonly name: string; readonly address: string }

export type OutgoingMail = {
  readonly from: MailAddress
  readonly to: MailAddress
  readonly subject: string
  readonly text: string
  readonly html: string
}

let transport: Transporter | undefined

/** Throws nodemailer's errors: `code` and `responseCode` say what failed, the message may hold the address. */
export async function sendBySmtp({ from, to, subject, text, html }: OutgoingMail): Promise<void> {
  transport ??= open()
  // Auto-Submitted (RFC 3834): so that holiday notices do not answer.
  await transport.sendMail({ from, to, subject, text, html, headers: { 'Auto-Submitted': 'auto-generated' } })
}

export function closeSmtp(): void {
  transport?.close()
  transport = undefined
}

const open = (): Transporter =>
  createTransport({
    url: env().SMTP_URL ?? '',
    pool: true,
    maxConnections: 3,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
