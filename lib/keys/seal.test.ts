import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'

requireDatabase()
const belongsTo = { projectId: randomUUID(), kid: 'kid-1' }
const { open, SealBroken, seal } = await import('./seal.ts')

it('opens for the project and key it was sealed for', () => {
  const sealed = seal('{"d":"secret"}', belongsTo)
  expect(sealed).not.toContain('secret')
  expect(open(sealed, belongsTo)).toBe('{"d":"secret"}')
})

it('never says the same text twice in the same way', () => expect(seal('text', belongsTo)).not.toBe(seal('text', belongsTo)))

it.each([
  ['another project', { ...belongsTo, projectId: randomUUID() }],
  ['another key', { ...belongsTo, kid: 'kid-2' }],
])('does not open for %s', (_, other) => expect(() => open(seal('text', belongsTo), other)).toThrow(SealBroken))

it('does not open when any byte of it was changed, or when some are missing', () => {
  const bytes = Buffer.from(seal('text', belongsTo), 'base64url')
  for (const i of bytes.keys()) {
    const changed = Buffer.from(bytes)
    changed[i] = (changed[i] ?? 0) ^ 1
    expect(() => open(changed.toString('base64url'), belongsTo)).toThrow(SealBroken)
    expect(() => open(bytes.subarray(0, i).toString('base64url'), belongsTo)).toThrow(SealBroken)
  }
})

it('does not open under another key-encryption key', async () => {
  const sealed = seal('text', belongsTo)
  vi.resetModules()
  vi.stubEnv('KEY_ENCRYPTION_KEY', 'another-key-encryption-key-of-enough-characters')
  const other = await import('./seal.ts')
  expect(() => other.open(sealed, belongsTo)).toThrow(/KEY_ENCRYPTION_KEY/)
  vi.unstubAllEnvs()
})
