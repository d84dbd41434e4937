import { encode } from 'next-auth/jwt'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { endOtherSessions, endSession } from '#lib/management/account/end-session.ts'
import { listSessions } from '#lib/management/account/list-sessions.ts'
import { SESSION_SECONDS } from '#lib/management/account/session.ts'
import { newSetting, unique } from '#lib/management/fixtures.ts'
import { createMember } from '#lib/management/members/create.ts'
import { createProject } from '#lib/management/projects/create.ts'
import { sessionCookie } from './cookie.ts'
import { here, jar } from './fixtures-browser.ts'
import { accountContext, currentMember, requireMember } from './require-member.ts'
import { signInMember, signOutMember } from './sign-in.ts'

/** What Next does is the fixture's; everything else, next-auth included, is real. */
vi.mock('next/headers', async () => (await import('./fixtures-browser.ts')).nextHeaders)
vi.mock('next/navigation', async () => (await import('./fixtures-browser.ts')).nextNavigation)

const PASSWORD = 'correct horse battery'

beforeEach(() => jar.clear())

async function signedUp(): Promise<{ memberId: string; email: string }> {
  const email = `${unique('ann')}@example.com`
  const { memberId } = await createMember({ name: 'Ann', email, password: PASSWORD })
  return { memberId, email }
}

async function signedIn(): Promise<{ memberId: string; email: string }> {
  const member = await signedUp()
  expect(await signInMember({ email: member.email, password: PASSWORD })).toBe('signed_in')
  return member
}

const cookie = () => jar.get(sessionCookie().name) ?? ''
const bring = (value: string) => jar.set(sessionCookie().name, value)
const age = (memberId: string, column: string, by: string) =>
  prisma().$executeRawUnsafe(`UPDATE member_session SET ${column} = ${column} - interval '${by}' WHERE member_id = $1::uuid`, memberId)
const sealed = (token: Record<string, unknown>, secret = env().NEXTAUTH_SECRET) => encode({ token, secret, maxAge: SESSION_SECONDS })

