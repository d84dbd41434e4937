import { z } from 'zod'
import { overlapHours, uuid } from '../fields.ts'

export const secretKind = z.enum(['registration', 'server'])

export const rotateProjectSecretInput = z.object({ kind: secretKind, overlapHours })
export type RotateProjectSecretInput = z.input<typeof rotateProjectSecretInput>

export const revokeProjectSecretInput = z.object({ secretId: uuid })
export type RevokeProjectSecretInput = z.input<typeof revokeProjectSecretInput>
