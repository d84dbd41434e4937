import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

/** What distributed engines and transaction poolers do not have, or have in name only. */
const NOT_PORTABLE: readonly (readonly [string, RegExp])[] = [
  ['a serial column', /\b(big|small)?serial\b/i],
  ['a sequence', /\bsequence\b|\bnextval\b|\bgenerated\s+(always|by\s+default)\s+as\s+identity\b/i],
  ['an array column', /\[\s*\d*\s*\]|\barray\b/i],
  ['a trigger', /\btrigger\b/i],
  ['a stored procedure', /\bplpgsql\b|\bcreate\s+(or\s+replace\s+)?(function|procedure)\b|^\s*do\s+\$/im],
  ['a foreign key', /\bforeign\s+key\b|\breferences\b/i],
  ['an advisory lock', /advisory/i],
  ['LISTEN or NOTIFY', /\b(un)?listen\b|\bnotify\b/i],
  ['a temporary table', /\btemp(orary)?\s+table\b/i],
  ['TRUNCATE', /\btruncate\b/i],
  ['an enum type', /\bas\s+enum\b/i],
]

/** Tables that belong to no project: they are found by organisation or by member. */
const OF_THE_INSTALLATION = [
  ...['organisation', 'member', 'membership', 'invitation', 'api_key'],
  ...['member_session', 'member_recovery_code', 'member_passkey', 'member_challenge', 'member_identity'],
]
/** How a request finds its project before it knows it. */
const GLOBAL_KEYS = ['project(id)', 'project(slug)', 'issuer(url)']

/** What is wrong with a migration, in a few words each. */
function faultsOf(migration: string): string[] {
  const sql = withoutComments(migration)
  const unportable = NOT_PORTABLE.filter(([, pattern]) => pattern.test(sql)).map(([name]) => name)
  const unbound = keysOf(sql)
    .filter((key) => !isBound(key))
    .map(({ table, columns }) => `${table}(${columns}) without project_id first`)
  return [...unportable, ...unbound]
}

/** What is quoted is data: `'[]'` is a text. */
const withoutComments = (sql: string): string =>
  sql
    .replace(/--.*$/gm, '')
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/'[^']*'/g, "''")

type Key = { readonly table: string; readonly columns: string }

function isBound({ table, columns }: Key): boolean {
  if (OF_THE_INSTALLATION.includes(table) || GLOBAL_KEYS.includes(`${table}(${columns})`)) return true
  if (table === 'project') return columns.split(',')[0] === 'organisation_id'
  return columns.split(',')[0] === 'project_id'
}

/** Primary keys, unique constraints and indexes, whether inside CREATE TABLE, on a column or on their own. */
function keysOf(sql: string): Key[] {
  const statements = sql.split(';').map((statement) => statement.replaceAll('"', '').replace(/\s+/g, ' ').trim())
  return statements.flatMap((statement) => {
    const index = /^CREATE (?:UNIQUE )?INDEX .*?ON (?:ONLY )?(?:public\.)?(\w+)(?: USING \w+)? ?\(([^)]*)\)/i.exec(statement)
    if (index) return [{ table: index[1] ?? '', columns: columnsOf(index[2]) }]
    const table = /^(?:CREATE|ALTER) TABLE (?:IF (?:NOT )?EXISTS )?(?:ONLY )?(?:public\.)?(\w+)/i.exec(statement)?.[1]
    if (!table) return []
    const constraints = statement.matchAll(/(?:PRIMARY KEY|UNIQUE)(?: NULLS NOT DISTINCT)? ?\(([^)]*)\)/gi)
    const inline = statement.matchAll(/[(,] ?(\w+) [^,()]*(?:\([^)]*\))?[^,()]*\b(?:PRIMARY KEY|UNIQUE)\b(?! ?\()/gi)
    return [...constraints, ...inline].map((match) => ({ table, columns: columnsOf(match[1]) }))
  })
}

const columnsOf = (list = ''): string =>
  list
    .split(',')
    .map((column) => column.trim().split(' ')[0])
    .join(',')

const directory = fileURLToPath(new URL('../prisma/migrations', import.meta.url))
const migrations = readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory())

describe('the schema', () => {
  it.each(migrations.map(({ name }) => name))('%s is portable and keyed by project', (name) => {
    const sql = readFileSync(`${directory}/${name}/migration.sql`, 'utf8')
    expect(keysOf(withoutComments(sql)).length).toBeGreaterThan(0)
    expect(faultsOf(sql)).toEqual([])
  })

  it.each([
    'CREATE TABLE scope (project_id UUID, id BIGSERIAL)',
    'CREATE TABLE scope (project_id UUID, id INT GENERATED ALWAYS AS IDENTITY)',
    'CREATE SEQUENCE numbers',
    'ALTER TABLE "scope" ADD COLUMN "names" TEXT[]',
    'CREATE TRIGGER audit AFTER INSERT ON scope EXECUTE FUNCTION log()',
    'CREATE OR REPLACE FUNCTION f() RETURNS int AS $$ SELECT 1 $$ LANGUAGE sql',
    'ALTER TABLE "scope" ADD CONSTRAINT "scope_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id")',
    'SELECT pg_advisory_lock(1)',
    'NOTIFY changes',
    'CREATE TEMP TABLE t (a int)',
    'TRUNCATE scope',
    `CREATE TYPE mode AS ENUM ('open')`,
    'CREATE TABLE "scope" ("id" UUID NOT NULL, CONSTRAINT "scope_pkey" PRIMARY KEY ("id"))',
    'CREATE TABLE "scope" ("project_id" UUID NOT NULL, "id" UUID PRIMARY KEY)',
    'CREATE TABLE "scope" ("project_id" UUID NOT NULL, "name" VARCHAR(20) NOT NULL UNIQUE, "id" INT)',
    'CREATE UNIQUE INDEX "scope_name_key" ON "scope"("name", "project_id")',
    'CREATE INDEX "scope_name_idx" ON "scope" ("name")',
    'CREATE INDEX CONCURRENTLY IF NOT EXISTS "scope_name_idx" ON "scope" USING btree ("name")',
    'ALTER TABLE "issuer" ADD CONSTRAINT "issuer_kind_key" UNIQUE ("kind")',
  ])('is told that %s is at fault', (sql) => expect(faultsOf(sql)).not.toEqual([]))

  it.each([
    'CREATE UNIQUE INDEX "issuer_url_key" ON "issuer"("url")',
    'CREATE TABLE "scope" ("project_id" UUID, "name" TEXT, CONSTRAINT "scope_pkey" PRIMARY KEY ("project_id","name"))',
    'CREATE UNIQUE INDEX "member_email_key" ON "member"("email")',
    '-- no trigger here\nALTER TABLE "scope" ADD COLUMN "position" INTEGER',
    `ALTER TABLE "scope" ADD COLUMN "names" TEXT NOT NULL DEFAULT '[]'`,
  ])('may say %s', (sql) => expect(faultsOf(sql)).toEqual([]))
})
