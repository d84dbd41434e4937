import { describe, expect, it } from 'vitest'
import { RESERVED_CLAIMS } from './access-token.ts'
import { customClaims } from './custom-claims.ts'

const PLAN = 'https://acme.example/plan'
const plan = [{ claim: PLAN, from: 'plan' }]

describe('custom claims', () => {
  it('are the attributes that the project maps, under the names it gave them, whatever their type', () => {
    const attributes = JSON.stringify({ plan: 'pro', seats: 3, teams: ['a', 'b'], admin: false, secret: 'not mapped' })
    const mappings = ['plan', 'seats', 'teams', 'admin'].map((from) => ({ claim: `urn:acme:${from}`, from }))
    expect(customClaims(mappings, attributes)).toEqual({
      ...{ 'urn:acme:plan': 'pro', 'urn:acme:seats': 3, 'urn:acme:teams': ['a', 'b'], 'urn:acme:admin': false },
    })
  })

  it.each([
    ['a user without a row', null],
    ['an attribute that is not there', '{}'],
    ['null', '{"plan":null}'],
  ])('are none for %s', (_, attributes) => expect(customClaims(plan, attributes)).toEqual({}))

  it('do not take what every object has for an attribute', () => {
    expect(customClaims([{ claim: PLAN, from: 'constructor' }], '{}')).toEqual({})
    expect(customClaims([{ claim: PLAN, from: '__proto__' }], '{}')).toEqual({})
  })

  it.each([...RESERVED_CLAIMS])('never set %s, even if the settings say so', (claim) =>
    expect(customClaims([{ claim, from: 'plan' }], '{"plan":"x"}')).toEqual({}),
  )

  it('leave out a value of more than 1 KB, whole', () => {
    const fits = 'a'.repeat(1_022)
    expect(customClaims(plan, JSON.stringify({ plan: fits }))).toEqual({ [PLAN]: fits })
    expect(customClaims(plan, JSON.stringify({ plan: `${fits}a` }))).toEqual({})
  })

  it('stay within 4 KB together', () => {
    const mappings = [1, 2, 3, 4, 5].map((n) => ({ claim: `urn:acme:${n}`, from: `${n}` }))
    const attributes = JSON.stringify(Object.fromEntries(mappings.map(({ from }) => [from, 'a'.repeat(1_000)])))
    const claims = customClaims(mappings, attributes)
    expect(Object.keys(claims)).toHaveLength(4)
    expect(Buffer.byteLength(JSON.stringify(claims))).toBeLessThanOrEqual(4_096)
  })
})
