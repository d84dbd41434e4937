import { notFound } from 'next/navigation'
import { mailDelivery } from '#lib/mail/delivery.ts'
import { readMail } from '#lib/mail/mailbox.ts'
import { KeptMailView } from '../../../../components/mailbox/kept-mail.tsx'

export default async function MailPage({ params }: { params: Promise<{ mail: string }> }) {
  const mail = mailDelivery() === 'mailbox' ? await readMail((await params).mail) : null
  if (!mail) notFound()
  return <KeptMailView mail={mail} />
}
