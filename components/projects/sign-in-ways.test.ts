import { expect, it } from 'vitest'
import { isSaid, signInWays } from './sign-in-ways.ts'

const OWN = { signInPassword: true, signInEmail: false, signInPasskey: true, handoffUrl: null }
const GOOGLE = { name: 'Google', enabled: true }

it('is not said by a project that is as it was made, nor by a provider that is off', () => {
  expect(isSaid(OWN, [])).toBe(false)
  expect(isSaid(OWN, [{ ...GOOGLE, enabled: false }])).toBe(false)
})

it('is said by a provider or a page of one’s own', () => {
  expect(isSaid(OWN, [GOOGLE])).toBe(true)
  expect(isSaid({ ...OWN, handoffUrl: 'https://app.example.com/sign-in' }, [])).toBe(true)
})

it('names every way that is on, and none that is off', () => {
  expect(signInWays(OWN, [GOOGLE, { name: 'Okta', enabled: false }])).toBe('Google, passwords, passkeys')
  expect(signInWays({ ...OWN, signInPassword: false, signInEmail: true, handoffUrl: 'https://app.example.com/' }, [])).toBe(
    'your own page, codes by e-mail, passkeys',
  )
})
