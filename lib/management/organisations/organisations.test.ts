import { beforeEach, describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { callerByApiKey } from '../api-keys/authenticate.ts'
import { createApiKey } from '../api-keys/create.ts'
import { CALLER, newMember, newSetting, type Setting, unique } from '../fixtures.ts'
import { acceptInvitation } from '../invitations/accept.ts'
import { createInvitation } from '../invitations/create.ts'
import { organisationContextOf } from '../members/contexts.ts'
import { createProject } from '../projects/create.ts'
import { deleteProject } from '../projects/delete.ts'
import { listActivity } from './activity.ts'
import { createOrganisation } from './create.ts'
import { deleteOrganisation } from './delete.ts'
import { getOrganisation } from './get.ts'
import { organisationsOf } from './of-member.ts'
import { renameOrganisation } from './rename.ts'
import { requireSecondFactor } from './second-factor.ts'

let setting: Setting
beforeEach(async () => {
  setting = await newSetting()
})

const withApp = (id: string) => prisma().member.update({ where: { id }, data: { totpConfirmedAt: new Date() } })

describe('a member of several organisations', () => {
  it('owns the one they make, and the log of it begins with that', async () => {
    const { id: memberId } = setting.owner.actor
    const { organisationId } = await createOrganisation(memberId, { name: 'Second' }, '192.0.2.9')
    const ctx = await organisationContextOf(memberId, CALLER, organisationId)
    expect(ctx.permissions.has('project:delete')).toBe(true)
    expect((await listActivity(ctx)).events).toMatchObject([{ action: 'organisation.created', actorId: memberId, address: '192.0.2.9' }])
    expect((await organisationsOf(memberId)).map(({ id }) => id)).toEqual([setting.owner.organisation.id, organisationId])
  })

  it('owns twenty at most, also by several tries at once', async () => {
    const { id } = setting.owner.actor
    for (let owned = 1; owned < 19; owned++) await createOrganisation(id, { name: 'One of many' })
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => createOrganisation(id, { name: 'One too many' })))
    expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'made')).toSorted()).toEqual([
      ...['conflict', 'conflict', 'made'],
    ])
  })

  it('is nobody in an organisation of others, whatever id is asked for', async () => {
    const theirs = await newSetting()
    await expect(organisationContextOf(setting.owner.actor.id, CALLER, theirs.owner.organisation.id)).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

const isBarred = async (memberId: string, organisationId: string) =>
  (await organisationsOf(memberId)).find(({ id }) => id === organisationId)?.barred

describe('the rule of the second factor', () => {
  it('bars members without one, in this organisation alone, until they have one', async () => {
    const { owner } = setting
    await withApp(owner.actor.id)
    const memberId = await newMember('developer', owner.organisation.id)
    const { organisationId: own } = await createOrganisation(memberId, { name: 'Own' })
    await requireSecondFactor(owner, { required: true })

    expect(await isBarred(memberId, owner.organisation.id)).toBe(true)
    expect(await isBarred(memberId, own)).toBe(false)
    expect(await getOrganisation(owner)).toMatchObject({ memberCount: 2, ownerCount: 1, membersWithoutSecondFactor: 1 })

    await withApp(memberId)
    expect(await isBarred(memberId, owner.organisation.id)).toBe(false)
  })

  it('counts a passkey as one', async () => {
    const { owner } = setting
    await withApp(owner.actor.id)
    await requireSecondFactor(owner, { required: true })
    const memberId = await newMember('viewer', owner.organisation.id)
    const credentialId = unique('credential')
    await prisma().memberPasskey.create({ data: { credentialId, memberId, name: 'Key', publicKey: 'x', signCount: 0, backedUp: false } })
    expect(await isBarred(memberId, owner.organisation.id)).toBe(false)
  })

  it('is not made by somebody it would lock out', async () => {
    await expect(requireSecondFactor(setting.owner, { required: true })).rejects.toMatchObject({ code: 'conflict' })
    expect(await isBarred(setting.owner.actor.id, setting.owner.organisation.id)).toBe(false)
  })
})

describe('the organisation’s log', () => {
  it('tells before and after, pages through everything once and narrows', async () => {
    const { owner } = setting
    for (let i = 0; i < 5; i++) await renameOrganisation(owner, { name: `Name ${i}` })
    await renameOrganisation(owner, { name: 'Name 4' }) // changes nothing
    const { events } = await listActivity(owner, { action: 'organisation.updated' })
    expect(events).toHaveLength(5)
    expect(events[0]?.detail).toEqual({ changes: { name: { before: 'Name 3', after: 'Name 4' } } })

    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await listActivity(owner, { take: 2, cursor })
      seen.push(...page.events.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(seen).toEqual(seen.toSorted().toReversed())
    expect(new Set(seen).size).toBe(seen.length)
    expect(seen.length).toBeGreaterThanOrEqual(5)
    expect((await listActivity(owner, { memberId: owner.actor.id })).events.length).toBe(seen.length)
  })

  it.each([{ take: 101 }, { cursor: 'x' }, { cursor: "' OR 1=1" }, { action: 'x; DROP TABLE' }, { memberId: 'me' }])(
    'refuses %j',
    async (input) => {
      await expect(listActivity(setting.owner, input)).rejects.toMatchObject({ code: 'invalid' })
    },
  )
})

describe('deleteOrganisation', () => {
  const empty = ({ ctx }: Setting) => deleteProject(ctx, { name: ctx.project.name })
  const remove = ({ owner }: Setting) => deleteOrganisation(owner, { name: owner.organisation.name })

  it('takes it from its members, whose accounts and other organisations stay, and ends its keys and invitations', async () => {
    const { owner } = setting
    const memberId = await newMember('developer', owner.organisation.id)
    const { organisationId: own } = await createOrganisation(memberId, { name: 'Own' })
    const { apiKey: key } = await createApiKey(owner, { name: 'CI', permissions: ['project:read'] })
    const email = `${unique('grace')}@example.com`
    const { link } = await createInvitation(owner, { email, role: 'viewer' })
    await empty(setting)
    await remove(setting)

    expect(await organisationsOf(owner.actor.id)).toEqual([])
    expect((await organisationsOf(memberId)).map(({ id }) => id)).toEqual([own])
    expect(await callerByApiKey(key, undefined)).toBeNull()
    const token = new URL(link).searchParams.get('token') ?? ''
    await expect(acceptInvitation({ id: memberId, email }, token)).rejects.toMatchObject({ code: 'not_found' })
    await expect(
      createProject(owner, { name: 'Late', slug: unique('late'), resource: 'https://mcp.example.com/mcp' }),
    ).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(remove(setting)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is refused while there is a project, and for another name, and changes nothing then', async () => {
    await expect(remove(setting)).rejects.toMatchObject({ code: 'conflict' })
    await empty(setting)
    await expect(deleteOrganisation(setting.owner, { name: 'Another' })).rejects.toMatchObject({ code: 'invalid' })
    expect((await organisationsOf(setting.owner.actor.id)).map(({ id }) => id)).toEqual([setting.owner.organisation.id])
    expect(await getOrganisation(setting.owner)).toMatchObject({ projectCount: 0 })
  })

  it('leaves no project without an organisation, when one is made at the same moment', async () => {
    for (let round = 0; round < 8; round++) {
      const each = await newSetting()
      await empty(each)
      const made = createProject(each.owner, { name: 'Late', slug: unique('late'), resource: 'https://mcp.example.com/mcp' })
      const [project, gone] = await Promise.allSettled([made, remove(each)])
      expect([project.status, gone.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    }
  })

  it('leaves nobody a member of nothing, when an invitation is accepted at the same moment', async () => {
    for (let round = 0; round < 8; round++) {
      const each = await newSetting()
      await empty(each)
      const memberId = await newMember()
      const { email } = await prisma().member.findUniqueOrThrow({ where: { id: memberId }, select: { email: true } })
      const { link } = await createInvitation(each.owner, { email, role: 'viewer' })
      const accept = acceptInvitation({ id: memberId, email }, new URL(link).searchParams.get('token') ?? '')
      await Promise.allSettled([accept, remove(each)])
      expect(await prisma().membership.count({ where: { organisationId: each.owner.organisation.id } })).toBe(0)
    }
  })
})
