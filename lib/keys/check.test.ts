import { afterAll, expect, it, vi } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { checkKeys } from './check.ts'
import { projectWithKeys } from './fixtures.ts'

requireDatabase()
afterAll(closeDatabase)

it('lets a start go on whose key-encryption key opens what is stored', async () => {
  await projectWithKeys()
  await expect(checkKeys()).resolves.toBeUndefined()
})

it('J10 refuses a start with another key-encryption key', async () => {
  await projectWithKeys()
  vi.resetModules()
  vi.stubEnv('KEY_ENCRYPTION_KEY', 'another-key-encryption-key-of-enough-characters')
  const other = await import('./check.ts')
  await expect(other.checkKeys()).rejects.toThrow(/KEY_ENCRYPTION_KEY is not the one/)
  vi.unstubAllEnvs()
})
