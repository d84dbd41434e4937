import { z } from 'zod'

const listedProvider = z.object({
  id: z.string(),
  preset: z.enum(['entra', 'github', 'google', 'oidc', 'okta']),
  name: z.string(),
  issuer: z.string().nullable().describe('Null for GitHub'),
  clientId: z.string(),
  scope: z.string(),
  enabled: z.boolean(),
  keepTokens: z.boolean(),
  callbackUrls: z
    .array(z.string())
    .readonly()
    .describe('What the provider must know as redirect URIs: one for each issuer of the project, the primary one first'),
  createdAt: z.date(),
})

export const listUpstreamProvidersOutput = z.object({
  providers: z.array(listedProvider).readonly(),
  next: z.object({
    id: z.string(),
    callbackUrls: z
      .array(z.string())
      .readonly()
      .describe('What the provider must know as redirect URIs: one for each issuer of the project, the primary one first'),
  }),
  nextCursor: z.null(),
})

export const createUpstreamProviderOutput = z.object({ id: z.string() })

export const testUpstreamProviderOutput = z.object({ problems: z.array(z.string()).readonly() })
