import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { RECORD } from './archive.ts'
import { contentsOf, dropChecks, fillEveryTable, type Installation, newInstallation } from './fixtures.ts'
import { checkBackup } from './read.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write.ts'

const server = requireDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-backup-'))
const file = path.join(folder, 'whole.backup')

/** None of ours has a sequence; somebody else's table may. */
const OF_SOMEBODY_ELSE = 'CREATE TABLE numbered (id bigserial PRIMARY KEY, word text NOT NULL); CREATE TABLE twin (id bigint PRIMARY KEY)'

let installation: Installation
let empty: Record<string, string>
let full: Record<string, string>

beforeAll(async () => {
  installation = await newInstallation(server, OF_SOMEBODY_ELSE)
  process.env.DATABASE_URL = installation.url // before the first connection, which reads it
  empty = await contentsOf(installation)
  await fillEveryTable(installation)
  full = await contentsOf(installation)
  await writeBackup(file, { force: false })
}, 60_000)

beforeEach(() => installation.loseEverything())

afterAll(async () => {
  await closeDatabase()
  await installation.remove()
  rmSync(folder, { recursive: true })
})

const altered = (name: string, bytes: Uint8Array): string => {
  const place = path.join(folder, name)
  writeFileSync(place, bytes)
  return place
}

/** The records of a file, type and content. */
function recordsIn(bytes: Buffer): { type: number; whole: Buffer }[] {
  const records: { type: number; whole: Buffer }[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = 5 + bytes.readUInt32BE(at + 1)
    records.push({ type: bytes.readUInt8(at), whole: bytes.subarray(at, at + length) })
    at += length
  }
  return records
}

