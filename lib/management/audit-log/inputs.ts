import { z } from 'zod'
import { clientId, take, uuid } from '../fields.ts'

export const STEPS = [
  ...(['manage', 'register', 'device', 'authorize', 'sign-in', 'consent', 'token', 'exchange', 'revoke', 'introspect'] as const),
] as const
export const OUTCOMES = ['ok', 'refused'] as const
export const ACTOR_KINDS = ['member', 'api-key', 'user', 'client', 'backend', 'command-line', 'system'] as const

/** The most one exported file holds. */
export const MAX_EXPORTED_EVENTS = 100_000
/** The most one page of an export holds. */
export const MAX_EXPORT_PAGE = 1_000

const ACTION = '[a-z_]{1,40}\\.[a-z_]{1,40}'

/** ISO 8601 with its zone, such as 2026-11-21T18:00:00Z. */
const moment = z.iso.datetime({ offset: true, error: 'Such as 2026-11-21T18:00:00Z' }).transform((text) => new Date(text))

const filters = {
  /** `<noun>.<past participle>`; several with commas between. */
  action: z
    .string()
    .regex(new RegExp(`^${ACTION}(,${ACTION}){0,19}$`), 'Such as token.issued')
    .transform((text) => text.split(','))
    .optional(),
  /** A whole part of a connection. */
  step: z.enum(STEPS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  /** What kind of actor did it. */
  actor: z.enum(ACTOR_KINDS).optional(),
  client: clientId.optional(),
  /** The user's id or e-mail address. */
  user: z.string().trim().min(1).max(320).optional(),
  grant: uuid.optional(),
  /** All events of one attempt to connect. */
  request: z
    .string()
    .regex(/^[0-9a-f]{4,64}$/, 'Up to 64 hexadecimal digits')
    .optional(),
  /** A scope that was asked for or granted. */
  scope: z
    .string()
    .trim()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'One scope')
    .optional(),
  /** A resource the event was about, as its identifier. */
  resource: z
    .string()
    .trim()
    .regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,500}$/, 'One resource')
    .optional(),
  reason: z
    .string()
    .trim()
    .regex(/^[a-z][a-z0-9_-]{0,79}$/, 'Such as code_expired')
    .optional(),
  /** What a client was answered with, where that stands in the log: `error` of the answer. */
  error: z
    .string()
    .trim()
    .regex(/^[a-z][a-z_]{2,39}$/, 'Such as invalid_grant')
    .optional(),
  /** Any id, or a network address or its beginning. */
  text: z.string().trim().min(1).max(200).optional(),
  /** From this moment on. */
  from: moment.optional(),
  /** Before this moment. */
  to: moment.optional(),
}

export const listAuditEventsInput = z.object({ ...filters, cursor: uuid.optional(), take })
export type ListAuditEventsInput = z.input<typeof listAuditEventsInput>

export const getAuditEventInput = z.object({ id: uuid })
export type GetAuditEventInput = z.input<typeof getAuditEventInput>

export const tailAuditEventsInput = z.object({
  ...filters,
  /** The newest event seen so far; without it the tail begins now. */
  after: uuid.optional(),
})
export type TailAuditEventsInput = z.input<typeof tailAuditEventsInput>

export const exportAuditEventsInput = z.object({
  ...filters,
  cursor: uuid.optional(),
  take: z.coerce
    .number<number | string>()
    .int()
    .min(1, `From 1 to ${MAX_EXPORT_PAGE}`)
    .max(MAX_EXPORT_PAGE, `From 1 to ${MAX_EXPORT_PAGE}`)
    .default(MAX_EXPORT_PAGE),
})
export type ExportAuditEventsInput = z.input<typeof exportAuditEventsInput>

export const EXPORT_FORMATS = ['csv', 'jsonl'] as const
export const writeAuditLogInput = z.object({ ...filters, format: z.enum(EXPORT_FORMATS) })
export type WriteAuditLogInput = z.input<typeof writeAuditLogInput>

export const groupErrorsInput = z.object({
  /** How many days back, today included. */
  days: z.coerce.number<number | string>().int().min(1, 'From 1 to 30 days').max(30, 'From 1 to 30 days').default(7),
})
export type GroupErrorsInput = z.input<typeof groupErrorsInput>
