import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { OAuthAction } from '#lib/oauth/events.ts'
import { closeDatabase } from './client.ts'
import {
  approval,
  approved,
  deviceRequest,
  documentClient,
  event,
  hash,
  newClient,
  newDevice,
  newFamily,
  newRequest,
  redeemed,
  registered,
  successor,
} from './fixtures.ts'
import { type FaultyNetwork, startFaultyNetwork } from './fixtures-faulty-network.ts'
import { postgresWorld, requireDatabase } from './fixtures-postgres.ts'
import { inTransaction, read, statement, Unavailable } from './transaction.ts'

const direct = requireDatabase()
const { projectId, store, outside, actions } = postgresWorld()
/** Past the network. */
const witness = new pg.Pool({ connectionString: direct, max: 1 })
let network: FaultyNetwork

beforeAll(async () => {
  network = await startFaultyNetwork(direct)
  const through = new URL(direct)
  through.hostname = '127.0.0.1'
  through.port = String(network.port)
  process.env.DATABASE_URL = through.href // before the first connection, which reads it
})
afterEach(() => network.comeBack())
afterAll(async () => {
  await closeDatabase()
  await network.close()
  await witness.end()
})

/** An event whose statement is executed while its answer is lost. */
function unanswered(action: OAuthAction) {
  const mark = randomUUID()
  network.loseAnswerTo(mark)
  return event(action, { detail: { mark } })
}
const countOf = async (action: string) => (await actions()).filter((each) => each === action).length
const one = () => statement<{ one: number }>('test_one', 'SELECT 1 AS one', [])

