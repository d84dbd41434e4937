import { env } from '#lib/env.ts'

/** `mailbox`: a development installation keeps its mail and shows it; `none`: whatever needs mail is not offered. */
export type Delivery = 'smtp' | 'mailbox' | 'none'

/** Where mail of this installation goes. */
export function mailDelivery(): Delivery {
  const { SMTP_URL, loopback } = env()
  if (SMTP_URL) return 'smtp'
  return loopback ? 'mailbox' : 'none'
}
