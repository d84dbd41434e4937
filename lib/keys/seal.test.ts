import { createCipheriv, hkdfSync, randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'

requireDatabase()
const belongsTo = { projectId: randomUUID(), kid: 'kid-1' }
const { open, SealBroken, seal } = await import('./seal.ts')
const { env } = await import('#lib/env.ts')

it('opens for the project and key it was sealed for', () => {
  const sealed = seal('{"d":"secret"}', belongsTo)
  expect(sealed).not.toContain('secret')
  expect(open(sealed, belongsTo)).toBe('{"d":"secret"}')
})

it('never says the same text twice in the same way', () => expect(seal('text', belongsTo)).not.toBe(seal('text', belongsTo)))

it('opens what was sealed before there were other kinds than signing keys', async () => {
  const iv = Buffer.alloc(12, 7)
  const key = Buffer.from(hkdfSync('sha256', env().KEY_ENCRYPTION_KEY, '', 'gatehouse signing keys, version 1', 32))
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(`1\0${belongsTo.projectId}\0kid-1`))
  const sealed = Buffer.concat([cipher.update('text'), cipher.final()])
  expect(open(Buffer.concat([Buffer.of(1), iv, sealed, cipher.getAuthTag()]).toString('base64url'), belongsTo)).toBe('text')
})

it('opens another kind of thing only as that kind', () => {
  const provider = { projectId: belongsTo.projectId, kind: 'upstream-provider', id: 'kid-1' } as const
  const sealed = seal('text', provider)
  expect(open(sealed, provider)).toBe('text')
  for (const other of [belongsTo, { ...provider, kind: 'upstream-token' } as const, { ...provider, id: 'kid-2' }]) {
    expect(() => open(sealed, other)).toThrow(SealBroken)
  }
  expect(() => open(seal('text', belongsTo), provider)).toThrow(/upstream-provider kid-1/)
})

it('opens what is a member’s for that member alone', () => {
  const memberId = belongsTo.projectId
  const sealed = seal('text', { memberId, kind: 'member-totp' })
  expect(open(sealed, { memberId, kind: 'member-totp' })).toBe('text')
  expect(() => open(sealed, { memberId: randomUUID(), kind: 'member-totp' })).toThrow(SealBroken)
  expect(() => open(sealed, { projectId: memberId, kind: 'upstream-provider', id: '' })).toThrow(SealBroken)
})

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
