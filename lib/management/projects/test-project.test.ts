import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { resolveIssuer } from '#lib/issuer/resolve.ts'
import { auditRows, CALLER, newSetting, unique } from '../fixtures.ts'
import { projectContextOf } from '../members/contexts.ts'
import { createScope } from '../scopes/create.ts'
import { deleteScope } from '../scopes/delete.ts'
import { updateScope } from '../scopes/update.ts'
import { createTestProject } from './create-test-project.ts'
import { deleteProject, getDeletionImpact } from './delete.ts'
import { getProject } from './get.ts'
import { listProjects } from './list.ts'
import { promoteSettings } from './promote.ts'
import { getPromotion } from './promotion.ts'
import { getEnvironment } from './twin.ts'
import { updateProject } from './update.ts'

/** A live project with its test project, as their owner sees both. */
async function newTwins() {
  const { ctx: live, owner } = await newSetting()
  const created = await createTestProject(live)
  return { live, owner, created, test: await projectContextOf(owner.actor.id, created.slug, CALLER) }
}

const rowOf = (id: string) => prisma().project.findUniqueOrThrow({ where: { id } })

describe('createTestProject', () => {
  it('copies settings, scopes, resources and aliases, and gives it an issuer, keys and secrets of its own', async () => {
    const { ctx: live, owner } = await newSetting()
    const resource = 'https://mcp.example.com/mcp'
    await updateProject(live, { registrationMode: 'open', signingAlgorithm: 'RS256', accessTokenTtlSeconds: 900, openidConnect: true })
    await updateScope(live, { name: 'write', description: 'Change your notes' })
    await prisma().resourceAlias.create({
      data: { projectId: live.project.id, alias: 'https://old.example.com/mcp', identifier: resource },
    })
    const created = await createTestProject(live)
    const test = await projectContextOf(owner.actor.id, created.slug, CALLER)

    expect(created).toMatchObject({ slug: `${live.project.slug}-test`, resource, registrationSecret: expect.stringMatching(/^gate_reg_/) })
    const [original, copy] = [await getProject(live), await getProject(test)]
    expect(copy.settings).toEqual(original.settings)
    expect(copy.scopes.map(({ name, description }) => [name, description])).toEqual(
      original.scopes.map(({ name, description }) => [name, description]),
    )
    expect(copy.resources.map(({ identifier }) => identifier)).toEqual([resource])
    expect(await prisma().resourceAlias.count({ where: { projectId: test.project.id } })).toBe(1)
    expect(copy.issuers.map(({ url }) => url)).not.toContain(live.project.issuer)

    const keysOf = (projectId: string) => prisma().signingKey.findMany({ where: { projectId } })
    const [theirs, ours] = [await keysOf(live.project.id), await keysOf(test.project.id)]
    expect(ours.filter(({ purpose }) => purpose === 'access-token').map(({ algorithm }) => algorithm)).toEqual(['RS256', 'RS256'])
    expect(ours.filter(({ purpose }) => purpose === 'id-token')).toHaveLength(2)
    expect(ours.some(({ kid }) => theirs.some((key) => key.kid === kid))).toBe(false)
    expect(await resolveIssuer(created.issuer)).toMatchObject({ registrationMode: 'open', accessTokenTtlSeconds: 900 })
  })

  it('is told in three logs: its own, that of the live project and the organisation’s', async () => {
    const { live, test } = await newTwins()
    expect((await auditRows(test)).map(({ action }) => action)).toEqual(['project.created'])
    expect((await auditRows(live)).map(({ action }) => action)).toEqual(['project.created', 'test_project.created'])
    const organisation = await prisma().auditEvent.findMany({ where: { projectId: live.project.organisationId } })
    expect(organisation.map(({ action }) => action)).toEqual(['project.created', 'project.created'])
  })

  it('makes one of a live project, none of a test project, and one again when the first is gone', async () => {
    const { live, test } = await newTwins()
    await expect(createTestProject(live)).rejects.toMatchObject({ code: 'conflict' })
    await expect(createTestProject(test)).rejects.toMatchObject({ code: 'conflict' })
    expect([await getEnvironment(live), await getEnvironment(test)]).toMatchObject([
      { environment: 'live', live: null, test: { slug: test.project.slug } },
      { environment: 'test', live: { slug: live.project.slug }, test: null },
    ])
    await deleteProject(test, { name: test.project.name })
    expect(await getEnvironment(live)).toEqual({ environment: 'live', live: null, test: null })
    await expect(createTestProject(live)).rejects.toMatchObject({ code: 'conflict', message: 'This slug is taken' })
    await expect(createTestProject(live, { slug: unique('again') })).resolves.toBeDefined()
  })

  it('makes one, whoever asks at the same moment', async () => {
    const { ctx: live } = await newSetting()
    const made = await Promise.allSettled(Array.from({ length: 4 }, () => createTestProject(live, { slug: unique('twin') })))
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await prisma().project.count({ where: { liveProjectId: live.project.id } })).toBe(1)
  })

  it('lets people in with a password where the live project has nothing but providers', async () => {
    const { ctx: live, owner } = await newSetting()
    await prisma().project.update({ where: { id: live.project.id }, data: { signInPassword: false } })
    const { slug } = await createTestProject(live)
    expect((await getProject(await projectContextOf(owner.actor.id, slug, CALLER))).settings.signInPassword).toBe(true)
  })
})

