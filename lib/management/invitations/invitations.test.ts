import { beforeEach, describe, expect, it, vi } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { listMail } from '#lib/mail/mailbox.ts'
import { flushMail } from '#lib/mail/outbox.ts'
import { CALLER, newMember, newSetting, type Setting, unique } from '../fixtures.ts'
import { organisationContextOf } from '../members/contexts.ts'
import { createMember } from '../members/create.ts'
import { acceptInvitation, joinByInvitation } from './accept.ts'
import { createInvitation } from './create.ts'
import { findInvitation } from './find.ts'
import { listInvitations } from './list.ts'
import { resendInvitation } from './resend.ts'
import { revokeInvitation } from './revoke.ts'

const PASSWORD = 'correct horse battery'
const NEWCOMER = { name: 'Grace', password: PASSWORD }

let setting: Setting
let organisationId: string
let email: string

beforeEach(async () => {
  setting = await newSetting()
  organisationId = setting.owner.organisation.id
  email = `${unique('grace')}@example.com`
})

const tokenIn = (link: string): string => new URL(link).searchParams.get('token') ?? ''

async function invited(): Promise<{ id: string; token: string; mailed: string }> {
  const { id, link } = await createInvitation(setting.owner, { email, role: 'developer' })
  return { id, token: tokenIn(link), mailed: tokenIn(await newestLinkTo(email)) }
}

async function newestLinkTo(address: string): Promise<string> {
  await flushMail(5_000)
  const mail = (await listMail()).find(({ to }) => to === address)
  return /http\S+\/invitation\?token=\S+/.exec(mail?.text ?? '')?.[0] ?? ''
}

async function account(address = email): Promise<{ id: string; email: string }> {
  const { memberId } = await createMember({ name: 'Grace', email: address, password: PASSWORD })
  return { id: memberId, email: address }
}

const roleOf = async (memberId: string): Promise<string | undefined> =>
  (await prisma().membership.findFirst({ where: { organisationId, memberId } }))?.role
const logged = () => prisma().auditEvent.findMany({ where: { projectId: organisationId, action: 'member.joined' } })
const outcomesOf = async (tries: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(tries)).map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'joined')).toSorted()

