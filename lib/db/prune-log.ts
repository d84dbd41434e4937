import { BATCH, deleteInBatches, rowsById } from './batches.ts'
import { statement } from './transaction.ts'
import { uuidBoundSql } from './uuid-bound.ts'

/** A project says for how long its log is kept, or for ever; an organisation's own is kept for a year. */
const ORGANISATION_DAYS = 365

/** Logs with something to delete, and up to which id: a page of projects and organisations at a time. */
const DUE = `
  SELECT log.id, log.bound, (SELECT true FROM audit_event WHERE project_id = log.id AND audit_event.id < log.bound LIMIT 1) AS due
  FROM (
    SELECT id, ${uuidBoundSql('audit_retention_days')} AS bound FROM project WHERE id > $1::uuid
    UNION ALL SELECT id, ${uuidBoundSql(`${ORGANISATION_DAYS}`)} FROM organisation WHERE id > $1::uuid
    ORDER BY id LIMIT ${BATCH}
  ) AS log ORDER BY log.id`

/** Two purges at once take different rows: neither waits, and neither takes the other's gaps for the end. */
const DELETE = `
  WITH over AS MATERIALIZED (
    SELECT id FROM audit_event WHERE project_id = $1::uuid AND id < $2::uuid ORDER BY id LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )
  DELETE FROM audit_event WHERE project_id = $1::uuid AND id = ANY (ARRAY(SELECT id FROM over)) AND id < $2::uuid
  RETURNING 1`

const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const IS_EMPTY = 'SELECT 1 FROM audit_event WHERE project_id = $1::uuid LIMIT 1'

/**
 * Takes out of the audit logs what is too old. It knows a row by nothing but its age. Answers how many rows went.
 * Several at once do no harm. Throws `Unavailable`.
 */
export async function pruneLogs(): Promise<number> {
  let deleted = 0
  for await (const { id, bound, due } of rowsById<Log>('find_logs_to_prune', DUE)) if (due && bound) deleted += await pruneLog(id, bound)
  return deleted
}

/**
 * Takes all rows of a log whose project or organisation was deleted long ago: nothing else ever takes a row that is not too old. `isEmpty`
 * when none is left, those included that another process is taking. Throws `Unavailable`.
 */
export async function emptyLog(id: string): Promise<{ deleted: number; isEmpty: boolean }> {
  const deleted = await pruneLog(id, LAST_ID)
  const { rowCount } = await statement('find_rest_of_log', IS_EMPTY, [id])
  return { deleted, isEmpty: rowCount === 0 }
}

type Log = { id: string; bound: string | null; due: boolean | null }

const pruneLog = (id: string, bound: string): Promise<number> =>
  deleteInBatches(async () => (await statement('prune_audit_event', DELETE, [id, bound], { repeatable: true })).rows.length)
