import { z } from 'zod'

export const setLogoOutput = z.object({ hash: z.string() })
