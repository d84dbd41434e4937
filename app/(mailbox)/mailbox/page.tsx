import { mailDelivery } from '#lib/mail/delivery.ts'
import { listMail } from '#lib/mail/mailbox.ts'
import { MailList } from '../../../components/mailbox/mail-list.tsx'

export default async function MailboxPage() {
  const mails = mailDelivery() === 'mailbox' ? await listMail() : [] // a layout and its page are rendered side by side
  return (
    <>
      <header className="grid gap-1">
        <h1 className="font-semibold text-xl tracking-[-0.02em]">Mailbox</h1>
        <p className="text-ink-soft">What this development installation would have sent. Set SMTP_URL to send it.</p>
      </header>
      <MailList mails={mails} />
    </>
  )
}
