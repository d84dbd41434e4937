import { expect, it } from 'vitest'
import { hashPassword, TooBusy, verifyPassword } from './password.ts'

it('makes a different argon2id hash each time, and each verifies', async () => {
  const [one, other] = await Promise.all([hashPassword('correct horse battery'), hashPassword('correct horse battery')])
  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(other)
  expect(await verifyPassword(one, 'correct horse battery')).toBe(true)
  expect(await verifyPassword(other, 'correct horse batterY')).toBe(false)
})

it('takes two encodings of the same characters as the same password', async () => {
  expect(await verifyPassword(await hashPassword('Zoe\u0308 over the hedge'), 'Zo\u00eb over the hedge')).toBe(true)
})

it('says no for nobody, after the same work', async () => {
  const started = performance.now()
  expect(await verifyPassword(null, 'correct horse battery')).toBe(false)
  expect(performance.now() - started).toBeGreaterThan(3)
})

it('Z05 serves the first 103 of many at once and refuses the rest at once', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 150 }, () => verifyPassword(null, 'x')))
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(refused).toHaveLength(47)
  expect(refused.every((error) => error instanceof TooBusy)).toBe(true)
  await expect(verifyPassword(null, 'x')).resolves.toBe(false)
})
