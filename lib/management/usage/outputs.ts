import { z } from 'zod'

const usagePoint = z.object({
  tokens: z.int().describe('Access tokens of a connection just made: by code, device, client credentials, assertion or exchange'),
  refreshes: z.int().describe('Access tokens that replaced one by a refresh token'),
  activeUsers: z.int().describe('Different users that got either'),
  activeClients: z.int().describe('Different clients that got either'),
  at: z.date(),
  errors: z.int(),
})

const usageTotals = z.object({
  tokens: z.int().describe('Access tokens of a connection just made: by code, device, client credentials, assertion or exchange'),
  refreshes: z.int().describe('Access tokens that replaced one by a refresh token'),
  activeUsers: z.int().describe('Different users that got either'),
  activeClients: z.int().describe('Different clients that got either'),
  errors: z.int(),
})

export const getUsageOutput = z.object({
  range: z.enum(['24h', '30d', '7d', '90d']),
  slot: z.enum(['day', 'hour']),
  points: z.array(usagePoint).readonly().describe('One for every hour or day, the oldest first, also where there was nothing'),
  totals: usageTotals.describe(
    'Of the 24 hours active users and clients are counted once; of days it is how many there were on an average day',
  ),
  before: usageTotals
    .nullable()
    .describe(
      'The same of the period before, which ends as long after its last slot began as this one. Null: the project is younger than that',
    ),
  errors: z
    .array(z.object({ code: z.string(), count: z.int() }))
    .readonly()
    .describe('By the codes that `groupErrors` uses, the most frequent first'),
})
