import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { FLAGS, SoftwareAuthenticator, type Twist } from '#lib/end-user/passkey/fixtures-authenticator.ts'
import { addPasskey } from './add-passkey.ts'
import { authenticatePasskey } from './authenticate-passkey.ts'
import type { AccountContext } from './context.ts'
import { actsIn, newAccount } from './fixtures.ts'
import { passkeyCreation, passkeyRequest } from './passkey-options.ts'
import { dashboardParty, memberHandleOf, passkeysOf } from './passkeys.ts'
import { proveItIsYou } from './prove.ts'
import { removePasskey } from './remove-passkey.ts'
import { renamePasskey } from './rename-passkey.ts'
import { findSession } from './session.ts'

const newAuthenticator = (more?: ConstructorParameters<typeof SoftwareAuthenticator>[1]) =>
  new SoftwareAuthenticator(dashboardParty().origin, more)

async function withPasskey(ctx: AccountContext, authenticator = newAuthenticator()): Promise<SoftwareAuthenticator> {
  await addPasskey(ctx, { credential: authenticator.create(await passkeyCreation(ctx)), name: ' My  phone ' })
  return authenticator
}

const enter = async (authenticator: SoftwareAuthenticator, twist?: Twist) =>
  authenticatePasskey(authenticator.get(await passkeyRequest(null), twist))

describe('a passkey of a member', () => {
  it('opens their account, and each act is told once', async () => {
    const { ctx, organisationId } = await newAccount()
    const authenticator = await withPasskey(ctx)
    expect(await enter(authenticator)).toBe(ctx.memberId)
    const [passkey] = await passkeysOf(ctx.memberId)
    expect(passkey).toMatchObject({ name: 'My phone', lastUsedAt: expect.any(Date) })
    await renamePasskey(ctx, { credentialId: authenticator.credentialId, name: 'Key ring' })
    await removePasskey(ctx, { credentialId: authenticator.credentialId })
    expect(await enter(authenticator)).toBeNull()
    expect(await actsIn(organisationId)).toEqual(['member.passkey_added', 'member.passkey_removed'])
  })

  it('counts as a second factor, and tells what was signed no member by name', async () => {
    const { ctx } = await newAccount()
    await withPasskey(ctx)
    expect(await findSession(ctx)).toMatchObject({ hasSecondFactor: true })
    expect(memberHandleOf(ctx.memberId)).not.toContain(ctx.memberId)
  })

  it.each<[string, Twist]>([
    ['without a person', { flags: FLAGS.present }],
    ['for another host', { rpId: 'evil.example' }],
    ['from another page', { clientData: { origin: 'https://evil.example' } }],
    ['in a frame', { clientData: { crossOrigin: true } }],
    ['with another signature', { signature: Buffer.alloc(70, 1) }],
    ['for somebody else', { userHandle: memberHandleOf('somebody') }],
    ['for nobody', { userHandle: undefined }],
    ['to another challenge', { clientData: { challenge: 'A'.repeat(43) } }],
  ])('opens nothing when it answers %s', async (_, twist) => {
    const { ctx } = await newAccount()
    const authenticator = await withPasskey(ctx)
    expect(await enter(authenticator, twist)).toBeNull()
    expect(await enter(authenticator)).toBe(ctx.memberId)
  })

  it('opens once with one answer, and never with a counter that stood still', async () => {
    const { ctx } = await newAccount()
    const authenticator = await withPasskey(ctx, newAuthenticator({ signCount: 5 }))
    const answer = authenticator.get(await passkeyRequest(null))
    expect([await authenticatePasskey(answer), await authenticatePasskey(answer)]).toEqual([ctx.memberId, null])
    expect(await enter(authenticator, { signCount: 3 })).toBeNull()
  })

  it('does not sign in with an answer to what a member was asked to prove, nor late', async () => {
    const { ctx } = await newAccount()
    const authenticator = await withPasskey(ctx)
    expect(await authenticatePasskey(authenticator.get(await passkeyRequest(ctx.memberId)))).toBeNull()
    const late = authenticator.get(await passkeyRequest(null))
    await prisma().$executeRaw`UPDATE member_challenge SET expires_at = now() WHERE used_at IS NULL AND member_id IS NULL`
    expect(await authenticatePasskey(late)).toBeNull()
  })

  it('proves that it is you, and nobody else’s does', async () => {
    const [{ ctx }, { ctx: other }] = [await newAccount(), await newAccount()]
    const [mine, theirs] = [await withPasskey(ctx), await withPasskey(other)]
    await prisma().$executeRaw`UPDATE member_session SET authenticated_at = now() - interval '1 hour' WHERE id = ${ctx.sessionId}::uuid`
    const prove = async (authenticator: SoftwareAuthenticator, asked: string | null) =>
      proveItIsYou(ctx, { by: 'passkey', credential: authenticator.get(await passkeyRequest(asked)) })
    for (const [authenticator, asked] of [
      [theirs, ctx.memberId],
      [theirs, other.memberId],
      [mine, null],
    ] as const) {
      await expect(prove(authenticator, asked)).rejects.toMatchObject({ code: 'invalid' })
    }
    expect((await findSession(ctx))?.recentlyAuthenticated).toBe(false)
    await prove(mine, ctx.memberId)
    expect((await findSession(ctx))?.recentlyAuthenticated).toBe(true)
  })
})

