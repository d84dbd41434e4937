import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import type { ManagementContext } from '../context.ts'
import { livingFamilies, newGrant, newSetting } from '../fixtures.ts'
import { createUser } from '../users/create.ts'
import { createClient } from './create.ts'
import { getClient } from './get.ts'
import type { CreateClientInput } from './inputs.ts'
import { listClients } from './list.ts'
import { revokeClient } from './revoke.ts'
import { rotateClientSecret } from './rotate-secret.ts'

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

  it('ignores what only we may say of a client', async () => {
    const { ctx } = await newSetting()
    const sent = { ...WEB, clientId: 'mine', source: 'builtin', projectId: '00000000-0000-7000-8000-000000000000', secretHash: 'x' }
    const { clientId } = await createClient(ctx, sent)
    expect(clientId).not.toBe('mine')
    expect(await rowOf(ctx, clientId)).toMatchObject({ source: 'manual', projectId: ctx.project.id })
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

describe('listClients', () => {
  it('pages through all of them, newest first, without the backend', async () => {
    const { ctx } = await newSetting()
    const made: string[] = []
    for (let i = 0; i < 5; i++) made.unshift((await createClient(ctx, { ...WEB, name: `Client ${i}` })).clientId)

    const first = await listClients(ctx, { take: 2 })
    const second = await listClients(ctx, { take: 2, cursor: first.nextCursor ?? '' })
    const third = await listClients(ctx, { take: 2, cursor: second.nextCursor ?? '' })
    expect([first, second, third].flatMap(({ clients }) => clients.map((client) => client.clientId))).toEqual(made)
    expect(third.nextCursor).toBeNull()
    expect((await listClients(ctx, { query: 'client 3' })).clients).toMatchObject([{ name: 'Client 3' }])
  })

  it('shows nothing for a cursor of another project', async () => {
    const [mine, theirs] = [await newSetting(), await newSetting()]
    await createClient(mine.ctx, WEB)
    const { clientId } = await createClient(theirs.ctx, WEB)
    expect((await listClients(mine.ctx, { cursor: clientId })).clients).toEqual([])
  })

  it.each([{ take: 101 }, { take: 0 }, { take: -1 }, { take: 1e9 }, { take: '1;DROP' }, { cursor: '' }, { cursor: 'x'.repeat(500) }])(
    'refuses %j',
    async (input) => {
      const { ctx } = await newSetting()
      await expect(listClients(ctx, input)).rejects.toMatchObject({ code: 'invalid' })
    },
  )
})

const user = (name: string) => ({ email: `${name}@example.com`, password: 'correct horse battery' })
