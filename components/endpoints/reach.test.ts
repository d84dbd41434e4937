import { expect, it } from 'vitest'
import type { Entry } from '#lib/oauth/reference/entry.ts'
import { reference } from '#lib/oauth/reference/reference.ts'
import { reachOf } from './reach.ts'

const entry = (id: string): Entry => {
  const found = reference.find((one) => one.id === id)
  if (!found) throw new Error(`no entry ${id}`)
  return found
}
const here = { issuer: 'https://auth.example.com/p/notes', origin: 'https://auth.example.com', allowedOrigins: [], opened: false }
const elsewhere = { ...here, issuer: 'https://login.customer.example', opened: true }

it('asks an issuer of this host for anything', () => {
  for (const each of reference)
    expect([each.id, reachOf(each, { ...here, allowedOrigins: ['https://other.example'] })]).toEqual([each.id, 'open'])
})

it('asks another host only for what any script may ask, and only where its page was loaded for it', () => {
  expect(reachOf(entry('jwks'), elsewhere)).toBe('open')
  expect(reachOf(entry('jwks'), { ...elsewhere, opened: false })).toBe('not-opened')
  expect(['introspect', 'exchange', 'handoff', 'upstream-token', 'par'].map((id) => reachOf(entry(id), elsewhere))).toEqual(
    Array(5).fill('backend'),
  )
})

it('minds the list of origins that a project keeps', () => {
  expect(reachOf(entry('jwks'), { ...elsewhere, allowedOrigins: ['https://other.example'] })).toBe('not-listed')
  expect(reachOf(entry('jwks'), { ...elsewhere, allowedOrigins: [here.origin] })).toBe('open')
})

it('opens the sign-in of any host, which is a page and no request', () =>
  expect(reachOf(entry('authorize'), { ...elsewhere, opened: false })).toBe('open'))