describe('a change whose answer was lost on the way', () => {
  it('C18 is found done when a code was redeemed: one family, one record', async () => {
    const { codeHash, grantId } = await approved(store)
    const family = newFamily()
    expect(await store.redeemCode(codeHash, randomUUID(), family, unanswered('token.issued'))).toBe('redeemed')
    expect(await countOf('token.issued')).toBe(1)
    const { rows } = await witness.query('SELECT id FROM refresh_family WHERE project_id = $1 AND grant_id = $2', [projectId, grantId])
    expect(rows).toEqual([{ id: family.id }])
  })

  it('is found done when a token was rotated: one generation', async () => {
    const { familyId, currentHash } = await redeemed(store)
    const next = successor()
    const rotated = await store.rotateRefreshToken(familyId, currentHash, next, unanswered('refresh.rotated'))
    expect(rotated).toMatchObject({ outcome: 'rotated', readAt: expect.any(Date) })
    expect(await store.findRefreshFamily(familyId)).toMatchObject({ generation: 2, currentHash: next.hash })
    expect(await countOf('refresh.rotated')).toBe(1)
  })

  it('is found done when a client was registered', async () => {
    const client = newClient()
    const before = await countOf('client.registered')
    expect(await store.createClient(client, null, unanswered('client.registered'))).toMatchObject({ outcome: 'created', trusted: false })
    expect(await countOf('client.registered')).toBe(before + 1)
  })

  it('is found done when a registration was replaced or deleted', async () => {
    const secret = hash()
    await outside.addSecret('registration', secret)
    const { secretHash: _, secretLastFour, registrationTokenHash, clientId, source, scope, ...said } = newClient()
    const tokenHash = hash()
    const client = newClient({ clientId, registrationTokenHash: tokenHash })
    await store.createClient(client, secret, event('client.registered'))
    const given = { secretHash: hash(), secretLastFour: 'abcd' }
    const before = { clientId, metadataHash: client.metadataHash, secretHash: null }
    const after = { ...said, metadataHash: hash(), secret: given }
    expect(await store.replaceRegistration(before, after, unanswered('client.updated'))).toBe('replaced')
    expect(await store.findRegistration(clientId, tokenHash)).toMatchObject({ secretHashes: [given.secretHash] })
    await store.deleteRegistration(clientId, tokenHash, unanswered('client.deleted'))
    expect(await store.findClient(clientId)).toMatchObject({ revoked: true })
    expect([await countOf('client.updated'), await countOf('client.deleted')]).toEqual([1, 1])
  })

  it('is found done when a request was opened, approved or denied', async () => {
    const clientId = await registered(store)
    const [first, second] = [newRequest(clientId), newRequest(clientId)]
    expect(await store.createAuthorizationRequest(first, null, unanswered('authorization.requested'))).toBe('created')
    await store.createAuthorizationRequest(second, null, event('authorization.requested'))
    const before = await countOf('grant.approved')
    expect(await store.approveRequest(first.idHash, approval(), null, unanswered('grant.approved'))).toBe('approved')
    expect(await store.denyRequest(second.idHash, unanswered('grant.denied'))).toBe('denied')
    expect(await countOf('grant.approved')).toBe(before + 1)
    expect(await countOf('grant.denied')).toBe(1)
  })

  it('is found done when a request was approved from memory', async () => {
    const clientId = await registered(store)
    const [asked, recalled, placeHash] = [newRequest(clientId), newRequest(clientId), hash()]
    for (const request of [asked, recalled]) await store.createAuthorizationRequest(request, null, event('authorization.requested'))
    await store.approveRequest(asked.idHash, approval(), placeHash, event('grant.approved'))
    const before = await countOf('grant.approved')
    expect(await store.approveRemembered(recalled.idHash, approval(), placeHash, unanswered('grant.approved'))).toBe(true)
    expect(await countOf('grant.approved')).toBe(before + 1)
  })

  it('is found done when a request was pushed and taken, or an assertion used', async () => {
    const pushed = { idHash: hash(), clientId: 'c_1', parameters: 'state=x', lifetimeSeconds: 60 }
    await store.pushRequest(pushed, unanswered('authorization.pushed'))
    expect(await countOf('authorization.pushed')).toBe(1)
    const [taking, using] = [randomUUID(), randomUUID()]
    network.loseAnswerTo(taking)
    expect(await store.takePushedRequest(pushed.idHash, 'c_1', taking)).toEqual({ outcome: 'taken', parameters: 'state=x' })
    expect(await store.takePushedRequest(pushed.idHash, 'c_1', randomUUID())).toEqual({ outcome: 'used' })
    const assertion = hash()
    network.loseAnswerTo(using)
    expect(await store.useAssertion(assertion, new Date(Date.now() + 60_000), using)).toBe(true)
    expect(await store.useAssertion(assertion, new Date(Date.now() + 60_000), randomUUID())).toBe(false)
  })

  it('is found done when a device began, and was allowed or denied by somebody', async () => {
    const clientId = await registered(store)
    const [allowed, refused] = [newDevice(clientId), newDevice(clientId)]
    expect(await store.createDeviceAuthorization(allowed, unanswered('device.requested'))).toBe('created')
    await store.createDeviceAuthorization(refused, event('device.requested'))
    const [yes, no] = [deviceRequest(allowed), deviceRequest(refused)]
    for (const request of [yes, no]) await store.createAuthorizationRequest(request, null, event('authorization.requested'))
    const answer = approval({ codeHash: allowed.deviceCodeHash })
    expect(await store.approveRequest(yes.idHash, answer, null, unanswered('grant.approved'))).toBe('approved')
    expect(await store.denyRequest(no.idHash, unanswered('device.denied'))).toBe('denied')
    expect(await store.pollDevice(allowed.deviceCodeHash, clientId)).toEqual({ outcome: 'approved' })
    expect(await store.pollDevice(refused.deviceCodeHash, clientId)).toEqual({ outcome: 'denied' })
    expect(await countOf('device.requested')).toBe(2)
    expect(await countOf('device.denied')).toBe(1)
  })

  it('is recorded once when a document client was kept, and when its document changed', async () => {
    const client = documentClient()
    const before = await countOf('client.registered')
    await store.keepDocumentClient(client, unanswered('client.registered'))
    expect(await countOf('client.registered')).toBe(before + 1)
    await store.keepDocumentClient({ ...client, metadataHash: hash() }, unanswered('client.document_changed'))
    expect(await countOf('client.registered')).toBe(before + 1)
    expect(await countOf('client.document_changed')).toBe(1)
  })

  it('is recorded once when something was revoked or noted', async () => {
    const { grantId } = await redeemed(store)
    await store.revokeGrant(grantId, 'user', unanswered('grant.revoked'))
    await store.revokeToken(randomUUID(), new Date(Date.now() + 60_000), unanswered('token.revoked'))
    await store.recordMisuse(hash(), unanswered('code.misused'))
    await store.record(unanswered('refresh.retried'))
    const recorded = await actions()
    for (const action of ['grant.revoked', 'token.revoked', 'code.misused', 'refresh.retried'])
      expect(recorded.filter((each) => each === action)).toHaveLength(1)
  })

  it('is told as unknown when it was a transaction: it may have been committed', async () => {
    const id = randomUUID()
    const lost = inTransaction(async (tx) => {
      await tx.organisation.create({ data: { id, name: 'Acme' } })
      network.loseAnswerTo('COMMIT')
    })
    await expect(lost).rejects.toMatchObject({ name: 'Unavailable', outcomeUnknown: true })
    expect((await witness.query('SELECT 1 FROM organisation WHERE id = $1', [id])).rowCount).toBe(1)
    expect(await read((db) => db.organisation.count({ where: { id } }))).toBe(1)
  })
})

describe('a database that cannot be reached', () => {
  it('is waited for as long as a restart takes', async () => {
    await network.goAway()
    const answer = one()
    await sleep(500)
    await network.comeBack()
    expect((await answer).rows[0]?.one).toBe(1)
  })

  it('is Unavailable after a second, for statements, reads and transactions, and answers when it is back', async () => {
    await network.goAway()
    const started = performance.now()
    const asked = [one(), read((db) => db.organisation.count()), inTransaction((tx) => tx.organisation.count())]
    const outcomes = await Promise.all(asked.map((each: Promise<unknown>) => each.catch((error: unknown) => error)))
    for (const outcome of outcomes) expect(outcome).toBeInstanceOf(Unavailable)
    expect(performance.now() - started).toBeLessThan(2_500)
    await network.comeBack()
    expect((await one()).rows[0]?.one).toBe(1)
    expect(await inTransaction((tx) => tx.organisation.count())).toBeGreaterThan(0)
  })

  it('is Unavailable within three seconds when the network swallows everything, and answers when it is back', async () => {
    await one()
    network.goSilent()
    const started = performance.now()
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => one().catch((error: unknown) => error)))
    for (const outcome of outcomes) expect(outcome).toBeInstanceOf(Unavailable)
    expect(performance.now() - started).toBeLessThan(3_500)
    await network.comeBack()
    expect((await one()).rows[0]?.one).toBe(1)
  })
})
