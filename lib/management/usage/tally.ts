import { statement } from '#lib/db/transaction.ts'
import { uuidBound } from '#lib/db/uuid-bound.ts'

/** From `from` on, up to but not including `until`. */
export type Span = { readonly from: Date; readonly until: Date }

/** How much of each there was. */
export type Tally = {
  /** Access tokens of a connection just made: by code, device, client credentials, assertion or exchange. */
  readonly tokens: number
  /** Access tokens that replaced one by a refresh token. */
  readonly refreshes: number
  /** Different users that got either. */
  readonly activeUsers: number
  /** Different clients that got either. */
  readonly activeClients: number
}

/** In one slot: an hour or a day. */
export type SlotTally = Tally & { readonly at: Date }

/** `place:reason`, such as `token:pkce_mismatch`: where it was refused, and why. */
export type ErrorTally = { readonly at: Date; readonly code: string; readonly count: number }

export const NOTHING: Tally = { tokens: 0, refreshes: 0, activeUsers: 0, activeClients: 0 }

/** A row's id has the time of the process that wrote it, `at` that of the database: so far apart may the two clocks be. */
const CLOCKS_APART_MS = 10 * 60_000

const ISSUED = `('token.issued', 'refresh.rotated', 'exchange.issued', 'assertion.issued')`

/** Of one project's rows between two ids ($2, $3) and two moments ($4, $5): the ids are the key, the moments the truth. */
export const ISSUED_ROWS = `
  audit_event WHERE project_id = $1::uuid AND id >= $2::uuid AND id < $3::uuid AND at >= $4::timestamptz AND at < $5::timestamptz
  AND action IN ${ISSUED}`

export const TALLY_COLUMNS = `
  count(*) FILTER (WHERE action <> 'refresh.rotated')::int AS tokens,
  count(*) FILTER (WHERE action = 'refresh.rotated')::int AS refreshes,
  count(DISTINCT user_id)::int AS "activeUsers",
  count(DISTINCT client_id)::int AS "activeClients"`

/**
 * What was refused, as the counters have it. Not among them: a device that asks whether its user is done yet is told to ask again,
 * and an assertion that failed is counted where it was used.
 */
export const REFUSED = `
  kind LIKE 'rejected:%' AND kind NOT LIKE 'rejected:assertion:%' AND kind NOT IN ('rejected:token:device_pending', 'rejected:token:device_slow_down')`

/** Without `rejected:`. */
export const CODE = `substr(kind, 10)`

export const rowsBetween = (projectId: string, { from, until }: Span): readonly (string | Date)[] => [
  projectId,
  uuidBound(new Date(from.getTime() - CLOCKS_APART_MS)),
  uuidBound(new Date(until.getTime() + CLOCKS_APART_MS)),
  from,
  until,
]

/** By the slot, and all together: somebody who comes in two hours is one user. Slots without anything are missing. Throws `Unavailable`. */
export async function tally(projectId: string, span: Span, slot: 'hour' | 'day'): Promise<{ slots: SlotTally[]; total: Tally }> {
  const { rows } = await statement<Tally & { at: Date | null }>(
    'tally_usage',
    `SELECT slot AS at, ${TALLY_COLUMNS}
     FROM (SELECT date_trunc($6, at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS slot, action, user_id, client_id FROM ${ISSUED_ROWS}) AS issued
     GROUP BY GROUPING SETS ((slot), ())`,
    [...rowsBetween(projectId, span), slot],
  )
  const slots = rows.flatMap(({ at, ...counts }) => (at === null ? [] : [{ at, ...counts }]))
  const { tokens, refreshes, activeUsers, activeClients } = rows.find(({ at }) => at === null) ?? NOTHING
  return { slots, total: { tokens, refreshes, activeUsers, activeClients } }
}

/** Counted by the hour, so the hour in which `span` begins is in it as a whole, as is that in which it ends. Throws `Unavailable`. */
export async function tallyErrors(projectId: string, { from, until }: Span, slot: 'hour' | 'day'): Promise<ErrorTally[]> {
  const { rows } = await statement<ErrorTally>(
    'tally_errors',
    `SELECT date_trunc($4, hour AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' AS at, ${CODE} AS code, sum(count)::int AS count FROM event_counter
     WHERE project_id = $1::uuid AND hour >= date_trunc('hour', $2::timestamptz) AND hour < $3::timestamptz AND ${REFUSED}
     GROUP BY 1, 2`,
    [projectId, from, until, slot],
  )
  return rows
}