describe('a session', () => {
  it('knows its member, from the sealed cookie alone', async () => {
    const { memberId, email } = await signedIn()
    const { sessionId } = await accountContext()
    expect(await currentMember()).toEqual({
      ...{ id: memberId, sessionId, email, name: 'Ann', recentlyAuthenticated: true, hasSecondFactor: false },
    })
    expect([...jar.values()].join()).not.toContain(memberId)
  })

  it('is not given for a wrong password', async () => {
    const { email } = await signedIn()
    jar.clear()
    expect(await signInMember({ email, password: 'wrong horse battery' })).toBeNull()
    expect(jar.size).toBe(0)
  })

  it('is dead at once when it was ended from another browser, and the other goes on', async () => {
    const { email } = await signedIn()
    const [first, theirs] = [cookie(), await accountContext()]
    await signInMember({ email, password: PASSWORD })
    await endSession(await accountContext(), { sessionId: theirs.sessionId })
    expect(await currentMember()).not.toBeNull()
    bring(first)
    expect(await currentMember()).toBeNull()
  })

  it('ends all others at once, and says how many', async () => {
    const { email } = await signedIn()
    const others = [cookie()]
    for (let i = 0; i < 2; i++) {
      await signInMember({ email, password: PASSWORD })
      others.push(cookie())
    }
    const here = others.pop() ?? ''
    expect(await endOtherSessions(await accountContext())).toBe(2)
    expect((await listSessions(await accountContext())).map(({ isThis }) => isThis)).toEqual([true])
    for (const other of others) {
      bring(other)
      expect(await currentMember()).toBeNull()
    }
    bring(here)
    expect(await currentMember()).not.toBeNull()
  })

  it('of somebody else is not there to be ended', async () => {
    await signedIn()
    const theirs = await accountContext()
    await signedIn()
    await expect(endSession(await accountContext(), { sessionId: theirs.sessionId })).rejects.toMatchObject({ code: 'not_found' })
  })

  it.each([
    [
      'when it began before sessions_from',
      (id: string) => prisma().$executeRaw`UPDATE member SET sessions_from = now() WHERE id = ${id}::uuid`,
    ],
    ['when its member is gone', (id: string) => prisma().member.delete({ where: { id } })],
    ['after thirty days', (id: string) => age(id, 'expires_at', '30 days')],
    ['after seven days without a visit', (id: string) => age(id, 'last_seen_at', '7 days')],
    [
      'while it asks for the second factor',
      (id: string) => prisma().memberSession.updateMany({ where: { memberId: id }, data: { awaitsSecondFactor: true } }),
    ],
  ])('is dead %s', async (_, happens) => {
    const { memberId } = await signedIn()
    expect(await currentMember()).not.toBeNull()
    await happens(memberId)
    expect(await currentMember()).toBeNull()
  })

  it('was recently authenticated for ten minutes, on the database’s clock', async () => {
    const { memberId } = await signedIn()
    await age(memberId, 'authenticated_at', '9 minutes')
    expect(await currentMember()).toMatchObject({ recentlyAuthenticated: true })
    await age(memberId, 'authenticated_at', '2 minutes')
    expect(await currentMember()).toMatchObject({ recentlyAuthenticated: false })
  })

  it('tells to the minute when it was last used', async () => {
    const { memberId } = await signedIn()
    const seen = async () => (await prisma().memberSession.findFirstOrThrow({ where: { memberId } })).lastSeenAt.getTime()
    const first = await seen()
    await currentMember()
    expect(await seen()).toBe(first)
    await age(memberId, 'last_seen_at', '2 minutes')
    await currentMember()
    expect(await seen()).toBeGreaterThanOrEqual(first)
  })

  it('is nobody’s when another key sealed it, or it is garbage, or names no session, and fills no log', async () => {
    const logged = vi.spyOn(console, 'error')
    const { memberId } = await signedIn()
    const { sessionId } = await accountContext()
    const { memberId: other } = await signedUp()
    const right = { sub: memberId, sid: sessionId }
    const wrong = [{ sub: memberId }, { sid: sessionId }, { ...right, sub: other }, { ...right, sid: "' OR true --" }, { ...right, sid: 1 }]
    for (const value of [
      await sealed(right, env().TOKEN_PEPPER),
      'garbage',
      'a.b.c.d.e',
      ...(await Promise.all(wrong.map((token) => sealed(token)))),
    ]) {
      bring(value)
      expect(await currentMember()).toBeNull()
    }
    bring(await sealed(right))
    expect(await currentMember()).not.toBeNull()
    expect(logged).not.toHaveBeenCalled()
  })

  it('ends with signing out, also for whoever copied the cookie', async () => {
    await signedIn()
    const copy = cookie()
    await signOutMember()
    expect(await currentMember()).toBeNull()
    bring(copy)
    expect(await currentMember()).toBeNull()
  })

  it('leaves one row in the log of the member’s organisation when it begins', async () => {
    const { memberId } = await signedIn()
    const { organisationId } = await prisma().membership.findFirstOrThrow({ where: { memberId } })
    const rows = await prisma().auditEvent.findMany({ where: { projectId: organisationId } })
    expect(rows.map(({ action, actorId }) => [action, actorId])).toEqual([['member.signed_in', memberId]])
  })
})

describe('requireMember', () => {
  it('sends nobody to the login page', async () => {
    await expect(requireMember()).rejects.toThrow('redirect /login')
    await expect(requireMember('anything')).rejects.toThrow('redirect /login')
  })

  it('knows the way back, and says that a session ended only where there was one', async () => {
    Object.assign(here, { path: '/projects/notes/clients', query: '?query=a' })
    const next = 'next=%2Fprojects%2Fnotes%2Fclients%3Fquery%3Da'
    await expect(requireMember()).rejects.toThrow(new Error(`redirect /login?${next}`))
    const { memberId } = await signedIn()
    await age(memberId, 'last_seen_at', '7 days')
    await expect(requireMember()).rejects.toThrow(new Error(`redirect /login?done=ended&${next}`))
    Object.assign(here, { path: '//evil.example/projects', query: '' })
    await expect(requireMember()).rejects.toThrow(new Error('redirect /login?done=ended'))
    Object.assign(here, { path: '', query: '' })
  })

  it('asks for the second factor where a session still owes it', async () => {
    const { memberId } = await signedIn()
    await prisma().memberSession.updateMany({ where: { memberId }, data: { awaitsSecondFactor: true } })
    await expect(requireMember()).rejects.toThrow(new Error('redirect /login/second-factor'))
  })

  it('shows the 404 page for unknown and for foreign projects', async () => {
    const { created } = await newSetting()
    await signedIn()
    await expect(requireMember(created.slug)).rejects.toThrow('page 404')
    await expect(requireMember(unique('unknown'))).rejects.toThrow('page 404')
  })

  it('binds the organisation and its projects to the member', async () => {
    const { memberId } = await signedIn()
    const ctx = await requireMember()
    const { slug } = await createProject(ctx, { name: 'Notes', slug: unique('notes'), resource: 'https://mcp.example.com' })
    expect(await requireMember(slug)).toMatchObject({ project: { slug }, actor: { kind: 'member', id: memberId } })
  })
})
