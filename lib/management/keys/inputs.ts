import { z } from 'zod'

export const rotateKeysInput = z.object({ purpose: z.enum(['access-token', 'id-token']).default('access-token') })
export type RotateKeysInput = z.input<typeof rotateKeysInput>
