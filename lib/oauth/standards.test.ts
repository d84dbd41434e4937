import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '#lib/management/projects/inputs.ts'
import type { Standard } from './standards/standard.ts'
import { standards } from './standards.ts'

const all = standards.flatMap((group) => group.standards)
const named = all.map((standard): [string, Standard] => [standard.name, standard])
const textOf = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

describe('the list of standards', () => {
  it('tells each once, and each group too', () => {
    for (const ids of [all.map(({ id }) => id), standards.map(({ id }) => id)]) expect(new Set(ids).size).toBe(ids.length)
  })

  it.each(named)('%s names tests that exist', (_, { does }) => {
    const missing = does.filter(({ witness }) => !textOf(witness.file).includes(witness.test))
    expect(missing.map(({ witness }) => witness)).toEqual([])
  })

  it.each(named)('%s says what is done where something is, and what is not where something is missing', (_, { status, does, leaves }) => {
    if (status !== 'none') expect(does).not.toEqual([])
    if (status !== 'whole') expect(leaves).not.toEqual([])
  })

  it.each(named.filter(([, standard]) => standard.switch))('%s depends on a switch that a project has', (_, standard) => {
    expect(Object.keys(DEFAULT_SETTINGS)).toContain(standard.switch?.setting)
  })

  it.each(named)('%s is told at an address that anybody can open', (_, { url }) => expect(url).toMatch(/^https:\/\/[^ ]+$/))
})
