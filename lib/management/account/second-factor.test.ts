import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { COMMAND_LINE } from '../command-line.ts'
import { authenticateMember } from '../members/authenticate.ts'
import { answerSecondFactor } from './answer-second-factor.ts'
import { requireNewProof, resetSecondFactor } from './by-operator.ts'
import { disableSecondFactor } from './disable-second-factor.ts'
import { beginSecondFactor, enableSecondFactor } from './enable-second-factor.ts'
import { actsIn, codeOf, newAccount, PASSWORD, withSecondFactor, wrongCode } from './fixtures.ts'
import { proveItIsYou } from './prove.ts'
import { replaceRecoveryCodes } from './replace-recovery-codes.ts'
import { awaitsSecondFactor, findSession, openSession } from './session.ts'

const halfOpen = (memberId: string) => openSession(memberId, { way: 'password', awaitsSecondFactor: true }, {})

describe('setting up an authenticator app', () => {
  it('counts from its first right code, and says so in the log once', async () => {
    const { ctx, email, organisationId } = await newAccount()
    const { secret, address } = await beginSecondFactor(ctx)
    expect(address).toContain(encodeURIComponent(email))
    expect((await authenticateMember({ email, password: PASSWORD }))?.hasSecondFactor).toBe(false)
    await expect(enableSecondFactor(ctx, { code: await wrongCode(secret) })).rejects.toMatchObject({ fields: { code: expect.any(String) } })
    expect((await authenticateMember({ email, password: PASSWORD }))?.hasSecondFactor).toBe(false)

    const { recoveryCodes } = await enableSecondFactor(ctx, { code: await codeOf(secret) })
    expect(new Set(recoveryCodes).size).toBe(10)
    expect((await authenticateMember({ email, password: PASSWORD }))?.hasSecondFactor).toBe(true)
    expect(await actsIn(organisationId)).toEqual(['member.second_factor_enabled'])
  })

  it('keeps neither secret nor recovery code in clear', async () => {
    const { ctx } = await newAccount()
    const { secret, recoveryCodes } = await withSecondFactor(ctx)
    const member = await prisma().member.findUniqueOrThrow({ where: { id: ctx.memberId } })
    const rows = await prisma().memberRecoveryCode.findMany({ where: { memberId: ctx.memberId } })
    const kept = JSON.stringify([member, rows], (_, value) => (typeof value === 'bigint' ? String(value) : value))
    for (const said of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))])
      expect(kept).not.toContain(said)
  })

  it('is for those who have just proven who they are', async () => {
    const { ctx } = await newAccount()
    await withSecondFactor(ctx)
    const stale = { ...ctx, recentlyAuthenticated: false }
    for (const act of [beginSecondFactor, disableSecondFactor, replaceRecoveryCodes, () => enableSecondFactor(stale, { code: '000000' })]) {
      await expect(act(stale)).rejects.toMatchObject({ code: 'reauthenticate' })
    }
  })

  it('leaves a secret alone that is in use', async () => {
    const { ctx } = await newAccount()
    const { secret } = await withSecondFactor(ctx)
    await expect(beginSecondFactor(ctx)).rejects.toMatchObject({ code: 'conflict' })
    const half = await halfOpen(ctx.memberId)
    await answerSecondFactor(half, { code: await codeOf(secret) })
  })

  it('is refused in a session that was ended meanwhile', async () => {
    const { ctx } = await newAccount()
    await prisma().$executeRaw`UPDATE member_session SET ended_at = now() WHERE id = ${ctx.sessionId}::uuid`
    await expect(beginSecondFactor(ctx)).rejects.toMatchObject({ code: 'reauthenticate' })
  })

  it('can be switched off, which voids the recovery codes', async () => {
    const { ctx, email, organisationId } = await newAccount()
    const { recoveryCodes } = await withSecondFactor(ctx)
    await disableSecondFactor(ctx)
    expect((await authenticateMember({ email, password: PASSWORD }))?.hasSecondFactor).toBe(false)
    await expect(answerSecondFactor(await halfOpen(ctx.memberId), { code: recoveryCodes[0] ?? '' })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await actsIn(organisationId)).toEqual(['member.second_factor_enabled', 'member.second_factor_disabled'])
  })
})

