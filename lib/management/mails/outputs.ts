import { z } from 'zod'

const exampleMail = z.object({
  kind: z.enum(['account-exists', 'change-email', 'email-changed', 'reset-password', 'sign-in-code', 'sign-up-code', 'verify-email']),
  subject: z.string(),
  text: z.string(),
  html: z.string(),
})

export const listMailsOutput = z.object({ mails: z.array(exampleMail), nextCursor: z.null() })

export const sendTestMailOutput = z.object({ to: z.string() })
