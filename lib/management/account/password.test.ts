import { beforeEach, describe, expect, it, vi } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import type { Letter } from '#lib/mail/letter.ts'
import { unique } from '../fixtures.ts'
import { authenticateMember } from '../members/authenticate.ts'
import { createMember } from '../members/create.ts'
import { changeName } from './change-name.ts'
import { changePassword } from './change-password.ts'
import { actsIn, newAccount, newSession, PASSWORD, withSecondFactor } from './fixtures.ts'
import { askForPasswordReset, resetPassword } from './forgotten-password.ts'
import { getAccount } from './get.ts'
import { linkProvider } from './identity.ts'
import { findSession } from './session.ts'
import { confirmEmail, mailEmailVerification } from './verify-email.ts'

/** What would have been mailed. */
const posted = vi.hoisted(() => [] as { to: string; letter: Letter }[])
vi.mock('#lib/mail/outbox.ts', () => ({ postMail: (_: unknown, to: string, letter: Letter) => posted.push({ to, letter }) }))

const NEW = 'a wholly new password'
const tokenFor = (email: string): string => {
  const href = posted.findLast(({ to }) => to === email)?.letter.link?.href ?? 'none:'
  return new URL(href).searchParams.get('token') ?? ''
}
const opens = async (email: string, password: string) => (await authenticateMember({ email, password })) !== null

beforeEach(() => {
  posted.length = 0
})

describe('changing the password', () => {
  it('takes the current one, ends every other session, and is told once', async () => {
    const { ctx, email, organisationId } = await newAccount()
    const other = await newSession(ctx.memberId)
    expect(await changePassword(ctx, { currentPassword: PASSWORD, newPassword: NEW })).toEqual({ endedSessions: 1 })
    expect([await findSession(other), (await findSession(ctx))?.id]).toEqual([null, ctx.memberId])
    expect([await opens(email, PASSWORD), await opens(email, NEW)]).toEqual([false, true])
    expect(await actsIn(organisationId)).toEqual(['member.password_changed'])
  })

  it.each([
    ['wrong horse battery', NEW, 'currentPassword'],
    ['', NEW, 'currentPassword'],
    [PASSWORD, 'short', 'newPassword'],
  ])('refuses %j to %j', async (currentPassword, newPassword, field) => {
    const { ctx, email, organisationId } = await newAccount()
    await expect(changePassword(ctx, { currentPassword, newPassword })).rejects.toMatchObject({ fields: { [field]: expect.any(String) } })
    expect([await opens(email, PASSWORD), await actsIn(organisationId)]).toEqual([true, []])
  })

  it('of somebody without one asks instead who sits there', async () => {
    const { ctx, email } = await newAccount()
    await prisma().member.update({ where: { id: ctx.memberId }, data: { passwordHash: null } })
    const input = { currentPassword: '', newPassword: NEW }
    await expect(changePassword({ ...ctx, recentlyAuthenticated: false }, input)).rejects.toMatchObject({ code: 'reauthenticate' })
    await changePassword(ctx, input)
    expect(await opens(email, NEW)).toBe(true)
  })

  it('kills a link that was mailed before', async () => {
    const { ctx, email } = await newAccount()
    await askForPasswordReset({ email })
    await changePassword(ctx, { currentPassword: PASSWORD, newPassword: NEW })
    await expect(resetPassword({ token: tokenFor(email), newPassword: PASSWORD })).rejects.toMatchObject({ code: 'conflict' })
  })
})

