import { z } from 'zod'
import { type Transaction, UniqueViolation } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import { invalidRequest } from '#lib/oauth/errors.ts'
import { isClientId, isUserId } from '#lib/oauth/identifier.ts'
import { userAttributes } from '#lib/oauth/user-attributes.ts'

const emailAddress = z.string().transform((text, check) => {
  const address = parseEmailAddress(text)
  if (address !== null) return address
  check.addIssue({ code: 'custom', message: 'is no e-mail address', input: text })
  return z.NEVER
})

/**
 * A user as the customer's backend names them. `id` is what it also sends to token exchange, and the `sub` of the tokens of both: theirs,
 * and by their choice as opaque as they like.
 */
export const handedUser = z.strictObject({
  id: z
    .string()
    .min(1, 'is empty')
    .refine(isUserId, 'must have at most 255 characters, none of them a control character')
    // RFC 9068 §5: a user's id must not read as a client acting for itself.
    .refine((id) => !isClientId(id), 'has the form of a client id'),
  /** Kept only where it is verified, because by mail it may open the account; null: one that was kept is forgotten. */
  email: emailAddress.nullable().optional(),
  email_verified: z.boolean().optional(),
  name: z
    .string()
    .trim()
    .min(1, 'is empty')
    .max(80, 'must have at most 80 characters')
    .refine((text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/u.test(text), 'must have no invisible characters')
    .optional(),
  attributes: userAttributes.optional(),
})
export type HandedUser = z.output<typeof handedUser>

/** Makes the user, or brings up to date what was sent of them; the rest stays. Throws `invalid_request` for one who was disabled. */
export async function keepUser(tx: Transaction, projectId: string, user: HandedUser): Promise<void> {
  const { id, name = null } = user
  const attributes = user.attributes ? JSON.stringify(user.attributes) : null
  const email = user.email_verified ? (user.email ?? null) : null
  const [kept] = await tx.$queryRaw<{ disabled: boolean }[]>`
    INSERT INTO end_user (project_id, id, email, email_verified_at, name, attributes)
    VALUES (${projectId}::uuid, ${id}, ${email}, CASE WHEN ${email}::text IS NOT NULL THEN now() END, ${name}, coalesce(${attributes}, '{}'))
    ON CONFLICT (project_id, id) DO UPDATE SET
      email = CASE WHEN ${user.email === null} THEN NULL ELSE coalesce(excluded.email, end_user.email) END,
      email_verified_at = CASE WHEN ${user.email === null} THEN NULL
        WHEN excluded.email = end_user.email THEN coalesce(end_user.email_verified_at, now())
        ELSE coalesce(excluded.email_verified_at, end_user.email_verified_at) END,
      name = coalesce(excluded.name, end_user.name),
      attributes = coalesce(${attributes}, end_user.attributes)
    RETURNING disabled_at IS NOT NULL AS disabled`
  if (kept?.disabled) throw invalidRequest('user.id: this user is disabled in this project')
}

/** Two people with one address: neither gets the other's account (their ids tell them apart). */
export const addressTaken = (error: unknown): unknown =>
  error instanceof UniqueViolation
    ? invalidRequest('user.email: another user of this project has this address. Send the id of that user, or leave the address out')
    : error
