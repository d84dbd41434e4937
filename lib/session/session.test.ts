import { encode } from 'next-auth/jwt'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { newSetting, unique } from '#lib/management/fixtures.ts'
import { createMember } from '#lib/management/members/create.ts'
import { createProject } from '#lib/management/projects/create.ts'
import { SESSION_SECONDS, sessionCookie } from './cookie.ts'
import { currentMember, requireMember } from './require-member.ts'
import { signInMember, signOutMember } from './sign-in.ts'

/** The browser's cookies, and what Next would do with its own throws; everything else, next-auth included, is real. */
const jar = vi.hoisted(() => new Map<string, string>())

vi.mock('next/headers', () => ({
  headers: async () => new Headers(),
  cookies: async () => ({ set: (name: string, value: string) => jar.set(name, value) }),
}))
vi.mock('next/navigation', () => ({
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`)
  },
  notFound: () => {
    throw new Error('page 404')
  },
}))
// In Next it reads request and response from Next itself; outside it takes them as arguments.
vi.mock('next-auth', async (original) => {
  const real = await original<typeof import('next-auth')>()
  const response = { getHeader: () => [], setHeader: () => {} }
  type Arguments = Parameters<typeof real.getServerSession>
  return {
    getServerSession: (options: unknown) =>
      real.getServerSession(...([{ headers: {}, cookies: Object.fromEntries(jar) }, response, options] as unknown as Arguments)),
  }
})

const PASSWORD = 'correct horse battery'

beforeEach(() => jar.clear())

async function signedIn(): Promise<{ memberId: string; email: string }> {
  const email = `${unique('ann')}@example.com`
  const { memberId } = await createMember({ name: 'Ann', email, password: PASSWORD })
  expect(await signInMember({ email, password: PASSWORD })).toBe(true)
  return { memberId, email }
}

describe('a session', () => {
  it('knows its member, from the sealed cookie alone', async () => {
    const { memberId, email } = await signedIn()
    expect(await currentMember()).toEqual({ id: memberId, email, name: 'Ann' })
    expect([...jar.values()].join()).not.toContain(memberId)
  })

  it('is not given for a wrong password', async () => {
    const { email } = await signedIn()
    jar.clear()
    expect(await signInMember({ email, password: 'wrong horse battery' })).toBe(false)
    expect(jar.size).toBe(0)
  })

  it('is dead when it began before sessions_from', async () => {
    const { memberId } = await signedIn()
    await prisma().$executeRaw`UPDATE member SET sessions_from = now() WHERE id = ${memberId}::uuid`
    expect(await currentMember()).toBeNull()
  })

  it('is dead when its member is gone', async () => {
    const { memberId } = await signedIn()
    await prisma().member.delete({ where: { id: memberId } })
    expect(await currentMember()).toBeNull()
  })

  it('is nobody’s when another key sealed it or it is garbage, and fills no log', async () => {
    const logged = vi.spyOn(console, 'error')
    const { memberId } = await signedIn()
    const token = { sub: memberId, signedInAt: Date.now() + 60_000 }
    for (const value of [await encode({ token, secret: env().TOKEN_PEPPER, maxAge: SESSION_SECONDS }), 'garbage', 'a.b.c.d.e']) {
      jar.set(sessionCookie().name, value)
      expect(await currentMember()).toBeNull()
    }
    expect(logged).not.toHaveBeenCalled()
  })

  it('is dead when it says no moment of sign-in', async () => {
    const { memberId } = await signedIn()
    jar.set(sessionCookie().name, await encode({ token: { sub: memberId }, secret: env().NEXTAUTH_SECRET, maxAge: SESSION_SECONDS }))
    expect(await currentMember()).toBeNull()
  })

  it('ends with signing out', async () => {
    await signedIn()
    await signOutMember()
    expect(await currentMember()).toBeNull()
  })
})

describe('requireMember', () => {
  it('sends nobody to the login page', async () => {
    await expect(requireMember()).rejects.toThrow('redirect /login')
    await expect(requireMember('anything')).rejects.toThrow('redirect /login')
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
