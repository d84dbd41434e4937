import { statement } from '../transaction.ts'

/** So many authorization requests a project keeps waiting; beyond it new ones are refused until old ones expire. */
const MAX_WAITING = 20_000
const RECOUNT_AFTER_MS = 5_000
const MAX_PROJECTS = 10_000

const COUNT = `
  SELECT count(*)::int AS waiting FROM (
    SELECT 1 FROM authorization_request WHERE project_id = $1::uuid AND expires_at > now() LIMIT ${MAX_WAITING}
  ) AS counted`

const counted = new Map<string, { readonly full: boolean; readonly at: number }>()

/**
 * Whether too many wait. Counted anew every few seconds and not with every request: the count would cost more than the
 * request, and the limits at the door bound what comes in between.
 */
export async function crowded(projectId: string): Promise<boolean> {
  const known = counted.get(projectId)
  if (known && performance.now() - known.at < RECOUNT_AFTER_MS) return known.full
  const { rows } = await statement<{ waiting: number }>('count_waiting_requests', COUNT, [projectId])
  if (counted.size >= MAX_PROJECTS) counted.clear()
  const full = (rows[0]?.waiting ?? 0) >= MAX_WAITING
  counted.set(projectId, { full, at: performance.now() })
  return full
}
