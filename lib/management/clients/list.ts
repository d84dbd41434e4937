import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { containing } from '../search.ts'
import { type ListClientsInput, listClientsInput } from './inputs.ts'
import { type ClientSummary, summaryColumns, summaryOf } from './summary.ts'

export type ListedClient = ClientSummary & {
  /** Living grants: how many connections end with it. */
  readonly grantCount: number
}

/** Newest first, revoked ones too, without the project's own backend. `query`: part of the name, or the client id. */
export async function listClients(
  ctx: ManagementContext,
  input: ListClientsInput = {},
): Promise<{ clients: ListedClient[]; nextCursor: string | null }> {
  requirePermission(ctx, 'client:read')
  const { cursor, take, query } = parseInput(listClientsInput, input)
  const projectId = ctx.project.id

  const rows = await read((db) =>
    db.oAuthClient.findMany({
      where: {
        projectId,
        source: { not: 'builtin' },
        ...(query ? { OR: [{ name: containing(query) }, { clientId: query }] } : {}),
      },
      select: summaryColumns,
      orderBy: [{ createdAt: 'desc' }, { clientId: 'desc' }],
      take: take + 1,
      ...(cursor === undefined ? {} : { cursor: { projectId_clientId: { projectId, clientId: cursor } }, skip: 1 }),
    }),
  )
  const page = rows.slice(0, take)
  const grants = await read((db) =>
    db.oAuthGrant.groupBy({
      by: ['clientId'],
      where: { projectId, clientId: { in: page.map((client) => client.clientId) }, revokedAt: null },
      _count: true,
    }),
  )
  const grantsOf = new Map(grants.map((grant) => [grant.clientId, grant._count]))

  return {
    clients: page.map((client) => ({ ...summaryOf(client), grantCount: grantsOf.get(client.clientId) ?? 0 })),
    nextCursor: rows.length > take ? (page.at(-1)?.clientId ?? null) : null,
  }
}
