import { z } from 'zod'

const reviewer = z.object({ email: z.string(), expiresAt: z.date() })

export const getReviewerOutput = z.object({ reviewer: reviewer.nullable() })

export const setReviewerOutput = reviewer.extend({ code: z.string() })
