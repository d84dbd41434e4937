import { readdirSync } from 'node:fs'
import path from 'node:path'
import { statement } from './transaction.ts'

/** Where a release keeps them, below the folder it runs in. */
const FOLDER = 'prisma/migrations'

/** Names of the migrations that this release has and its database lacks, oldest first. Throws `Unavailable`. */
export async function missingMigrations(folder = path.resolve(FOLDER)): Promise<string[]> {
  const { rows } = await statement<{ name: string }>(
    'applied_migrations',
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    [],
  )
  const applied = new Set(rows.map(({ name }) => name))
  return releasedIn(folder).filter((name) => !applied.has(name))
}

const known = new Map<string, readonly string[]>()

/** A release does not change while it runs. */
function releasedIn(folder: string): readonly string[] {
  const names =
    known.get(folder) ??
    readdirSync(folder, { withFileTypes: true })
      .flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))
      .sort()
  known.set(folder, names)
  return names
}
