import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { CALLER, newMember, newSetting } from '../fixtures.ts'
import { organisationContextOf } from '../members/contexts.ts'
import { callerByApiKey } from './authenticate.ts'
import { createApiKey } from './create.ts'
import { listApiKeys } from './list.ts'
import { revokeApiKey } from './revoke.ts'

const only = ['client:read', 'client:write'] as const

describe('a key', () => {
  it('is 256 random bits behind its prefix, of which a hash is kept and the last four characters', async () => {
    const { owner } = await newSetting()
    const { apiKeyId, apiKey } = await createApiKey(owner, { name: 'Deploy', permissions: [...only] })
    expect(apiKey).toMatch(/^gate_key_[\w-]{43}$/)
    const row = await prisma().apiKey.findFirstOrThrow({ where: { id: apiKeyId } })
    expect([row.keyHash, row.lastFour]).toEqual([sha256Hex(apiKey), apiKey.slice(-4)])
    const log = await prisma().auditEvent.findMany({ where: { projectId: owner.organisation.id } })
    expect(JSON.stringify([row, log])).not.toContain(apiKey)
    expect(JSON.stringify(log)).not.toContain(sha256Hex(apiKey))
    expect(JSON.stringify(await listApiKeys(owner))).not.toContain(sha256Hex(apiKey))
  })

  it('B05 includes nothing that its maker’s role does not', async () => {
    const { owner } = await newSetting()
    const admin = await organisationContextOf(await newMember('admin', owner.organisation.id), CALLER)
    await expect(createApiKey(admin, { name: 'x', permissions: ['client:read', 'project:delete'] })).rejects.toMatchObject({
      code: 'invalid',
      fields: { permissions: 'You may not hand out what you do not have: project:delete' },
    })
    expect(await prisma().apiKey.count({ where: { organisationId: owner.organisation.id } })).toBe(0)
  })

  it('B05 made with a key includes no more than that key, and belongs to the same member', async () => {
    const { owner } = await newSetting()
    const { apiKey } = await createApiKey(owner, { name: 'Parent', permissions: ['api-key:write', 'client:read'] })
    const parent = await callerByApiKey(apiKey, undefined)
    if (!parent) throw new Error('the key counts')
    await expect(createApiKey(parent.organisation, { name: 'x', permissions: ['client:write'] })).rejects.toMatchObject({ code: 'invalid' })
    const { apiKeyId } = await createApiKey(parent.organisation, { name: 'Child', permissions: ['client:read'] })
    const child = await prisma().apiKey.findFirstOrThrow({ where: { id: apiKeyId } })
    expect(child.createdBy).toBe(owner.actor.id)
  })

  it('of one project reaches none of another organisation, and has no permission that is the organisation’s', async () => {
    const [mine, theirs] = [await newSetting(), await newSetting()]
    await expect(createApiKey(mine.owner, { name: 'x', permissions: [...only], project: theirs.ctx.project.slug })).rejects.toMatchObject({
      code: 'invalid',
      fields: { project: expect.any(String) },
    })
    const input = { name: 'x', permissions: ['member:write' as const], project: mine.ctx.project.slug }
    await expect(createApiKey(mine.owner, input)).rejects.toMatchObject({ fields: { permissions: expect.stringContaining('Of no use') } })
  })

  it.each([0, 0.5, 731, 'x'])('does not last %s days', async (expiresInDays) => {
    const { owner } = await newSetting()
    await expect(createApiKey(owner, { name: 'x', permissions: [...only], expiresInDays })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is revoked once', async () => {
    const { owner } = await newSetting()
    const { apiKeyId } = await createApiKey(owner, { name: 'Old', permissions: [...only] })
    const settled = await Promise.allSettled([1, 2, 3].map(() => revokeApiKey(owner, { apiKeyId })))
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(revokeApiKey(owner, { apiKeyId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each([`gate_key_${'A'.repeat(42)}`, `gate_key_${'A'.repeat(44)}`, `gate_srv_${'A'.repeat(43)}`, '', 'gate_key_'])(
    '“%s” is none, which takes no look-up',
    async (text) => expect(await callerByApiKey(text, undefined)).toBeNull(),
  )
})

describe('the list of keys', () => {
  it('tells which count, why the others do not, and what each can still do', async () => {
    const { owner, ctx } = await newSetting()
    const leaver = await newMember('admin', owner.organisation.id)
    const theirs = await organisationContextOf(leaver, CALLER)
    await createApiKey(owner, { name: 'Active', permissions: [...only], project: ctx.project.slug, expiresInDays: 30 })
    const revoked = await createApiKey(owner, { name: 'Revoked', permissions: [...only] })
    await revokeApiKey(owner, { apiKeyId: revoked.apiKeyId })
    const expired = await createApiKey(owner, { name: 'Expired', permissions: [...only], expiresInDays: 1 })
    await prisma().apiKey.updateMany({ where: { id: expired.apiKeyId }, data: { expiresAt: new Date(Date.now() - 1000) } })
    await createApiKey(theirs, { name: 'Orphaned', permissions: ['client:read'] })
    await prisma().membership.deleteMany({ where: { memberId: leaver } })

    const { apiKeys } = await listApiKeys(owner, { sort: 'name' })
    expect(apiKeys.map(({ name, status, usablePermissions }) => [name, status, usablePermissions])).toEqual([
      ['Active', 'active', [...only]],
      ['Expired', 'expired', [...only]],
      ['Orphaned', 'orphaned', []],
      ['Revoked', 'revoked', [...only]],
    ])
    expect(apiKeys[0]).toMatchObject({ project: { slug: ctx.project.slug }, createdBy: { name: 'Member' }, lastUsedAt: null })
  })

  it.each(['name', '-name', 'createdAt', '-createdAt'] as const)('turns pages by %s without a gap or a repetition', async (sort) => {
    const { owner } = await newSetting()
    for (const name of ['b', 'a', 'b', 'c', 'a']) await createApiKey(owner, { name, permissions: [...only] })
    const whole = (await listApiKeys(owner, { sort })).apiKeys.map(({ id }) => id)
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listApiKeys>> = await listApiKeys(owner, { sort, take: 2, ...(cursor ? { cursor } : {}) })
      paged.push(...page.apiKeys.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(paged).toEqual(whole)
    expect(new Set(whole).size).toBe(5)
  })

  it.each(['x', 'WyJhIl0', Buffer.from('["a","b"]').toString('base64url')])('B20 refuses %s as a place', async (cursor) => {
    const { owner } = await newSetting()
    await expect(listApiKeys(owner, { cursor })).rejects.toMatchObject({ code: 'invalid', fields: { cursor: expect.any(String) } })
  })
})
