// Applies prisma/migrations/*/migration.sql the way `prisma migrate deploy` does, and records them in the same table.
import { randomUUID } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { sleep } from './child.mjs'
import { readMigrations } from './migration-files.mjs'
import { fail, Refusal } from './refusal.mjs'

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Applies what is missing, one runner at a time, and returns the names of what it applied. */
export async function migrate(connectionString, directory = MIGRATIONS) {
  const client = await connect(connectionString)
  const holder = randomUUID()
  try {
    await takeLock(client, holder)
    const renewal = setInterval(() => void renewLock(connectionString, holder), 20_000)
    try {
      return await applyMissing(client, directory)
    } finally {
      clearInterval(renewal)
      // should the connection be gone, the lock ends with its lease, and the error that matters is on its way already
      await client.query('UPDATE migration.lock SET holder = NULL WHERE holder = $1', [holder]).catch(() => {})
    }
  } finally {
    await client.end()
  }
}

async function connect(connectionString) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => {}) // a server that goes away: the query under way rejects with it; unheard, the event would end the process
  try {
    await client.connect()
  } catch (error) {
    throw new Refusal(`The database cannot be reached: ${error.message || error.code}`)
  }
  return client
}

/** A lock row, not an advisory lock: poolers and distributed engines have none. Two starts at once may race to create the tables: try again. */
async function takeLock(client, holder) {
  for (let tries = 0; tries < 1200; tries++) {
    try {
      await client.query('CREATE SCHEMA IF NOT EXISTS migration') // in public Prisma would call the table drift
      await client.query('CREATE TABLE IF NOT EXISTS migration.lock (id INTEGER PRIMARY KEY, holder VARCHAR(36), until TIMESTAMPTZ)')
      await client.query('INSERT INTO migration.lock (id) VALUES (1) ON CONFLICT DO NOTHING')
      const { rowCount } = await client.query(
        "UPDATE migration.lock SET holder = $1, until = now() + interval '1 minute' WHERE id = 1 AND (holder IS NULL OR until < now())",
        [holder],
      )
      if (rowCount === 1) return
    } catch (error) {
      if (!['23505', '42P06', '42P07', '42710', '40001'].includes(error.code) || tries > 50) throw error
    }
    await sleep(100)
  }
  throw new Refusal('Another process has been migrating this database for two minutes; try again when it has finished.')
}

/** Over a connection of its own: the first one is busy with a migration. One that fails leaves a lease that outlives two more tries. */
async function renewLock(connectionString, holder) {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await client.query("UPDATE migration.lock SET until = now() + interval '1 minute' WHERE holder = $1", [holder])
  } catch (error) {
    console.warn(`the migration lock could not be renewed: ${error.message}`)
  } finally {
    await client.end()
  }
}

async function applyMissing(client, directory) {
  await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
    logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`)
  const { rows } = await client.query('SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL')
  const broken = rows.find((row) => !row.finished_at)
  if (broken) throw new Refusal(howToMend(broken.migration_name))
  const checksums = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  const applied = []
  for (const migration of readMigrations(directory)) {
    const before = checksums.get(migration.name)
    if (before && before !== migration.checksum) console.warn(`warning: migration ${migration.name} was changed after it was applied`)
    if (before) continue
    await apply(client, migration)
    applied.push(migration.name)
  }
  return applied
}

async function apply(client, { name, sql, checksum }) {
  const id = randomUUID()
  await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, checksum, name])
  try {
    await client.query(sql) // one simple-protocol message: an implicit transaction
  } catch (error) {
    await noteFailure(client, id, error).catch(() => {}) // the row without finished_at says enough
    throw new Refusal(`Migration ${name} failed: ${error.message}`)
  }
  await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id])
}

async function noteFailure(client, id, error) {
  await client.query('ROLLBACK') // a script with a BEGIN of its own leaves its transaction open
  await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(error.message)])
}

const howToMend = (name) =>
  `Migration ${name} failed earlier. Mend its cause, then let it run again:\n  npx prisma migrate resolve --config prisma/prisma.config.ts --rolled-back ${name}`

if (process.argv[1] === fileURLToPath(import.meta.url)) await main().catch(fail)

async function main() {
  if (!process.env.DATABASE_URL) throw new Refusal('DATABASE_URL is missing; `npm run db:migrate` knows the one of this installation.')
  const applied = await migrate(process.env.DATABASE_URL)
  console.log(applied.length === 0 ? 'the database is up to date' : `applied ${applied.join(', ')}`)
}
