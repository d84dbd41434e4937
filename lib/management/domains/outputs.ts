import { z } from 'zod'

const listedIssuer = z.object({
  url: z.string(),
  kind: z.enum(['custom', 'path', 'subdomain']),
  isPrimary: z.boolean().describe('The one that snippets, mails and links name'),
  connections: z.int().describe('Refresh families that live: connections that only this issuer can renew'),
  createdAt: z.date(),
})

const listedDomain = z.object({
  host: z.string(),
  issuer: z.string().describe('What it is an issuer as, once it is proven'),
  record: z.object({ name: z.string(), type: z.literal('TXT'), value: z.string() }),
  verified: z.boolean().describe('Proven, and the issuer answers there'),
  verifiedAt: z.date().nullable().describe('Since when the record proves it; with a problem, since when it has been missed'),
  lastCheckedAt: z.date().nullable(),
  problem: z.enum(['no_answer', 'record_missing', 'record_wrong']).nullable(),
  createdAt: z.date(),
})

export const listIssuersOutput = z.object({ issuers: z.array(listedIssuer), nextCursor: z.null() })

export const listDomainsOutput = z.object({ domains: z.array(listedDomain), nextCursor: z.null() })

export const claimDomainOutput = z.object({
  host: z.string(),
  record: z.object({ name: z.string(), type: z.literal('TXT'), value: z.string() }),
})

export const checkDomainOutput = z.object({
  host: z.string(),
  verified: z.boolean(),
  problem: z.enum(['no_answer', 'record_missing', 'record_wrong']).nullable(),
})
