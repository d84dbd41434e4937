import { apiKeyNamesOf, clientNamesOf, memberNamesOf, userEmailsOf } from '../names.ts'
import type { Log } from './log.ts'

type Row = {
  readonly actorKind: string
  readonly actorId: string | null
  readonly clientId: string | null
  readonly userId: string | null
}

/** Names of today for the ids that rows of one log hold, by kind of actor and id. What is gone is missing. */
export async function namesIn(log: Log, rows: readonly Row[]): Promise<Readonly<Record<string, ReadonlyMap<string, string>>>> {
  const actors = (kind: string) => rows.map((row) => (row.actorKind === kind ? row.actorId : null))
  const of = { project: { id: log.id } }
  const [client, user, member, apiKey] = await Promise.all([
    clientNamesOf(of, [...rows.map((row) => row.clientId), ...actors('client')]),
    userEmailsOf(of, [...rows.map((row) => row.userId), ...actors('user')]),
    memberNamesOf(actors('member')),
    apiKeyNamesOf(log.organisationId, actors('api-key')),
  ])
  return { client, user, member, 'api-key': apiKey }
}
