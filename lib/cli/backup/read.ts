import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'
import { Refusal } from '../refusal.mjs'
import {
  type End,
  end,
  FORMAT_VERSION,
  type Header,
  header,
  linesIn,
  MAX_RECORD_BYTES,
  newHash,
  RECORD,
  type RecordType,
  type Table,
  type Trailer,
  table,
  trailer,
} from './archive.ts'

export type Part =
  | { readonly kind: 'header'; readonly header: Header }
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  /** Its checksum holds. */
  | { readonly kind: 'end'; readonly end: End }
  /** Nothing is missing. */
  | { readonly kind: 'trailer'; readonly trailer: Trailer }

export type Contents = Pick<Header, 'gatehouse' | 'migration' | 'madeAt' | 'secrets'> & {
  readonly tables: readonly (Table & { readonly rows: number })[]
  /** The trailer's: what the whole file is recognised by. */
  readonly sha256: string
}

/** Reads all of a backup and keeps none of its rows. Throws `Refusal` when one byte of it is wrong or missing. */
export async function checkBackup(file: string): Promise<Contents> {
  const tables: (Table & { rows: number })[] = []
  let found: Header | undefined
  let current: Table | undefined
  let sha256 = ''
  for await (const part of partsOf(file)) {
    if (part.kind === 'header') found = part.header
    if (part.kind === 'table') current = part.table
    if (part.kind === 'end' && current) tables.push({ ...current, rows: part.end.rows })
    if (part.kind === 'trailer') sha256 = part.trailer.sha256
  }
  if (!found) throw damaged(file, 'it has no header')
  const { gatehouse, migration, madeAt, secrets } = found
  return { gatehouse, migration, madeAt, secrets, tables, sha256 }
}

const damaged = (file: string, why: string): Refusal => new Refusal(`${file} is no whole backup: ${why}`)

/** The parts of a file in their order, each as soon as it is proven. Throws `Refusal`. */
export async function* partsOf(file: string): AsyncGenerator<Part, void> {
  const expect = (yes: boolean, why: string): void => {
    if (!yes) throw damaged(file, why)
  }
  let whole = newHash(Buffer.alloc(0))
  let open: { name: string; hash: ReturnType<typeof newHash>; rows: number } | null = null
  let tables = 0
  let last: RecordType | null = null
  for await (const { type, content } of recordsOf(file)) {
    expect((type === 'header') === (last === null), 'its header is not where it belongs')
    expect(last !== 'trailer', 'something follows its end')
    expect((type === 'rows' || type === 'end') === (open !== null), 'its records are out of order')
    last = type
    if (type === 'header') {
      whole = newHash(content)
      yield { kind: type, header: headerIn(content, file) }
    } else if (type === 'table') {
      const found = parse(table, content, file)
      open = { name: found.name, hash: newHash(content), rows: 0 }
      yield { kind: type, table: found }
    } else if (type === 'rows' && open) {
      open.hash.update(content)
      open.rows += linesIn(content)
      yield { kind: type, bytes: content }
    } else if (type === 'end' && open) {
      const found = parse(end, content, file)
      expect(found.sha256 === open.hash.digest('hex'), `the checksum of ${open.name} does not fit`)
      expect(found.rows === open.rows, `${open.name} has ${open.rows} rows instead of ${found.rows}`)
      whole.update(content)
      tables++
      open = null
      yield { kind: type, end: found }
    } else if (type === 'trailer') {
      const found = parse(trailer, content, file)
      expect(found.tables === tables && found.sha256 === whole.digest('hex'), 'a table is missing')
      yield { kind: type, trailer: found }
    }
  }
  expect(last === 'trailer', 'it was cut off')
}

function headerIn(content: Buffer, file: string): Header {
  const { version } = parse(z.object({ version: z.int() }), content, file)
  if (version !== FORMAT_VERSION) throw new Refusal(`${file} is of format ${version}, this release reads ${FORMAT_VERSION}`)
  return parse(header, content, file)
}

function parse<Schema extends z.ZodType>(schema: Schema, content: Buffer, file: string): z.output<Schema> {
  try {
    return schema.parse(JSON.parse(content.toString()))
  } catch {
    throw damaged(file, 'a record cannot be read')
  }
}

const TYPES = new Map(Object.entries(RECORD).map(([type, byte]) => [byte as number, type as RecordType]))

async function* recordsOf(file: string): AsyncGenerator<{ type: RecordType; content: Buffer }> {
  let rest = Buffer.alloc(0)
  for await (const chunk of unpacked(file)) {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 5) {
      const type = TYPES.get(rest.readUInt8(0))
      const length = rest.readUInt32BE(1)
      if (!type || length > MAX_RECORD_BYTES) throw damaged(file, 'it is something else')
      if (rest.length < 5 + length) break
      yield { type, content: rest.subarray(5, 5 + length) }
      rest = rest.subarray(5 + length)
    }
  }
  if (rest.length > 0) throw damaged(file, 'it was cut off')
}

/** What the file holds, uncompressed. The faults of both streams are of the file. */
async function* unpacked(file: string): AsyncGenerator<Buffer> {
  const source = createReadStream(file)
  const gunzip = createGunzip()
  source.once('error', (error) => gunzip.destroy(error))
  try {
    yield* source.pipe(gunzip)
  } catch (error) {
    const { code = '', syscall } = error as NodeJS.ErrnoException
    if (syscall) throw new Refusal(`${file} cannot be read: ${code}`)
    if (code.startsWith('Z_')) throw damaged(file, code === 'Z_BUF_ERROR' ? 'it was cut off' : 'it is damaged, or something else')
    throw error
  } finally {
    source.destroy()
  }
}
