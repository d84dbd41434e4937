import { beforeEach, describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import type { OrganisationContext, Role } from '../context.ts'
import { CALLER, newMember, newSetting, type Setting } from '../fixtures.ts'
import { createInvitation } from '../invitations/create.ts'
import { changeMemberRole } from './change-role.ts'
import { organisationContextOf, projectContextOf } from './contexts.ts'
import { leaveOrganisation } from './leave.ts'
import { listMembers } from './list.ts'
import { removeMember } from './remove.ts'

let setting: Setting
let organisationId: string

beforeEach(async () => {
  setting = await newSetting()
  organisationId = setting.owner.organisation.id
})

const joined = (role: Role): Promise<string> => newMember(role, organisationId)
const contextOf = (memberId: string): Promise<OrganisationContext> => organisationContextOf(memberId, CALLER, organisationId)
const roleOf = async (memberId: string): Promise<string | undefined> =>
  (await prisma().membership.findFirst({ where: { organisationId, memberId } }))?.role
const owners = (): Promise<number> => prisma().membership.count({ where: { organisationId, role: 'owner' } })
const codesOf = (outcomes: PromiseSettledResult<unknown>[]): string[] =>
  outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'done')).toSorted()

describe('the last owner', () => {
  it('stays: neither demoted, nor removed, nor gone by themselves', async () => {
    const { owner } = setting
    const memberId = owner.actor.id
    await expect(changeMemberRole(owner, { memberId, role: 'admin' })).rejects.toMatchObject({ code: 'conflict' })
    await expect(removeMember(owner, { memberId })).rejects.toMatchObject({ code: 'conflict' })
    await expect(leaveOrganisation(owner)).rejects.toMatchObject({ code: 'conflict' })
    expect(await roleOf(memberId)).toBe('owner')
  })

  it.each([
    ['demote each other', (ctx: OrganisationContext, other: string) => changeMemberRole(ctx, { memberId: other, role: 'viewer' })],
    ['remove each other', (ctx: OrganisationContext, other: string) => removeMember(ctx, { memberId: other })],
    ['leave', (ctx: OrganisationContext) => leaveOrganisation(ctx)],
    ['demote themselves', (ctx: OrganisationContext) => changeMemberRole(ctx, { memberId: ctx.actor.id, role: 'viewer' })],
  ])('is one of two who %s at once (B05)', async (_, act) => {
    for (let round = 0; round < 5; round++) {
      const one = await contextOf(await joined('owner'))
      const two = await contextOf(await joined('owner'))
      await prisma().membership.deleteMany({ where: { organisationId, role: 'owner', memberId: { notIn: [one.actor.id, two.actor.id] } } })
      const outcomes = codesOf(await Promise.allSettled([act(one, two.actor.id), act(two, one.actor.id)]))
      expect(outcomes).toContain('done')
      expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1)
      expect(await owners()).toBe(1)
    }
  })
})

describe('owners are for owners alone (B05)', () => {
  it('an admin makes no owner, of themselves or of others, and touches none', async () => {
    const adminId = await joined('admin')
    const admin = await contextOf(adminId)
    const developer = await joined('developer')
    const secondOwner = await joined('owner')
    const tries = [
      changeMemberRole(admin, { memberId: adminId, role: 'owner' }),
      changeMemberRole(admin, { memberId: developer, role: 'owner' }),
      changeMemberRole(admin, { memberId: secondOwner, role: 'viewer' }),
      removeMember(admin, { memberId: secondOwner }),
      createInvitation(admin, { email: 'new-owner@example.com', role: 'owner' }),
    ]
    expect(codesOf(await Promise.allSettled(tries))).toEqual(Array(5).fill('forbidden'))
    expect([await roleOf(adminId), await roleOf(developer), await roleOf(secondOwner)]).toEqual(['admin', 'developer', 'owner'])
  })

  it('a key gives no role that may do more than the key', async () => {
    const developer = await joined('developer')
    const key: OrganisationContext = {
      ...setting.owner,
      actor: { kind: 'api-key', id: crypto.randomUUID() },
      permissions: new Set(['member:read', 'member:write']),
    }
    await expect(changeMemberRole(key, { memberId: developer, role: 'admin' })).rejects.toMatchObject({ code: 'forbidden' })
  })

  it('whoever was demoted meanwhile does not act by the role they had', async () => {
    const stale = await contextOf(await joined('admin'))
    const developer = await joined('developer')
    await changeMemberRole(setting.owner, { memberId: stale.actor.id, role: 'viewer' })
    await expect(removeMember(stale, { memberId: developer })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await roleOf(developer)).toBe('developer')
  })

  it('extra fields change nothing', async () => {
    const developer = await joined('developer')
    const input = { memberId: developer, role: 'viewer', organisationId: crypto.randomUUID(), email: 'evil@example.com' } as const
    await changeMemberRole(setting.owner, input)
    expect(await prisma().member.count({ where: { email: 'evil@example.com' } })).toBe(0)
    expect(await roleOf(developer)).toBe('viewer')
  })
})