describe('an invitation', () => {
  it('joins a signed-in member of the invited address, once, with one row in the log', async () => {
    const { token } = await invited()
    const grace = await account()
    expect(await acceptInvitation({ ...grace, address: '192.0.2.9' }, token)).toEqual({ organisationId })
    expect(await roleOf(grace.id)).toBe('developer')
    expect(await logged()).toMatchObject([{ actorKind: 'member', actorId: grace.id, address: '192.0.2.9' }])
    await expect(acceptInvitation(grace, token)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('lets one of many simultaneous accepts through (B06)', async () => {
    for (let round = 0; round < 5; round++) {
      email = `${unique('grace')}@example.com`
      const { token, mailed } = await invited()
      const grace = await account()
      expect(await outcomesOf([acceptInvitation(grace, token), acceptInvitation(grace, mailed), acceptInvitation(grace, token)])).toEqual([
        ...['joined', 'not_found', 'not_found'],
      ])
    }
    expect(await logged()).toHaveLength(5)
  })

  it('makes one account of many simultaneous sign-ups (B06)', async () => {
    const { mailed } = await invited()
    expect(await outcomesOf([1, 2, 3].map(() => joinByInvitation(NEWCOMER, mailed)))).toEqual(['joined', 'not_found', 'not_found'])
    expect(await prisma().member.count({ where: { email } })).toBe(1)
    expect(await logged()).toHaveLength(1)
  })

  it('is for one address: another one is told so and does not use it up (B06)', async () => {
    const { token } = await invited()
    const eve = await account(`${unique('eve')}@example.com`)
    await expect(acceptInvitation(eve, token)).rejects.toMatchObject({ code: 'conflict', message: expect.stringContaining(email) })
    expect(await roleOf(eve.id)).toBeUndefined()
    expect(await findInvitation(token)).toMatchObject({ email, role: 'developer', mailed: false })
  })

  it.each(['', 'x', 'gate_inv_', `gate_inv_${'A'.repeat(43)}`, `gate_inv_${'A'.repeat(43)}.${'A'.repeat(43)}`, 'a'.repeat(100_000)])(
    'is not guessed: a made-up link opens nothing (B06): %#',
    async (token) => {
      expect(await findInvitation(token)).toBeNull()
      await expect(acceptInvitation(await account(), token)).rejects.toMatchObject({ code: 'not_found' })
    },
  )

  it('ends after seven days, and when it is withdrawn (B06)', async () => {
    const first = await invited()
    const { expiresAt } = await prisma().invitation.findFirstOrThrow({ where: { organisationId, id: first.id } })
    expect(Math.abs(expiresAt.getTime() - Date.now() - 7 * 86_400_000)).toBeLessThan(60_000)
    await prisma().$executeRaw`UPDATE invitation SET expires_at = now() WHERE id = ${first.id}::uuid`
    await expect(acceptInvitation(await account(), first.token)).rejects.toMatchObject({ code: 'not_found' })
    expect((await listInvitations(setting.owner)).invitations).toMatchObject([{ id: first.id, status: 'expired' }])

    const second = await invited()
    await revokeInvitation(setting.owner, { invitationId: second.id })
    expect(await findInvitation(second.mailed)).toBeNull()
    expect((await listInvitations(setting.owner, { status: 'all' })).invitations).toMatchObject([
      { status: 'revoked' },
      { status: 'expired' },
    ])
  })

  it('sent again is another link: the old ones open nothing, in no form', async () => {
    const { id, token, mailed } = await invited()
    const again = await resendInvitation(setting.owner, { invitationId: id })
    expect([await findInvitation(token), await findInvitation(mailed)]).toEqual([null, null])
    expect(await findInvitation(tokenIn(again.link))).toMatchObject({ email })
    expect(await findInvitation(tokenIn(await newestLinkTo(email)))).toMatchObject({ mailed: true })
  })

  it('is stored as a hash: neither link is in the database', async () => {
    const { token, mailed } = await invited()
    const stored = JSON.stringify([
      await prisma().invitation.findMany({ where: { organisationId } }),
      await prisma().auditEvent.findMany({ where: { projectId: organisationId } }),
    ])
    expect([token, mailed, token.slice(9), mailed.slice(-43)].filter((secret) => stored.includes(secret))).toEqual([])
  })

  it('is one per address, and not for members', async () => {
    const tries = [1, 2, 3].map(() => createInvitation(setting.owner, { email, role: 'viewer' }))
    expect(await outcomesOf(tries)).toEqual(['conflict', 'conflict', 'joined'])
    const memberId = await newMember('viewer', organisationId)
    const member = await prisma().member.findUniqueOrThrow({ where: { id: memberId } })
    await expect(createInvitation(setting.owner, { email: member.email.toUpperCase(), role: 'admin' })).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  it('answers alike for addresses with and without an account (B09)', async () => {
    const known = await account()
    const shapes = []
    for (const address of [known.email, `${unique('nobody')}@example.com`]) {
      const sent = await createInvitation(setting.owner, { email: address, role: 'viewer' })
      const shown = await findInvitation(tokenIn(sent.link))
      shapes.push(JSON.stringify([Object.keys(sent), sent.mailed, shown && Object.keys(shown), shown?.mailed]))
    }
    expect(shapes[0]).toBe(shapes[1])
  })

  it.each(['"a@evil.com"@victim.com', 'a＠b@c', 'a@b\r\nBcc: c@d.com', 'no address'])('is not sent to %j (B10)', async (address) => {
    await expect(createInvitation(setting.owner, { email: address, role: 'viewer' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('mails so many in an hour and no more', async () => {
    const tries = Array.from({ length: 101 }, (_, i) => createInvitation(setting.owner, { email: `${i}-${email}`, role: 'viewer' }))
    expect((await outcomesOf(tries)).filter((outcome) => outcome === 'too_many_requests')).toHaveLength(1)
  })
})

describe('joining without an account', () => {
  it('makes one with a proven address and no organisation of its own', async () => {
    const { mailed } = await invited()
    const { memberId } = await joinByInvitation(NEWCOMER, mailed)
    expect(await prisma().membership.findMany({ where: { memberId } })).toMatchObject([{ organisationId, role: 'developer' }])
    const grace = await prisma().member.findUniqueOrThrow({ where: { id: memberId } })
    expect(grace.emailVerifiedAt).not.toBeNull()
    expect((await organisationContextOf(memberId, CALLER)).permissions.has('client:write')).toBe(true)
  })

  it('is not possible with the link the inviter saw: nobody makes an account in another’s name (B14)', async () => {
    const { token } = await invited()
    await expect(joinByInvitation(NEWCOMER, token)).rejects.toMatchObject({ code: 'conflict' })
    expect(await prisma().member.count({ where: { email } })).toBe(0)
  })

  it('proves no address where no mail is sent', async () => {
    const delivery = await import('#lib/mail/delivery.ts')
    const none = vi.spyOn(delivery, 'mailDelivery').mockReturnValue('none')
    try {
      const { link, mailed } = await createInvitation(setting.owner, { email, role: 'viewer' })
      expect(mailed).toBe(false)
      const { memberId } = await joinByInvitation(NEWCOMER, tokenIn(link))
      expect((await prisma().member.findUniqueOrThrow({ where: { id: memberId } })).emailVerifiedAt).toBeNull()
    } finally {
      none.mockRestore()
    }
  })

  it('is refused for an address with an account, and uses nothing up', async () => {
    const { mailed } = await invited()
    const grace = await account()
    await expect(joinByInvitation(NEWCOMER, mailed)).rejects.toMatchObject({ code: 'conflict' })
    await acceptInvitation(grace, mailed)
    expect(await roleOf(grace.id)).toBe('developer')
  })
})
