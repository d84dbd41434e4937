import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { verifyPassword } from '#lib/password.ts'
import { createClient } from '../clients/create.ts'
import type { ManagementContext } from '../context.ts'
import { cursorOf } from '../cursor.ts'
import { auditRows, livingFamilies, newGrant, newSetting } from '../fixtures.ts'
import { listGrants } from '../grants/list.ts'
import { createUser } from './create.ts'
import { deleteUser } from './delete.ts'
import { disableUser, disableUsers } from './disable.ts'
import { enableUser, enableUsers } from './enable.ts'
import { getUser } from './get.ts'
import type { ListUsersInput } from './inputs.ts'
import { listUsers } from './list.ts'
import { sendPasswordReset } from './send-password-reset.ts'
import { setUserAttributes } from './set-attributes.ts'
import { signOutUser } from './sign-out.ts'
import { updateUser } from './update.ts'
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

describe('enableUser', () => {
  it('lets them sign in again; what ended stays ended', async () => {
    const { ctx } = await newSetting()
    const [ann, client] = [await newUser(ctx, 'ann'), await newClient(ctx)]
    await newGrant(ctx, client.clientId, ann.id)
    await disableUser(ctx, { userId: ann.id })
    await enableUser(ctx, { userId: ann.id })
    expect(await getUser(ctx, { userId: ann.id })).toMatchObject({ disabledAt: null, grantCount: 0 })
    expect(await livingFamilies(ctx)).toBe(0)
    await expect(enableUser(ctx, { userId: ann.id })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('many users', () => {
  it('are disabled and enabled in one transaction, each with its own row; who is so already is passed over', async () => {
    const { ctx } = await newSetting()
    const [ann, bob, zoe] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob'), await newUser(ctx, 'zoe')]
    await disableUser(ctx, { userId: zoe.id })
    const client = await newClient(ctx)
    for (const { id } of [ann, bob]) await newGrant(ctx, client.clientId, id)
    const before = (await auditRows(ctx)).length
    const userIds = [ann.id, bob.id, zoe.id, 'user_nobody']
    expect(await disableUsers(ctx, { userIds })).toEqual({ changed: 2, grantsEnded: 2 })
    expect(await livingFamilies(ctx)).toBe(0)
    expect(await enableUsers(ctx, { userIds })).toEqual({ changed: 3 })
    const rows = (await auditRows(ctx)).slice(before)
    expect(rows.map(({ action }) => action)).toEqual([...Array(2).fill('user.disabled'), ...Array(3).fill('user.enabled')])
    expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({ changes: { disabled: { before: false, after: true } } })
    await expect(enableUsers(ctx, { userIds })).rejects.toMatchObject({ code: 'conflict' })
    await expect(disableUsers(ctx, { userIds: ['user_nobody'] })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('the names of changed attributes are told with those there were, and no value', async () => {
    const { ctx } = await newSetting()
    const { id: userId } = await newUser(ctx, 'ann')
    await setUserAttributes(ctx, { userId, attributes: { plan: 'gold', team: 'red' } })
    await setUserAttributes(ctx, { userId, attributes: { plan: 'platinum', team: 'red', seat: 4 } })
    const details = (await auditRows(ctx)).filter(({ action }) => action === 'user.attributes_set').map(({ detail }) => detail ?? '')
    expect(JSON.parse(details[1] ?? '')).toEqual({
      names: ['plan', 'seat'],
      changes: { attributes: { before: ['plan', 'team'], after: ['plan', 'team', 'seat'] } },
    })
    expect(details.join()).not.toMatch(/gold|platinum|red/)
  })
})

describe('signOutUser', () => {
  it('ends sessions and grants of this user alone, and cuts off what is under way', async () => {
    const { ctx } = await newSetting()
    const [ann, bob, client] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob'), await newClient(ctx)]
    for (const { id } of [ann, bob]) {
      await newSession(ctx, id)
      await newGrant(ctx, client.clientId, id)
    }
    const before = await prisma().endUser.findFirstOrThrow({ where: { projectId: ctx.project.id, id: ann.id } })
    expect(await signOutUser(ctx, { userId: ann.id })).toEqual({ sessionsEnded: 1, grantsEnded: 1 })
    const after = await prisma().endUser.findFirstOrThrow({ where: { projectId: ctx.project.id, id: ann.id } })
    expect(after.validFrom.getTime()).toBeGreaterThan(before.validFrom.getTime())
    expect(after.disabledAt).toBeNull()
    expect((await getUser(ctx, { userId: bob.id })).sessions).toHaveLength(1)
    expect((await listGrants(ctx)).grants).toMatchObject([{ userId: bob.id }])
  })
})

describe('deleteUser', () => {
  it('leaves nothing of the user in any table but the id in the log, and nothing of others goes', async () => {
    const { ctx } = await newSetting()
    const { id: projectId } = ctx.project
    const [client, bob] = [await newClient(ctx), await newUser(ctx, 'bob')]
    await newGrant(ctx, client.clientId, bob.id)
    await newSession(ctx, bob.id)
    const before = await rowsNaming(ctx, bob.id, 'bob@example.com')

    const ann = await createUser(ctx, { email: 'ann@example.com', password: PASSWORD, name: 'Ann' })
    await furnishUser(ctx, ann.id, client.clientId)
    expect((await rowsNaming(ctx, ann.id, 'ann@example.com')).length).toBeGreaterThan(10)
    await deleteUser(ctx, { userId: ann.id })

    expect(new Set((await rowsNaming(ctx, ann.id, 'ann@example.com')).map(({ table }) => table))).toEqual(new Set(['audit_event']))
    expect(JSON.stringify(await rowsNaming(ctx, ann.id, 'ann@example.com'))).not.toContain('ann@example.com')
    expect(await rowsNaming(ctx, bob.id, 'bob@example.com')).toEqual(before)
    await expect(deleteUser(ctx, { userId: ann.id })).rejects.toMatchObject({ code: 'not_found' })
    await expect(newUser(ctx, 'ann')).resolves.not.toEqual(ann)
    expect(await prisma().endUser.count({ where: { projectId } })).toBe(2)
  })
})

describe('sendPasswordReset', () => {
  it('makes a challenge like that of a forgotten password, once a minute', async () => {
    const { ctx } = await newSetting()
    const { id: userId } = await newUser(ctx, 'ann')
    await sendPasswordReset(ctx, { userId })
    expect(await prisma().emailChallenge.findMany({ where: { projectId: ctx.project.id } })).toMatchObject([
      { purpose: 'reset-password', email: 'ann@example.com', userId, codeHash: null, browserHash: null, usedAt: null },
    ])
    const again = await sendPasswordReset(ctx, { userId }).catch((error: unknown) => error)
    expect(again).toMatchObject({ code: 'too_many_requests' })
    expect((again as { retryAfterSeconds: number }).retryAfterSeconds).toBeGreaterThan(50)
  })

  it('writes to nobody who is disabled or has no address, and not where no password signs in', async () => {
    const { ctx } = await newSetting()
    const where = { projectId: ctx.project.id }
    const [ann, bob] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob')]
    await disableUser(ctx, { userId: ann.id })
    await prisma().endUser.create({ data: { ...where, id: 'user_x' } })
    for (const userId of [ann.id, 'user_x']) await expect(sendPasswordReset(ctx, { userId })).rejects.toMatchObject({ code: 'conflict' })
    await prisma().project.update({ where: { id: ctx.project.id }, data: { signInPassword: false } })
    await expect(sendPasswordReset(ctx, { userId: bob.id })).rejects.toMatchObject({ code: 'conflict' })
    expect(await prisma().emailChallenge.count({ where })).toBe(0)
  })
})

describe('getUser', () => {
  it('tells the ways to sign in, living sessions and attributes, and no hash or key', async () => {
    const { ctx } = await newSetting()
    const [{ id: userId }, client] = [await newUser(ctx, 'ann'), await newClient(ctx)]
    await furnishUser(ctx, userId, client.clientId)
    await setUserAttributes(ctx, { userId, attributes: { plan: 'pro' } })
    await prisma().endUserSession.create({
      data: { projectId: ctx.project.id, idHash: 'over', userId, authTime: new Date(), expiresAt: new Date(Date.now() - 1_000) },
    })
    const user = await getUser(ctx, { userId })
    expect(user).toMatchObject({
      ...{ hasPassword: true, passkeyCount: 1, identityCount: 1, grantCount: 1, attributes: { plan: 'pro' } },
      passkeys: [{ name: 'Laptop', backedUp: true, lastUsedAt: null }],
      identities: [{ issuer: 'https://idp.example', subject: 'ann at idp' }],
    })
    expect(user.sessions).toHaveLength(1)
    expect(JSON.stringify(user)).not.toMatch(/argon2|hash of|public key/)
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

describe('updateUser', () => {
  const rowOf = ({ project }: ManagementContext, id: string) =>
    prisma().endUser.findUniqueOrThrow({ where: { projectId_id: { projectId: project.id, id } } })

  it('keeps one spelling of a new address, which is nobody’s proven one, and ends what was mailed to the old', async () => {
    const { ctx } = await newSetting()
    const { id } = await newUser(ctx, 'ann')
    await verifyUserEmail(ctx, { userId: id })
    await sendPasswordReset(ctx, { userId: id })
    await updateUser(ctx, { userId: id, email: ' Anna@Example.com', name: 'Anna' })
    expect(await rowOf(ctx, id)).toMatchObject({ email: 'anna@example.com', name: 'Anna', emailVerifiedAt: null })
    expect(await prisma().emailChallenge.count({ where: { projectId: ctx.project.id } })).toBe(0)
    await expect(newUser(ctx, 'ann')).resolves.toBeDefined()
  })

  it('takes the word of whoever knows that the address is theirs, and tells the log which but no value', async () => {
    const { ctx } = await newSetting()
    const { id } = await newUser(ctx, 'ann')
    await updateUser(ctx, { userId: id, email: 'anna@example.com', emailVerified: true })
    await updateUser(ctx, { userId: id, name: null, email: 'anna@example.com' })
    expect(await rowOf(ctx, id)).toMatchObject({ emailVerifiedAt: expect.any(Date) })
    const rows = (await auditRows(ctx)).filter(({ action }) => action === 'user.updated')
    expect(rows).toMatchObject([{ userId: id, detail: JSON.stringify({ names: ['email'], emailVerified: true }) }])
    expect(JSON.stringify(rows)).not.toContain('anna')
  })

  it('keeps the address verified when only the name changes', async () => {
    const { ctx } = await newSetting()
    const { id } = await newUser(ctx, 'ann')
    await verifyUserEmail(ctx, { userId: id })
    await updateUser(ctx, { userId: id, name: 'Ann' })
    expect(await rowOf(ctx, id)).toMatchObject({ name: 'Ann', emailVerifiedAt: expect.any(Date) })
  })

  it('refuses an address that another user of the project has, and the reviewer’s account, and changes nothing', async () => {
    const { ctx } = await newSetting()
    const [ann] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob')]
    await expect(updateUser(ctx, { userId: ann.id, email: 'BOB@example.com', name: 'Bob' })).rejects.toMatchObject({ code: 'conflict' })
    await prisma().project.update({ where: { id: ctx.project.id }, data: { reviewerEmail: 'ann@example.com' } })
    await expect(updateUser(ctx, { userId: ann.id, email: 'new@example.com' })).rejects.toMatchObject({ code: 'conflict' })
    expect(await rowOf(ctx, ann.id)).toMatchObject({ email: 'ann@example.com', name: null })
  })

  it.each([{ email: 'no address' }, { email: '' }, { name: '' }, { name: 'Ann', emailVerified: true }])('refuses %j', async (fields) => {
    const { ctx } = await newSetting()
    const { id } = await newUser(ctx, 'ann')
    await expect(updateUser(ctx, { userId: id, ...fields })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('listUsers', () => {
  const shownIn = async (ctx: ManagementContext, input: ListUsersInput): Promise<string[]> => {
    const shown: string[] = []
    let cursor: string | undefined
    do {
      const page: Awaited<ReturnType<typeof listUsers>> = await listUsers(ctx, { ...input, cursor, take: 1 })
      shown.push(...page.users.map(({ id, email }) => email ?? id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return shown
  }

  it('shows those without the value it sorts by after the others, page by page, in every order', async () => {
    const { ctx } = await newSetting()
    const projectId = ctx.project.id
    await newUser(ctx, 'zoe')
    await newUser(ctx, 'ann')
    await prisma().endUser.createMany({ data: ['user_b', 'user_a', 'user_c'].map((id) => ({ projectId, id, name: `Name of ${id}` })) })
    await prisma().endUser.update({ where: { projectId_id: { projectId, id: 'user_b' } }, data: { lastSignInAt: new Date() } })

    expect(await shownIn(ctx, {})).toEqual(['ann@example.com', 'zoe@example.com', 'user_a', 'user_b', 'user_c'])
    expect(await shownIn(ctx, { sort: '-email' })).toEqual(['zoe@example.com', 'ann@example.com', 'user_c', 'user_b', 'user_a'])
    expect((await shownIn(ctx, { sort: 'name' })).slice(0, 3)).toEqual(['user_a', 'user_b', 'user_c'])
    expect((await shownIn(ctx, { sort: '-name' })).slice(0, 3)).toEqual(['user_c', 'user_b', 'user_a'])
    expect((await shownIn(ctx, { sort: 'createdAt' })).slice(0, 2)).toEqual(['zoe@example.com', 'ann@example.com'])
    for (const sort of ['lastSignInAt', '-lastSignInAt'] as const) {
      const shown = await shownIn(ctx, { sort })
      expect([shown[0], new Set(shown).size]).toEqual(['user_b', 5])
    }
    expect((await listUsers(ctx, { query: 'name of user_b' })).users).toMatchObject([{ id: 'user_b', email: null }])
    await expect(verifyUserEmail(ctx, { userId: 'user_a' })).rejects.toMatchObject({ message: 'This user has no e-mail address' })
  })

  it('narrows by status and by the way to sign in', async () => {
    const { ctx } = await newSetting()
    const [ann, bob, client] = [await newUser(ctx, 'ann'), await newUser(ctx, 'bob'), await newClient(ctx)]
    await furnishUser(ctx, ann.id, client.clientId)
    await disableUser(ctx, { userId: bob.id })
    await prisma().endUser.create({ data: { projectId: ctx.project.id, id: 'user_x' } })
    expect(await shownIn(ctx, { status: 'disabled' })).toEqual(['bob@example.com'])
    expect(await shownIn(ctx, { status: 'active' })).toEqual(['ann@example.com', 'user_x'])
    expect(await shownIn(ctx, { way: 'password' })).toEqual(['ann@example.com', 'bob@example.com'])
    expect(await shownIn(ctx, { way: 'passkey' })).toEqual(['ann@example.com'])
    expect(await shownIn(ctx, { way: 'provider' })).toEqual(['ann@example.com'])
  })

  it.each([
    { cursor: cursorOf('email', 1, 'a') },
    { cursor: cursorOf('-email', 'a', 'a') },
    { cursor: 'ann@example.com' },
    { query: '\0' },
  ])('refuses %j', async (input) => {
    const { ctx } = await newSetting()
    await expect(listUsers(ctx, input)).rejects.toMatchObject({ code: 'invalid' })
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

const newSession = (ctx: ManagementContext, userId: string) =>
  prisma().endUserSession.create({
    data: {
      ...{ projectId: ctx.project.id, idHash: `hash of ${userId}`, userId, authTime: new Date() },
      expiresAt: new Date(Date.now() + 3_600_000),
    },
  })

/** One row in each table that knows users. */
async function furnishUser(ctx: ManagementContext, userId: string, clientId: string): Promise<void> {
  const { id: projectId } = ctx.project
  const expiresAt = new Date(Date.now() + 3_600_000)
  const { email } = await prisma().endUser.findFirstOrThrow({ where: { projectId, id: userId } })
  const grantId = await newGrant(ctx, clientId, userId)
  await newSession(ctx, userId)
  const db = prisma()
  await db.externalIdentity.create({ data: { projectId, issuer: 'https://idp.example', subject: 'ann at idp', userId } })
  await db.passkey.create({
    data: { projectId, credentialId: 'credential', userId, name: 'Laptop', publicKey: 'public key', signCount: 0, backedUp: true },
  })
  await db.passkeyChallenge.create({ data: { projectId, idHash: 'challenge', browserHash: 'browser', userId, expiresAt } })
  await db.upstreamToken.create({
    data: { projectId, userId, providerId: '01a1fe10-4692-747a-acdd-2da5e398b177', sealed: 'sealed', scope: 'openid' },
  })
  await db.handoff.create({ data: { projectId, idHash: 'handoff', requestId: 'account', browserHash: 'browser', userId, expiresAt } })
  await db.rememberedConsent.create({ data: { projectId, userId, clientId, placeHash: 'place', scope: 'read', metadataHash: 'metadata' } })
  await db.emailChallenge.createMany({
    data: [
      { projectId, idHash: 'mine', purpose: 'reset-password', email: email ?? '', userId, expiresAt },
      { projectId, idHash: 'nobody’s', purpose: 'sign-in', email: email ?? '', expiresAt },
    ],
  })
  const asked = {
    ...{ issuer: ctx.project.issuer, clientId, redirectUri: 'https://client.example.com/cb', redirectUriSent: true },
    ...{ codeChallenge: 'challenge', scope: 'read', resources: '[]', expiresAt },
  }
  await db.authorizationRequest.create({ data: { ...asked, projectId, idHash: 'request', browserHash: 'browser', loginHint: email } })
  await db.authorizationCode.create({
    data: { ...asked, projectId, codeHash: 'code', grantId, requestIdHash: 'request', userId, authTime: new Date() },
  })
}

/** Every row of the project, in any table, that says one of these words. */
async function rowsNaming(ctx: ManagementContext, ...words: string[]): Promise<{ table: string; row: string }[]> {
  const tables = await prisma().$queryRaw<{ table: string }[]>`
    SELECT table_name AS table FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'project_id' ORDER BY 1`
  const found: { table: string; row: string }[] = []
  for (const { table } of tables) {
    const rows = await prisma().$queryRawUnsafe<{ row: string }[]>(
      `SELECT row_to_json(t)::text AS row FROM "${table}" AS t WHERE project_id = $1::uuid ORDER BY 1`,
      ctx.project.id,
    )
    found.push(...rows.filter(({ row }) => words.some((word) => row.includes(word))).map(({ row }) => ({ table, row })))
  }
  return found
}
