import { read } from '#lib/db/transaction.ts'
import type { ManagementContext } from './context.ts'

/** Names for the ids a list holds, by id; what is gone is missing. */
export async function clientNamesOf(ctx: ManagementContext, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const clients = await read((db) =>
    db.oAuthClient.findMany({
      where: { projectId: ctx.project.id, clientId: { in: distinct(ids) } },
      select: { clientId: true, name: true },
    }),
  )
  return new Map(clients.map((client) => [client.clientId, client.name]))
}

/** Whoever has no address is called by name. */
export async function userEmailsOf(ctx: ManagementContext, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const users = await read((db) =>
    db.endUser.findMany({ where: { projectId: ctx.project.id, id: { in: distinct(ids) } }, select: { id: true, email: true, name: true } }),
  )
  return new Map(users.map(({ id, email, name }) => [id, email ?? name ?? id]))
}

/** Members are not the project's; the ids must come from rows that are. */
export async function memberNamesOf(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const members = await read((db) => db.member.findMany({ where: { id: { in: distinct(ids) } }, select: { id: true, name: true } }))
  return new Map(members.map((member) => [member.id, member.name]))
}

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
