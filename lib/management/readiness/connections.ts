import { read } from '#lib/db/transaction.ts'
import type { ManagementContext } from '../context.ts'
import { FAMILIES, type Family } from './families.ts'

/** A client that got a token, which none does without a user who signed in there and allowed it. */
export type Connection = { readonly clientId: string; readonly name: string; readonly lastUsedAt: Date }

export type Connections = Readonly<Record<Family['id'], Connection | null>>

/**
 * The latest of each family. Known by where it sends its users back to: a stranger may call itself Claude, but a code that goes to
 * claude.ai is redeemed by nobody else.
 */
export async function connectionsOf({ project }: ManagementContext): Promise<Connections> {
  const found = await Promise.all(FAMILIES.map((family) => latestOf(project.id, family)))
  return Object.fromEntries(FAMILIES.map(({ id }, i) => [id, found[i] ?? null])) as Connections
}

async function latestOf(projectId: string, { callbacks }: Family): Promise<Connection | null> {
  const origins = [...new Set(callbacks.map((callback) => new URL(callback).origin))]
  const client = await read((db) =>
    db.oAuthClient.findFirst({
      // A JSON array of strings, each of which begins after a quote.
      where: { projectId, lastUsedAt: { not: null }, OR: origins.map((origin) => ({ redirectUris: { contains: `"${origin}/` } })) },
      select: { clientId: true, name: true, lastUsedAt: true },
      orderBy: { lastUsedAt: 'desc' },
    }),
  )
  return client?.lastUsedAt ? { ...client, lastUsedAt: client.lastUsedAt } : null
}
