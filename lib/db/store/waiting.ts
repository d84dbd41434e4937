import { statement } from '../transaction.ts'

/** So many a project keeps waiting; beyond it new ones are refused until old ones expire. A user code is short, so few may be guessed. */
const MAX_WAITING = { authorization_request: 20_000, device_authorization: 1_000 } as const
const RECOUNT_AFTER_MS = 5_000
const MAX_PROJECTS = 10_000

type Table = keyof typeof MAX_WAITING

const count = (table: Table): string => `
  SELECT count(*)::int AS waiting FROM (
    SELECT 1 FROM ${table} WHERE project_id = $1::uuid AND expires_at > now() LIMIT ${MAX_WAITING[table]}
  ) AS counted`

const counted = new Map<string, { readonly full: boolean; readonly at: number }>()

/**
 * Whether too many wait. Counted anew every few seconds and not with every request: the count would cost more than the
 * request, and the limits at the door bound what comes in between.
 */
export async function crowded(projectId: string, table: Table = 'authorization_request'): Promise<boolean> {
  const key = `${projectId} ${table}`
  const known = counted.get(key)
  if (known && performance.now() - known.at < RECOUNT_AFTER_MS) return known.full
  const { rows } = await statement<{ waiting: number }>(`count_waiting_${table}`, count(table), [projectId])
  if (counted.size >= MAX_PROJECTS) counted.clear()
  const full = (rows[0]?.waiting ?? 0) >= MAX_WAITING[table]
  counted.set(key, { full, at: performance.now() })
  return full
}
