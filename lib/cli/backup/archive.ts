import { createHash, type Hash } from 'node:crypto'
import { z } from 'zod'

/**
 * What a backup is before it is compressed: records of one type byte, four bytes of length and so much content. A header, then for each
 * table its name, its rows as PostgreSQL copies them and their checksum, and last a trailer: without it the file was cut off.
 */
export const FORMAT = 'gatehouse-backup'
export const FORMAT_VERSION = 1

/** No record is longer: whoever reads a file keeps no more of it in memory. */
export const MAX_RECORD_BYTES = 1024 * 1024

export const RECORD = { header: 0x48, table: 0x54, rows: 0x52, end: 0x45, trailer: 0x5a } as const
export type RecordType = keyof typeof RECORD

const sha256 = z.string().regex(/^[0-9a-f]{64}$/)

export const header = z.object({
  format: z.literal(FORMAT),
  version: z.literal(FORMAT_VERSION),
  /** Release that wrote it. */
  gatehouse: z.string(),
  /** The newest one that its database had. */
  migration: z.string(),
  /** On the database's clock. */
  madeAt: z.iso.datetime(),
  /** Of the secrets without which its rows are worth little; see `fingerprintOf`. */
  secrets: z.record(z.string(), z.string()),
})
export type Header = z.infer<typeof header>

/** A table as the catalogue has it. */
export const table = z.object({ name: z.string(), columns: z.array(z.string()).min(1) })
export type Table = z.infer<typeof table>

/** `sha256`: over the table's own record and its rows. */
export const end = z.object({ rows: z.int().min(0), sha256 })
export type End = z.infer<typeof end>

/** `sha256`: over the header and the end of each table, so that no table can be missing. */
export const trailer = z.object({ tables: z.int().min(0), sha256 })
export type Trailer = z.infer<typeof trailer>

export function recordOf(type: RecordType, content: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.writeUInt8(RECORD[type], 0)
  head.writeUInt32BE(content.length, 1)
  return Buffer.concat([head, content])
}

export const newHash = (content: Buffer): Hash => createHash('sha256').update(content)

/** Rows in COPY's text format: each ends in a line feed, and one inside a value is written as `\n`. */
export function linesIn(bytes: Buffer): number {
  let lines = 0
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++
  return lines
}
