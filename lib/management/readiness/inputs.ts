import { z } from 'zod'

export const getReadinessInput = z.object({})
