import type { PoolClient, QueryResult, QueryResultRow } from 'pg'
import { pool, prisma, reconnect, type Transaction } from './client.ts'
import { type Fault, faultOf, Unreached, violatedConstraintOf } from './fault.ts'
import type { PrismaClient } from './generated/client.ts'

export type { Transaction } from './client.ts'

const MAX_RUNS = 6
/** How long a database that cannot be reached is waited for: a restart takes about that. */
const PATIENCE_MS = 1_000

/** The infrastructure failed, not the caller. Over HTTP: 503 with Retry-After, never an OAuth error, or clients drop their credentials. */
export class Unavailable extends Error {
  readonly retryAfterSeconds: number
  /** The connection broke while a change was being committed: it may have been made all the same. */
  readonly outcomeUnknown: boolean

  constructor(cause: unknown, retryAfterSeconds: number, outcomeUnknown: boolean) {
    super('The database is unavailable', { cause })
    this.name = 'Unavailable'
    this.retryAfterSeconds = retryAfterSeconds
    this.outcomeUnknown = outcomeUnknown
  }
}

/** A row with that key exists already. What it means is the caller's to say. */
export class UniqueViolation extends Error {
  /** Name of the constraint or index, such as `project_slug_key`; empty when the server did not say. */
  readonly constraint: string

  constructor(cause: unknown, constraint: string) {
    super(`unique constraint violated: ${constraint}`, { cause })
    this.name = 'UniqueViolation'
    this.constraint = constraint
  }
}

/**
 * Runs `work` in one READ COMMITTED transaction: the only way to open one. It may run several times (conflict, deadlock,
 * connection lost before COMMIT), so it must have no effect but on its transaction. Errors of its own roll back and pass untouched.
 * Throws `UniqueViolation`, or `Unavailable` when the database failed.
 */
export async function inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
  let committing = false
  const run = () => {
    committing = false
    return prisma().$transaction(
      async (tx) => {
        const result = await work(tx)
        committing = true
        return result
      },
      { maxWait: 2_000, timeout: 8_000 },
    )
  }
  return withRetries(run, {
    repeatable: false,
    mayHaveRun: () => committing,
    // Prisma gives a connection back to the pool even when it no longer answers.
    abandons: ['read_only', 'silent'],
  })
}

/** Runs a read that needs no transaction, again when that may help. Throws `Unavailable` when the database failed. */
export async function read<T>(query: (db: PrismaClient) => Promise<T>): Promise<T> {
  return withRetries(() => query(prisma()), { repeatable: true, mayHaveRun: () => false, abandons: ['read_only'] })
}

export type StatementOptions = {
  /** Running it twice does what running it once does. Assumed of a SELECT only. */
  readonly repeatable?: boolean
}

/**
 * Runs one statement, its own transaction, prepared once per connection under `name` (unique in the program).
 * Throws `UniqueViolation`, or `Unavailable` when the database failed; then `outcomeUnknown` says whether it may have run all the same.
 */
export async function statement<Row extends QueryResultRow>(
  name: string,
  text: string,
  values: readonly unknown[],
  { repeatable }: StatementOptions = {},
): Promise<QueryResult<Row>> {
  const changes = !/^\s*SELECT\b/i.test(text)
  return withRetries(() => runPrepared<Row>(name, text, values), {
    repeatable: repeatable ?? !changes,
    mayHaveRun: () => changes,
    abandons: ['read_only'],
  })
}

async function runPrepared<Row extends QueryResultRow>(name: string, text: string, values: readonly unknown[]): Promise<QueryResult<Row>> {
  const client = await connect()
  // Types lack the per-query deadline, which pg has: nobody who waits for a token waits longer.
  const query = { name, text, values: values as unknown[], query_timeout: 3_000 }
  let broken = false
  try {
    return await client.query<Row>(query)
  } catch (error) {
    const fault = faultOf(error)
    broken = fault !== null && fault !== 'conflict'
    throw error
  } finally {
    client.release(broken)
  }
}

async function connect(): Promise<PoolClient> {
  try {
    return await pool().connect()
  } catch (error) {
    throw faultOf(error) === 'lost' ? new Unreached(error) : error
  }
}

type Attempt = {
  readonly repeatable: boolean
  /** Asked when the connection is lost: could the change have been committed? */
  readonly mayHaveRun: () => boolean
  /** After these no connection of the pool is to be trusted. */
  readonly abandons: readonly Fault[]
}

async function withRetries<T>(run: () => Promise<T>, { repeatable, mayHaveRun, abandons }: Attempt): Promise<T> {
  const started = performance.now()
  for (let runs = 1; ; runs++) {
    try {
      return await run()
    } catch (error) {
      const constraint = violatedConstraintOf(error)
      if (constraint !== null) throw new UniqueViolation(error, constraint)
      const fault = faultOf(error)
      if (!fault) throw error
      if (abandons.includes(fault)) reconnect()
      const ambiguous = (fault === 'lost' || fault === 'silent') && mayHaveRun()
      if ((ambiguous && !repeatable) || !worthwhile(fault, runs, performance.now() - started))
        throw new Unavailable(error, fault === 'down' ? 5 : 1, ambiguous)
      await pause(fault === 'unreached' ? 50 + Math.random() * 150 : 5 + Math.random() * 75)
    }
  }
}

function worthwhile(fault: Fault, runs: number, elapsedMs: number): boolean {
  switch (fault) {
    case 'conflict':
    case 'stale':
    case 'lost':
      return runs < MAX_RUNS
    case 'unreached':
      return elapsedMs < PATIENCE_MS
    case 'silent':
    case 'read_only':
    case 'down':
      return false
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