describe('promoteSettings', () => {
  it('takes over settings and scopes, keeps what is the live project’s own, and writes what changed', async () => {
    const { live, test } = await newTwins()
    await updateProject(test, { name: 'Elsewhere', registrationMode: 'open', signingAlgorithm: 'RS256', openidConnect: true })
    await updateScope(test, { name: 'read', description: 'Read your notes' })
    await createScope(test, { name: 'share', description: 'Share your notes' })
    await deleteScope(test, { name: 'write' })

    const { differences, version } = await getPromotion(live)
    expect(differences.map(({ name }) => name).toSorted()).toEqual([
      ...['openidConnect', 'registrationMode', 'scope:read', 'scope:share', 'signingAlgorithm'],
    ])
    await promoteSettings(live, { version })

    const project = await getProject(live)
    expect(project).toMatchObject({ name: 'Notes', settings: { registrationMode: 'open', signingAlgorithm: 'RS256', openidConnect: true } })
    expect(project.scopes.map(({ name }) => name).toSorted()).toEqual(['read', 'share', 'write'])
    const keys = await prisma().signingKey.findMany({ where: { projectId: live.project.id } })
    expect(keys.filter(({ purpose }) => purpose === 'id-token')).toHaveLength(2)
    expect(keys.find(({ purpose, state }) => purpose === 'access-token' && state === 'next')?.algorithm).toBe('RS256')
    const [row, ...others] = (await auditRows(live)).filter(({ action }) => action === 'settings.promoted')
    expect(others).toEqual([])
    expect(JSON.parse(row?.detail ?? '')).toMatchObject({
      from: test.project.slug,
      changes: { registrationMode: { before: 'guarded', after: 'open' }, 'scope:share': { before: null } },
    })
    expect(await getPromotion(live)).toMatchObject({ differences: [] })
  })

  it('leaves what is excepted', async () => {
    const { live, test } = await newTwins()
    await updateProject(test, { registrationMode: 'open', accessTokenTtlSeconds: 900 })
    const { version } = await getPromotion(live)
    expect(await promoteSettings(live, { version, except: ['registrationMode'] })).toEqual({ promoted: ['accessTokenTtlSeconds'] })
    expect(await rowOf(live.project.id)).toMatchObject({ registrationMode: 'guarded', accessTokenTtlSeconds: 900 })
  })

  it('takes over nothing that was not looked at, and nothing when there is nothing', async () => {
    const { live, test } = await newTwins()
    const unchanged = (await getPromotion(live)).version
    await expect(promoteSettings(live, { version: unchanged })).rejects.toMatchObject({ code: 'conflict' })
    await updateProject(test, { registrationMode: 'open' })
    await expect(promoteSettings(live, { version: unchanged })).rejects.toMatchObject({ code: 'conflict' })
    expect(await rowOf(live.project.id)).toMatchObject({ registrationMode: 'guarded' })
  })

  it('locks nobody out: without a way to sign in nothing is taken over', async () => {
    const { live, test } = await newTwins()
    await prisma().project.update({ where: { id: test.project.id }, data: { signInPassword: false, registrationMode: 'open' } })
    const { version } = await getPromotion(live)
    await expect(promoteSettings(live, { version })).rejects.toMatchObject({ code: 'invalid' })
    expect(await rowOf(live.project.id)).toMatchObject({ signInPassword: true, registrationMode: 'guarded' })
  })

  it('has nothing to compare without a test project, nor with one of another organisation', async () => {
    const { ctx: mine } = await newSetting()
    await expect(getPromotion(mine)).rejects.toMatchObject({ code: 'conflict' })
    const { test } = await newTwins()
    await prisma().project.update({ where: { id: test.project.id }, data: { liveProjectId: mine.project.id } })
    await expect(getPromotion(mine)).rejects.toMatchObject({ code: 'conflict' })
    expect((await getEnvironment(mine)).test).toBeNull()
  })
})

