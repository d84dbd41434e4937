import { z } from 'zod'
import { nextCursor } from '../outputs.ts'

const summary = {
  clientId: z.string(),
  name: z.string(),
  source: z.enum(['registered', 'manual', 'builtin', 'document']).describe('`document`: its client id is the URL of its metadata document'),
  trusted: z.boolean().describe('Its name is vouched for'),
  origin: z.enum(['manual', 'registered-with-secret', 'registered-openly', 'document', 'builtin']),
  status: z.enum(['active', 'unused', 'blocked', 'deleted']),
  applicationType: z.enum(['native', 'web']),
  tokenEndpointAuthMethod: z.enum(['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt']),
  redirectUris: z.array(z.string()).readonly(),
  createdAt: z.date(),
  lastUsedAt: z.date().nullable(),
  revokedAt: z.date().nullable().describe('Since when it is refused, blocked or deleted'),
  blockedAt: z.date().nullable(),
}

const grantCount = z.int().describe('Living grants')

export const listClientsOutput = z.object({
  clients: z.array(z.object({ ...summary, grantCount }).meta({ id: 'Client' })),
  nextCursor,
})

export const getClientOutput = z
  .object({
    ...summary,
    tokenEndpointAuthMethods: z.array(z.string()).readonly().describe('All it may use, the usual one first'),
    grantTypes: z.array(z.string()).readonly(),
    scope: z.string().nullable().describe('A ceiling; null: any scope of the project'),
    clientUri: z.string().nullable(),
    logoUri: z.string().nullable().describe('Where it says that its logo is'),
    logo: z
      .object({
        hash: z.string().nullable().describe('SHA-256 of the copy that is shown, below the issuer at `/client-logo/`; null: there is none'),
        readAt: z.date().nullable(),
        triedAt: z.date(),
        failure: z.enum(['unreachable', 'status', 'too_large', 'no_picture', 'too_many_pixels']).nullable(),
      })
      .nullable()
      .describe('What was last read there; null: nothing yet, and for clients that registered themselves'),
    jwks: z
      .object({ keys: z.array(z.unknown()).readonly() })
      .nullable()
      .describe('Its public keys (RFC 7517)'),
    jwksUri: z.string().nullable(),
    dpopBoundAccessTokens: z.boolean().describe('It takes sender-constrained tokens only (RFC 9449 §5.2)'),
    documentReadAt: z.date().nullable().describe('When its metadata document was last read'),
    documentStaleAt: z.date().nullable().describe('Since when it waits to be read again'),
    secretHint: z.string().nullable().describe('How its secret begins and ends; null without one'),
    secretRotatedAt: z.date().nullable(),
    previousSecretExpiresAt: z.date().nullable().describe('While the secret before this one still counts'),
    grantCount,
    userCount: z.int().describe('Users who gave them'),
    activeUserCount: z.int().describe('Those of them who used it in the last seven days'),
  })
  .meta({ id: 'ClientDetails' })

export const createClientOutput = z.object({
  clientId: z.string(),
  clientSecret: z.string().nullable().describe('Shown here and never again; null for a client without one'),
})

export const rotateClientSecretOutput = z.object({ clientSecret: z.string().describe('Shown here and never again') })

export const revokeClientOutput = z.object({ grantsEnded: z.int() })

const changed = z.int().describe('How many it was done for; the others were so already')

export const changedClientsOutput = z.object({ changed })

export const revokeClientsOutput = z.object({ changed, grantsEnded: z.int() })
