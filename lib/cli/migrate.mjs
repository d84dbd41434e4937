// Applies prisma/migrations/*/migration.sql the way `prisma migrate deploy` does, and records them in the same table.
import { createHash, randomUUID } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'

/** A lock row, not an advisory lock: poolers and distributed engines have none. Two starts at once may race to create the tables: try again. */
async function lock(client, holder) {
  for (let i = 0; ; i++) {
    try {
      await client.query('CREATE SCHEMA IF NOT EXISTS migration') // in public Prisma would call the table drift
      await client.query('CREATE TABLE IF NOT EXISTS migration.lock (id INTEGER PRIMARY KEY, holder VARCHAR(36), until TIMESTAMPTZ)')
      await client.query('INSERT INTO migration.lock (id) VALUES (1) ON CONFLICT DO NOTHING')
      const taken = await client.query(
        "UPDATE migration.lock SET holder = $1, until = now() + interval '10 minutes' WHERE id = 1 AND (holder IS NULL OR until < now())",
        [holder],
      )
      if (taken.rowCount === 1) return
    } catch (e) {
      if (!['23505', '42P06', '42P07', '42710', '40001'].includes(e.code) || i > 50) throw e
    }
    if (i > 1200) throw new Error('another process holds the migration lock')
    await new Promise((r) => setTimeout(r, 100))
  }
}

export async function migrate(connectionString, dir) {
  const client = new pg.Client({ connectionString }),
    holder = randomUUID()
  await client.connect()
  try {
    await lock(client, holder)
    await client.query(`CREATE TABLE IF NOT EXISTS _prisma_migrations (
      id VARCHAR(36) PRIMARY KEY NOT NULL, checksum VARCHAR(64) NOT NULL, finished_at TIMESTAMPTZ, migration_name VARCHAR(255) NOT NULL,
      logs TEXT, rolled_back_at TIMESTAMPTZ, started_at TIMESTAMPTZ NOT NULL DEFAULT now(), applied_steps_count INTEGER NOT NULL DEFAULT 0)`)
    const { rows } = await client.query('SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL')
    const failed = rows.find((r) => !r.finished_at)
    if (failed)
      throw new Error(
        `migration ${failed.migration_name} failed earlier; mend it, then run: npx prisma migrate resolve --config prisma/prisma.config.ts --rolled-back ${failed.migration_name}`,
      )
    const done = new Map(rows.map((r) => [r.migration_name, r.checksum]))
    const names = fs
      .readdirSync(dir, { withFileTypes: true })
      .filter((d) => d.isDirectory())
      .map((d) => d.name)
      .sort()
    const applied = []
    for (const name of names) {
      const sql = fs.readFileSync(path.join(dir, name, 'migration.sql'), 'utf8')
      const checksum = createHash('sha256').update(sql).digest('hex')
      if (done.has(name)) {
        if (done.get(name) !== checksum) console.warn(`warning: migration ${name} was changed after it was applied`)
        continue
      }
      const id = randomUUID()
      await client.query('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ($1, $2, $3)', [id, checksum, name])
      try {
        await client.query(sql) // one simple-protocol message: an implicit transaction
      } catch (e) {
        await client.query('ROLLBACK').catch(() => {})
        await client.query('UPDATE _prisma_migrations SET logs = $2 WHERE id = $1', [id, String(e.message)])
        throw new Error(`migration ${name} failed: ${e.message}`, { cause: e })
      }
      await client.query('UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1 WHERE id = $1', [id])
      applied.push(name)
    }
    return applied
  } finally {
    await client.query('UPDATE migration.lock SET holder = NULL WHERE holder = $1', [holder]).catch(() => {})
    await client.end()
  }
}
if (import.meta.url === pathToFileURL(process.argv[1]).href)
  console.log(await migrate(process.env.DATABASE_URL, path.resolve('prisma/migrations')))
