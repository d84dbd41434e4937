import { z } from 'zod'
import { parseEmailAddress } from '#lib/email-address.ts'

/** Fields that several inputs share. Nothing of the server's, as in the inputs: forms in the browser use them. */

const INVISIBLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u

/** Shown to people: no control characters, no text direction overrides, nothing of zero width. */
export const displayName = z
  .string()
  .trim()
  .min(1, 'A name is needed')
  .max(80, 'At most 80 characters')
  .refine((text) => !INVISIBLE.test(text), 'Invisible characters are not allowed')

export const emailAddress = z.string().transform((text, check) => {
  const address = parseEmailAddress(text)
  if (address !== null) return address
  check.addIssue({ code: 'custom', message: 'This is not an e-mail address', input: text })
  return z.NEVER
})

/** For a new password. An existing one is only compared. */
export const newPassword = z.string().min(12, 'At least 12 characters').max(128, 'At most 128 characters')

/** How long the old secret stays good, in hours; 0: not at all. */
export const overlapHours = z.coerce
  .number<number | string>()
  .int('Whole hours')
  .min(0, 'From 0 to 720 hours')
  .max(720, 'From 0 to 720 hours')

export const take = z.coerce.number<number | string>().int().min(1, 'From 1 to 100').max(100, 'From 1 to 100').default(50)

export const uuid = z.uuid('This is not an id')

/** Opaque to callers: the key of the last row they saw. */
export const keyCursor = z.string().min(1).max(320)

/** PostgreSQL has no text with a zero in it. */
const storable = (text: string): boolean => !text.includes('\0')

export const clientId = z.string().min(1).max(2048).refine(storable, 'This is not an id')
export const userId = z.string().min(1).max(255).refine(storable, 'This is not an id')

/** Of what is changed together, each named once. */
export const chosen = <Id extends z.ZodType<string>>(id: Id) =>
  z
    .array(id)
    .min(1, 'At least one')
    .max(100, 'At most 100 at once')
    .transform((ids) => [...new Set(ids)])

/** Free text that narrows a list. */
export const listQuery = z.string().trim().max(200).refine(storable, 'Invisible characters are not allowed')

/** Opaque to callers: as the list before gave it. */
export const cursor = z.string().min(1).max(8192)
