import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const read = (name: string) => readFileSync(new URL(`../../${name}`, import.meta.url), 'utf8')

it('.env.example names every variable there is, and has no value that somebody could leave in place', () => {
  const known = read('lib/env.ts').matchAll(/^ {2}([A-Z][A-Z_]+):/gm)
  const serving = read('lib/cli/serve.ts').matchAll(/process\.env\.([A-Z_]+) \|\|/g)
  const example = read('.env.example')
  const missing = [...known, ...serving].map((match) => match[1] ?? '').filter((name) => !new RegExp(`^${name}=`, 'm').test(example))
  expect(missing).toEqual([])
  expect(example.match(/^[A-Z_]+=.+$/gm)).toBeNull()
})
