import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { CALLER, newMember, newSetting, unique } from '../fixtures.ts'
import { organisationContextOf } from '../members/contexts.ts'
import { createProject } from './create.ts'
import { getProject } from './get.ts'
import { slugOf } from './inputs.ts'
import { listProjects } from './list.ts'
import { updateProject } from './update.ts'

const RESOURCE = 'https://mcp.example.com/mcp'

describe('createProject', () => {
  it('makes a project that can issue tokens at once, and keeps only hashes of its secrets', async () => {
    const { ctx, created } = await newSetting()
    const where = { projectId: ctx.project.id }
    const secrets = await prisma().projectSecret.findMany({ where })
    const keys = await prisma().signingKey.findMany({ where })

    expect(created.issuer).toBe(`http://localhost:3000/p/${created.slug}`)
    expect(created.registrationSecret).toMatch(/^gate_reg_[\w-]{43}$/)
    expect(created.serverSecret).toMatch(/^gate_srv_[\w-]{43}$/)
    expect(Object.fromEntries(secrets.map((secret) => [secret.kind, secret.secretHash]))).toEqual({
      registration: sha256Hex(created.registrationSecret),
      server: sha256Hex(created.serverSecret),
    })
    expect(keys.map((key) => key.state).sort()).toEqual(['current', 'next'])
    expect(await prisma().oAuthClient.findMany({ where })).toMatchObject([
      { clientId: 'backend', source: 'builtin', tokenEndpointAuthMethod: 'none', redirectUris: '[]', grantTypes: '[]', secretHash: null },
    ])
    expect(await getProject(ctx)).toMatchObject({
      settings: { registrationMode: 'guarded', issParameter: true, signingAlgorithm: 'ES256', accessTokenTtlSeconds: 3600 },
      issuers: [{ url: created.issuer, kind: 'path', isPrimary: true }],
      resources: [{ identifier: RESOURCE, isDefault: true }],
      scopes: [
        { name: 'read', isDefault: true },
        { name: 'write', isDefault: true },
      ],
    })
  })

  it('gives one slug to one of many who want it at the same moment, and leaves nothing of the others', async () => {
    const owners = await Promise.all(Array.from({ length: 8 }, async () => organisationContextOf(await newMember(), CALLER)))
    const slug = unique('race')
    const outcomes = await Promise.allSettled(owners.map((owner) => createProject(owner, { name: 'Race', slug, resource: RESOURCE })))

    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(7).fill('conflict'))
    expect(await prisma().project.count({ where: { slug } })).toBe(1)
    expect(await prisma().issuer.count({ where: { url: { endsWith: `/p/${slug}` } } })).toBe(1)
    expect((await Promise.all(owners.map((owner) => listProjects(owner)))).flatMap(({ projects }) => projects)).toHaveLength(1)
  })

  it('never gives the slug of a deleted project to anybody: its new owner would own the old issuer', async () => {
    const { ctx, owner, created } = await newSetting()
    await prisma().project.update({ where: { id: ctx.project.id }, data: { deletedAt: new Date() } })
    await expect(createProject(owner, { name: 'Again', slug: created.slug, resource: RESOURCE })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it.each([
    'api',
    '_next',
    '.well-known',
    'www',
    'admin',
    'ab',
    'Notes',
    '-notes',
    'notes-',
    'nötes',
    'a/b',
    'xn--nts-8na',
    'a'.repeat(41),
  ])('refuses the slug %s', async (slug) => {
    const owner = await organisationContextOf(await newMember(), CALLER)
    const refusal = createProject(owner, { name: 'Notes', slug, resource: RESOURCE })
    await expect(refusal).rejects.toMatchObject({ code: 'invalid', fields: { slug: expect.any(String) } })
  })

  it.each([
    ['Acme Notes', 'acme-notes'],
    ['  Café – Überblick! ', 'cafe-uberblick'],
    ['API', null],
    ['日本', null],
    [`${'a'.repeat(39)} b`, 'a'.repeat(39)],
  ])('makes of the name %j the slug %j', (name, slug) => {
    expect(slugOf(name)).toBe(slug)
  })

  it.each([
    ['HTTPS://MCP.Example.COM:443/Mcp', 'https://mcp.example.com/Mcp'],
    ['https://mcp.example.com', 'https://mcp.example.com'],
    ['https://mcp.example.com/', 'https://mcp.example.com/'],
    ['http://localhost:4000/mcp', 'http://localhost:4000/mcp'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
  ])('keeps the resource %s as %s', async (typed, kept) => {
    const owner = await organisationContextOf(await newMember(), CALLER)
    expect((await createProject(owner, { name: 'Notes', slug: unique('notes'), resource: typed })).resource).toBe(kept)
  })

  it.each([
    ...[
      'http://mcp.example.com',
      'https://user@mcp.example.com',
      'https://mcp.example.com/#x',
      'https://mcp.example.com/?a=1',
      'mcp.example.com',
    ],
    ...[
      'https:///mcp',
      'https:\\\\mcp.example.com',
      'ftp://mcp.example.com',
      'javascript:alert(1)',
      'http://localhost.example.com',
      'https://*.example.com',
    ],
  ])('refuses the resource %s', async (resource) => {
    const owner = await organisationContextOf(await newMember(), CALLER)
    const refusal = createProject(owner, { name: 'Notes', slug: unique('notes'), resource })
    await expect(refusal).rejects.toMatchObject({ code: 'invalid', fields: { resource: expect.any(String) } })
  })

  it.each(['', ' ', 'a\u0000b', 'safe\u202Etxt', 'zero\u200Bwidth', 'x'.repeat(81)])('refuses the name %j', async (name) => {
    const owner = await organisationContextOf(await newMember(), CALLER)
    const refusal = createProject(owner, { name, slug: unique('notes'), resource: RESOURCE })
    await expect(refusal).rejects.toMatchObject({ code: 'invalid', fields: { name: expect.any(String) } })
  })
})

describe('updateProject', () => {
  it('bumps the generation, keeps what was not given and records before and after', async () => {
    const { ctx } = await newSetting()
    await updateProject(ctx, { registrationMode: 'open', accessTokenTtlSeconds: '900' })

    const row = await prisma().project.findUniqueOrThrow({ where: { id: ctx.project.id } })
    const event = await prisma().auditEvent.findFirstOrThrow({ where: { projectId: ctx.project.id, action: 'project.updated' } })
    expect(row).toMatchObject({ generation: 2, registrationMode: 'open', accessTokenTtlSeconds: 900, issParameter: true })
    expect(JSON.parse(event.detail ?? '')).toEqual({
      changes: { registrationMode: { before: 'guarded', after: 'open' }, accessTokenTtlSeconds: { before: 3600, after: 900 } },
    })
  })

  it('records nothing when nothing changes', async () => {
    const { ctx } = await newSetting()
    await updateProject(ctx, { registrationMode: 'guarded' })
    expect(await prisma().auditEvent.count({ where: { projectId: ctx.project.id, action: 'project.updated' } })).toBe(0)
  })

  it('publishes a key of a new algorithm before it signs', async () => {
    const { ctx } = await newSetting()
    await updateProject(ctx, { signingAlgorithm: 'RS256' })
    const keys = await prisma().signingKey.findMany({ where: { projectId: ctx.project.id } })
    expect(Object.fromEntries(keys.map((key) => [key.state, key.algorithm]))).toEqual({ current: 'ES256', next: 'RS256' })
  })

  it.each([{ accessTokenTtlSeconds: 599 }, { accessTokenTtlSeconds: 86_401 }, { accessTokenTtlSeconds: 'NaN' }])(
    'refuses %j',
    async (input) => {
      const { ctx } = await newSetting()
      await expect(updateProject(ctx, input)).rejects.toMatchObject({ code: 'invalid' })
    },
  )
})

describe('getProject', () => {
  it('tells when real traffic first did what, whatever came in between', async () => {
    const { ctx } = await newSetting()
    const projectId = ctx.project.id
    expect((await getProject(ctx)).progress).toEqual({
      resourceSetAt: expect.any(Date),
      ...{ metadataFetchedAt: null, clientRegisteredAt: null, tokenIssuedAt: null, tokenRefreshedAt: null },
    })
    await prisma().$executeRaw`
      INSERT INTO audit_event (project_id, id, at, action, step, actor_kind)
      SELECT ${projectId}::uuid, ('ffffffff-0000-7000-8000-' || lpad(i::text, 12, '0'))::uuid, '2026-01-01'::timestamptz + i * interval '1 minute',
        CASE i WHEN 1 THEN 'client.registered' WHEN 2 THEN 'token.issued' WHEN 9000 THEN 'refresh.rotated' ELSE 'token.issued' END, 'token', 'client'
      FROM generate_series(1, 9000) AS i`

    expect((await getProject(ctx)).progress).toMatchObject({
      clientRegisteredAt: new Date('2026-01-01T00:01:00Z'),
      tokenIssuedAt: new Date('2026-01-01T00:02:00Z'),
      tokenRefreshedAt: new Date('2026-01-07T06:00:00Z'),
    })
  })
})
