import { z } from 'zod'

export const listKeysInput = z.object({})
export type ListKeysInput = z.input<typeof listKeysInput>

export const rotateKeysInput = z.object({ purpose: z.enum(['access-token', 'id-token']).default('access-token') })
export type RotateKeysInput = z.input<typeof rotateKeysInput>

/** RFC 7638 thumbprint, or another name: whether there is such a key, the verb says. */
const kid = z.string().min(1).max(200)

export const revokeKeyInput = z.object({ kid })
export type RevokeKeyInput = z.input<typeof revokeKeyInput>

export const getKeyImpactInput = z.object({ kid })
export type GetKeyImpactInput = z.input<typeof getKeyImpactInput>
