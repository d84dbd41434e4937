import { z } from 'zod'

export const checkTokenInput = z.object({
  /** As it stands, or with `Bearer` before it. */
  token: z
    .string()
    .max(16_384, 'At most 16,384 characters')
    .transform((text) => text.replace(/^\s*bearer\s/i, '').trim())
    .pipe(z.string().min(1, 'A token is needed')),
})
export type CheckTokenInput = z.input<typeof checkTokenInput>
