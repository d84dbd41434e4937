import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import type { ManagementContext } from '../context.ts'
import { cursorOf } from '../cursor.ts'
import { livingFamilies, newGrant, newSetting } from '../fixtures.ts'
import { createUser } from '../users/create.ts'
import { blockClient } from './block.ts'
import { createClient } from './create.ts'
import { endPreviousClientSecret } from './end-previous-secret.ts'
import { getClient } from './get.ts'
import type { CreateClientInput, ListClientsInput, UpdateClientInput } from './inputs.ts'
import { listClients } from './list.ts'
import { findClientLogo } from './logo.ts'
import { revokeClient } from './revoke.ts'
import { rotateClientSecret } from './rotate-secret.ts'
import { unblockClient } from './unblock.ts'
import { updateClient } from './update.ts'

const CALLBACK = 'https://client.example.com/cb'
const KEY = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo', kid: 'one' }
const WEB: CreateClientInput = { name: 'Web', redirectUris: [CALLBACK], tokenEndpointAuthMethod: 'client_secret_basic' }

const rowOf = (ctx: ManagementContext, clientId: string) =>
  prisma().oAuthClient.findUniqueOrThrow({ where: { projectId_clientId: { projectId: ctx.project.id, clientId } } })

describe('createClient', () => {
  it('shows the secret of a confidential client once and keeps its hash', async () => {
    const { ctx } = await newSetting()
    const { clientId, clientSecret } = await createClient(ctx, WEB)

    expect(clientId).toMatch(/^c_[\w-]{22}$/)
    expect(clientSecret).toMatch(/^gate_cs_[\w-]{43}$/)
    expect(await rowOf(ctx, clientId)).toMatchObject({
      ...{ source: 'manual', trusted: true, applicationType: 'web', secretHash: sha256Hex(clientSecret ?? ''), scope: null },
      ...{ redirectUris: JSON.stringify([CALLBACK]), grantTypes: '["authorization_code","refresh_token"]' },
    })
  })

  it('gives a public client no secret', async () => {
    const { ctx } = await newSetting()
    const uris = ['http://127.0.0.1:8787/cb', 'cursor://anysphere/cb']
    const { clientId, clientSecret } = await createClient(ctx, { ...WEB, tokenEndpointAuthMethod: 'none', redirectUris: uris })
    expect(clientSecret).toBeNull()
    expect(await rowOf(ctx, clientId)).toMatchObject({ secretHash: null, secretLastFour: null, applicationType: 'native' })
  })

  it('keeps the public keys of a client that signs, or where they are, and makes no secret', async () => {
    const { ctx } = await newSetting()
    const signs = { ...WEB, tokenEndpointAuthMethod: 'private_key_jwt' } as const
    const inline = await createClient(ctx, { ...signs, jwks: JSON.stringify({ keys: [{ ...KEY, x5c: ['x'] }] }) })
    const published = await createClient(ctx, {
      ...signs,
      jwksUri: 'https://client.example.com/jwks.json',
      grantTypes: ['client_credentials'],
    })
    expect([inline.clientSecret, published.clientSecret]).toEqual([null, null])
    const rows = [await rowOf(ctx, inline.clientId), await rowOf(ctx, published.clientId)]
    expect(rows).toMatchObject([
      { tokenEndpointAuthMethod: 'private_key_jwt', jwks: JSON.stringify({ keys: [KEY] }), jwksUri: null, secretHash: null },
      { jwks: null, jwksUri: 'https://client.example.com/jwks.json' },
    ])
    expect(rows[0]?.metadataHash).not.toBe(rows[1]?.metadataHash)
    await expect(rotateClientSecret(ctx, { clientId: inline.clientId, overlapHours: 0 })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('stores a host beyond ASCII as browsers send it', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, { ...WEB, redirectUris: ['https://bücher.example/cb'] })
    expect((await getClient(ctx, { clientId })).redirectUris).toEqual(['https://xn--bcher-kva.example/cb'])
  })

  it.each<[string, Partial<CreateClientInput>]>([
    ['redirectUris', { redirectUris: [] }],
    ['redirectUris', { redirectUris: Array(21).fill(CALLBACK) }],
    ['redirectUris.1', { redirectUris: [CALLBACK, 'javascript:alert(1)'] }],
    ['redirectUris.0', { redirectUris: ['http://client.example.com/cb'] }],
    ['redirectUris.0', { redirectUris: ['https://user@client.example.com/cb'] }],
    ['tokenEndpointAuthMethod', { tokenEndpointAuthMethod: 'none', grantTypes: ['client_credentials'] }],
    ['grantTypes', { grantTypes: ['refresh_token'] }],
    ['grantTypes', { grantTypes: [] }],
    ['scope', { scope: 'read everything' }],
    ['clientUri', { clientUri: 'http://client.example.com' }],
    ['logoUri', { logoUri: 'http://client.example.com/logo.png' }],
    ['logoUri', { logoUri: 'https://10.0.0.1/logo.png' }],
    ['logoUri', { logoUri: 'data:image/png;base64,AAAA' }],
    ['name', { name: 'Cl\u202Eaude' }],
    ['jwks', { tokenEndpointAuthMethod: 'private_key_jwt' }],
    ['jwks', { jwks: JSON.stringify({ keys: [KEY] }) }],
    ['jwks', { tokenEndpointAuthMethod: 'private_key_jwt', jwks: 'no JSON' }],
    ['jwks', { tokenEndpointAuthMethod: 'private_key_jwt', jwks: JSON.stringify({ keys: [{ ...KEY, d: 'mine' }] }) }],
    ['jwksUri', { tokenEndpointAuthMethod: 'private_key_jwt', jwksUri: 'http://client.example.com/jwks.json' }],
    ['jwksUri', { tokenEndpointAuthMethod: 'private_key_jwt', jwksUri: 'https://10.0.0.1/jwks.json' }],
    [
      'jwksUri',
      {
        tokenEndpointAuthMethod: 'private_key_jwt',
        jwks: JSON.stringify({ keys: [KEY] }),
        jwksUri: 'https://client.example.com/jwks.json',
      },
    ],
  ])('refuses %s in %j and stores nothing', async (field, bad) => {
    const { ctx } = await newSetting()
    await expect(createClient(ctx, { ...WEB, ...bad })).rejects.toMatchObject({ code: 'invalid', fields: { [field]: expect.any(String) } })
    expect(await prisma().oAuthClient.count({ where: { projectId: ctx.project.id, source: 'manual' } })).toBe(0)
  })

  it('keeps where its logo is, and a change of that is another client to those who allowed it', async () => {
    const { ctx } = await newSetting()
    const logoUri = 'https://client.example.com/logo.png'
    const { clientId } = await createClient(ctx, { ...WEB, logoUri })
    expect(await getClient(ctx, { clientId })).toMatchObject({ logoUri, logo: null })
    const hashes = [(await rowOf(ctx, clientId)).metadataHash]
    for (const next of ['https://client.example.com/logo2.png', null]) {
      await updateClient(ctx, { clientId, logoUri: next })
      expect(await getClient(ctx, { clientId })).toMatchObject({ logoUri: next, clientUri: null, name: 'Web' })
      hashes.push((await rowOf(ctx, clientId)).metadataHash)
    }
    expect(new Set(hashes).size).toBe(3)
    await expect(updateClient(ctx, { clientId, logoUri: 'https://localhost/logo.png' })).rejects.toMatchObject({
      ...{ code: 'invalid', fields: { logoUri: expect.any(String) } },
    })
  })

  it('tells what was read of its logo, where that was read from the place it names now', async () => {
    const { ctx } = await newSetting()
    const logoUri = 'https://client.example.com/logo.png'
    const { clientId } = await createClient(ctx, { ...WEB, logoUri })
    const read = { mediaType: 'image/png', bytes: Buffer.from('png'), hash: 'a'.repeat(64), readAt: new Date() }
    await prisma().clientLogo.create({ data: { projectId: ctx.project.id, clientId, uri: logoUri, ...read } })
    expect((await getClient(ctx, { clientId })).logo).toEqual({
      ...{ hash: read.hash, readAt: read.readAt, triedAt: expect.any(Date), failure: null },
    })
    expect(await findClientLogo(ctx, { clientId })).toMatchObject({ mediaType: 'image/png' })
    expect(await findClientLogo((await newSetting()).ctx, { clientId })).toBeNull()
    await updateClient(ctx, { clientId, logoUri: 'https://client.example.com/logo2.png' })
    expect((await getClient(ctx, { clientId })).logo).toBeNull()
  })

  it('ignores what only we may say of a client', async () => {
    const { ctx } = await newSetting()
    const sent = { ...WEB, clientId: 'mine', source: 'builtin', projectId: '00000000-0000-7000-8000-000000000000', secretHash: 'x' }
    const { clientId } = await createClient(ctx, sent)
    expect(clientId).not.toBe('mine')
    expect(await rowOf(ctx, clientId)).toMatchObject({ source: 'manual', projectId: ctx.project.id })
  })
})

describe('endPreviousClientSecret', () => {
  it('ends the overlap of the old secret and leaves the present one, once, with a row in the log', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    const { clientSecret } = await rotateClientSecret(ctx, { clientId, overlapHours: 24 })
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => endPreviousClientSecret(ctx, { clientId })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await rowOf(ctx, clientId)).toMatchObject({
      ...{ secretHash: sha256Hex(clientSecret), previousSecretHash: null, previousSecretExpiresAt: null },
    })
    const ended = { projectId: ctx.project.id, action: 'client.previous_secret_ended', clientId }
    expect(await prisma().auditEvent.count({ where: ended })).toBe(1)
  })

  it.each([
    ['there never was one', async () => {}],
    [
      'its overlap is over',
      async (ctx: ManagementContext, clientId: string) => {
        await rotateClientSecret(ctx, { clientId, overlapHours: 24 })
        await prisma().oAuthClient.updateMany({
          where: { projectId: ctx.project.id, clientId },
          data: { previousSecretExpiresAt: new Date(1e12) },
        })
      },
    ],
  ])('is a conflict where %s', async (_, happens) => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    await happens(ctx, clientId)
    await expect(endPreviousClientSecret(ctx, { clientId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('asks a session that was left open who is there', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    await rotateClientSecret(ctx, { clientId, overlapHours: 24 })
    const stale = { ...ctx, recentlyAuthenticated: false }
    await expect(endPreviousClientSecret(stale, { clientId })).rejects.toMatchObject({ code: 'reauthenticate' })
    expect((await rowOf(ctx, clientId)).previousSecretHash).not.toBeNull()
  })
})

describe('rotateClientSecret', () => {
  it('keeps the secret before it for the overlap, and none that is older', async () => {
    const { ctx } = await newSetting()
    const first = await createClient(ctx, WEB)
    const second = await rotateClientSecret(ctx, { clientId: first.clientId, overlapHours: 24 })
    const third = await rotateClientSecret(ctx, { clientId: first.clientId, overlapHours: 24 })

    const row = await rowOf(ctx, first.clientId)
    expect([row.secretHash, row.previousSecretHash]).toEqual([third, second].map(({ clientSecret }) => sha256Hex(clientSecret)))
    expect(Math.round(((row.previousSecretExpiresAt?.getTime() ?? 0) - Date.now()) / 3_600_000)).toBe(24)
  })

  it('ends the old secret at once without an overlap', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    await rotateClientSecret(ctx, { clientId, overlapHours: 0 })
    expect(await rowOf(ctx, clientId)).toMatchObject({ previousSecretHash: null, previousSecretExpiresAt: null })
  })

  it('never loses a secret it has shown: of many at the same moment each winner is the current or the previous one, or the rest is refused', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => rotateClientSecret(ctx, { clientId, overlapHours: 24 })))

    const shown = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [sha256Hex(outcome.value.clientSecret)] : []))
    const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason.code] : []))
    const rows = await prisma().auditEvent.count({ where: { projectId: ctx.project.id, action: 'client.secret_rotated' } })
    expect(shown).toContain((await rowOf(ctx, clientId)).secretHash)
    expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ['conflict'] : []))
    expect(rows).toBe(shown.length)
  })

  it('is refused for public and for revoked clients', async () => {
    const { ctx } = await newSetting()
    const open = await createClient(ctx, { ...WEB, tokenEndpointAuthMethod: 'none' })
    const gone = await createClient(ctx, WEB)
    await revokeClient(ctx, { clientId: gone.clientId })
    await expect(rotateClientSecret(ctx, { clientId: open.clientId, overlapHours: 0 })).rejects.toMatchObject({ code: 'conflict' })
    await expect(rotateClientSecret(ctx, { clientId: gone.clientId, overlapHours: 0 })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('revokeClient', () => {
  it('ends its grants and refresh families, says how many, and leaves those of other clients', async () => {
    const { ctx } = await newSetting()
    const [ann, bob] = [await createUser(ctx, user('ann')), await createUser(ctx, user('bob'))]
    const [doomed, other] = [await createClient(ctx, WEB), await createClient(ctx, WEB)]
    await newGrant(ctx, doomed.clientId, ann.id)
    await newGrant(ctx, doomed.clientId, bob.id)
    const spared = await newGrant(ctx, other.clientId, ann.id)
    expect(await getClient(ctx, { clientId: doomed.clientId })).toMatchObject({ grantCount: 2, userCount: 2 })

    expect(await revokeClient(ctx, { clientId: doomed.clientId })).toEqual({ grantsEnded: 2 })

    const row = await rowOf(ctx, doomed.clientId)
    expect(row.revokedAt).toEqual(row.tokensFrom)
    expect(row.revokedAt).toBeInstanceOf(Date)
    expect(await prisma().oAuthGrant.findMany({ where: { projectId: ctx.project.id, revokedAt: null } })).toMatchObject([{ id: spared }])
    expect(await livingFamilies(ctx)).toBe(1)
    expect(await getClient(ctx, { clientId: doomed.clientId })).toMatchObject({ grantCount: 0, userCount: 0 })
  })

  it('happens once however many ask at the same moment', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => revokeClient(ctx, { clientId })))
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await prisma().auditEvent.count({ where: { projectId: ctx.project.id, action: 'client.revoked' } })).toBe(1)
  })

  it("spares the project's own backend", async () => {
    const { ctx } = await newSetting()
    await expect(revokeClient(ctx, { clientId: 'backend' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await rowOf(ctx, 'backend')).revokedAt).toBeNull()
  })
})

