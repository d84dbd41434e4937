import { read } from '#lib/db/transaction.ts'

type OfProject = { readonly project: { readonly id: string } }

/** Names for the ids a list holds, by id; what is gone is missing. */
export async function clientNamesOf(ctx: OfProject, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = distinct(ids)
  if (wanted.length === 0) return new Map()
  const clients = await read((db) =>
    db.oAuthClient.findMany({
      where: { projectId: ctx.project.id, clientId: { in: wanted } },
      select: { clientId: true, name: true },
    }),
  )
  return new Map(clients.map((client) => [client.clientId, client.name]))
}

/** Whoever has no address is called by name. */
export async function userEmailsOf(ctx: OfProject, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = distinct(ids)
  if (wanted.length === 0) return new Map()
  const users = await read((db) =>
    db.endUser.findMany({ where: { projectId: ctx.project.id, id: { in: wanted } }, select: { id: true, email: true, name: true } }),
  )
  return new Map(users.map(({ id, email, name }) => [id, email ?? name ?? id]))
}

/** Members are not the project's; the ids must come from rows that are. */
export async function memberNamesOf(ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = distinct(ids)
  if (wanted.length === 0) return new Map()
  const members = await read((db) => db.member.findMany({ where: { id: { in: wanted } }, select: { id: true, name: true } }))
  return new Map(members.map((member) => [member.id, member.name]))
}

/** Of one organisation. */
export async function apiKeyNamesOf(organisationId: string, ids: readonly (string | null)[]): Promise<Map<string, string>> {
  const wanted = distinct(ids)
  if (wanted.length === 0) return new Map()
  const keys = await read((db) => db.apiKey.findMany({ where: { organisationId, id: { in: wanted } }, select: { id: true, name: true } }))
  return new Map(keys.map((key) => [key.id, key.name]))
}

const distinct = (ids: readonly (string | null)[]): string[] => [...new Set(ids.filter((id) => id !== null))]
