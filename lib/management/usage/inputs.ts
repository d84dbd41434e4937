import { z } from 'zod'

export const USAGE_RANGES = ['24h', '7d', '30d', '90d'] as const
export type UsageRange = (typeof USAGE_RANGES)[number]

export const getUsageInput = z.object({
  /** The last 24 hours by the hour, or so many days (UTC) by the day, today included. */
  range: z.enum(USAGE_RANGES).default('7d'),
})
export type GetUsageInput = z.input<typeof getUsageInput>
