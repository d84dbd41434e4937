import { BATCH, deleteInBatches } from './batches.ts'
import { statement } from './transaction.ts'

/** What belongs to members or organisations and is over. An invitation is shown as expired for a month, so that it can be sent again. */
const EXPIRING = [
  { table: 'member_session', key: 'id', isOver: 'expires_at < now()' },
  { table: 'member_challenge', key: 'id_hash', isOver: 'expires_at < now()' },
  { table: 'invitation', key: 'id', isOver: "expires_at < now() - interval '30 days'" },
] as const

type Expiring = (typeof EXPIRING)[number]

/** Deletes sessions, challenges and invitations that are over, and answers how many rows went. Throws `Unavailable`. */
export async function pruneMembers(): Promise<number> {
  let deleted = 0
  for (const expiring of EXPIRING) deleted += await pruneTable(expiring)
  return deleted
}

const pruneTable = ({ table, key, isOver }: Expiring): Promise<number> =>
  deleteInBatches(async () => (await statement(`prune_${table}`, deleteBatch(table, key, isOver), [], { repeatable: true })).rows.length)

/** Two purges at once take different rows. */
const deleteBatch = (table: string, key: string, isOver: string): string => `
  WITH over AS MATERIALIZED (
    SELECT ${key} FROM ${table} WHERE ${isOver} ORDER BY expires_at, ${key} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED
  )
  DELETE FROM ${table} WHERE ${key} = ANY (ARRAY(SELECT ${key} FROM over)) AND ${isOver}
  RETURNING 1`
