import { read, statement } from '#lib/db/transaction.ts'
import { uuidBound } from '#lib/db/uuid-bound.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ErrorSighting, sightingOfCount, sightingOfEvent } from './error-code.ts'
import { type GroupErrorsInput, groupErrorsInput } from './inputs.ts'
import { REFUSED_ACTIONS } from './outcome.ts'

export type ErrorGroup = {
  /** Stable: a reason of the protocol, or `<part>_<reason>`. */
  readonly code: string
  /** Endpoints and pages that gave it. */
  readonly places: readonly string[]
  readonly count: number
  /** How many of them stand in the log by themselves; the others prove nothing of the caller and are only counted, by the hour. */
  readonly recorded: number
  readonly firstSeenAt: Date
  readonly lastSeenAt: Date
}

const ROWS_PER_LOOK = 100_000
const DAY_MS = 86_400_000

const RECORDED = `
  SELECT action, reason, count(*)::int AS count, min(at) AS first, max(at) AS last
  FROM (SELECT action, reason, at FROM audit_event WHERE project_id = $1::uuid AND id >= $2::uuid ORDER BY id DESC LIMIT ${ROWS_PER_LOOK}) AS looked
  WHERE action = ANY ($3::text[])
  GROUP BY action, reason`

type Recorded = { action: string; reason: string | null; count: number; first: Date; last: Date }

/**
 * What went wrong, by kind, the most frequent first. Of a very busy log the newest hundred thousand rows are looked at;
 * what is only counted is complete. Throws `forbidden`, `invalid`.
 */
export async function groupErrors(
  ctx: ManagementContext,
  input: GroupErrorsInput = {},
): Promise<{ errors: ErrorGroup[]; nextCursor: null }> {
  requirePermission(ctx, 'audit:read')
  const { days } = parseInput(groupErrorsInput, input)
  const since = new Date(ctx.now().getTime() - days * DAY_MS)
  const [recorded, counted] = await Promise.all([recordedSince(ctx.project.id, since), countedSince(ctx.project.id, since)])
  return { errors: groupsOf([...recorded, ...counted]), nextCursor: null }
}

async function recordedSince(projectId: string, since: Date): Promise<ErrorSighting[]> {
  const values = [projectId, uuidBound(since), REFUSED_ACTIONS]
  const { rows } = await statement<Recorded>('group_recorded_errors', RECORDED, values)
  return rows.map(sightingOfEvent)
}

async function countedSince(projectId: string, since: Date): Promise<ErrorSighting[]> {
  const rows = await read((db) =>
    db.eventCounter.groupBy({
      by: ['kind'],
      where: { projectId, hour: { gte: since }, kind: { startsWith: 'rejected:' } },
      _sum: { count: true },
      _min: { hour: true },
      _max: { hour: true },
    }),
  )
  return rows.flatMap(({ kind, _sum, _min, _max }) =>
    _min.hour && _max.hour ? (sightingOfCount({ kind, count: _sum.count ?? 0, first: _min.hour, last: _max.hour }) ?? []) : [],
  )
}

function groupsOf(sightings: readonly ErrorSighting[]): ErrorGroup[] {
  const byCode = new Map<string, ErrorSighting[]>()
  for (const sighting of sightings) byCode.set(sighting.code, [...(byCode.get(sighting.code) ?? []), sighting])
  return [...byCode.entries()].map(([code, of]) => groupOf(code, of)).toSorted((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1))
}

function groupOf(code: string, of: readonly ErrorSighting[]): ErrorGroup {
  const sum = (isRecorded: boolean) => of.filter((each) => each.isRecorded === isRecorded).reduce((total, { count }) => total + count, 0)
  const recorded = sum(true)
  return {
    code,
    places: [...new Set(of.map((each) => each.place))].toSorted(),
    // What is recorded was counted too, a few seconds later.
    count: Math.max(recorded, sum(false)),
    recorded,
    firstSeenAt: new Date(Math.min(...of.map(({ first }) => first.getTime()))),
    lastSeenAt: new Date(Math.max(...of.map(({ last }) => last.getTime()))),
  }
}
