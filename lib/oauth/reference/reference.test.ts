import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { confirmation } from '#lib/end-user/handoff/confirmation.ts'
import { fetchRequest } from '#lib/end-user/upstream/token-fetch.ts'
import { surface } from '#lib/http/surface.ts'
import { parseClientMetadata } from '../client-metadata.ts'
import { exchangeRequest } from '../exchange.ts'
import { COMMON_ERRORS, type Entry } from './entry.ts'
import { errorReference } from './errors.ts'
import { CALLERS, groupedReference, reference } from './reference.ts'

/** What is called by its own address; the rest are forms of pages, and pictures. */
const called = Object.entries(surface).filter(
  ([name, { answer }]) => name === 'authorize' || (answer === 'json' && name !== 'logo' && name !== 'clientLogo'),
)
const entriesOf = (endpoint: string): readonly Entry[] => reference.filter((entry) => entry.endpoint === endpoint)
const fieldsOf = (id: string): string[] => (reference.find((entry) => entry.id === id)?.fields ?? []).map(({ name }) => name).toSorted()

describe('the reference of the endpoints', () => {
  it('describes everything on the surface that is called, and nothing else', () =>
    expect([...new Set(reference.map(({ endpoint }) => endpoint))].toSorted()).toEqual(called.map(([name]) => name).toSorted()))

  it.each(called)('has the path, the methods and the openness to scripts of %s', (name, { path, methods, cors }) => {
    const entries = entriesOf(name)
    expect([...new Set(entries.map((entry) => entry.path))]).toEqual([path.replace('[client]', '{client_id}')])
    expect([...new Set(entries.flatMap((entry) => entry.methods))].toSorted()).toEqual([...methods].toSorted())
    expect([...new Set(entries.map((entry) => entry.cors))]).toEqual([cors])
  })

  it('has each entry once, below one heading', () => {
    const ids = reference.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(groupedReference().flatMap(({ entries }) => entries)).toHaveLength(reference.length)
  })

  it.each(reference.map((entry) => [entry.id, entry] as const))(
    '%s has an example of its own fields, with all that are required',
    (_id, entry) => {
      const names = entry.fields.map(({ name }) => name)
      expect(new Set(names).size).toBe(names.length)
      const sent = Object.keys(entry.example.fields)
      expect(names).toEqual(expect.arrayContaining(sent))
      expect(sent).toEqual(expect.arrayContaining(entry.fields.filter(({ required }) => required).map(({ name }) => name)))
      expect(entry.fields.map(({ words }) => words).filter((words) => words.endsWith('.'))).toEqual([])
      for (const [name, value] of Object.entries(entry.example.fields)) {
        expect([name, entry.fields.find((field) => field.name === name)?.json ?? false]).toEqual([name, typeof value !== 'string'])
      }
      expect(entry.callers.length).toBeGreaterThan(0)
      expect(entry.callers.every((caller) => CALLERS[caller].length > 0)).toBe(true)
    },
  )

  it.each([
    ['exchange', exchangeRequest.shape],
    ['handoff', confirmation.shape],
    ['upstream-token', fetchRequest.shape],
  ])('%s has the members that its handler reads', (id, shape) => expect(fieldsOf(id)).toEqual(Object.keys(shape).toSorted()))

  it('registration has the members that its handler reads', () => {
    const read = new Set<string>()
    const sent = { redirect_uris: ['https://client.example.com/cb'], token_endpoint_auth_method: 'none' }
    const get = (of: Readonly<Record<string, unknown>>, name: string | symbol): unknown => {
      read.add(String(name))
      return of[String(name)]
    }
    const watched = new Proxy<Record<string, unknown>>(sent, { get })
    parseClientMetadata(watched, { privateUseSchemes: true, mayFetch: () => true })
    expect(fieldsOf('register')).toEqual([...read].toSorted())
    expect(fieldsOf('registration-replace')).toEqual([...read, 'client_id', 'client_secret'].toSorted())
  })
})

/** Every code that a source of ours puts on the wire. */
function codesInSources(): Set<string> {
  const root = new URL('../../', import.meta.url)
  const sources = ['oauth', 'http', 'end-user']
    .flatMap((folder) => readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`))
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|\/conformance\/|\/reference\//.test(file))
    .map((file) => readFileSync(new URL(file, root), 'utf8'))
  const said =
    /(?:new OAuthError|errorResponse|notYet)\(\s*'(\w+)'|(?:body: |json\(\d+, )\{ error: '(\w+)'|=== null \? '(server_error)' : '(\w+)'/g
  return new Set(sources.flatMap((source) => [...source.matchAll(said)].map((match) => match.slice(1).find(Boolean) ?? '')))
}

describe('the reference of the errors', () => {
  it('explains every code that goes out, and none that does not', () =>
    expect(Object.keys(errorReference).toSorted()).toEqual([...codesInSources()].toSorted()))

  it('has every code at some endpoint, and every endpoint’s codes', () => {
    const named = new Set([...COMMON_ERRORS, ...reference.flatMap(({ errors }) => errors)])
    expect([...named].toSorted()).toEqual(Object.keys(errorReference).toSorted())
  })

  it.each(Object.entries(errorReference))(
    '%s says what it means, what it comes from and what to do',
    (_code, { meaning, causes, remedy, statuses }) => {
      expect([meaning, ...causes, remedy].every((text) => /^[A-Z`].*\.$/s.test(text))).toBe(true)
      expect([causes.length > 0, statuses.length > 0]).toEqual([true, true])
    },
  )
})
