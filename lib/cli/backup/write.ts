import { constants, createWriteStream, existsSync } from 'node:fs'
import { copyFile, link, rename, rm, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { VERSION } from '#lib/version.ts'
import { Refusal } from '../refusal.mjs'
import { type End, FORMAT, FORMAT_VERSION, type Header, linesIn, newHash, recordOf, type Table } from './archive.ts'
import { copyOf, fingerprints, holdMigration, inLongTransaction, tablesOf } from './session.ts'

/** So much of a table is written at a time. */
const BLOCK_BYTES = 64 * 1024

type Counted = { readonly name: string; readonly rows: number }

export type Written = {
  readonly bytes: number
  readonly migration: string
  readonly madeAt: string
  readonly tables: readonly Counted[]
}

/**
 * Writes all rows of all tables as they were at one moment into `file`, which only its owner may read. Servers may go on meanwhile. The
 * file is there when it is whole, and not before. Throws `Refusal` when it exists and `force` is not set, or the database refuses.
 */
export async function writeBackup(file: string, { force }: { force: boolean }): Promise<Written> {
  if (!force && existsSync(file)) throw alreadyThere(file)
  const part = `${file}.${process.pid}.part`
  try {
    const contents = await inLongTransaction('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', (client) => writeTo(part, client))
    const { size } = await stat(part)
    await (force ? rename(part, file) : publish(part, file))
    return { bytes: size, ...contents }
  } catch (error) {
    throw isFileError(error) ? new Refusal(`${file} cannot be written: ${error.code}`) : error
  } finally {
    await rm(part, { force: true })
  }
}

const alreadyThere = (file: string): Refusal => new Refusal(`${file} exists already; --force replaces it`)

const isFileError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error && 'path' in error

/** Under its name, unless somebody else has used that name meanwhile. A file system without links copies. */
async function publish(part: string, file: string): Promise<void> {
  const move = link(part, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EEXIST') throw error
    return copyFile(part, file, constants.COPYFILE_EXCL)
  })
  await move.catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? alreadyThere(file) : error
  })
}

async function writeTo(part: string, client: pg.Client): Promise<Omit<Written, 'bytes'>> {
  const migration = await holdMigration(client) // its first query is also the moment that all rows are of
  const { rows } = await client.query<{ now: Date }>('SELECT now()')
  const madeAt = rows[0]?.now.toISOString() ?? ''
  const header: Header = { format: FORMAT, version: FORMAT_VERSION, gatehouse: VERSION, migration, madeAt, secrets: fingerprints() }
  const tables: Counted[] = []
  await pipeline(recordsOf(client, header, tables), createGzip(), createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true }))
  return { migration, madeAt, tables }
}

const jsonOf = (value: object): Buffer => Buffer.from(JSON.stringify(value))

/** Fills `written` as it goes. */
async function* recordsOf(client: pg.Client, header: Header, written: Counted[]): AsyncGenerator<Buffer> {
  const head = jsonOf(header)
  const whole = newHash(head)
  yield recordOf('header', head)
  for (const table of await tablesOf(client)) {
    const end = yield* tableOf(client, table)
    written.push({ name: table.name, rows: end.rows })
    whole.update(jsonOf(end))
  }
  yield recordOf('trailer', jsonOf({ tables: written.length, sha256: whole.digest('hex') }))
}

async function* tableOf(client: pg.Client, table: Table): AsyncGenerator<Buffer, End> {
  const head = jsonOf(table)
  const hash = newHash(head)
  let rows = 0
  yield recordOf('table', head)
  for await (const block of blocksOf(client.query(copyTo(`${copyOf(table)} TO STDOUT`)))) {
    hash.update(block)
    rows += linesIn(block)
    yield recordOf('rows', block)
  }
  const end = { rows, sha256: hash.digest('hex') }
  yield recordOf('end', jsonOf(end))
  return end
}

/** The same bytes in pieces of one size: a row may come as a few bytes or as half a megabyte. */
async function* blocksOf(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let kept: Buffer[] = []
  let length = 0
  for await (const chunk of stream) {
    kept.push(chunk)
    length += chunk.length
    if (length < BLOCK_BYTES) continue
    const whole = Buffer.concat(kept)
    for (let at = 0; at < whole.length; at += BLOCK_BYTES) yield whole.subarray(at, at + BLOCK_BYTES)
    kept = []
    length = 0
  }
  if (length > 0) yield Buffer.concat(kept)
}