describe('removeMember', () => {
  it('counts from the next request on and ends nothing of their other organisations', async () => {
    const memberId = await newMember('owner')
    const home = (await organisationContextOf(memberId, CALLER)).organisation.id
    await prisma().membership.create({ data: { organisationId, memberId, role: 'developer' } })
    await projectContextOf(memberId, setting.ctx.project.slug, CALLER)

    await removeMember(setting.owner, { memberId })
    await expect(projectContextOf(memberId, setting.ctx.project.slug, CALLER)).rejects.toMatchObject({ code: 'not_found' })
    await expect(contextOf(memberId)).rejects.toMatchObject({ code: 'not_found' })
    expect((await organisationContextOf(memberId, CALLER)).organisation.id).toBe(home)
  })

  it('ends the invitations they sent, and a lesser role those it could not send', async () => {
    const admin = await contextOf(await joined('admin'))
    const { id } = await createInvitation(admin, { email: 'asked@example.com', role: 'developer' })
    await changeMemberRole(setting.owner, { memberId: admin.actor.id, role: 'developer' })
    expect((await prisma().invitation.findFirstOrThrow({ where: { organisationId, id } })).revokedAt).not.toBeNull()
  })
})

describe('listMembers', () => {
  it.each(['name', '-name', 'joinedAt', '-joinedAt', 'lastSignInAt', '-lastSignInAt'] as const)(
    'pages by %s through everybody once',
    async (sort) => {
      for (let i = 0; i < 6; i++) {
        const id = await joined('viewer')
        await prisma().member.update({
          where: { id },
          data: { name: `Name ${i % 3}`, ...(i % 2 ? { lastSignInAt: new Date(1e12 + i) } : {}) },
        })
      }
      const seen: string[] = []
      let cursor: string | undefined
      do {
        const page = await listMembers(setting.owner, { sort, take: 2, cursor })
        seen.push(...page.members.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor !== undefined)
      const { members } = await listMembers(setting.owner, { sort, take: 100 })
      expect(seen).toEqual(members.map(({ id }) => id))
      expect(new Set(seen).size).toBe(7)
    },
  )

  it('finds by part of a name or address, taken as they are, and by role', async () => {
    const id = await joined('auditor')
    await prisma().member.update({ where: { id }, data: { name: '100%_Ann' } })
    const idsOf = async (input: Parameters<typeof listMembers>[1]) =>
      (await listMembers(setting.owner, input)).members.map((each) => each.id)
    expect(await idsOf({ query: '%_an' })).toEqual([id])
    expect(await idsOf({ query: '%%' })).toEqual([])
    expect(await idsOf({ role: 'auditor' })).toEqual([id])
  })

  it('tells what ends with somebody: keys of theirs that count, and invitations that wait', async () => {
    const admin = await contextOf(await joined('admin'))
    const key = (more: object) => ({
      ...{ organisationId, id: crypto.randomUUID(), name: 'Key', keyHash: crypto.randomUUID(), lastFour: 'abcd', permissions: '[]' },
      ...{ createdBy: admin.actor.id, ...more },
    })
    const past = new Date(1e12)
    await prisma().apiKey.createMany({
      data: [key({}), key({ revokedAt: past }), key({ expiresAt: past }), key({ createdBy: crypto.randomUUID() })],
    })
    await createInvitation(admin, { email: 'one@example.com', role: 'developer' })
    const { id } = await createInvitation(admin, { email: 'two@example.com', role: 'developer' })
    await prisma().invitation.updateMany({ where: { organisationId, id }, data: { acceptedAt: past } })
    const { members } = await listMembers(setting.owner, { take: 100 })
    expect(members.find((each) => each.id === admin.actor.id)).toMatchObject({ apiKeyCount: 1, invitationCount: 1 })
    expect(members.find((each) => each.id === setting.owner.actor.id)).toMatchObject({ apiKeyCount: 0, invitationCount: 0 })
  })

  it('tells who has a second factor', async () => {
    const [app, key] = [await joined('viewer'), await joined('viewer')]
    await prisma().member.update({ where: { id: app }, data: { totpConfirmedAt: new Date() } })
    await prisma().memberPasskey.create({
      data: { credentialId: crypto.randomUUID(), memberId: key, name: 'Key', publicKey: 'x', signCount: 0, backedUp: false },
    })
    const { members } = await listMembers(setting.owner)
    expect(
      members
        .filter(({ secondFactor }) => secondFactor)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual([app, key].toSorted())
  })

  it.each([{ take: 101 }, { take: 0 }, { sort: 'passwordHash' }, { sort: 'm.name; DROP TABLE member' }, { cursor: 'x' }, { role: 'root' }])(
    'refuses %j (B20)',
    async (input) => {
      await expect(listMembers(setting.owner, input as Parameters<typeof listMembers>[1])).rejects.toMatchObject({ code: 'invalid' })
    },
  )

  it('refuses the cursor of another order', async () => {
    for (let i = 0; i < 3; i++) await joined('viewer')
    const { nextCursor } = await listMembers(setting.owner, { sort: 'name', take: 1 })
    await expect(listMembers(setting.owner, { sort: 'joinedAt', cursor: nextCursor ?? '' })).rejects.toMatchObject({ code: 'invalid' })
  })
})
