import { expect, it } from 'vitest'
import { reasonWords } from './reason-words.ts'

it.each([
  'code_expired',
  'refresh_reused',
  'sign_in_credentials',
  'handoff_denied',
  'device_unknown',
  'credential_misused',
  'grant.denied',
  'member',
])('tells %s in a sentence, with its cause and what to do', (code) => {
  const words = reasonWords(code)
  for (const text of [words?.says, words?.cause, words?.fix]) expect(text).toMatch(/^[A-Z].{10,}\.$/)
})

it('tells a provider’s own code, and invents nothing for what it does not know', () => {
  expect(reasonWords('upstream_invalid_client')?.cause).toContain('“invalid_client”')
  for (const code of ['unheard_of', 'constructor', '__proto__', '']) expect(reasonWords(code)).toBeNull()
})
