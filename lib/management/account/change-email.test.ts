import { beforeEach, describe, expect, it, vi } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import type { Letter } from '#lib/mail/letter.ts'
import { unique } from '../fixtures.ts'
import { authenticateMember } from '../members/authenticate.ts'
import { askToChangeEmail, confirmEmailChange } from './change-email.ts'
import { changePassword } from './change-password.ts'
import type { AccountContext } from './context.ts'
import { actsIn, newAccount, newSession, PASSWORD } from './fixtures.ts'
import { askForPasswordReset, resetPassword } from './forgotten-password.ts'
import { getAccount } from './get.ts'
import { findSession } from './session.ts'
import { confirmEmail } from './verify-email.ts'

/** What would have been mailed. */
const posted = vi.hoisted(() => [] as { to: string; letter: Letter }[])
vi.mock('#lib/mail/outbox.ts', () => ({ postMail: (_: unknown, to: string, letter: Letter) => posted.push({ to, letter }) }))

const kindsTo = (email: string): string[] => posted.filter(({ to }) => to === email).map(({ letter }) => letter.kind)
const tokenFor = (email: string): string => {
  const href = posted.findLast(({ to }) => to === email)?.letter.link?.href ?? 'none:'
  return new URL(href).searchParams.get('token') ?? ''
}
const newAddress = () => `${unique('new')}@example.com`
const opens = async (email: string) => (await authenticateMember({ email, password: PASSWORD })) !== null

async function asked(ctx: AccountContext): Promise<{ email: string; token: string }> {
  const email = newAddress()
  await askToChangeEmail(ctx, { email })
  return { email, token: tokenFor(email) }
}

beforeEach(() => {
  posted.length = 0
})

describe('a member’s new address', () => {
  it('counts when it is confirmed, not before; the old one is told, other sessions end, and it is in the log without either', async () => {
    const { ctx, email: old, organisationId } = await newAccount()
    const other = await newSession(ctx.memberId)
    const { email, token } = await asked(ctx)
    expect([await opens(old), await opens(email)]).toEqual([true, false])

    await confirmEmailChange(ctx, { token })
    expect([await opens(old), await opens(email)]).toEqual([false, true])
    expect(await getAccount(ctx)).toMatchObject({ email, emailVerified: true })
    expect([kindsTo(old), kindsTo(email)]).toEqual([['member-email-changed'], ['member-change-email']])
    expect([await findSession(other), (await findSession(ctx))?.id]).toEqual([null, ctx.memberId])
    expect(await actsIn(organisationId)).toEqual(['member.email_changed'])
    const rows = await prisma().auditEvent.findMany({ where: { projectId: organisationId, action: 'member.email_changed' } })
    expect(JSON.stringify(rows)).not.toMatch(new RegExp(`${old}|${email}`))
  })

  it('that somebody has is answered in the same way, and its own mail alone tells of it', async () => {
    const [{ ctx }, { email: taken }] = [await newAccount(), await newAccount()]
    expect(await askToChangeEmail(ctx, { email: taken })).toBe(await askToChangeEmail(ctx, { email: newAddress() }))
    expect(kindsTo(taken)).toEqual(['member-address-taken'])
    expect(tokenFor(taken)).toBe('')
  })

  it('goes to whoever makes an account with it meanwhile', async () => {
    const { ctx, email: old } = await newAccount()
    const { email, token } = await asked(ctx)
    const other = await newAccount()
    await prisma().member.update({ where: { id: other.ctx.memberId }, data: { email } })
    await expect(confirmEmailChange(ctx, { token })).rejects.toMatchObject({ code: 'conflict' })
    expect(await opens(old)).toBe(true)
  })

  it('is confirmed by nobody but its member, whoever got the mail', async () => {
    const [{ ctx, email: old }, stranger] = [await newAccount(), await newAccount()]
    const { token } = await asked(ctx)
    await expect(confirmEmailChange(stranger.ctx, { token })).rejects.toMatchObject({ code: 'conflict' })
    await expect(confirmEmail({ token })).rejects.toMatchObject({ code: 'conflict' })
    expect([await opens(old), await opens(stranger.email)]).toEqual([true, true])
  })

  it('is confirmed once, and only by the newest link', async () => {
    const { ctx } = await newAccount()
    const [first, second] = [await asked(ctx), await asked(ctx)]
    await expect(confirmEmailChange(ctx, { token: first.token })).rejects.toMatchObject({ code: 'conflict' })
    await confirmEmailChange(ctx, { token: second.token })
    await expect(confirmEmailChange(ctx, { token: second.token })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('ends links for a new password that went to the old one, and is itself ended by a new password', async () => {
    const { ctx, email: old } = await newAccount()
    await askForPasswordReset({ email: old })
    const reset = tokenFor(old)
    const { token } = await asked(ctx)
    await confirmEmailChange(ctx, { token })
    await expect(resetPassword({ token: reset, newPassword: 'a wholly new password' })).rejects.toMatchObject({ code: 'conflict' })

    const again = await asked(ctx)
    await changePassword(ctx, { currentPassword: PASSWORD, newPassword: 'a wholly new password' })
    await expect(confirmEmailChange(ctx, { token: again.token })).rejects.toMatchObject({ code: 'conflict' })
  })

  it.each([
    ['the present one', (email: string) => email.toUpperCase()],
    ['no address', () => 'nobody'],
  ])('is not %s', async (_, of) => {
    const { ctx, email } = await newAccount()
    await expect(askToChangeEmail(ctx, { email: of(email) })).rejects.toMatchObject({ code: 'invalid' })
    expect(posted).toEqual([])
  })

  it('is asked for by whoever has proved of late who they are', async () => {
    const { ctx } = await newAccount()
    const stale = { ...ctx, recentlyAuthenticated: false }
    await expect(askToChangeEmail(stale, { email: newAddress() })).rejects.toMatchObject({ code: 'reauthenticate' })
    expect(posted).toEqual([])
  })
})
