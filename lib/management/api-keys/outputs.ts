import { z } from 'zod'
import { PERMISSIONS } from '../context.ts'
import { nextCursor } from '../outputs.ts'

const permissions = z.array(z.enum(PERMISSIONS)).readonly()

export const apiKeyOutput = z
  .object({
    id: z.uuid(),
    name: z.string(),
    hint: z.string().describe('How the key begins and ends'),
    status: z.enum(['active', 'expired', 'revoked', 'orphaned']).describe('`orphaned`: whoever made it has left'),
    permissions: permissions.describe('As chosen when it was made'),
    usablePermissions: permissions.describe('Those that its maker’s role still includes'),
    project: z.object({ slug: z.string(), name: z.string() }).nullable().describe('The only project it reaches; null: all'),
    createdBy: z.object({ name: z.string(), email: z.string() }).nullable(),
    createdAt: z.date(),
    expiresAt: z.date().nullable(),
    revokedAt: z.date().nullable(),
    lastUsedAt: z.date().nullable().describe('To the minute'),
    lastUsedFrom: z.string().nullable(),
  })
  .meta({ id: 'ApiKey' })

export const listApiKeysOutput = z.object({ apiKeys: z.array(apiKeyOutput), nextCursor })

export const createApiKeyOutput = z.object({ apiKeyId: z.uuid(), apiKey: z.string().describe('Shown here and never again') })