describe('a forgotten password', () => {
  it('is replaced by the mailed link, once, and every session ends', async () => {
    const { ctx, email, organisationId } = await newAccount()
    await askForPasswordReset({ email: ` ${email.toUpperCase()} ` })
    const token = tokenFor(email)
    await resetPassword({ token, newPassword: NEW })
    expect([await opens(email, PASSWORD), await opens(email, NEW), await findSession(ctx)]).toEqual([false, true, null])
    expect(await actsIn(organisationId)).toEqual(['member.password_changed'])
    await expect(resetPassword({ token, newPassword: PASSWORD })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('has one link that counts: the newest, for half an hour, of several at the same moment one use (B12)', async () => {
    const { email } = await newAccount()
    await askForPasswordReset({ email })
    const older = tokenFor(email)
    await askForPasswordReset({ email })
    const newer = tokenFor(email)
    await expect(resetPassword({ token: older, newPassword: NEW })).rejects.toMatchObject({ code: 'conflict' })
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => resetPassword({ token: newer, newPassword: NEW })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)

    await askForPasswordReset({ email })
    await prisma().$executeRaw`UPDATE member_challenge SET expires_at = expires_at - interval '30 minutes' WHERE used_at IS NULL`
    await expect(resetPassword({ token: tokenFor(email), newPassword: PASSWORD })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('has a link to this installation, whatever a request called it, and keeps its hash alone (B12)', async () => {
    const { ctx, email } = await newAccount()
    await askForPasswordReset({ email })
    const href = posted[0]?.letter.link?.href ?? ''
    expect(href.startsWith(`${env().BASE_URL}/reset-password?token=`)).toBe(true)
    expect(JSON.stringify(await prisma().memberChallenge.findMany({ where: { memberId: ctx.memberId } }))).not.toContain(tokenFor(email))
  })

  it('answers an unknown address alike and mails nothing (B09)', async () => {
    const { email } = await newAccount()
    expect(await askForPasswordReset({ email })).toBeUndefined()
    expect(await askForPasswordReset({ email: `${unique('nobody')}@example.com` })).toBeUndefined()
    expect(posted.map(({ to }) => to)).toEqual([email])
  })

  it('limits mail to known and unknown addresses alike', async () => {
    const { email } = await newAccount()
    for (const asked of [email, `${unique('nobody')}@example.com`]) {
      for (let i = 0; i < 4; i++) await askForPasswordReset({ email: asked })
      await expect(askForPasswordReset({ email: asked })).rejects.toMatchObject({ code: 'too_many_requests' })
    }
  })

  it('takes no link that confirms an address, nor nonsense, and no short password', async () => {
    const { ctx, email } = await newAccount()
    await mailEmailVerification(ctx.memberId)
    for (const token of [tokenFor(email), '', 'nonsense', "' OR true --"]) {
      await expect(resetPassword({ token, newPassword: NEW })).rejects.toMatchObject({ code: 'conflict' })
    }
    await askForPasswordReset({ email })
    const token = tokenFor(email)
    await expect(resetPassword({ token, newPassword: 'short' })).rejects.toMatchObject({ code: 'invalid' })
    await resetPassword({ token, newPassword: NEW })
  })

  it('frees an address from whoever signed up with it without proving it (B14), and leaves a proven account its factors', async () => {
    const [squatted, own] = [await newAccount(), await newAccount()]
    await prisma().member.update({ where: { id: own.ctx.memberId }, data: { emailVerifiedAt: new Date() } })
    for (const { ctx, email } of [squatted, own]) {
      await withSecondFactor(ctx)
      await linkProvider(ctx, { provider: 'github', subject: unique('subject'), email: null, emailVerified: false, name: 'x', label: 'x' })
      await askForPasswordReset({ email })
      await resetPassword({ token: tokenFor(email), newPassword: NEW })
    }
    expect(await getAccount(squatted.ctx)).toMatchObject({
      secondFactorSince: null,
      recoveryCodesLeft: 0,
      providers: [],
      emailVerified: true,
    })
    expect(await getAccount(own.ctx)).toMatchObject({
      secondFactorSince: expect.any(Date),
      recoveryCodesLeft: 10,
      providers: [{ label: 'x' }],
    })
  })
})

describe('an address', () => {
  it('is confirmed by the mailed link, once', async () => {
    const email = `${unique('ann')}@example.com`
    const { memberId } = await createMember({ name: 'Ann', email, password: PASSWORD })
    const ctx = await newSession(memberId)
    await mailEmailVerification(memberId)
    const token = tokenFor(email)
    expect((await getAccount(ctx)).emailVerified).toBe(false)
    await confirmEmail({ token })
    expect((await getAccount(ctx)).emailVerified).toBe(true)
    await expect(confirmEmail({ token })).rejects.toMatchObject({ code: 'conflict' })
    await mailEmailVerification(memberId)
    expect(posted).toHaveLength(1) // a confirmed one gets no more
  })
})

it('a name can be changed, to one that people can read', async () => {
  const { ctx } = await newAccount()
  await changeName(ctx, { name: ' Ada Lovelace ' })
  expect((await getAccount(ctx)).name).toBe('Ada Lovelace')
  for (const name of ['', 'x\u202Ey', 'x'.repeat(81)]) await expect(changeName(ctx, { name })).rejects.toMatchObject({ code: 'invalid' })
})
