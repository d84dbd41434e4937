import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type { OAuthStore } from '#lib/oauth/store.ts'
import { approval, approved, event, hash, newClient, newFamily, newRequest, redeemed, registered, successor } from './fixtures.ts'
import type { World } from './fixtures-postgres.ts'

/** What every store promises, whatever it is made of. `rounds`: how often a race is run. */
export function storeContract(name: string, open: () => World, rounds: number): void {
  describe(`the store in ${name}`, () => {
    let world: World
    let store: OAuthStore
    beforeEach(() => {
      world = open()
      store = world.store
    })
    const secondsFromNow = (seconds: number) => new Date(world.now().getTime() + seconds * 1000)
    const countOf = async (action: string) => (await world.actions()).filter((each) => each === action).length
    const redeem = (codeHash: string, requestId: string = randomUUID(), family = newFamily()) =>
      store.redeemCode(codeHash, requestId, family, event('token.issued'))
    const rotate = (familyId: string, presented: string, next = successor()) =>
      store.rotateRefreshToken(familyId, presented, next, event('refresh.rotated'))
    const revoke = (grantId: string) => store.revokeGrant(grantId, 'user', event('grant.revoked'))

    describe('clients', () => {
      it('gives a registration back as it was made', async () => {
        const client = newClient({
          secretHash: hash(),
          tokenEndpointAuthMethod: 'client_secret_basic',
          scope: 'read',
          clientUri: 'https://a.example',
        })
        const created = await store.createClient(client, null, event('client.registered'))
        expect(created).toMatchObject({ outcome: 'created', trusted: false })
        const { secretHash, secretLastFour, ...kept } = client
        expect(await store.findClient(client.clientId)).toEqual({
          ...kept,
          ...{ secretHashes: [secretHash], trusted: false, revoked: false, readAt: expect.any(Date) },
        })
      })
      it('does not know a client of another project', async () => {
        const clientId = await registered(open().store)
        expect(await store.findClient(clientId)).toBeNull()
      })
      it('trusts who brings a live registration secret', async () => {
        const secret = hash()
        await world.outside.addSecret('registration', secret)
        expect(await store.createClient(newClient(), secret, event('client.registered'))).toMatchObject({
          outcome: 'created',
          trusted: true,
        })
      })
      it.each(['unknown', 'server'])('keeps nothing for an %s secret', async (kind) => {
        const secret = hash()
        if (kind === 'server') await world.outside.addSecret('server', secret)
        const client = newClient()
        expect(await store.createClient(client, secret, event('client.registered'))).toEqual({ outcome: 'secret_unknown' })
        expect(await store.findClient(client.clientId)).toBeNull()
        expect(await world.actions()).toEqual([])
      })
      it('still tells of a revoked one', async () => {
        const clientId = await registered(store)
        await world.outside.revokeClient(clientId)
        expect(await store.findClient(clientId)).toMatchObject({ revoked: true })
      })
      it('holds a thousand never-used registrations, lets the oldest give way after ten minutes, and never a used one', async () => {
        const used = await approved(store)
        const oldest = await registered(store)
        await world.pass(1)
        for (let i = 1; i < 1_000; i += 50) await Promise.all(Array.from({ length: Math.min(50, 1_000 - i) }, () => registered(store)))
        expect(await store.createClient(newClient(), null, event('client.registered'))).toEqual({ outcome: 'full' })
        expect(await store.findClient(oldest)).not.toBeNull()

        const secret = hash()
        await world.outside.addSecret('registration', secret)
        expect(await store.createClient(newClient(), secret, event('client.registered'))).toMatchObject({ outcome: 'created' })

        await world.pass(601)
        expect(await store.createClient(newClient(), null, event('client.registered'))).toMatchObject({ outcome: 'created' })
        expect(await store.findClient(oldest)).toBeNull()
        expect(await store.findClient(used.clientId)).not.toBeNull()
      })
    })

    describe('authorization requests', () => {
      it('gives one back as it was made, with the moment from which a sign-in counts', async () => {
        const request = newRequest(await registered(store))
        expect(await store.createAuthorizationRequest(request, 60, event('authorization.requested'))).toBe('created')
        const found = await store.findAuthorizationRequest(request.idHash)
        expect(found).toEqual({ ...request, authTimeFrom: expect.any(Date), answered: false, expired: false })
        expect(Math.abs((found?.authTimeFrom?.getTime() ?? 0) - secondsFromNow(-60).getTime())).toBeLessThan(10_000)
      })
      it('accepts any sign-in when no age was asked for', async () => {
        const request = newRequest(await registered(store))
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        expect(await store.findAuthorizationRequest(request.idHash)).toMatchObject({ authTimeFrom: null })
      })
      it('is answered once, whichever answer comes first', async () => {
        const { idHash } = await approved(store)
        expect(await store.approveRequest(idHash, approval(), event('grant.approved'))).toBe('already_answered')
        expect(await store.denyRequest(idHash, event('grant.denied'))).toBe('already_answered')

        const denied = newRequest(await registered(store))
        await store.createAuthorizationRequest(denied, null, event('authorization.requested'))
        expect(await store.denyRequest(denied.idHash, event('grant.denied'))).toBe('denied')
        expect(await store.approveRequest(denied.idHash, approval(), event('grant.approved'))).toBe('already_answered')
        expect(await countOf('grant.approved')).toBe(1)
        expect(await countOf('grant.denied')).toBe(1)
      })
      it('cannot be answered after ten minutes', async () => {
        const request = newRequest(await registered(store))
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        await world.pass(601)
        expect(await store.findAuthorizationRequest(request.idHash)).toMatchObject({ expired: true })
        expect(await store.approveRequest(request.idHash, approval(), event('grant.approved'))).toBe('expired')
        expect(await store.denyRequest(request.idHash, event('grant.denied'))).toBe('expired')
      })
      it('cannot be approved for a client that was revoked meanwhile', async () => {
        const request = newRequest(await registered(store))
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        await world.outside.revokeClient(request.clientId)
        expect(await store.approveRequest(request.idHash, approval(), event('grant.approved'))).toBe('client_gone')
        expect(await countOf('grant.approved')).toBe(0)
      })
      it('makes one grant of many simultaneous approvals', async () => {
        for (let round = 0; round < rounds; round++) {
          const request = newRequest(await registered(store))
          await store.createAuthorizationRequest(request, null, event('authorization.requested'))
          const answers = await Promise.all(
            Array.from({ length: 10 }, () => store.approveRequest(request.idHash, approval(), event('grant.approved'))),
          )
          expect(answers.toSorted()).toEqual([...Array(9).fill('already_answered'), 'approved'])
        }
        expect(await countOf('grant.approved')).toBe(rounds)
      })
    })

    describe('codes', () => {
      it('carries what was approved, not what was asked', async () => {
        const code = await approved(store, { scope: 'read' })
        expect(await store.findCode(code.codeHash)).toMatchObject({
          ...{ grantId: code.grantId, clientId: code.clientId, userId: code.userId, scope: 'read', authTime: code.authTime },
          ...{ redeemed: false, expired: false, revoked: false, resources: ['https://mcp.example.com/mcp'] },
        })
      })
      it('is redeemed once: at once again it raced, two seconds later it is a replay', async () => {
        const { codeHash } = await approved(store)
        expect(await redeem(codeHash)).toBe('redeemed')
        expect(await redeem(codeHash)).toBe('raced')
        await world.pass(2.1)
        expect(await redeem(codeHash)).toBe('replayed')
        await world.pass(3_600)
        expect(await redeem(codeHash)).toBe('replayed')
        expect(await countOf('token.issued')).toBe(1)
      })
      it('answers redeemed again to the request that redeemed it, and records that once', async () => {
        const { codeHash } = await approved(store)
        const [requestId, family] = [randomUUID(), newFamily()]
        expect(await redeem(codeHash, requestId, family)).toBe('redeemed')
        expect(await redeem(codeHash, requestId, family)).toBe('redeemed')
        expect(await countOf('token.issued')).toBe(1)
      })
      it('lives a minute', async () => {
        const { codeHash } = await approved(store)
        await world.pass(59)
        expect(await store.findCode(codeHash)).toMatchObject({ expired: false })
        await world.pass(2)
        expect(await store.findCode(codeHash)).toMatchObject({ expired: true })
        expect(await redeem(codeHash)).toBe('expired')
      })
      it.each([
        ['its grant is revoked', async (code: { grantId: string }) => revoke(code.grantId)],
        ['its client is revoked', async (code: { clientId: string }) => world.outside.revokeClient(code.clientId)],
        ['its client is cut off', async (code: { clientId: string }) => world.outside.cutOffClient(code.clientId)],
        ['its user is disabled', async (code: { userId: string }) => world.outside.disableUser(code.userId)],
        ['its user is signed out everywhere', async (code: { userId: string }) => world.outside.signOutEverywhere(code.userId)],
      ])('is worth nothing once %s', async (_, end) => {
        await world.outside.addUser('user_1')
        await world.pass(10)
        const code = await approved(store, { userId: 'user_1', authTime: world.now() })
        await world.pass(10)
        await end(code)
        expect(await store.findCode(code.codeHash)).toMatchObject({ revoked: true, redeemed: false })
        expect(await redeem(code.codeHash)).toBe('revoked')
        expect(await countOf('token.issued')).toBe(0)
      })
      it('is worth nothing when its user had signed in before being signed out everywhere', async () => {
        await world.outside.addUser('user_1')
        await world.pass(60)
        await world.outside.signOutEverywhere('user_1')
        const { codeHash } = await approved(store, { userId: 'user_1', authTime: secondsFromNow(-30) })
        expect(await redeem(codeHash)).toBe('revoked')
      })
      it('serves a user who signed up a moment ago', async () => {
        await world.outside.addUser('user_1')
        const { codeHash } = await approved(store, { userId: 'user_1' })
        expect(await redeem(codeHash)).toBe('redeemed')
      })
      it('starts no family when none is wanted', async () => {
        const { codeHash } = await approved(store)
        expect(await store.redeemCode(codeHash, randomUUID(), null, event('token.issued'))).toBe('redeemed')
      })
      it('is unknown to another project, and stays intact', async () => {
        const { codeHash } = await approved(store)
        const other = open().store
        expect(await other.findCode(codeHash)).toBeNull()
        expect(await other.redeemCode(codeHash, randomUUID(), newFamily(), event('token.issued'))).toBe('expired')
        expect(await redeem(codeHash)).toBe('redeemed')
      })
      it('lets only one of twenty simultaneous redemptions through', async () => {
        for (let round = 0; round < rounds; round++) {
          const { codeHash } = await approved(store)
          const families = Array.from({ length: 20 }, () => newFamily())
          const outcomes = await Promise.all(families.map((family) => redeem(codeHash, randomUUID(), family)))
          expect(outcomes.toSorted()).toEqual([...Array(19).fill('raced'), 'redeemed'])
          const kept = await Promise.all(families.map(({ id }) => store.findRefreshFamily(id)))
          expect(kept.filter(Boolean)).toHaveLength(1)
        }
        expect(await countOf('token.issued')).toBe(rounds)
      })
    })

    describe('refresh tokens', () => {
      it('starts in generation one, with what the code carried', async () => {
        const { familyId, currentHash, grantId, clientId, authTime } = await redeemed(store)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({
          ...{ generation: 1, currentHash, previousHash: null, previousValid: false, grantId, clientId, authTime },
          ...{ scope: 'read', expired: false, revoked: false },
        })
      })
      it('rotates, and keeps the token before for a minute', async () => {
        const { familyId, currentHash } = await redeemed(store)
        const next = successor()
        expect(await rotate(familyId, currentHash, next)).toMatchObject({ outcome: 'rotated' })
        const rotated = { generation: 2, currentHash: next.hash, previousHash: currentHash, salt: next.salt }
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ ...rotated, previousValid: true })
        await world.pass(61)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ ...rotated, previousValid: false })
      })
      it('does not rotate on a token that is not the current one', async () => {
        const { familyId, currentHash } = await redeemed(store)
        await rotate(familyId, currentHash)
        expect(await rotate(familyId, currentHash)).toEqual({ outcome: 'lost' })
        expect(await rotate(familyId, hash())).toEqual({ outcome: 'lost' })
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ generation: 2 })
        expect(await countOf('refresh.rotated')).toBe(1)
      })
      it('answers rotated again to the rotation that made this successor, and records that once', async () => {
        const { familyId, currentHash } = await redeemed(store)
        const next = successor()
        expect(await rotate(familyId, currentHash, next)).toEqual(await rotate(familyId, currentHash, next))
        expect(await countOf('refresh.rotated')).toBe(1)
      })
      it('sees a token older than both it keeps, however fast it was rotated', async () => {
        const { familyId, currentHash } = await redeemed(store)
        let presented = currentHash
        for (let i = 0; i < 3; i++) {
          const next = successor()
          await rotate(familyId, presented, next)
          presented = next.hash
        }
        const family = await store.findRefreshFamily(familyId)
        expect(family).toMatchObject({ generation: 4, currentHash: presented })
        expect([family?.currentHash, family?.previousHash]).not.toContain(currentHash)
      })
      it('expires when idle; use puts that off, but never past the absolute end', async () => {
        const { familyId, currentHash } = await redeemed(store, {}, { idleSeconds: 100, absoluteSeconds: 250 })
        await world.pass(90)
        const second = successor(100)
        await rotate(familyId, currentHash, second)
        await world.pass(90)
        const third = successor(100)
        expect(await rotate(familyId, second.hash, third)).toMatchObject({ outcome: 'rotated' })
        await world.pass(69)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ expired: false })
        await world.pass(2)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ expired: true })
        expect(await rotate(familyId, third.hash)).toEqual({ outcome: 'lost' })
      })
      it('expires when idle', async () => {
        const { familyId, currentHash } = await redeemed(store, {}, { idleSeconds: 100 })
        await world.pass(101)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ expired: true })
        expect(await rotate(familyId, currentHash)).toEqual({ outcome: 'lost' })
      })
      it.each([
        ['its grant is revoked', async (family: { grantId: string }) => revoke(family.grantId)],
        ['its client is revoked', async (family: { clientId: string }) => world.outside.revokeClient(family.clientId)],
        ['its client is cut off', async (family: { clientId: string }) => world.outside.cutOffClient(family.clientId)],
        ['its user is disabled', async (family: { userId: string }) => world.outside.disableUser(family.userId)],
        ['its user is signed out everywhere', async (family: { userId: string }) => world.outside.signOutEverywhere(family.userId)],
      ])('ends once %s', async (_, end) => {
        await world.outside.addUser('user_1')
        const family = await redeemed(store, { userId: 'user_1', authTime: world.now() })
        await world.pass(10)
        await end(family)
        expect(await store.findRefreshFamily(family.familyId)).toMatchObject({ revoked: true })
        expect(await rotate(family.familyId, family.currentHash)).toEqual({ outcome: 'lost' })
        expect(await countOf('refresh.rotated')).toBe(0)
      })
      it('is unknown to another project', async () => {
        const { familyId, currentHash } = await redeemed(store)
        const other = open().store
        expect(await other.findRefreshFamily(familyId)).toBeNull()
        expect(await other.rotateRefreshToken(familyId, currentHash, successor(), event('refresh.rotated'))).toEqual({ outcome: 'lost' })
      })
      it('lets one of twenty simultaneous rotations through, and shows its successor to the others', async () => {
        const { familyId, currentHash } = await redeemed(store)
        let presented = currentHash
        for (let round = 0; round < rounds; round++) {
          const successors = Array.from({ length: 20 }, () => successor())
          const outcomes = await Promise.all(successors.map((next) => rotate(familyId, presented, next)))
          const winner = successors[outcomes.findIndex(({ outcome }) => outcome === 'rotated')]
          expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1)
          expect(await store.findRefreshFamily(familyId)).toMatchObject({
            ...{ generation: round + 2, currentHash: winner?.hash, previousHash: presented, previousValid: true },
          })
          presented = winner?.hash ?? ''
        }
        expect(await countOf('refresh.rotated')).toBe(rounds)
      })
      it('leaves nothing alive when revoked while it rotates', async () => {
        for (let round = 0; round < rounds; round++) {
          const { familyId, currentHash, grantId } = await redeemed(store)
          await Promise.all([rotate(familyId, currentHash), revoke(grantId), rotate(familyId, currentHash)])
          const family = await store.findRefreshFamily(familyId)
          expect(family).toMatchObject({ revoked: true })
          expect(await rotate(familyId, family?.currentHash ?? '')).toEqual({ outcome: 'lost' })
        }
      })
      it('leaves nothing alive when its grant is revoked while its code is redeemed', async () => {
        for (let round = 0; round < rounds; round++) {
          const { codeHash, grantId } = await approved(store)
          const family = newFamily()
          await Promise.all([redeem(codeHash, randomUUID(), family), revoke(grantId)])
          expect((await store.findRefreshFamily(family.id))?.revoked ?? true).toBe(true)
          expect(await rotate(family.id, family.currentHash)).toEqual({ outcome: 'lost' })
        }
      })
    })

    describe('revocation', () => {
      it('records the end of a grant once, however many ask at once', async () => {
        const { grantId } = await redeemed(store)
        await Promise.all([revoke(grantId), revoke(grantId), revoke(grantId)])
        expect(await countOf('grant.revoked')).toBe(1)
      })
      it('does nothing for a grant of another project', async () => {
        const { grantId, codeHash } = await approved(store)
        await open().store.revokeGrant(grantId, 'user', event('grant.revoked'))
        expect(await redeem(codeHash)).toBe('redeemed')
      })
      const token = (fields: object = {}) => {
        const life = { issuedAt: world.now(), expiresAt: secondsFromNow(3_600) }
        return { jti: randomUUID(), grantId: null, userId: null, clientId: '', ...life, ...fields }
      }
      it('ends one access token and no other, and records it once', async () => {
        const { clientId, grantId, userId } = await redeemed(store)
        const [first, second] = [token({ clientId, grantId, userId }), token({ clientId, grantId, userId })]
        await Promise.all([1, 2, 3].map(() => store.revokeToken(first.jti, first.expiresAt, event('token.revoked'))))
        expect(await store.tokenLives(first)).toBe(false)
        expect(await store.tokenLives(second)).toBe(true)
        expect(await countOf('token.revoked')).toBe(1)
      })
      it('finds a token dead that has expired, or whose client or grant it does not know', async () => {
        const { clientId, grantId } = await redeemed(store)
        expect(await store.tokenLives(token({ clientId, grantId }))).toBe(true)
        expect(await store.tokenLives(token({ clientId, grantId, expiresAt: secondsFromNow(-5) }))).toBe(false)
        expect(await store.tokenLives(token({ clientId: 'c_unknown' }))).toBe(false)
        expect(await store.tokenLives(token({ clientId, grantId: randomUUID() }))).toBe(false)
      })
      it.each([
        ['its grant is revoked', async (of: { grantId: string }) => revoke(of.grantId)],
        ['its client is revoked', async (of: { clientId: string }) => world.outside.revokeClient(of.clientId)],
        ['its client is cut off', async (of: { clientId: string }) => world.outside.cutOffClient(of.clientId)],
        ['its user is disabled', async (of: { userId: string }) => world.outside.disableUser(of.userId)],
        ['its user is signed out everywhere', async (of: { userId: string }) => world.outside.signOutEverywhere(of.userId)],
      ])('finds a token dead once %s', async (_, end) => {
        await world.outside.addUser('user_1')
        const family = await redeemed(store, { userId: 'user_1', authTime: world.now() })
        const { clientId, grantId, userId } = family
        await world.pass(10)
        const issuedAt = secondsFromNow(-5)
        expect(await store.tokenLives(token({ clientId, grantId, userId, issuedAt }))).toBe(true)
        await end(family)
        expect(await store.tokenLives(token({ clientId, grantId, userId, issuedAt }))).toBe(false)
      })
      it('measures a token without a grant by the time it was issued', async () => {
        const clientId = await registered(store)
        await world.outside.addUser('user_1')
        await world.pass(60)
        const [before, after] = [secondsFromNow(-30), secondsFromNow(1)]
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt: before }))).toBe(true)
        await world.outside.signOutEverywhere('user_1')
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt: before }))).toBe(false)
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt: after }))).toBe(true)
      })
      it('lets a token live whose whole-second time of issue lies before its user was made', async () => {
        const clientId = await registered(store)
        await world.outside.addUser('user_1')
        const issuedAt = secondsFromNow(-0.999)
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt }))).toBe(true)
      })
    })

    describe('secrets and records', () => {
      it('tells a live secret from one of another kind and from none of ours', async () => {
        const [server, registration] = [hash(), hash()]
        await world.outside.addSecret('server', server)
        await world.outside.addSecret('registration', registration)
        expect(await store.checkSecret('server', server)).toMatchObject({ state: 'live', readAt: expect.any(Date) })
        expect(await store.checkSecret('server', registration)).toMatchObject({ state: 'other_kind' })
        expect(await store.checkSecret('server', hash())).toMatchObject({ state: 'unknown' })
        expect(await open().store.checkSecret('server', server)).toMatchObject({ state: 'unknown' })
      })
      it('records one misuse per credential and action', async () => {
        const credential = hash()
        await Promise.all([1, 2, 3].map(() => store.recordMisuse(credential, event('code.misused'))))
        await store.recordMisuse(credential, event('code.replayed'))
        await store.recordMisuse(hash(), event('code.misused'))
        expect((await world.actions()).toSorted()).toEqual(['code.misused', 'code.misused', 'code.replayed'])
      })
      it('records every event it is given', async () => {
        await store.record(event('refresh.retried'))
        await store.record(event('refresh.retried'))
        expect(await world.actions()).toEqual(['refresh.retried', 'refresh.retried'])
      })
    })
  })
}
