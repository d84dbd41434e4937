import { z } from 'zod'

const listedTrustedIssuer = z.object({
  kind: z.enum(['id-jag', 'subject-token', 'workload']),
  issuer: z.string().describe('`iss`, byte for byte'),
  jwksUri: z.string().nullable(),
  audience: z.string().nullable().describe('`aud` that a subject token must have; null: this issuer’s URL'),
  rules: z
    .array(z.object({ claims: z.record(z.string(), z.string()), scopes: z.array(z.string()).readonly() }))
    .readonly()
    .describe('A token with all these claims may have these scopes. Empty: any scope of the project'),
  linkByEmail: z.boolean(),
  id: z.string(),
  hasKeys: z.boolean().describe('The keys are kept here, not fetched'),
  createdAt: z.date(),
})

export const listTrustedIssuersOutput = z.object({ trustedIssuers: z.array(listedTrustedIssuer), nextCursor: z.null() })

export const createTrustedIssuerOutput = z.object({ id: z.string() })
