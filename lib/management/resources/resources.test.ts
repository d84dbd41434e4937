import { describe, expect, it } from 'vitest'
import { count, flushCounters } from '#lib/audit/stream.ts'
import { prisma } from '#lib/db/client.ts'
import { resolveIssuer } from '#lib/issuer/resolve.ts'
import { affectedGrants } from '../affected-grants.ts'
import { newGrant, newSetting } from '../fixtures.ts'
import { newClient } from '../samples.ts'
import { createResource } from './create.ts'
import { createResourceAlias } from './create-alias.ts'
import { deleteResource } from './delete.ts'
import { deleteResourceAlias } from './delete-alias.ts'
import { spellingOf } from './inputs.ts'
import { listResources } from './list.ts'
import { listUnknownResources } from './list-unknown.ts'
import { updateResource } from './update.ts'

const NOTES = 'https://mcp.example.com/mcp'
const FILES = 'https://files.example.com'

it('the default resource cannot be deleted, so a project always has one', async () => {
  const { ctx } = await newSetting()
  await expect(deleteResource(ctx, { identifier: NOTES })).rejects.toMatchObject({ code: 'conflict' })
  expect(await listResources(ctx)).toHaveLength(1)
})

it.each(['https://mcp.example.com/mcp', 'https://MCP.example.com/mcp', 'https://mcp.example.com:443/mcp/'])(
  'the resource %s is the one that is there: clients could not tell them apart',
  async (identifier) => {
    const { ctx } = await newSetting()
    await expect(createResource(ctx, { identifier, name: 'Twin' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(createResourceAlias(ctx, { identifier: NOTES, alias: identifier })).rejects.toMatchObject({ code: 'conflict' })
  },
)

it('exactly one resource is the default one, also when several are chosen at once', async () => {
  const { ctx } = await newSetting()
  await createResource(ctx, { identifier: FILES, name: 'Files' })
  await Promise.all([NOTES, FILES, NOTES, FILES].map((identifier) => updateResource(ctx, { identifier, isDefault: true })))
  expect((await listResources(ctx)).filter(({ isDefault }) => isDefault)).toHaveLength(1)
})

it('a name and the default place are changed in one row of the log', async () => {
  const { ctx } = await newSetting()
  await createResource(ctx, { identifier: FILES, name: 'Files' })
  await updateResource(ctx, { identifier: FILES, name: 'Documents', isDefault: true })
  expect((await resolveIssuer(ctx.project.issuer))?.resources).toEqual([
    { identifier: NOTES, name: 'Notes', isDefault: false, aliases: [] },
    { identifier: FILES, name: 'Documents', isDefault: true, aliases: [] },
  ])
  const row = await prisma().auditEvent.findFirstOrThrow({ where: { projectId: ctx.project.id }, orderBy: { id: 'desc' } })
  expect([row.action, JSON.parse(row.detail ?? '')]).toEqual([
    'resource.updated',
    {
      resource: FILES,
      changes: { name: { before: 'Files', after: 'Documents' }, isDefault: { before: false, after: true } },
    },
  ])
})

describe('an alias', () => {
  it('is kept in the spelling that stands for all, reaches the issuer, and goes with its resource', async () => {
    const { ctx } = await newSetting()
    await createResource(ctx, { identifier: FILES, name: 'Files' })
    expect(await createResourceAlias(ctx, { identifier: FILES, alias: 'HTTPS://Old.example.com:443/sse/' })).toEqual({
      alias: 'https://old.example.com/sse',
    })
    const aliases = async () => (await resolveIssuer(ctx.project.issuer))?.resources.map((resource) => resource.aliases)
    expect(await aliases()).toEqual([[], ['https://old.example.com/sse']])
    await expect(createResource(ctx, { identifier: 'https://old.example.com/sse', name: 'Old' })).rejects.toMatchObject({
      code: 'conflict',
    })
    await deleteResource(ctx, { identifier: FILES })
    expect(await prisma().resourceAlias.count({ where: { projectId: ctx.project.id } })).toBe(0)
    await createResource(ctx, { identifier: 'https://old.example.com/sse', name: 'Old' })
  })

  it.each(['', 'files', '/sse', 'https://a@old.example.com', 'https://old.example.com/#x', 'mailto:a@example.com', 'https:///x'])(
    '%j is refused',
    async (alias) => {
      const { ctx } = await newSetting()
      await expect(createResourceAlias(ctx, { identifier: NOTES, alias })).rejects.toMatchObject({ code: 'invalid' })
    },
  )

  it('stands for one resource, also when two ask at once', async () => {
    const { ctx } = await newSetting()
    await createResource(ctx, { identifier: FILES, name: 'Files' })
    const alias = 'https://old.example.com/sse'
    const outcomes = await Promise.allSettled([NOTES, FILES].map((identifier) => createResourceAlias(ctx, { identifier, alias })))
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(deleteResourceAlias(ctx, { identifier: NOTES, alias: 'https://none.example.com' })).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

it('what clients asked for in vain is listed until it is known, with whoever asked', async () => {
  const { ctx } = await newSetting()
  const { id: projectId } = ctx.project
  const clientId = await newClient(ctx)
  const ask = (named: string) => count({ projectId, kind: 'resource.unknown', clientId, named })
  ask('https://mcp.example.com/sse')
  ask('https://mcp.example.com/sse')
  ask('https://elsewhere.example/mcp')
  count({ projectId, kind: 'resource.unknown', named: 'https://elsewhere.example/mcp' })
  count({ projectId, kind: 'rejected:authorize:resource_unknown' })
  await flushCounters()
  const asked = { requests: 2, lastAskedAt: expect.any(Date), clients: [{ clientId, name: 'Notes web' }] }
  expect(await listUnknownResources(ctx)).toEqual([
    { resource: 'https://elsewhere.example/mcp', ...asked },
    { resource: 'https://mcp.example.com/sse', ...asked },
  ])
  await createResourceAlias(ctx, { identifier: NOTES, alias: 'https://mcp.example.com/sse' })
  await createResource(ctx, { identifier: 'https://elsewhere.example/mcp', name: 'Elsewhere' })
  expect(await listUnknownResources(ctx)).toEqual([])
})

it('counts the living grants of each scope and resource, those of several under each of them', async () => {
  const { ctx } = await newSetting()
  const [one, two] = [await newClient(ctx), await newClient(ctx)]
  for (const user of ['ann', 'bea', 'cid']) await newGrant(ctx, one, user)
  const both = await newGrant(ctx, two, 'ann')
  const revoked = await newGrant(ctx, two, 'bea')
  await prisma().oAuthGrant.updateMany({
    where: { projectId: ctx.project.id, id: both },
    data: { scope: 'read write', resources: JSON.stringify([NOTES, FILES]) },
  })
  await prisma().oAuthGrant.updateMany({ where: { projectId: ctx.project.id, id: revoked }, data: { revokedAt: new Date() } })
  const name = 'Notes web'
  const first = { clientId: one, name, grants: 3 }
  const second = { clientId: two, name, grants: 1 }
  expect(await affectedGrants(ctx, 'scope')).toEqual(
    new Map([
      ['read', { grants: 4, clients: [first, second] }],
      ['write', { grants: 1, clients: [second] }],
    ]),
  )
  expect(await affectedGrants(ctx, 'resources')).toEqual(
    new Map([
      [NOTES, { grants: 4, clients: [first, second] }],
      [FILES, { grants: 1, clients: [second] }],
    ]),
  )
})

it.each([
  ['https://mcp.example.com/mcp', 'https://mcp.example.com/mcp', 0],
  ['HTTPS://MCP.example.com:443/Mcp/', 'https://mcp.example.com/Mcp/', 3],
  ['http://localhost:8080', 'http://localhost:8080', 0],
])('says what becomes of %s while it is typed', (typed, identifier, notes) => {
  const spelling = spellingOf(typed)
  expect(spelling.kind === 'identifier' && [spelling.identifier, spelling.notes.length]).toEqual([identifier, notes])
})
