import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { Refusal } from '../refusal.mjs'
import type { Table } from './archive.ts'
import { type Contents, checkBackup, type Part, partsOf } from './read.ts'
import { copyOf, fingerprints, holdMigration, inLongTransaction, tablesOf } from './session.ts'

export type Restored = Contents & {
  /** Variables whose value here is not the one it was made with. */
  readonly otherSecrets: readonly string[]
}

/**
 * Puts a backup into a database that has the same tables and not one row. The file is read twice: once to see that it is whole, once into
 * one transaction, which commits when every checksum held again. Throws `Refusal`, and then nothing was changed.
 */
export async function restoreBackup(file: string): Promise<Restored> {
  const contents = await checkBackup(file)
  await inLongTransaction('BEGIN', async (client) => {
    requireSameMigration(await holdMigration(client), contents)
    const tables = await tablesOf(client)
    requireSameTables(tables, contents.tables)
    await holdEmpty(client, tables)
    await copyInto(client, file, contents)
    await resetSequences(client)
  })
  const here = fingerprints()
  return { ...contents, otherSecrets: Object.keys(contents.secrets).filter((name) => contents.secrets[name] !== here[name]) }
}

function requireSameMigration(here: string, { migration, gatehouse }: Contents): void {
  if (here === migration) return
  const way = here > migration ? `restore it with release ${gatehouse}, then upgrade` : 'upgrade this installation first'
  throw new Refusal(`The backup is of migration ${migration}, this database of ${here}: ${way}`)
}

function requireSameTables(here: readonly Table[], there: readonly Table[]): void {
  const known = new Map(here.map(({ name, columns }) => [name, columns.join()]))
  const other = there.find(({ name, columns }) => known.get(name) !== columns.join()) ?? null
  if (other === null && here.length === there.length) return
  throw new Refusal(`This database has other tables than the backup${other ? `: ${other.name}` : ''}`)
}

/** Looked at before the locks, so that a restore by mistake holds up no server, and again behind them: none got a row between. */
async function holdEmpty(client: pg.Client, tables: readonly Table[]): Promise<void> {
  await requireEmpty(client, tables)
  await client.query(`LOCK TABLE ${tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ')} IN ACCESS EXCLUSIVE MODE`)
  await requireEmpty(client, tables)
}

async function requireEmpty(client: pg.Client, tables: readonly Table[]): Promise<void> {
  const looks = tables.map(
    ({ name }) => `SELECT ${pg.escapeLiteral(name)} AS name WHERE EXISTS (SELECT 1 FROM ${pg.escapeIdentifier(name)})`,
  )
  const { rows } = await client.query<{ name: string }>(looks.join(' UNION ALL '))
  if (rows.length === 0) return
  const some = rows.slice(0, 5).map(({ name }) => name)
  throw new Refusal(`This database is not empty, and nothing in it is replaced: ${some.join(', ')}${rows.length > some.length ? ' …' : ''}`)
}

async function copyInto(client: pg.Client, file: string, { sha256 }: Contents): Promise<void> {
  const parts = partsOf(file)
  for await (const part of parts) {
    if (part.kind === 'table') await copyTable(client, part.table, parts)
    if (part.kind === 'trailer' && part.trailer.sha256 !== sha256) throw new Refusal(`${file} was changed while it was read`)
  }
}

/** Takes the parts up to the end of this table. */
async function copyTable(client: pg.Client, table: Table, parts: AsyncGenerator<Part, void>): Promise<void> {
  let expected = 0
  const copy = client.query(copyFrom(`${copyOf(table)} FROM STDIN`))
  await pipeline(async function* () {
    for (let next = await parts.next(); !next.done && next.value.kind !== 'trailer'; next = await parts.next()) {
      const part = next.value
      if (part.kind === 'rows') yield part.bytes
      if (part.kind !== 'end') continue
      expected = part.end.rows
      return
    }
  }, copy)
  if (copy.rowCount !== expected) throw new Refusal(`PostgreSQL took ${copy.rowCount} rows of ${table.name} instead of ${expected}`)
}

type Sequenced = { table: string; column: string }

/** Numbers that were given out are not given out again. */
async function resetSequences(client: pg.Client): Promise<void> {
  const { rows } = await client.query<Sequenced>(
    `SELECT relname AS table, attname AS column FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
     WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND attnum > 0 AND NOT attisdropped
       AND pg_get_serial_sequence(quote_ident(relname), attname) IS NOT NULL`,
  )
  for (const { table, column } of rows) {
    const [from, of] = [pg.escapeIdentifier(table), pg.escapeIdentifier(column)]
    const sequence = `pg_get_serial_sequence(${pg.escapeLiteral(from)}, ${pg.escapeLiteral(column)})`
    await client.query(`SELECT setval(${sequence}, max(${of})) FROM ${from} HAVING max(${of}) IS NOT NULL`)
  }
}
