import { describe, expect, it } from 'vitest'
import { type Quirk, quirks } from '../quirks.ts'
import { issuerWith } from './issuer.ts'
import * as authorization from './quirks/authorization.ts'
import { type Check, type Contrary, newGround } from './quirks/check.ts'
import * as discovery from './quirks/discovery.ts'
import * as documents from './quirks/documents.ts'
import * as pages from './quirks/pages.ts'
import * as registration from './quirks/registration.ts'
import * as tokens from './quirks/tokens.ts'
import { conformance } from './suite.ts'

const nouns = [discovery, documents, registration, authorization, pages, tokens]
const list: readonly Quirk[] = quirks
const checks = new Map<string, Check>(nouns.flatMap((noun) => Object.entries(noun.checks)))
const contraries = new Map<string, Contrary>(
  [discovery, documents, registration, authorization, tokens].flatMap((noun) => Object.entries(noun.otherwise)),
)
const idsOf = (chosen: readonly Quirk[]) => chosen.map(({ id }) => id).toSorted()
const switched = list.filter((quirk) => quirk.switch !== null)

conformance('the compatibility list', (subject) => {
  it.each(list.map((quirk): [string, Quirk] => [quirk.test, quirk]))('%s', async (_, { id }) => {
    const check = checks.get(id)
    if (!check) throw new Error(`nothing checks ${id}`)
    await check(await newGround(subject.target))
  })

  it.each(switched.map((quirk): [string, Quirk] => [`${quirk.id} on its other side: ${quirk.switch?.otherwise}`, quirk]))(
    '%s',
    async (_, { id }) => {
      const check = contraries.get(id)
      if (!check) throw new Error(`nothing checks the other side of ${id}`)
      await check(subject.target)
    },
  )

  describe('itself', () => {
    it('has a check for every entry, and no check without one', () => expect([...checks.keys()].toSorted()).toEqual(idsOf(list)))

    it('has a check of the other side for every switch', () => expect([...contraries.keys()].toSorted()).toEqual(idsOf(switched)))

    it('tells every entry once, by id and by the name of its test', () => {
      for (const names of [list.map(({ id }) => id), list.map(({ test }) => test)]) expect(new Set(names).size).toBe(list.length)
      expect(list.map(({ id }) => id).filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([])
    })

    it('has the eleven of the founding list with their companions', () => {
      const rows = ['Q1', 'Q2', 'Q3', 'Q4', 'Q4b', 'Q5', 'Q5b', 'Q6', 'Q7', 'Q8', 'Q9', 'Q10', 'Q10b', 'Q11']
      expect(list.flatMap(({ row }) => row ?? [])).toEqual(rows)
    })

    it('names its witnesses by addresses that anybody can open', () => {
      for (const { evidence, clients } of list) {
        expect(clients.length).toBeGreaterThan(0)
        expect(evidence.length).toBeGreaterThan(0)
        for (const url of evidence) expect([new URL(url).protocol, new URL(url).href]).toEqual(['https:', url])
      }
    })

    it('tells the defaults that a new project has', () => {
      const project = issuerWith()
      for (const quirk of switched)
        if (quirk.switch) expect([quirk.id, quirk.switch.default]).toEqual([quirk.id, project[quirk.switch.setting]])
    })
  })
})
