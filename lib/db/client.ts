import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { env } from '#lib/env.ts'
import { type Prisma, PrismaClient } from './generated/client.ts'

export type { Prisma } from './generated/client.ts'
/** What `inTransaction` hands to its function. */
export type Transaction = Prisma.TransactionClient

type Database = { readonly pool: pg.Pool; readonly openedAt: number; prisma?: PrismaClient }

const DATABASE: unique symbol = Symbol.for('gatehouse.database')
/** Next's bundle and ours are two copies of this module in one process: they share one pool. */
const shared = globalThis as typeof globalThis & { [DATABASE]?: Database }

/** The one pool of this process. Nothing connects before its first query. */
export function pool(): pg.Pool {
  return database().pool
}

/** Prisma over the same pool. For transactions use `inTransaction`, for reads `read`: both know the faults. */
export function prisma(): PrismaClient {
  const current = database()
  current.prisma ??= new PrismaClient({ adapter: new PrismaPg(current.pool), errorFormat: 'minimal' })
  return current.prisma
}

/**
 * Leaves every connection behind for new ones: the server they lead to is no longer the primary (SQLSTATE 25006) or no
 * longer there. At most every five seconds, since all who run into it call this at once.
 */
export function reconnect(): void {
  const current = shared[DATABASE]
  if (!current || performance.now() - current.openedAt < 5_000) return
  delete shared[DATABASE]
  void close(current)
}

/** Waits for running queries, then closes every connection. The next use opens a new pool. */
export async function closeDatabase(): Promise<void> {
  const current = shared[DATABASE]
  delete shared[DATABASE]
  if (current) await close(current)
}

function database(): Database {
  shared[DATABASE] ??= { pool: openPool(), openedAt: performance.now() }
  return shared[DATABASE]
}

function openPool(): pg.Pool {
  const { DATABASE_URL, DATABASE_POOL_SIZE } = env()
  const opened = new pg.Pool({
    connectionString: DATABASE_URL,
    max: DATABASE_POOL_SIZE,
    application_name: 'gatehouse',
    connectionTimeoutMillis: 1_500,
    idleTimeoutMillis: 30_000,
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    query_timeout: 6_000, // a network that swallows packets answers no statement_timeout
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    allowExitOnIdle: true,
  })
  // Without the first a lost idle connection ends the process, without the second a lost busy one does. Who waits for the query hears of it.
  opened.on('error', ignore)
  opened.on('connect', (client) => client.on('error', ignore))
  return opened
}

function ignore(): void {}

async function close({ prisma: client, pool: opened }: Database): Promise<void> {
  await client?.$disconnect()
  await opened.end()
}