describe('deleteProject', () => {
  it('ends the issuer everywhere, hides the project, and is told in its log and the organisation’s', async () => {
    const { ctx, owner, created } = await newSetting()
    expect(await resolveIssuer(created.issuer)).not.toBeNull()
    expect(await getDeletionImpact(ctx)).toEqual({ users: 0, clients: 0, grants: 0 })
    await deleteProject(ctx, { name: 'Notes' })

    await expect.poll(() => resolveIssuer(created.issuer), { timeout: 3_000 }).toBeNull()
    await expect(projectContextOf(owner.actor.id, created.slug, CALLER)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listProjects(owner)).projects).toEqual([])
    for (const projectId of [ctx.project.id, owner.organisation.id]) {
      const rows = await prisma().auditEvent.findMany({ where: { projectId, action: 'project.deleted' } })
      expect(rows.map(({ actorId }) => actorId)).toEqual([owner.actor.id])
    }
  })

  it('deletes nothing under another name, and nothing twice', async () => {
    const { ctx } = await newSetting()
    await expect(deleteProject(ctx, { name: 'notes' })).rejects.toMatchObject({ code: 'invalid' })
    expect((await rowOf(ctx.project.id)).deletedAt).toBeNull()
    const both = await Promise.allSettled([deleteProject(ctx, { name: 'Notes' }), deleteProject(ctx, { name: 'Notes' })])
    expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([{ reason: { code: 'not_found' } }])
  })
})

describe('listProjects', () => {
  it('pages through every project once, by name and by age, and finds by part of a name or slug', async () => {
    const { owner, ctx } = await newSetting()
    await createTestProject(ctx)
    for (const sort of ['name', '-name', 'createdAt', '-createdAt'] as const) {
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page: Awaited<ReturnType<typeof listProjects>> = await listProjects(owner, { sort, take: 1, cursor })
        seen.push(...page.projects.map(({ name }) => name))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      expect([sort, seen]).toEqual([sort, sort.startsWith('-') ? ['Notes test', 'Notes'] : ['Notes', 'Notes test']])
    }
    expect((await listProjects(owner, { query: 'notes T' })).projects).toMatchObject([
      {
        name: 'Notes test',
        environment: 'test',
        liveSlug: ctx.project.slug,
        userCount: 0,
        errorCount: 0,
        lastActivityAt: expect.any(Date),
      },
    ])
    expect((await listProjects(owner, { query: '%' })).projects).toEqual([])
  })

  it.each([{ cursor: 'x' }, { cursor: Buffer.from('["a","b"]').toString('base64url') }, { take: 101 }, { sort: 'slug' as 'name' }])(
    'refuses %j',
    async (input) => {
      const { owner } = await newSetting()
      await expect(listProjects(owner, input)).rejects.toMatchObject({ code: 'invalid' })
    },
  )
})
