import { statement } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from './context.ts'
import { clientNamesOf } from './names.ts'

/** Whom it would hit if something were taken away: living grants that have it, and the clients with the most of them. */
export type AffectedGrants = {
  readonly grants: number
  /** At most three, the one with the most grants first. */
  readonly clients: readonly { readonly clientId: string; readonly name: string; readonly grants: number }[]
}

export const NO_GRANTS: AffectedGrants = { grants: 0, clients: [] }

/** A column that holds several values in one text, and how to take them apart. */
const COLUMNS = {
  scope: (text: string) => text.split(' '),
  resources: (text: string) => JSON.parse(text) as string[],
} as const

const SHOWN_CLIENTS = 3

type Row = { value: string; clientId: string; grants: number; total: number }

/** Living grants by each scope or resource that they have, in one look at them. */
export async function affectedGrants(ctx: ManagementContext, column: keyof typeof COLUMNS): Promise<ReadonlyMap<string, AffectedGrants>> {
  requirePermission(ctx, 'grant:read')
  const { rows } = await statement<Row>(
    `affected_grants_by_${column}`,
    `SELECT value, client_id AS "clientId", grants::int, total::int FROM (
       SELECT ${column} AS value, client_id, count(*) AS grants, sum(count(*)) OVER (PARTITION BY ${column}) AS total,
         row_number() OVER (PARTITION BY ${column} ORDER BY count(*) DESC, client_id) AS place
       FROM oauth_grant WHERE project_id = $1::uuid AND revoked_at IS NULL GROUP BY ${column}, client_id) AS grouped
     WHERE place <= ${SHOWN_CLIENTS}`,
    [ctx.project.id],
  )
  const names = await clientNamesOf(
    ctx,
    rows.map(({ clientId }) => clientId),
  )
  const values = new Set(rows.flatMap(({ value }) => COLUMNS[column](value)))
  return new Map(
    [...values].map((value) => [
      value,
      summed(
        rows.filter((row) => COLUMNS[column](row.value).includes(value)),
        names,
      ),
    ]),
  )
}

/** Rows of one combination of values repeat its total. */
function summed(rows: readonly Row[], names: ReadonlyMap<string, string>): AffectedGrants {
  const totals = new Map(rows.map(({ value, total }) => [value, total]))
  const byClient = new Map<string, number>()
  for (const { clientId, grants } of rows) byClient.set(clientId, (byClient.get(clientId) ?? 0) + grants)
  const most = [...byClient].sort(([, a], [, b]) => b - a).slice(0, SHOWN_CLIENTS)
  return {
    grants: [...totals.values()].reduce((sum, total) => sum + total, 0),
    clients: most.map(([clientId, grants]) => ({ clientId, name: names.get(clientId) ?? clientId, grants })),
  }
}
