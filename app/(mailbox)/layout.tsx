import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { mailDelivery } from '#lib/mail/delivery.ts'

export const metadata: Metadata = { title: 'Mailbox', robots: { index: false, follow: false } }

/** Only where nothing is sent: on a development installation without a mail server. */
export default function MailboxLayout({ children }: { children: ReactNode }) {
  if (mailDelivery() !== 'mailbox') notFound()
  return <main className="mx-auto grid min-h-dvh w-full max-w-3xl content-start gap-6 px-4 py-10">{children}</main>
}
