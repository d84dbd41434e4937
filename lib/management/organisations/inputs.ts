import { z } from 'zod'
import { displayName, keyCursor, take, uuid } from '../fields.ts'

export const createOrganisationInput = z.object({ name: displayName })
export type CreateOrganisationInput = z.input<typeof createOrganisationInput>

export const getOrganisationInput = z.object({})

export const renameOrganisationInput = z.object({ name: displayName })
export type RenameOrganisationInput = z.input<typeof renameOrganisationInput>

export const deleteOrganisationInput = z.object({
  /** The organisation's name, so that nobody deletes another than they mean. */
  name: z.string().trim(),
})
export type DeleteOrganisationInput = z.input<typeof deleteOrganisationInput>

export const requireSecondFactorInput = z.object({ required: z.boolean() })
export type RequireSecondFactorInput = z.input<typeof requireSecondFactorInput>

export const listActivityInput = z.object({
  /** `<noun>.<past participle>` */
  action: z
    .string()
    .regex(/^[a-z_]{1,40}\.[a-z_]{1,40}$/, 'Such as member.joined')
    .optional(),
  /** Who did it: a member's id. */
  memberId: uuid.optional(),
  cursor: keyCursor.optional(),
  take,
})
export type ListActivityInput = z.input<typeof listActivityInput>
