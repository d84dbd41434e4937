import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'

process.env.BASE_URL ??= 'http://localhost:3000'
process.env.DATABASE_URL ||= 'postgres://localhost/none' // never connected to
for (const name of ['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER']) process.env[name] ||= `${name} of a test`.padEnd(48, '.')
const { makeSigningKey } = await import('./signing-key.ts')

it('Z06 making RSA keys leaves the process free to answer others', async () => {
  let turns = 0
  const turning = setInterval(() => turns++, 0)
  await Promise.all(Array.from({ length: 4 }, () => makeSigningKey(randomUUID(), 'RS256')))
  clearInterval(turning)
  expect(turns).toBeGreaterThan(3)
})
