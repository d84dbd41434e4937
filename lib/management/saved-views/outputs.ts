import { z } from 'zod'

const savedView = z.object({ id: z.string(), name: z.string(), query: z.string(), createdAt: z.date() })

export const listSavedViewsOutput = z.object({ views: z.array(savedView), nextCursor: z.null() })

export const createSavedViewOutput = z.object({ id: z.string() })