describe('adding a passkey', () => {
  it('is for those who have just proven who they are', async () => {
    const { ctx } = await newAccount()
    const authenticator = await withPasskey(ctx)
    const stale = { ...ctx, recentlyAuthenticated: false }
    await expect(passkeyCreation(stale)).rejects.toMatchObject({ code: 'reauthenticate' })
    await expect(addPasskey(stale, { credential: 'x', name: 'x' })).rejects.toMatchObject({ code: 'reauthenticate' })
    await expect(removePasskey(stale, { credentialId: authenticator.credentialId })).rejects.toMatchObject({ code: 'reauthenticate' })
  })

  it('takes no answer to a challenge of somebody else, none twice, and no key that is known', async () => {
    const [{ ctx }, { ctx: other }] = [await newAccount(), await newAccount()]
    const options = await passkeyCreation(other)
    await expect(addPasskey(ctx, { credential: newAuthenticator().create(options), name: 'x' })).rejects.toMatchObject({ code: 'conflict' })
    const authenticator = newAuthenticator()
    const credential = authenticator.create(await passkeyCreation(ctx))
    await addPasskey(ctx, { credential, name: 'x' })
    await expect(addPasskey(ctx, { credential, name: 'x' })).rejects.toMatchObject({ code: 'conflict' })
    const again = authenticator.create(await passkeyCreation(other))
    await expect(addPasskey(other, { credential: again, name: 'x' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await passkeysOf(ctx.memberId)).length + (await passkeysOf(other.memberId)).length).toBe(1)
  })

  it('stops at twenty', async () => {
    const { ctx } = await newAccount()
    const options = await passkeyCreation(ctx)
    await prisma().memberPasskey.createMany({
      data: Array.from({ length: 20 }, (_, i) => ({
        ...{ credentialId: `${ctx.memberId}${i}`, memberId: ctx.memberId, name: 'x', publicKey: 'x', signCount: 0, backedUp: false },
      })),
    })
    await expect(passkeyCreation(ctx)).rejects.toMatchObject({ code: 'conflict' })
    await expect(addPasskey(ctx, { credential: newAuthenticator().create(options), name: 'x' })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('leaves somebody without a password their last one', async () => {
    const { ctx } = await newAccount()
    const authenticator = await withPasskey(ctx)
    await prisma().member.update({ where: { id: ctx.memberId }, data: { passwordHash: null } })
    await expect(removePasskey(ctx, { credentialId: authenticator.credentialId })).rejects.toMatchObject({ code: 'conflict' })
    expect(await enter(authenticator)).toBe(ctx.memberId)
  })

  it('finds no passkey of somebody else', async () => {
    const [{ ctx }, { ctx: other }] = [await newAccount(), await newAccount()]
    const { credentialId } = await withPasskey(other)
    await expect(removePasskey(ctx, { credentialId })).rejects.toMatchObject({ code: 'not_found' })
    await expect(renamePasskey(ctx, { credentialId, name: 'Mine' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