describe('answering for the second factor', () => {
  it('opens the session, for thirty days, and nothing opens before', async () => {
    const { ctx } = await newAccount()
    const { secret } = await withSecondFactor(ctx)
    const half = await halfOpen(ctx.memberId)
    expect([await awaitsSecondFactor(half), await findSession(half)]).toEqual([true, null])
    await answerSecondFactor(half, { code: await codeOf(secret) })
    expect(await awaitsSecondFactor(half)).toBe(false)
    expect(await findSession(half)).toMatchObject({ id: ctx.memberId, recentlyAuthenticated: true, hasSecondFactor: true })
  })

  it('takes a code once, of several at the same moment too', async () => {
    const { ctx } = await newAccount()
    const { secret } = await withSecondFactor(ctx)
    const code = await codeOf(secret)
    const halves = await Promise.all([1, 2, 3].map(() => halfOpen(ctx.memberId)))
    const outcomes = await Promise.allSettled(halves.map((half) => answerSecondFactor(half, { code })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    await expect(answerSecondFactor(await halfOpen(ctx.memberId), { code })).rejects.toMatchObject({ code: 'invalid' })
  })

  it.each([
    [-1, true],
    [0, true],
    [1, true],
    [-2, false],
    [2, false],
  ])('takes the code of step %i: %s', async (step, isTaken) => {
    const { ctx } = await newAccount()
    const { secret } = await withSecondFactor(ctx)
    await prisma().$executeRaw`UPDATE member SET totp_last_step = NULL WHERE id = ${ctx.memberId}::uuid`
    const answer = answerSecondFactor(await halfOpen(ctx.memberId), { code: await codeOf(secret, step) })
    await (isTaken ? expect(answer).resolves.toBeUndefined() : expect(answer).rejects.toMatchObject({ code: 'invalid' }))
  })

  it('takes no code that is older than one that was used', async () => {
    const { ctx } = await newAccount()
    const { secret } = await withSecondFactor(ctx)
    await answerSecondFactor(await halfOpen(ctx.memberId), { code: await codeOf(secret, 1) })
    await expect(answerSecondFactor(await halfOpen(ctx.memberId), { code: await codeOf(secret) })).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('takes each recovery code once, however it is typed, and of several at the same moment one', async () => {
    const { ctx } = await newAccount()
    const { recoveryCodes } = await withSecondFactor(ctx)
    const [first = '', second = ''] = recoveryCodes
    await answerSecondFactor(await halfOpen(ctx.memberId), { code: ` ${first.toUpperCase().replaceAll('-', ' ')} ` })
    await expect(answerSecondFactor(await halfOpen(ctx.memberId), { code: first })).rejects.toMatchObject({ code: 'invalid' })
    const halves = await Promise.all([1, 2, 3].map(() => halfOpen(ctx.memberId)))
    const outcomes = await Promise.allSettled(halves.map((half) => answerSecondFactor(half, { code: second })))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  it('takes no recovery code of somebody else, and none that was replaced', async () => {
    const [mine, theirs] = [(await newAccount()).ctx, (await newAccount()).ctx]
    const [{ recoveryCodes: own }, { recoveryCodes: foreign }] = [await withSecondFactor(mine), await withSecondFactor(theirs)]
    await replaceRecoveryCodes(mine)
    for (const code of [own[0] ?? '', foreign[0] ?? '']) {
      await expect(answerSecondFactor(await halfOpen(mine.memberId), { code })).rejects.toMatchObject({ code: 'invalid' })
    }
  })

  it('spends no code on a session that waits no longer', async () => {
    const { ctx } = await newAccount()
    const { recoveryCodes } = await withSecondFactor(ctx)
    const [code = ''] = recoveryCodes
    const late = await halfOpen(ctx.memberId)
    await prisma().$executeRaw`UPDATE member_session SET expires_at = now() WHERE id = ${late.sessionId}::uuid`
    await expect(answerSecondFactor(late, { code })).rejects.toMatchObject({ code: 'conflict' })
    await answerSecondFactor(await halfOpen(ctx.memberId), { code })
  })

  it('stops a guesser after five wrong codes, the right one included (B11)', async () => {
    const { ctx } = await newAccount()
    const { secret } = await withSecondFactor(ctx)
    const half = await halfOpen(ctx.memberId)
    const wrong = await wrongCode(secret)
    for (let i = 0; i < 5; i++) await expect(answerSecondFactor(half, { code: wrong })).rejects.toMatchObject({ code: 'invalid' })
    await expect(answerSecondFactor(half, { code: await codeOf(secret) })).rejects.toMatchObject({
      ...{ code: 'too_many_requests', retryAfterSeconds: expect.any(Number) },
    })
    expect(await findSession(half)).toBeNull()
  })
})

describe('proving that it is you', () => {
  const old = async () => {
    const account = await newAccount()
    const { secret } = await withSecondFactor(account.ctx)
    await prisma()
      .$executeRaw`UPDATE member_session SET authenticated_at = now() - interval '1 hour' WHERE id = ${account.ctx.sessionId}::uuid`
    return { ...account, secret }
  }
  const isRecent = async ({ ctx }: { ctx: { memberId: string; sessionId: string } }) => (await findSession(ctx))?.recentlyAuthenticated

  it.each(['password', 'code'] as const)('by %s makes this session recently authenticated', async (by) => {
    const account = await old()
    expect(await isRecent(account)).toBe(false)
    await proveItIsYou(account.ctx, by === 'password' ? { by, password: PASSWORD } : { by, code: await codeOf(account.secret) })
    expect(await isRecent(account)).toBe(true)
  })

  it('by a wrong password or code does not', async () => {
    const account = await old()
    await expect(proveItIsYou(account.ctx, { by: 'password', password: 'wrong horse battery' })).rejects.toMatchObject({ code: 'invalid' })
    await expect(proveItIsYou(account.ctx, { by: 'code', code: await wrongCode(account.secret) })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect(await isRecent(account)).toBe(false)
  })

  it('does not open a session that ended', async () => {
    const account = await old()
    await prisma().$executeRaw`UPDATE member_session SET ended_at = now() WHERE id = ${account.ctx.sessionId}::uuid`
    await expect(proveItIsYou(account.ctx, { by: 'password', password: PASSWORD })).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('whoever runs the installation', () => {
  it('switches the second factor off for somebody who lost it, which the log tells as theirs', async () => {
    const { ctx, email, organisationId } = await newAccount()
    await withSecondFactor(ctx)
    expect([await resetSecondFactor(COMMAND_LINE, { email }), await resetSecondFactor(COMMAND_LINE, { email })]).toEqual([true, false])
    expect((await authenticateMember({ email, password: PASSWORD }))?.hasSecondFactor).toBe(false)
    const rows = await prisma().auditEvent.findMany({ where: { projectId: organisationId, action: 'member.second_factor_disabled' } })
    expect(rows.map(({ actorKind }) => actorKind)).toEqual(['command-line'])
    await expect(resetSecondFactor(COMMAND_LINE, { email: 'nobody@example.com' })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('has a member prove again who they are, without signing them out', async () => {
    const { ctx, email } = await newAccount()
    expect(await requireNewProof({ email })).toBe(1)
    expect(await findSession(ctx)).toMatchObject({ recentlyAuthenticated: false })
  })
})
