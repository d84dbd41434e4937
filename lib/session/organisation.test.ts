import { beforeEach, expect, it, vi } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { newSetting, unique } from '#lib/management/fixtures.ts'
import { createMember } from '#lib/management/members/create.ts'
import { createOrganisation } from '#lib/management/organisations/create.ts'
import { sessionCookie } from './cookie.ts'
import { jar } from './fixtures-browser.ts'
import { chooseOrganisation } from './organisation.ts'
import { requireMember } from './require-member.ts'
import { signInMember } from './sign-in.ts'

vi.mock('next/headers', async () => (await import('./fixtures-browser.ts')).nextHeaders)
vi.mock('next/navigation', async () => (await import('./fixtures-browser.ts')).nextNavigation)

let memberId: string
let first: string

beforeEach(async () => {
  jar.clear()
  const credentials = { email: `${unique('ann')}@example.com`, password: 'correct horse battery' }
  const created = await createMember({ name: 'Ann', ...credentials })
  memberId = created.memberId
  first = created.organisationId
  await signInMember(credentials)
})

const here = async (): Promise<string> => (await requireMember()).organisation.id

it('works in the first organisation until another is chosen, then in that', async () => {
  const { organisationId } = await createOrganisation(memberId, { name: 'Second' })
  expect(await here()).toBe(first)
  await chooseOrganisation(memberId, organisationId)
  expect(await here()).toBe(organisationId)
})

it('holds the choice against the memberships at each use', async () => {
  const { organisationId } = await createOrganisation(memberId, { name: 'Second' })
  await chooseOrganisation(memberId, organisationId)
  await prisma().membership.deleteMany({ where: { memberId, organisationId } })
  expect(await here()).toBe(first)
})

it('takes no organisation of others, neither by choice nor by a cookie that was made up', async () => {
  const theirs = (await newSetting()).owner.organisation.id
  await expect(chooseOrganisation(memberId, theirs)).rejects.toThrow('page 404')
  for (const made of [theirs, theirs.toUpperCase(), "' OR 1=1", 'x'.repeat(100_000)]) {
    jar.set('organisation', made)
    expect(await here()).toBe(first)
  }
})

it('keeps the choice in a cookie that next-auth cannot take for a piece of the session', async () => {
  await chooseOrganisation(memberId, first)
  expect(jar.get('organisation')).toBe(first)
  expect('organisation'.startsWith(sessionCookie().name)).toBe(false)
})

it('sends a member of no organisation to make one', async () => {
  await prisma().membership.deleteMany({ where: { memberId } })
  await expect(requireMember()).rejects.toThrow('redirect /new-organisation')
})

it('sends a member without a second factor to their profile where one is asked for, and only there', async () => {
  const { organisationId } = await createOrganisation(memberId, { name: 'Strict' })
  await prisma().organisation.update({ where: { id: organisationId }, data: { requireSecondFactor: true } })
  expect(await here()).toBe(first)
  await chooseOrganisation(memberId, organisationId)
  await expect(requireMember()).rejects.toThrow('redirect /profile')
  await prisma().member.update({ where: { id: memberId }, data: { totpConfirmedAt: new Date() } })
  expect(await here()).toBe(organisationId)
})

it('tells the member’s own log, once, that they asked for a project of others, and the page is as for one that is not there (B01)', async () => {
  const theirs = await newSetting()
  const [foreign, unknown] = [
    await requireMember(theirs.created.slug).catch((error: unknown) => String(error)),
    await requireMember(unique('unknown')).catch((error: unknown) => String(error)),
  ]
  expect(foreign).toBe(unknown)
  await requireMember(theirs.created.slug).catch(() => null)
  const denials = () => prisma().auditEvent.findMany({ where: { projectId: first, action: 'authz.denied' } })
  await expect.poll(denials).toMatchObject([{ actorId: memberId, detail: expect.stringContaining(theirs.created.slug) }])
})
