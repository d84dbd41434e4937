import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { documentClient, event } from '#lib/db/fixtures.ts'
import { oauthStore } from '#lib/db/oauth-store.ts'
import { BACKEND_CLIENT_ID } from '#lib/oauth/identifier.ts'
import { auditRows, livingFamilies, newGrant, newSetting } from '../fixtures.ts'
import { newClient } from '../samples.ts'
import { blockClient, blockClients } from './block.ts'
import { getClient } from './get.ts'
import { rereadClientDocument } from './reread-document.ts'
import { revokeClients } from './revoke.ts'
import { newDocumentClient } from './samples.ts'
import { unblockClients } from './unblock.ts'

const NOBODY = 'c_nobody'

describe('many clients', () => {
  it('are blocked in one transaction, each with its own row; what cannot be is passed over', async () => {
    const { ctx } = await newSetting()
    const [one, two, blocked] = [await newClient(ctx), await newClient(ctx), await newClient(ctx)]
    await blockClient(ctx, { clientId: blocked })
    const before = (await auditRows(ctx)).length
    expect(await blockClients(ctx, { clientIds: [one, two, one, blocked, NOBODY, BACKEND_CLIENT_ID] })).toEqual({ changed: 2 })
    const rows = (await auditRows(ctx)).slice(before)
    expect(rows.map(({ action, clientId }) => [action, clientId]).toSorted()).toEqual(
      [one, two].map((id) => ['client.blocked', id]).toSorted(),
    )
    expect(new Set(rows.map(({ at }) => at.getTime())).size).toBe(1)
    expect(rows.map(({ detail }) => JSON.parse(detail ?? '').changes)).toEqual(Array(2).fill({ blocked: { before: false, after: true } }))
    expect(await unblockClients(ctx, { clientIds: [one, two, NOBODY] })).toEqual({ changed: 2 })
    expect(await getClient(ctx, { clientId: one })).toMatchObject({ status: 'unused', blockedAt: null })
  })

  it('are deleted with all their grants, nobody else’s, and the log keeps what they were', async () => {
    const { ctx } = await newSetting()
    const [one, two, other] = [await newClient(ctx), await newClient(ctx), await newClient(ctx)]
    for (const clientId of [one, one, two, other]) await newGrant(ctx, clientId, 'user_x')
    expect(await revokeClients(ctx, { clientIds: [one, two] })).toEqual({ changed: 2, grantsEnded: 3 })
    expect(await livingFamilies(ctx)).toBe(1)
    const row = (await auditRows(ctx)).find(({ action, clientId }) => action === 'client.revoked' && clientId === one)
    expect(JSON.parse(row?.detail ?? '').changes).toEqual({
      ...{ source: { before: 'manual', after: null }, blocked: { before: false, after: null }, grantsEnded: 2 },
      redirectUris: { before: ['https://client.example.com/cb'], after: null },
    })
  })

  it('are changed all or none: what fails in the middle leaves nothing', async () => {
    const { ctx } = await newSetting()
    const clientIds = [await newClient(ctx), await newClient(ctx)]
    await expect(blockClients({ ...ctx, actor: { kind: 'member', id: 'x\0' } as never }, { clientIds })).rejects.toThrow()
    expect(await prisma().oAuthClient.count({ where: { projectId: ctx.project.id, blockedAt: { not: null } } })).toBe(0)
  })

  it.each([
    [[NOBODY], 'not_found'],
    [[BACKEND_CLIENT_ID], 'conflict'],
    [[], 'invalid'],
    [Array.from({ length: 101 }, (_, i) => `c_${i}`), 'invalid'],
  ])('%j are refused as %s', async (clientIds, code) => {
    const { ctx } = await newSetting()
    await expect(blockClients(ctx, { clientIds })).rejects.toMatchObject({ code })
    await expect(revokeClients(ctx, { clientIds })).rejects.toMatchObject({ code })
  })

  it('meet in any order without waiting for ever, and each is done once', async () => {
    const { ctx } = await newSetting()
    const clientIds = await Promise.all(Array.from({ length: 12 }, () => newClient(ctx)))
    const outcomes = await Promise.allSettled([
      ...[blockClients(ctx, { clientIds }), blockClients(ctx, { clientIds: clientIds.toReversed() }), revokeClients(ctx, { clientIds })],
    ])
    expect(
      outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : [])).every((code) => code === 'conflict'),
    ).toBe(true)
    expect((await auditRows(ctx)).filter(({ action }) => action === 'client.revoked')).toHaveLength(12)
  })
})

describe('the document of a client', () => {
  it('is to be read again until it was, and the issuer is told since when', async () => {
    const { ctx } = await newSetting()
    const clientId = await newDocumentClient(ctx)
    const store = oauthStore(ctx.project.id)
    await rereadClientDocument(ctx, { clientId })
    expect((await getClient(ctx, { clientId })).documentStaleAt).toBeInstanceOf(Date)
    const kept = await store.findClient(clientId)
    expect(kept?.documentStaleAt).toBeInstanceOf(Date)

    const { now } = (await prisma().$queryRaw<[{ now: Date }]>`SELECT now() AS now`)[0]
    const read = documentClient({ clientId, metadataHash: kept?.metadataHash ?? '', documentReadAt: now })
    await store.keepDocumentClient(read, event('client.registered'))
    expect(await getClient(ctx, { clientId })).toMatchObject({ documentReadAt: now, documentStaleAt: null })
  })

  it('is not there for a client that has registered', async () => {
    const { ctx } = await newSetting()
    await expect(rereadClientDocument(ctx, { clientId: await newClient(ctx) })).rejects.toMatchObject({ code: 'conflict' })
    await expect(rereadClientDocument(ctx, { clientId: NOBODY })).rejects.toMatchObject({ code: 'not_found' })
  })
})