describe('a backup', () => {
  it('brings back every row of every table that the catalogue has', async () => {
    expect(Object.keys(full).length).toBeGreaterThan(45)
    for (const [table, told] of Object.entries(full)) expect([table, told]).not.toEqual([table, empty[table]])
    await dropChecks(installation)
    const restored = await restoreBackup(file)
    expect(await contentsOf(installation)).toEqual(full)
    const counts = Object.entries(full).map(([name, told]) => [name, Number.parseInt(told, 10)])
    expect(Object.fromEntries(restored.tables.map(({ name, rows }) => [name, rows]))).toEqual(Object.fromEntries(counts))
    expect(restored.otherSecrets).toEqual([])
  })

  it('holds one moment, however much is written meanwhile', async () => {
    let going = true
    const write = async () => {
      for (let id = 1; going; id++)
        await installation.ask(`BEGIN; INSERT INTO numbered VALUES (${id}, 'x'); INSERT INTO twin VALUES (${id}); COMMIT`)
    }
    const writing = write()
    const place = path.join(folder, 'moment.backup')
    for (let i = 0; i < 5; i++) {
      const { tables } = await writeBackup(place, { force: true })
      const rowsOf = (wanted: string) => tables.find(({ name }) => name === wanted)?.rows
      expect(rowsOf('numbered')).toBe(rowsOf('twin'))
    }
    going = false
    await writing
    const made = await checkBackup(place)
    expect(made.tables.find(({ name }) => name === 'twin')?.rows).toBeGreaterThan(0)
  })

  it('gives out no number again that a row of it has', async () => {
    await installation.ask(`INSERT INTO numbered (word) VALUES ('a'), ('b'), ('c')`)
    const place = path.join(folder, 'numbers.backup')
    await writeBackup(place, { force: false })
    await installation.loseEverything()
    await restoreBackup(place)
    expect(await installation.ask(`INSERT INTO numbered (word) VALUES ('d') RETURNING id`)).toEqual([{ id: '4' }])
  })

  it('is for its owner’s eyes, replaces no file unless that is asked for, and leaves none behind when it fails', async () => {
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const before = readFileSync(file)
    await expect(writeBackup(file, { force: false })).rejects.toThrow('exists already; --force replaces it')
    expect(readFileSync(file).equals(before)).toBe(true)

    const nowhere = path.join(folder, 'no-such-folder', 'x.backup')
    await expect(writeBackup(nowhere, { force: false })).rejects.toThrow('cannot be written: ENOENT')
    await installation.ask('UPDATE _prisma_migrations SET finished_at = NULL')
    const place = path.join(folder, 'unfinished.backup')
    await expect(writeBackup(place, { force: false })).rejects.toThrow(/is under way or failed/)
    await expect(writeBackup(file, { force: true })).rejects.toThrow(/is under way or failed/)
    expect(readFileSync(file).equals(before)).toBe(true)
    expect(existsSync(place)).toBe(false)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('holds the secrets it needs as fingerprints only', () => {
    const text = gunzipSync(readFileSync(file)).toString('latin1')
    for (const name of ['KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER', 'NEXTAUTH_SECRET']) expect(text).not.toContain(process.env[name])
  })
})

describe('a restore', () => {
  const refused = async (place: string, why: RegExp) => {
    await expect(restoreBackup(place)).rejects.toThrow(why)
    expect(await contentsOf(installation)).toEqual(empty)
  }

  it('refuses a file that was cut off anywhere, and changes nothing', async () => {
    await dropChecks(installation)
    const bytes = readFileSync(file)
    for (const kept of [0, 1, 10, 200, bytes.length >> 1, bytes.length - 9, bytes.length - 1]) {
      const place = altered('cut.backup', bytes.subarray(0, kept))
      await expect(checkBackup(place), `${kept} bytes`).rejects.toThrow(/is no whole backup/)
      await refused(place, /is no whole backup/)
    }
    const records = recordsIn(gunzipSync(bytes))
    for (const kept of [0, 1, 5, records.length - 1]) {
      const place = altered('short.backup', gzipSync(Buffer.concat(records.slice(0, kept).map(({ whole }) => whole))))
      await refused(place, /is no whole backup/)
    }
  })

  it('refuses a file in which one byte is another, and changes nothing', async () => {
    await dropChecks(installation)
    const bytes = readFileSync(file)
    for (const at of [0, 20, 500, bytes.length >> 1, bytes.length - 6]) {
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at)
      await refused(altered('flipped.backup', flipped), /is no whole backup/)
    }
    const text = gunzipSync(bytes)
    text.write('X', text.indexOf('quoted'), 'latin1') // compressed anew: only the checksum can tell
    await refused(altered('other.backup', gzipSync(text)), /the checksum of \w+ does not fit/)
  })

  it('refuses a file from which a table was taken, and what is no backup at all', async () => {
    await dropChecks(installation)
    const records = recordsIn(gunzipSync(readFileSync(file)))
    const [from, to] = [records.findIndex(({ type }) => type === RECORD.table), records.findIndex(({ type }) => type === RECORD.end)]
    const rest = [...records.slice(0, from), ...records.slice(to + 1)].map(({ whole }) => whole)
    await refused(altered('without.backup', gzipSync(Buffer.concat(rest))), /a table is missing/)
    await refused(
      altered('twice.backup', gzipSync(Buffer.concat([...records, ...records].map(({ whole }) => whole)))),
      /is no whole backup/,
    )
    await refused(altered('text.backup', Buffer.from('CREATE TABLE x ()')), /it is damaged, or something else/)
    await refused(altered('zipped.backup', gzipSync('CREATE TABLE x ()')), /it is something else/)
    await refused(path.join(folder, 'nothing.backup'), /cannot be read: ENOENT/)
  })

  it('refuses a database that holds a single row, and leaves it alone', async () => {
    await installation.ask(`INSERT INTO numbered (word) VALUES ('mine')`)
    const before = await contentsOf(installation)
    await expect(restoreBackup(file)).rejects.toThrow('This database is not empty, and nothing in it is replaced: numbered')
    expect(await contentsOf(installation)).toEqual(before)
  })

  it('holds up no server whose database it is asked to restore into by mistake', async () => {
    const server = new pg.Client({ connectionString: installation.url })
    await server.connect()
    await installation.ask(`INSERT INTO numbered (word) VALUES ('mine')`)
    await server.query(`BEGIN; UPDATE numbered SET word = 'changed'`)
    await expect(restoreBackup(file)).rejects.toThrow('This database is not empty')
    await server.query('COMMIT')
    await server.end()
  })

  it('refuses a database of another migration, or with another table or column', async () => {
    const { migration } = await checkBackup(file)
    const [newest] = await installation.ask<{ name: string }>('SELECT max(migration_name) AS name FROM _prisma_migrations')
    expect(migration).toBe(newest?.name)
    await installation.ask(`UPDATE _prisma_migrations SET migration_name = '20990101000000_later' WHERE migration_name = '${migration}'`)
    await refused(file, /restore it with release \d+\.\d+\.\d+, then upgrade/)
    await installation.ask(`DELETE FROM _prisma_migrations WHERE migration_name LIKE '2099%'`)
    await refused(file, /upgrade this installation first/)
    await installation.loseEverything()
    await installation.ask('ALTER TABLE twin ADD COLUMN more int')
    await refused(file, /other tables than the backup: twin/)
  })

  it('is one transaction: what PostgreSQL refuses in the last table is in none', async () => {
    await dropChecks(installation)
    await installation.ask('ALTER TABLE webhook_endpoint ADD CONSTRAINT never CHECK (false)')
    await refused(file, /never/)
  })

  it('waits for nobody who holds a table', async () => {
    await dropChecks(installation)
    const holder = new pg.Client({ connectionString: installation.url })
    await holder.connect()
    await holder.query('BEGIN; LOCK TABLE twin IN ACCESS SHARE MODE')
    await expect(restoreBackup(file)).rejects.toThrow('stop every server of this installation')
    await holder.end()
    expect(await contentsOf(installation)).toEqual(empty)
  })
})
