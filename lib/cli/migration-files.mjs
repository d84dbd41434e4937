import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** What prisma/migrations holds, oldest first, each with the SHA-256 that Prisma records. */
export function readMigrations(directory) {
  const folders = fs.readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const names = folders.map((entry) => entry.name).sort()
  return names.map((name) => {
    const sql = fs.readFileSync(path.join(directory, name, 'migration.sql'), 'utf8')
    return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
  })
}
