import { statement } from '#lib/db/transaction.ts'
import { resourceKey } from '#lib/oauth/resource.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { clientNamesOf } from '../names.ts'
import { listResources } from './list.ts'

export type UnknownResource = {
  /** In the one spelling that stands for all that differ by slash, case or port. */
  readonly resource: string
  readonly requests: number
  /** The hour of the last one. */
  readonly lastAskedAt: Date
  /** At most three of those that asked, as far as they are known. */
  readonly clients: readonly { readonly clientId: string; readonly name: string }[]
}

const DAYS = 7
const SHOWN = 20
const SHOWN_CLIENTS = 3
const KIND = 'resource.unknown '

type Row = { resource: string; requests: number; lastAskedAt: Date; clientIds: string[] }

/** What clients asked for in the last seven days and got nothing, without what is known by now; most often asked for first, at most 20. */
export async function listUnknownResources(ctx: ManagementContext): Promise<UnknownResource[]> {
  requirePermission(ctx, 'project:read')
  const [{ rows }, resources] = await Promise.all([counted(ctx.project.id), listResources(ctx)])
  const known = new Set(resources.flatMap(({ identifier, aliases }) => [identifier, ...aliases].map(resourceKey)))
  const unknown = rows.filter(({ resource }) => !known.has(resource)).slice(0, SHOWN)
  const names = await clientNamesOf(
    ctx,
    unknown.flatMap(({ clientIds }) => clientIds),
  )
  return unknown.map(({ clientIds, ...row }) => ({
    ...row,
    clients: clientIds.flatMap((clientId) => {
      const name = names.get(clientId)
      return name === undefined ? [] : [{ clientId, name }]
    }),
  }))
}

/** More than are shown: some of them may have become known since. */
const counted = (projectId: string) =>
  statement<Row>(
    'unknown_resources',
    `SELECT substr(kind, ${KIND.length + 1}) AS resource, sum(count)::int AS requests, max(hour) AS "lastAskedAt",
       (array_remove(array_agg(DISTINCT client_id), ''))[1:${SHOWN_CLIENTS}] AS "clientIds"
     FROM event_counter
     WHERE project_id = $1::uuid AND hour >= now() - interval '${DAYS} days' AND kind LIKE '${KIND}%'
     GROUP BY kind ORDER BY requests DESC, resource LIMIT 100`,
    [projectId],
  )
