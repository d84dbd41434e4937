import { z } from 'zod'
import { clientId, take, uuid } from '../fields.ts'

export const listAuditEventsInput = z.object({
  /** `<noun>.<past participle>` */
  action: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, 'Such as token.issued')
    .optional(),
  /** A whole part of a connection. */
  step: z.enum(['manage', 'register', 'device', 'authorize', 'sign-in', 'consent', 'token', 'exchange', 'revoke', 'introspect']).optional(),
  client: clientId.optional(),
  /** The user's id or e-mail address. */
  user: z.string().trim().min(1).max(320).optional(),
  grant: uuid.optional(),
  cursor: uuid.optional(),
  take,
})
export type ListAuditEventsInput = z.input<typeof listAuditEventsInput>

export const getAuditEventInput = z.object({ id: uuid })
export type GetAuditEventInput = z.input<typeof getAuditEventInput>
