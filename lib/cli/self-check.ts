import { pool } from '#lib/db/client.ts'
import { missingMigrations } from '#lib/db/migrations.ts'
import { env } from '#lib/env.ts'
import { checkKeys } from '#lib/keys/check.ts'
import { SealBroken } from '#lib/keys/seal.ts'
import { sleep } from './child.mjs'
import { weaknesses } from './secrets.mjs'

/** Why this installation must not start, for its operator to read. */
export class NotReady extends Error {}

const MAX_CLOCK_DIFFERENCE_MS = 5_000
const PATIENCE_MS = 15_000

/**
 * What must be true before the first request. Throws `NotReady` over weak secrets, a database that is unreachable, read-only, behind on
 * migrations or five seconds off our clock, and a key-encryption key that opens no stored key.
 */
export async function selfCheck(migrations: string): Promise<void> {
  const weak = weaknesses(env())
  if (weak.length > 0) throw new NotReady(`Configuration:\n${weak.map((line) => `  ${line}`).join('\n')}`)
  await checkDatabase()
  await checkSchema(migrations)
  await checkKeys().catch((error: unknown) => {
    throw error instanceof SealBroken ? new NotReady(error.message) : error
  })
}

async function checkDatabase(): Promise<void> {
  const { now, recovery } = await askDatabase()
  if (recovery) throw new NotReady('The database is a standby in recovery: DATABASE_URL must lead to the primary.')
  const difference = Math.abs(Date.now() - now.getTime())
  if (difference < MAX_CLOCK_DIFFERENCE_MS) return
  throw new NotReady(`The clocks of this machine and of the database differ by ${(difference / 1000).toFixed(1)} s: set both with NTP.`)
}

/** Patient: the database may be starting too. */
async function askDatabase(): Promise<{ now: Date; recovery: boolean }> {
  for (const giveUp = performance.now() + PATIENCE_MS; ; await sleep(200)) {
    try {
      const { rows } = await pool().query('SELECT clock_timestamp() AS now, pg_is_in_recovery() AS recovery')
      return rows[0]
    } catch (error) {
      if (performance.now() < giveUp) continue
      throw new NotReady(`The database cannot be reached: ${error instanceof Error ? error.message : error}`)
    }
  }
}

async function checkSchema(migrations: string): Promise<void> {
  const missing = await missingMigrations(migrations)
  if (missing.length > 0) throw new NotReady(`The database lacks ${missing.join(', ')}: run npm run db:migrate.`)
}
