import { z } from 'zod'
import { PERMISSIONS, type Permission } from '../context.ts'
import { displayName, keyCursor, listQuery, take, uuid } from '../fields.ts'

/** What is done to an organisation and not to one of its projects: a key of one project has no use for it. */
export const ORGANISATION_PERMISSIONS: readonly Permission[] = [
  ...(['organisation:read', 'organisation:write', 'member:read', 'member:write'] as const),
  ...(['api-key:read', 'api-key:write', 'project:create'] as const),
]

export const createApiKeyInput = z
  .object({
    name: displayName,
    permissions: z
      .array(z.enum(PERMISSIONS))
      .min(1, 'At least one permission')
      .max(100)
      .transform((permissions) => [...new Set(permissions)]),
    /** Slug of the only project it may reach; absent: every project, later ones too. */
    project: z.string().min(1).max(63).optional(),
    /** Absent: until it is revoked. */
    expiresInDays: z.coerce
      .number<number | string>()
      .int('Whole days')
      .min(1, 'From 1 to 730 days')
      .max(730, 'From 1 to 730 days')
      .optional(),
  })
  .refine(({ project, permissions }) => project === undefined || !permissions.some((each) => ORGANISATION_PERMISSIONS.includes(each)), {
    path: ['permissions'],
    message: `Of no use to a key of one project: ${ORGANISATION_PERMISSIONS.join(', ')}`,
  })
export type CreateApiKeyInput = z.input<typeof createApiKeyInput>

export const listApiKeysInput = z.object({
  cursor: keyCursor.optional(),
  take,
  /** Part of the name. */
  query: listQuery.optional(),
  sort: z.enum(['name', '-name', 'createdAt', '-createdAt']).default('-createdAt'),
})
export type ListApiKeysInput = z.input<typeof listApiKeysInput>

export const revokeApiKeyInput = z.object({ apiKeyId: uuid })
export type RevokeApiKeyInput = z.input<typeof revokeApiKeyInput>
