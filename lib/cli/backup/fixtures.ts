import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { migrate } from '../migrate.mjs'

/** A database that can be lost and had anew under the same address, all migrations applied and not one row. */
export type Installation = {
  readonly url: string
  /** What it held is gone. Nobody may be connected. */
  loseEverything(): Promise<void>
  ask<Row extends pg.QueryResultRow>(sql: string): Promise<Row[]>
  remove(): Promise<void>
}

/** `sql` is run on top of the migrations. */
export async function newInstallation(server: string, sql = ''): Promise<Installation> {
  const name = `backup_${randomBytes(6).toString('hex')}`
  const [template, admin] = [`${name}_empty`, new pg.Client({ connectionString: server })]
  const urlOf = (database: string): string => Object.assign(new URL(server), { pathname: `/${database}` }).href
  await admin.connect()
  await admin.query(`CREATE DATABASE ${template}`)
  await migrate(urlOf(template))
  await asked(urlOf(template), sql)
  await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
  return {
    url: urlOf(name),
    ask: (text) => asked(urlOf(name), text),
    loseEverything: async () => {
      await admin.query(`DROP DATABASE ${name}`)
      await admin.query(`CREATE DATABASE ${name} TEMPLATE ${template}`)
    },
    remove: async () => {
      for (const each of [name, template]) await admin.query(`DROP DATABASE ${each} WITH (FORCE)`)
      await admin.end()
    },
  }
}

async function asked<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(sql)).rows
  } finally {
    await client.end()
  }
}

type Column = { name: string; type: string; nullable: boolean }

/** What a file could mistake for its own marks, and what a session could print in its own way. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  text: [
    `E'tab\\there, line\\nfeed, return\\r, backslash \\\\ and \\\\N'`,
    `''`,
    `'\\.'`,
    `'Ünïcödé 🔑 “quoted”, 中文'`,
    `repeat('long ', 2000)`,
  ],
  uuid: ['gen_random_uuid()'],
  boolean: ['true', 'false'],
  integer: ['-2147483648', '0', '2147483647'],
  bigint: ['9223372036854775807', '-1', '0'],
  bytea: [`'\\x00ff5c0a0d4e'`, `decode(repeat('00ff5c0a', 30000), 'hex')`],
  date: [`'2026-02-28'`, `'9999-12-31'`],
  'timestamp with time zone': [`'2026-11-21T12:34:56.789123Z'`, `'infinity'`, `'1969-12-31T23:59:59.000001Z'`],
  'character varying': [`'short'`],
}

const ROWS = 6

/** For rows of any content. */
export async function dropChecks({ ask }: Installation): Promise<void> {
  const checks = await ask<{ sql: string }>(
    `SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname) AS sql FROM pg_constraint
     WHERE contype = 'c' AND connamespace = current_schema()::regnamespace AND conrelid <> 0`,
  )
  await ask(checks.map(({ sql }) => sql).join(';'))
}

/** Rows in each table that the catalogue has, with nulls wherever a column allows them. */
export async function fillEveryTable(installation: Installation): Promise<void> {
  const { ask } = installation
  await dropChecks(installation)
  const tables = await ask<{ name: string; columns: Column[] }>(
    `SELECT table_name AS name, json_agg(json_build_object('name', column_name, 'type', data_type, 'nullable', is_nullable = 'YES')) AS columns
     FROM information_schema.columns WHERE table_schema = current_schema() AND table_name <> '_prisma_migrations' GROUP BY table_name`,
  )
  const inserts = tables.flatMap(({ name, columns }) => Array.from({ length: ROWS }, (_, row) => insertOf(name, columns, row)))
  await ask(inserts.join(';\n'))
}

/** Keys differ by the row: text has its number in front. */
function insertOf(table: string, columns: readonly Column[], row: number): string {
  const values = columns.map(({ type, nullable }, column) => {
    if (nullable && (row + column) % 2 === 0) return 'NULL'
    const choices = VALUES[type]
    const value = choices?.[(row + column) % choices.length]
    if (value === undefined) throw new Error(`what is a ${type}, as ${table} has one?`)
    return type === 'text' && !nullable ? `'${row} ' || ${value}` : value
  })
  const names = columns.map(({ name }) => pg.escapeIdentifier(name))
  return `INSERT INTO ${pg.escapeIdentifier(table)} (${names.join(', ')}) VALUES (${values.join(', ')}) ON CONFLICT DO NOTHING`
}

/** How many rows each table has, and a digest of all that stands in them. */
export async function contentsOf({ ask }: Installation): Promise<Record<string, string>> {
  const tables = await ask<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind = 'r' AND relname <> '_prisma_migrations'
     ORDER BY relname`,
  )
  const looks = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, count(*) || ' rows ' || coalesce(md5(string_agg(md5(each::text), '' ORDER BY md5(each::text))), '') AS told FROM ${pg.escapeIdentifier(name)} AS each`,
  )
  const rows = await ask<{ name: string; told: string }>(looks.join(' UNION ALL '))
  return Object.fromEntries(rows.map(({ name, told }) => [name, told]))
}
