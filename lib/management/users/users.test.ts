import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { verifyPassword } from '#lib/password.ts'
import { createClient } from '../clients/create.ts'
import type { ManagementContext } from '../context.ts'
import { livingFamilies, newGrant, newSetting } from '../fixtures.ts'
import { listGrants } from '../grants/list.ts'
import { revokeGrant } from '../grants/revoke.ts'
import { createUser } from './create.ts'
import { disableUser } from './disable.ts'
import { listUsers } from './list.ts'
import { verifyUserEmail } from './verify-email.ts'

const PASSWORD = 'correct horse battery'
const newUser = (ctx: ManagementContext, name: string) => createUser(ctx, { email: `${name}@example.com`, password: PASSWORD })
const newClient = (ctx: ManagementContext, name = 'Web') =>
  createClient(ctx, { name, redirectUris: ['https://client.example.com/cb'], tokenEndpointAuthMethod: 'none' })

describe('createUser', () => {
  it('keeps one spelling of the address and an argon2id hash of the password', async () => {
    const { ctx } = await newSetting()
    const { id } = await createUser(ctx, { email: ' Ann@EXAMPLE.com ', password: PASSWORD, name: 'Ann' })
    const row = await prisma().endUser.findFirstOrThrow({ where: { projectId: ctx.project.id, id } })

    expect(id).toMatch(/^user_[\w-]{22}$/)
    expect(row).toMatchObject({ email: 'ann@example.com', name: 'Ann', disabledAt: null })
    expect(row.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(row.passwordHash, PASSWORD)).toBe(true)
  })

  it('refuses an address that has a user, also in another spelling, and takes it in another project', async () => {
    const [mine, theirs] = [await newSetting(), await newSetting()]
    await newUser(mine.ctx, 'ann')
    await expect(newUser(mine.ctx, 'ANN')).rejects.toMatchObject({ code: 'conflict' })
    await expect(newUser(theirs.ctx, 'ann')).resolves.toBeDefined()
  })

  it.each(['short', 'x'.repeat(129)])('refuses the password %j', async (password) => {
    const { ctx } = await newSetting()
    await expect(createUser(ctx, { email: 'ann@example.com', password })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('disableUser', () => {
  it('ends sessions, grants and refresh families of this user alone', async () => {
    const { ctx } = await newSetting()
    const projectId = ctx.project.id
    const [ann, bob, client] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob'), await newClient(ctx)]
    const inAnHour = new Date(Date.now() + 3_600_000)
    await prisma().endUserSession.createMany({
      data: [ann, bob].map(({ id }) => ({ projectId, idHash: `hash of ${id}`, userId: id, authTime: new Date(), expiresAt: inAnHour })),
    })
    await newGrant(ctx, client.clientId, ann.id)
    await newGrant(ctx, client.clientId, bob.id)

    expect(await disableUser(ctx, { userId: ann.id })).toEqual({ grantsEnded: 1 })

    const row = await prisma().endUser.findFirstOrThrow({ where: { projectId, id: ann.id } })
    expect(row.disabledAt).toEqual(row.validFrom)
    expect(await prisma().endUserSession.findMany({ where: { projectId } })).toMatchObject([{ userId: bob.id }])
    expect((await listGrants(ctx)).grants).toMatchObject([{ userId: bob.id }])
    expect(await livingFamilies(ctx)).toBe(1)
    await expect(disableUser(ctx, { userId: ann.id })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('verifyUserEmail', () => {
  it('marks an address once, and only by being told: whoever makes a user has verified nothing', async () => {
    const { ctx } = await newSetting()
    const { id } = await newUser(ctx, 'ann')
    expect((await listUsers(ctx)).users).toMatchObject([{ id, emailVerifiedAt: null }])
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => verifyUserEmail(ctx, { userId: id })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect((await listUsers(ctx)).users).toMatchObject([{ id, emailVerifiedAt: expect.any(Date) }])
    await expect(verifyUserEmail(ctx, { userId: id })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('listUsers', () => {
  it('shows those without an address after the others, page by page', async () => {
    const { ctx } = await newSetting()
    const projectId = ctx.project.id
    await newUser(ctx, 'zoe')
    await prisma().endUser.createMany({ data: ['user_b', 'user_a', 'user_c'].map((id) => ({ projectId, id, name: `Name of ${id}` })) })
    const shown: (string | null)[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(ctx, { take: 1, ...(cursor ? { cursor } : {}) })
      shown.push(...page.users.map(({ id, email }) => email ?? id))
      cursor = page.nextCursor
    } while (cursor)
    expect(shown).toEqual(['zoe@example.com', 'user_a', 'user_b', 'user_c'])
    expect((await listUsers(ctx, { query: 'name of user_b' })).users).toMatchObject([{ id: 'user_b', email: null }])
    await expect(verifyUserEmail(ctx, { userId: 'user_a' })).rejects.toMatchObject({ message: 'This user has no e-mail address' })
  })

  it('pages by address and finds by part of it, by name and by id', async () => {
    const { ctx } = await newSetting()
    const { id } = await createUser(ctx, { email: 'cid@example.com', password: PASSWORD, name: 'El Cid' })
    await newUser(ctx, 'bob')
    await newUser(ctx, 'ann')

    const first = await listUsers(ctx, { take: 2 })
    const second = await listUsers(ctx, { take: 2, cursor: first.nextCursor ?? '' })
    expect([first, second].map(({ users }) => users.map((user) => user.email))).toEqual([
      ['ann@example.com', 'bob@example.com'],
      ['cid@example.com'],
    ])
    expect(second.nextCursor).toBeNull()
    for (const query of ['CID@', 'el c', id]) expect((await listUsers(ctx, { query })).users).toMatchObject([{ id }])
    expect((await listUsers(ctx, { query: '%' })).users).toEqual([])
  })
})

describe('grants', () => {
  it('are listed with the names of client and user, newest first, and by client or user', async () => {
    const { ctx } = await newSetting()
    const [ann, bob] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob')]
    const [web, app] = [await newClient(ctx, 'Web'), await newClient(ctx, 'App')]
    const older = await newGrant(ctx, web.clientId, ann.id)
    const newer = await newGrant(ctx, app.clientId, bob.id)

    const { grants } = await listGrants(ctx)
    expect(grants).toMatchObject([
      { id: newer, clientName: 'App', userEmail: 'bob@example.com', scope: 'read', resources: ['https://mcp.example.com/mcp'] },
      { id: older, clientName: 'Web', userEmail: 'ann@example.com' },
    ])
    expect((await listGrants(ctx, { clientId: web.clientId })).grants).toMatchObject([{ id: older }])
    expect((await listGrants(ctx, { userId: bob.id })).grants).toMatchObject([{ id: newer }])
    const page = await listGrants(ctx, { take: 1 })
    expect((await listGrants(ctx, { take: 1, cursor: page.nextCursor ?? '' })).grants).toMatchObject([{ id: older }])
  })

  it('are revoked once, with their refresh family, and stay to be seen', async () => {
    const { ctx } = await newSetting()
    const [ann, client] = [await newUser(ctx, 'ann'), await newClient(ctx)]
    const grantId = await newGrant(ctx, client.clientId, ann.id)
    const outcomes = await Promise.allSettled(Array.from({ length: 5 }, () => revokeGrant(ctx, { grantId })))

    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(1)
    expect(await livingFamilies(ctx)).toBe(0)
    expect((await listGrants(ctx)).grants).toEqual([])
    expect((await listGrants(ctx, { includeRevoked: true })).grants).toMatchObject([{ id: grantId, revokedReason: 'member' }])
    expect(await prisma().auditEvent.findMany({ where: { projectId: ctx.project.id, action: 'grant.revoked' } })).toMatchObject([
      { grantId, clientId: client.clientId, userId: ann.id, reason: 'member' },
    ])
  })
})
