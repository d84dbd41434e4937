import { createHmac } from 'node:crypto'
import pg from 'pg'
import { env } from '#lib/env.ts'
import { Refusal } from '../refusal.mjs'
import type { Table } from './archive.ts'

/** Long enough for a request to end, too short for a forgotten session to be waited for. */
const LOCK_TIMEOUT = '6s'

/**
 * One transaction over a connection of its own, without the deadlines of the pool: a large table takes minutes. Whatever goes wrong, the
 * connection ends and nothing was done. Throws `Refusal` when the database cannot be reached.
 */
export async function inLongTransaction<T>(begin: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = await connect()
  try {
    await client.query(begin)
    for (const name of ['statement_timeout', 'idle_in_transaction_session_timeout']) await client.query(`SET LOCAL ${name} = 0`)
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`)
    // What a value looks like as text is the session's choice: the same one for whoever writes and whoever reads.
    await client.query(`SET LOCAL DateStyle = 'ISO'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1`)
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    throw isHeldElsewhere(error)
      ? new Refusal('Something else holds the tables: stop every server of this installation, then try again')
      : error
  } finally {
    await client.end()
  }
}

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: env().DATABASE_URL,
    application_name: 'gatehouse-backup',
    connectionTimeoutMillis: 5_000,
  })
  client.on('error', () => {}) // the query under way rejects with it; unheard, the event would end the process
  try {
    await client.connect()
    return client
  } catch (error) {
    throw new Refusal(`The database cannot be reached: ${error instanceof Error ? error.message || String(Object(error).code) : error}`)
  }
}

/** Waited in vain for a lock, or was the one to give way in a deadlock. */
const isHeldElsewhere = (error: unknown): boolean => error instanceof pg.DatabaseError && ['55P03', '40P01'].includes(error.code ?? '')

type Migration = { name: string; finished: boolean }

/** The newest migration of this database, which gets no other until the transaction ends. Throws `Refusal`. */
export async function holdMigration(client: pg.Client): Promise<string> {
  try {
    await client.query('LOCK TABLE _prisma_migrations IN SHARE MODE')
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '42P01')
      throw new Refusal('This database has no tables yet: run npm run db:migrate')
    throw error
  }
  const { rows } = await client.query<Migration>(
    `SELECT migration_name AS name, finished_at IS NOT NULL AS finished FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  )
  const unfinished = rows.find(({ finished }) => !finished)
  if (unfinished) throw new Refusal(`Migration ${unfinished.name} is under way or failed: finish it first`)
  const newest = rows.at(-1)
  if (!newest) throw new Refusal('This database has no tables yet: run npm run db:migrate')
  return newest.name
}

/** Every table that holds something of ours, with the columns that can be written, by name. */
export async function tablesOf(client: pg.Client): Promise<Table[]> {
  const { rows } = await client.query<Table>(
    `SELECT pg_class.relname AS name, json_agg(attname ORDER BY attnum) AS columns
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
       AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
     GROUP BY pg_class.relname ORDER BY pg_class.relname`,
  )
  return rows
}

export const copyOf = ({ name, columns }: Table): string =>
  `COPY ${pg.escapeIdentifier(name)} (${columns.map(pg.escapeIdentifier).join(', ')})`

/** Secrets that a restored database needs. */
const NEEDED = ['KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'] as const

/** Tells whether two secrets are the same one; a secret of 256 random bits cannot be found from it. By name. */
export const fingerprints = (): Record<string, string> =>
  Object.fromEntries(NEEDED.map((name) => [name, createHmac('sha256', env()[name]).update('gatehouse backup').digest('hex').slice(0, 16)]))
