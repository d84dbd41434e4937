import { statement } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { keyset, type Order, pageOf } from '../keyset.ts'
import { parseInput } from '../parse.ts'
import { likeOf } from '../search.ts'
import { type ClientSort, type ListClientsInput, listClientsInput } from './inputs.ts'
import { type ClientSummary, ORIGIN_SQL, STATUS_SQL, type SummaryRow, summaryOf } from './summary.ts'

export type ListedClient = ClientSummary & {
  /** Living grants: how many connections end with it. */
  readonly grantCount: number
}

const NAME = { by: 'lower(name) COLLATE "C"', as: 'text' } as const
const CREATED = { by: 'created_at', as: 'time' } as const
const USED = { by: 'last_used_at', as: 'time', nullable: true } as const

const ORDERS: Readonly<Record<ClientSort, Order>> = {
  name: { ...NAME, descending: false },
  '-name': { ...NAME, descending: true },
  createdAt: { ...CREATED, descending: false },
  '-createdAt': { ...CREATED, descending: true },
  lastUsedAt: { ...USED, descending: false },
  '-lastUsedAt': { ...USED, descending: true },
}

/** Asked of a page's rows alone: PostgreSQL leaves what is dear in the SELECT list until after ORDER BY and LIMIT. */
const GRANT_COUNT_SQL = `(
  SELECT count(*)::int FROM oauth_grant g
  WHERE g.project_id = oauth_client.project_id AND g.client_id = oauth_client.client_id AND g.revoked_at IS NULL)`

/** Every client but the project's own backend, deleted ones too. `query`: part of the name, of the id or of a redirect URI, such as a host. */
export async function listClients(
  ctx: ManagementContext,
  input: ListClientsInput = {},
): Promise<{ clients: ListedClient[]; nextCursor: string | null }> {
  requirePermission(ctx, 'client:read')
  const { cursor, take, query, origin, status, sort } = parseInput(listClientsInput, input)
  const projectId = ctx.project.id
  const { place, condition, orderBy, values, variant } = keyset(ORDERS[sort], sort, 'client_id', cursor, 6)

  const { rows } = await statement<SummaryRow & Pick<ListedClient, 'grantCount'> & { place: string | number | null }>(
    `list_clients_${sort}_${variant}`,
    `SELECT client_id AS "clientId", name, source, trusted, application_type AS "applicationType",
       token_endpoint_auth_method AS "tokenEndpointAuthMethod", redirect_uris AS "redirectUris", created_at AS "createdAt",
       last_used_at AS "lastUsedAt", revoked_at AS "revokedAt", blocked_at AS "blockedAt", ${place}, ${GRANT_COUNT_SQL} AS "grantCount"
     FROM oauth_client
     WHERE project_id = $1::uuid AND source <> 'builtin'
       AND ($2::text IS NULL OR name ILIKE $2 OR client_id ILIKE $2 OR redirect_uris ILIKE $2)
       AND ($3::text IS NULL OR ${ORIGIN_SQL} = $3) AND ($4::text IS NULL OR ${STATUS_SQL} = $4) AND ${condition}
     ORDER BY ${orderBy} LIMIT $5`,
    [projectId, likeOf(query), origin ?? null, status ?? null, take + 1, ...values],
  )
  const { page, nextCursor } = pageOf(rows, take, sort, (row) => row.clientId)
  return { clients: page.map((row) => ({ ...summaryOf(row), grantCount: row.grantCount })), nextCursor }
}
