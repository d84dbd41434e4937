import { z } from 'zod'

const searchHit = z.object({
  kind: z.enum(['client', 'event', 'grant', 'resource', 'scope', 'user']),
  id: z.string(),
  title: z.string(),
  detail: z.string(),
})

export const searchOutput = z.object({ hits: z.array(searchHit) })
