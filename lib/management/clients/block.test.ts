import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { approved, event, hash, newClient, newFamily, newRequest, redeemed, successor } from '#lib/db/fixtures.ts'
import { oauthStore } from '#lib/db/oauth-store.ts'
import { newSetting } from '../fixtures.ts'
import { blockClient } from './block.ts'
import { unblockClient } from './unblock.ts'

/** A registered client of a project, its registration token, and what it was given before it is blocked. */
async function newConnection() {
  const { ctx } = await newSetting()
  const store = oauthStore(ctx.project.id)
  const registration = newClient({ registrationTokenHash: hash() })
  const { clientId } = registration
  await store.createClient(registration, null, event('client.registered'))
  const family = await redeemed(store, { clientId })
  const token = {
    ...{ jti: randomUUID(), grantId: family.grantId, clientId, userId: family.userId },
    ...{ issuedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) },
  }
  return { ctx, store, clientId, registration, family, token }
}

it('lets no token of a blocked client live, and all of them again once it is unblocked', async () => {
  const { ctx, store, clientId, family, token } = await newConnection()
  const waiting = await approved(store, { clientId })
  const redeem = (codeHash: string) => store.redeemCode(codeHash, randomUUID(), newFamily(), event('token.issued'))
  const refresh = () => store.rotateRefreshToken(family.familyId, family.currentHash, successor(), event('refresh.rotated'))

  await blockClient(ctx, { clientId })
  expect(await store.tokenLives(token)).toBe(false)
  expect(await store.findRefreshFamily(family.familyId)).toMatchObject({ revoked: true })
  expect(await refresh()).toEqual({ outcome: 'lost' })
  expect(await redeem(waiting.codeHash)).not.toBe('redeemed')
  expect(await store.findClient(clientId)).toMatchObject({ revoked: true })

  await unblockClient(ctx, { clientId })
  expect(await store.tokenLives(token)).toBe(true)
  expect(await store.findRefreshFamily(family.familyId)).toMatchObject({ revoked: false })
  expect(await redeem(waiting.codeHash)).toBe('redeemed')
  expect(await refresh()).toMatchObject({ outcome: 'rotated' })
})

it('lets nobody allow a blocked client anything that was asked before', async () => {
  const { ctx, store, clientId } = await newConnection()
  const request = newRequest(clientId)
  await store.createAuthorizationRequest(request, null, event('authorization.requested'))
  await blockClient(ctx, { clientId })
  const answer = { grantId: randomUUID(), codeHash: hash(), userId: 'customer-7', authTime: new Date(), scope: 'read' }
  expect(await store.approveRequest(request.idHash, answer, null, event('grant.approved'))).toBe('client_gone')
})

it('leaves a blocked client no way to undo it with its registration token, nor to end itself', async () => {
  const { ctx, store, clientId, registration, token } = await newConnection()
  const tokenHash = registration.registrationTokenHash ?? ''
  expect(await store.findRegistration(clientId, tokenHash)).toMatchObject({ clientId })
  await blockClient(ctx, { clientId })

  expect(await store.findRegistration(clientId, tokenHash)).toBeNull()
  const before = { clientId, metadataHash: registration.metadataHash, secretHash: null }
  const replaced = await store.replaceRegistration(before, { ...registration, name: 'Another', secret: null }, event('client.updated'))
  expect(replaced).not.toBe('replaced')
  await store.deleteRegistration(clientId, tokenHash, event('client.deleted'))
  expect(await store.findClient(clientId)).toMatchObject({ revoked: true, name: registration.name })

  await unblockClient(ctx, { clientId })
  expect(await store.findRegistration(clientId, tokenHash)).toMatchObject({ clientId })
  expect(await store.tokenLives(token)).toBe(true)
})
