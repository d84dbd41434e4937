import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { VARIABLES } from './configuration.ts'

const names = Object.keys(VARIABLES)
const readme = readFileSync('README.md', 'utf8')
const rows = readme.split('\n').filter((line) => line.startsWith('| `'))
const example = readFileSync('.env.example', 'utf8')

/** Not for an operator: what Node, Next or our own scripts say to their children. */
const INTERNAL = new Set(['NODE_ENV', 'NEXTAUTH_URL', 'AUTH_TRUST_HOST'])

/** What the programs of lib/cli read besides lib/env.ts. */
const readByPrograms = readdirSync('lib/cli', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(mjs|ts)$/.test(file) && !/\.test\.ts$/.test(file))
  .flatMap((file) => [...readFileSync(path.join('lib/cli', file), 'utf8').matchAll(/process\.env\.([A-Z_]+)/g)])
  .map(([, name = '']) => name)

describe('a variable', () => {
  it.each(names)('%s is in .env.example and in the table of the README', (name) => {
    expect(example).toMatch(new RegExp(`^${name}=`, 'm'))
    expect(
      rows.some((row) => row.split('|')[1]?.includes(`\`${name}\``)),
      `a row that names ${name}`,
    ).toBe(true)
  })

  it('is in .env.example only if something reads it', () => {
    expect([...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name).filter((name) => !names.includes(name ?? ''))).toEqual([])
  })

  it('that a program reads is one of them', () => {
    expect(readByPrograms.length).toBeGreaterThan(5)
    expect(readByPrograms.filter((name) => !names.includes(name) && !INTERNAL.has(name))).toEqual([])
  })
})
