import { z } from 'zod'
import { displayName, overlapHours, uuid } from '../fields.ts'

export const secretKind = z.enum(['registration', 'server'])
export type ProjectSecretKind = z.infer<typeof secretKind>

/** Of each kind, those in their overlap too. */
export const MAX_LIVING_SECRETS = 10

export const listProjectSecretsInput = z.object({ kind: secretKind.optional() })
export type ListProjectSecretsInput = z.input<typeof listProjectSecretsInput>

/** `name`: where it is used, so that somebody dares to revoke it one day. */
export const createProjectSecretInput = z.object({ kind: secretKind, name: displayName })
export type CreateProjectSecretInput = z.input<typeof createProjectSecretInput>

export const renameProjectSecretInput = z.object({ secretId: uuid, name: displayName })
export type RenameProjectSecretInput = z.input<typeof renameProjectSecretInput>

export const rotateProjectSecretInput = z.object({ secretId: uuid, overlapHours })
export type RotateProjectSecretInput = z.input<typeof rotateProjectSecretInput>

export const rotateProjectSecretsInput = z.object({ kind: secretKind, overlapHours })
export type RotateProjectSecretsInput = z.input<typeof rotateProjectSecretsInput>

export const revokeProjectSecretInput = z.object({ secretId: uuid })
export type RevokeProjectSecretInput = z.input<typeof revokeProjectSecretInput>
