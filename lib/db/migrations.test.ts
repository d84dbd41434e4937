import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { requireDatabase } from './fixtures-postgres.ts'
import { missingMigrations } from './migrations.ts'

requireDatabase()

const folder = 'prisma/migrations'
const names = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? [entry.name] : []))

/** What the release before could not go on with while the new one starts, or after a way back. */
const TAKES_AWAY = [/\bDROP\s+(TABLE|COLUMN)\b/i, /\bRENAME\s+COLUMN\b/i, /^\s*ALTER TABLE[^;]*\bRENAME TO\b/im, /\bSET\s+NOT\s+NULL\b/i]
const CHANGES_TYPE = /\bALTER\s+COLUMN\s+\S+\s+(SET\s+DATA\s+)?TYPE\b/i
const NEEDED_AT_ONCE = /\bADD\s+COLUMN\b(?:(?!\bDEFAULT\b)[^,;])*\bNOT\s+NULL\b(?:(?!\bDEFAULT\b)[^,;])*[,;]/i

const taking = (sql: string): string[] => [...TAKES_AWAY, CHANGES_TYPE, NEEDED_AT_ONCE].flatMap((pattern) => pattern.exec(sql)?.[0] ?? [])

describe('migrations', () => {
  it('that a database lacks are named, oldest first', async () => {
    expect(await missingMigrations()).toEqual([])
    const later = mkdtempSync(path.join(tmpdir(), 'migrations-'))
    for (const name of [...names, '20990101000000_b', '20980101000000_a']) mkdirSync(path.join(later, name))
    expect(await missingMigrations(later)).toEqual(['20980101000000_a', '20990101000000_b'])
  })

  it.each(names)('%s takes nothing away from the release before it', (name) => {
    expect(taking(readFileSync(path.join(folder, name, 'migration.sql'), 'utf8'))).toEqual([])
  })

  it.each([
    'ALTER TABLE "project" DROP COLUMN "name";',
    'DROP TABLE project;',
    'ALTER TABLE "project" RENAME COLUMN "name" TO "title";',
    'ALTER TABLE "project" RENAME TO "tenant";',
    'ALTER TABLE "project" ALTER COLUMN "name" SET NOT NULL;',
    'ALTER TABLE "project" ALTER COLUMN "name" SET DATA TYPE INTEGER;',
    'ALTER TABLE "project" ADD COLUMN "plan" TEXT NOT NULL, ADD COLUMN "x" TEXT;',
  ])('of the kind %s would be noticed', (sql) => expect(taking(sql)).not.toEqual([]))

  it.each([
    `ALTER TABLE "project" ADD COLUMN "plan" TEXT NOT NULL DEFAULT 'free', ADD COLUMN "note" TEXT;`,
    'ALTER TABLE "project" ALTER COLUMN "name" DROP NOT NULL;',
    'ALTER INDEX "a" RENAME TO "b";',
  ])('of the kind %s are fine', (sql) => expect(taking(sql)).toEqual([]))
})