describe('blockClient', () => {
  it('refuses the client, lets its grants wait, and is taken back whole', async () => {
    const { ctx } = await newSetting()
    const [ann, { clientId }] = [await createUser(ctx, user('ann')), await createClient(ctx, WEB)]
    await newGrant(ctx, clientId, ann.id)
    const before = await rowOf(ctx, clientId)

    await blockClient(ctx, { clientId })
    const row = await rowOf(ctx, clientId)
    expect(row.revokedAt).toBeInstanceOf(Date)
    expect([row.blockedAt, row.tokensFrom]).toEqual([row.revokedAt, null])
    expect(await getClient(ctx, { clientId })).toMatchObject({ status: 'blocked', grantCount: 1 })
    expect(await livingFamilies(ctx)).toBe(1)
    await expect(blockClient(ctx, { clientId })).rejects.toMatchObject({ code: 'conflict', message: 'This client is blocked already' })
    await expect(rotateClientSecret(ctx, { clientId, overlapHours: 0 })).rejects.toMatchObject({ code: 'conflict' })

    await unblockClient(ctx, { clientId })
    expect(await rowOf(ctx, clientId)).toEqual(before)
    await expect(unblockClient(ctx, { clientId })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('may be followed by deletion, which nothing takes back', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    await blockClient(ctx, { clientId })
    await revokeClient(ctx, { clientId })
    expect(await getClient(ctx, { clientId })).toMatchObject({ status: 'deleted', blockedAt: null })
    await expect(unblockClient(ctx, { clientId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(blockClient(ctx, { clientId })).rejects.toMatchObject({ message: 'This client is deleted' })
  })

  it('never brings a client back that somebody deletes at the same moment', async () => {
    const { ctx } = await newSetting()
    for (let round = 0; round < 5; round++) {
      const { clientId } = await createClient(ctx, WEB)
      await blockClient(ctx, { clientId })
      const [deleted] = await Promise.allSettled([revokeClient(ctx, { clientId }), unblockClient(ctx, { clientId })])
      expect(deleted.status).toBe('fulfilled')
      expect((await rowOf(ctx, clientId)).revokedAt).not.toBeNull()
    }
  })

  it("spares the project's own backend", async () => {
    const { ctx } = await newSetting()
    await expect(blockClient(ctx, { clientId: 'backend' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await rowOf(ctx, 'backend')).revokedAt).toBeNull()
  })
})

describe('updateClient', () => {
  it('changes what is given, tells before and after, and makes another client of it to those who allowed it', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    const before = await rowOf(ctx, clientId)
    await updateClient(ctx, { clientId, name: 'Web two', redirectUris: [CALLBACK, 'http://127.0.0.1/cb'], scope: 'read' })

    const after = await rowOf(ctx, clientId)
    expect(after).toEqual({
      ...before,
      ...{ name: 'Web two', redirectUris: JSON.stringify([CALLBACK, 'http://127.0.0.1/cb']), scope: 'read', applicationType: 'native' },
      metadataHash: after.metadataHash,
    })
    expect(after.metadataHash).not.toBe(before.metadataHash)
    const rows = await prisma().auditEvent.findMany({ where: { projectId: ctx.project.id, action: 'client.updated' } })
    expect(rows.map(({ detail }) => JSON.parse(detail ?? ''))).toEqual([
      {
        name: 'Web two',
        changes: {
          name: { before: 'Web', after: 'Web two' },
          redirectUris: { before: [CALLBACK], after: [CALLBACK, 'http://127.0.0.1/cb'] },
          scope: { before: null, after: 'read' },
        },
      },
    ])
  })

  it('asks nobody again for a change that nobody sees, and writes nothing for none', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, { ...WEB, scope: 'read' })
    const { metadataHash } = await rowOf(ctx, clientId)
    await updateClient(ctx, { clientId, scope: null })
    await updateClient(ctx, { clientId, scope: '', name: 'Web' })
    expect(await rowOf(ctx, clientId)).toMatchObject({ scope: null, metadataHash })
    expect(await prisma().auditEvent.count({ where: { projectId: ctx.project.id, action: 'client.updated' } })).toBe(1)
  })

  it('keeps its hash the one that a registration of the same metadata has', async () => {
    const { ctx } = await newSetting()
    const signs = { ...WEB, tokenEndpointAuthMethod: 'private_key_jwt', jwks: JSON.stringify({ keys: [KEY] }) } as const
    const [one, two] = [await createClient(ctx, signs), await createClient(ctx, { ...signs, name: 'Other' })]
    await updateClient(ctx, { clientId: two.clientId, name: 'Web' })
    expect((await rowOf(ctx, two.clientId)).metadataHash).toBe((await rowOf(ctx, one.clientId)).metadataHash)
  })

  it.each<[string, Partial<UpdateClientInput>]>([
    ['redirectUris', { redirectUris: [] }],
    ['redirectUris.0', { redirectUris: ['javascript:alert(1)'] }],
    ['grantTypes', { grantTypes: ['refresh_token'] }],
    ['scope', { scope: 'everything' }],
    ['clientUri', { clientUri: 'http://client.example.com' }],
    ['name', { name: '' }],
  ])('refuses %s in %j and changes nothing', async (field, bad) => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    const before = await rowOf(ctx, clientId)
    await expect(updateClient(ctx, { clientId, name: 'Changed', ...bad })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    })
    expect(await rowOf(ctx, clientId)).toEqual(before)
  })

  it('gives a public client no way to act on its own word', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, { ...WEB, tokenEndpointAuthMethod: 'none' })
    await expect(updateClient(ctx, { clientId, grantTypes: ['client_credentials'] })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('is refused for what is not a member’s to change: a document, the backend, a deleted client', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    await revokeClient(ctx, { clientId })
    const document = await newDocumentClient(ctx, 'https://app.example/client.json')
    for (const id of [clientId, 'backend', document])
      await expect(updateClient(ctx, { clientId: id, name: 'Mine' })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('getClient', () => {
  it('counts the users of the last seven days among those who allow it', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, WEB)
    const [old] = [await newGrant(ctx, clientId, 'user_old'), await newGrant(ctx, clientId, 'user_new')]
    const where = { projectId: ctx.project.id }
    const longAgo = new Date(Date.now() - 8 * 86_400_000)
    await prisma().oAuthGrant.updateMany({ where: { ...where, id: old }, data: { createdAt: longAgo } })
    await prisma().refreshFamily.updateMany({ where: { ...where, grantId: old }, data: { createdAt: longAgo } })
    expect(await getClient(ctx, { clientId })).toMatchObject({ grantCount: 2, userCount: 2, activeUserCount: 1, status: 'unused' })
    await prisma().refreshFamily.updateMany({ where: { ...where, grantId: old }, data: { rotatedAt: new Date() } })
    expect(await getClient(ctx, { clientId })).toMatchObject({ activeUserCount: 2 })
  })
})

describe('listClients', () => {
  const namesIn = async (ctx: ManagementContext, input: ListClientsInput): Promise<string[]> => {
    const names: string[] = []
    let cursor: string | undefined
    do {
      const page: Awaited<ReturnType<typeof listClients>> = await listClients(ctx, { ...input, cursor, take: 2 })
      names.push(...page.clients.map(({ name }) => name))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return names
  }

  it('pages through all of them in every order, each once, without the backend', async () => {
    const { ctx } = await newSetting()
    const used = new Date('2026-01-01T00:00:00Z')
    for (const name of ['beta', 'Alpha', 'alpha', 'Gamma', 'delta']) {
      const { clientId } = await createClient(ctx, { ...WEB, name })
      if (name === 'beta' || name === 'delta')
        await prisma().oAuthClient.update({
          where: { projectId_clientId: { projectId: ctx.project.id, clientId } },
          data: { lastUsedAt: name === 'beta' ? used : new Date(used.getTime() + 1) },
        })
    }
    expect(await namesIn(ctx, { sort: 'createdAt' })).toEqual(['beta', 'Alpha', 'alpha', 'Gamma', 'delta'])
    expect(await namesIn(ctx, {})).toEqual(['delta', 'Gamma', 'alpha', 'Alpha', 'beta'])
    const byName = (await namesIn(ctx, { sort: 'name' })).map((name) => name.toLowerCase())
    expect(byName).toEqual(['alpha', 'alpha', 'beta', 'delta', 'gamma'])
    expect((await namesIn(ctx, { sort: '-name' })).map((name) => name.toLowerCase())).toEqual(byName.toReversed())
    for (const [sort, first] of [['lastUsedAt', ['beta', 'delta']] as const, ['-lastUsedAt', ['delta', 'beta']] as const]) {
      const names = await namesIn(ctx, { sort })
      expect(names.slice(0, 2)).toEqual(first)
      expect(new Set(names).size).toBe(5)
    }
  })

  it('loses none whose moments differ by less than a millisecond', async () => {
    const { ctx } = await newSetting()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await createClient(ctx, { ...WEB, name })
    await prisma().$executeRaw`
      UPDATE oauth_client SET created_at = timestamptz '2026-01-01 00:00:00.123401Z' + ascii(name) * interval '1 microsecond'
      WHERE project_id = ${ctx.project.id}::uuid`
    expect(await namesIn(ctx, { sort: 'createdAt' })).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await namesIn(ctx, { sort: '-createdAt' })).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  it('finds by name, id and redirect host, and narrows by origin and status', async () => {
    const { ctx } = await newSetting()
    const { clientId } = await createClient(ctx, { ...WEB, name: 'Claude 100%' })
    await createClient(ctx, { ...WEB, name: 'Other', redirectUris: ['https://other.example.net/cb'] })
    const blocked = await createClient(ctx, { ...WEB, name: 'Blocked' })
    await blockClient(ctx, { clientId: blocked.clientId })
    await newDocumentClient(ctx, 'https://app.example/client.json')

    expect(await namesIn(ctx, { query: 'claude' })).toEqual(['Claude 100%'])
    expect(await namesIn(ctx, { query: '0%' })).toEqual(['Claude 100%'])
    expect(await namesIn(ctx, { query: 'c_aude' })).toEqual([])
    expect(await namesIn(ctx, { query: clientId })).toEqual(['Claude 100%'])
    expect(await namesIn(ctx, { query: 'other.example.net' })).toEqual(['Other'])
    expect(await namesIn(ctx, { query: 'app.example/client' })).toEqual(['Documented'])
    expect(await namesIn(ctx, { origin: 'document' })).toEqual(['Documented'])
    expect(await namesIn(ctx, { status: 'blocked' })).toEqual(['Blocked'])
    expect(await namesIn(ctx, { status: 'unused', origin: 'manual', sort: 'name' })).toEqual(['Claude 100%', 'Other'])
  })

  it('goes on from a cursor of another project within its own', async () => {
    const [mine, theirs] = [await newSetting(), await newSetting()]
    for (const name of ['alpha', 'two']) await createClient(mine.ctx, { ...WEB, name })
    for (const name of ['one', 'two']) await createClient(theirs.ctx, { ...WEB, name })
    const { nextCursor } = await listClients(theirs.ctx, { take: 1, sort: 'name' })
    expect((await listClients(mine.ctx, { sort: 'name', cursor: nextCursor ?? '' })).clients).toMatchObject([{ name: 'two' }])
  })

  it.each([
    ...[{ take: 101 }, { take: 0 }, { take: -1 }, { take: 1e9 }, { take: '1;DROP' }],
    ...[
      { cursor: '' },
      { cursor: 'x'.repeat(500) },
      { cursor: cursorOf('-createdAt', 'now', 'c') },
      { cursor: cursorOf('name', 'a', 'c') },
    ],
    ...[
      { cursor: cursorOf('-createdAt', 1e300, 'c') },
      { cursor: cursorOf('-createdAt', null, 'c') },
      { cursor: cursorOf('-createdAt', 1, 1) },
    ],
    ...[{ sort: 'name', cursor: cursorOf('name', '\0', 'c') } as const, { query: 'a\0b' }, { sort: 'secretHash' as 'name' }],
  ])('refuses %j', async (input) => {
    const { ctx } = await newSetting()
    await expect(listClients(ctx, input)).rejects.toMatchObject({ code: 'invalid' })
  })
})

/** As the protocol keeps one whose document somebody's browser brought. */
async function newDocumentClient(ctx: ManagementContext, clientId: string): Promise<string> {
  await prisma().oAuthClient.create({
    data: {
      ...{
        projectId: ctx.project.id,
        clientId,
        name: 'Documented',
        source: 'document',
        tokenEndpointAuthMethod: 'none',
        metadataHash: 'x',
      },
      ...{ redirectUris: '["https://app.example/cb"]', grantTypes: '["authorization_code"]', documentReadAt: new Date() },
    },
  })
  return clientId
}

const user = (name: string) => ({ email: `${name}@example.com`, password: 'correct horse battery' })
