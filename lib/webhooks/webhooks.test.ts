import { Webhook } from 'standardwebhooks'
import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import type { ManagementContext } from '#lib/management/context.ts'
import { newSetting } from '#lib/management/fixtures.ts'
import { createScope } from '#lib/management/scopes/create.ts'
import { createWebhookEndpoint } from '#lib/management/webhooks/create.ts'
import { getWebhookDelivery, listWebhookDeliveries } from '#lib/management/webhooks/deliveries.ts'
import { listWebhookEndpoints } from '#lib/management/webhooks/list.ts'
import { replayWebhookDeliveries } from '#lib/management/webhooks/replay.ts'
import { rotateWebhookSecret } from '#lib/management/webhooks/rotate-secret.ts'
import { newEndpoint } from '#lib/management/webhooks/samples.ts'
import { sendTestWebhook } from '#lib/management/webhooks/test.ts'
import { updateWebhookEndpoint } from '#lib/management/webhooks/update.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { collect } from './collect.ts'
import { deliver, type Post } from './deliver.ts'
import { busyEndpoints } from './endpoints.ts'
import { MAX_ATTEMPTS, pauseSeconds } from './retries.ts'
import { serveOnce } from './worker.ts'

type Sent = { readonly url: string; readonly body: string; readonly headers: Record<string, string> }

/** A receiver that answers with these statuses in turn, and then with the last of them. */
function receiver(...statuses: number[]): { sent: Sent[]; post: Post } {
  const sent: Sent[] = []
  return {
    sent,
    post: async (url, { jsonText = '', headers = {} }) => {
      const status = statuses[Math.min(sent.length, statuses.length - 1)] ?? 200
      sent.push({ url, body: jsonText, headers: { ...headers } })
      return { status, headers: {}, body: Buffer.from(`answer ${sent.length}`) }
    },
  }
}

async function endpointOf({ project }: ManagementContext, endpointId: string) {
  const endpoint = (await busyEndpoints()).find(({ id }) => id === endpointId)
  expect(endpoint).toMatchObject({ projectId: project.id })
  return endpoint as NonNullable<typeof endpoint>
}

const serve = async (ctx: ManagementContext, endpointId: string, post: Post) => serveOnce(await endpointOf(ctx, endpointId), post)

/** What waits is due now. */
const hurry = (ctx: ManagementContext) =>
  prisma().webhookDelivery.updateMany({ where: { projectId: ctx.project.id, state: 'pending' }, data: { nextAttemptAt: new Date(0) } })

const statesOf = async (ctx: ManagementContext, endpointId: string) =>
  (await listWebhookDeliveries(ctx, { endpointId })).deliveries.map(({ action, state, attempts }) => `${action} ${state} ${attempts}`)

const aScope = (ctx: ManagementContext, name: string) => createScope(ctx, { name, description: 'See your files' })

describe('an event', () => {
  it('arrives once, signed so that the published library verifies it, with what the log says', async () => {
    const { ctx } = await newSetting()
    const { endpointId, secret } = await createWebhookEndpoint(ctx, { url: 'https://receiver.example.com/hook', events: ['scope.*'] })
    await aScope(ctx, 'files')
    const { sent, post } = receiver()
    await serve(ctx, endpointId, post)
    await serve(ctx, endpointId, post)

    expect(sent.map(({ url }) => url)).toEqual(['https://receiver.example.com/hook'])
    const [{ body, headers }] = sent as [Sent]
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({
      type: 'scope.created',
      data: { project: ctx.project.slug, actorKind: 'member', actorId: ctx.actor.id, detail: { scope: 'files' } },
    })
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow()
    expect(await statesOf(ctx, endpointId)).toEqual(['scope.created delivered 1'])
  })

  it('of another kind, or from before the endpoint, or of another project, is not sent', async () => {
    const [{ ctx }, other] = [await newSetting(), await newSetting()]
    await aScope(ctx, 'before')
    const { endpointId } = await createWebhookEndpoint(ctx, {
      url: 'https://receiver.example.com/hook',
      events: ['scope.updated', 'client.*'],
    })
    await aScope(ctx, 'after')
    await aScope(other.ctx, 'elsewhere')
    const { sent, post } = receiver()
    await serve(ctx, endpointId, post)
    expect(sent).toEqual([])
  })

  it('that was committed late, with an older id, is sent all the same', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx)
    const late = uuidv7()
    await aScope(ctx, 'first')
    const { sent, post } = receiver()
    await serve(ctx, endpointId, post)
    await prisma().auditEvent.create({
      data: { projectId: ctx.project.id, id: late, action: 'scope.deleted', step: 'manage', actorKind: 'member' },
    })
    await serve(ctx, endpointId, post)
    expect(sent.map(({ body }) => JSON.parse(body).type)).toEqual(['scope.created', 'scope.deleted'])
  })

  it('is sent once by many processes at once', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx)
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) await aScope(ctx, name)
    const { sent, post } = receiver()
    await Promise.all(Array.from({ length: 4 }, () => serve(ctx, endpointId, post)))
    expect(sent.map(({ body }) => JSON.parse(body).data.detail.scope).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
  })

  it('is not lost among many: a look takes five hundred, the next goes on', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx, undefined, ['scope.*'])
    const event = () => ({ projectId: ctx.project.id, id: uuidv7(), action: 'scope.updated', step: 'manage', actorKind: 'member' })
    await inTransaction((tx) => tx.auditEvent.createMany({ data: Array.from({ length: 1_100 }, event) }))
    const made = [await collect(await endpointOf(ctx, endpointId)), await collect(await endpointOf(ctx, endpointId))]
    expect([...made, await collect(await endpointOf(ctx, endpointId)), await collect(await endpointOf(ctx, endpointId))]).toEqual([
      500, 500, 100, 0,
    ])
  })
})

describe('a delivery that fails', () => {
  it('is tried again later, every answer is kept, and after the last try it has failed', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx)
    const { deliveryId } = await sendTestWebhook(ctx, { endpointId })
    const { sent, post } = receiver(500)
    const endpoint = await endpointOf(ctx, endpointId)
    await deliver(endpoint, post)
    await deliver(endpoint, post)
    expect(sent.length).toBe(1) // not before its time
    for (let attempt = 2; attempt <= MAX_ATTEMPTS; attempt++) {
      await hurry(ctx)
      await deliver(endpoint, post)
    }
    const { state, attempts, tries } = await getWebhookDelivery(ctx, { endpointId, deliveryId })
    expect([state, attempts, sent.length]).toEqual(['failed', MAX_ATTEMPTS, MAX_ATTEMPTS])
    expect(tries.map(({ number, status, answer }) => [number, status, answer])[0]).toEqual([MAX_ATTEMPTS, 500, `answer ${MAX_ATTEMPTS}`])
    expect(new Set(sent.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([deliveryId]))
  })

  it('waits longer each time, up to a day', () => {
    const pauses = Array.from({ length: MAX_ATTEMPTS }, (_, index) => pauseSeconds(index + 1, () => 0))
    expect(pauses).toEqual([5, 60, 300, 1_800, 7_200, 21_600, 43_200, 86_400, null])
    expect(pauseSeconds(1, () => 0.999)).toBe(6)
  })

  it('may be sent again by a member, with all its tries, under the same id', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx)
    const { deliveryId } = await sendTestWebhook(ctx, { endpointId })
    const { sent, post } = receiver(404, 404, 200)
    await deliver(await endpointOf(ctx, endpointId), post)
    await prisma().webhookDelivery.updateMany({ where: { id: deliveryId }, data: { state: 'failed', attempts: MAX_ATTEMPTS } })
    expect(await replayWebhookDeliveries(ctx, { endpointId, failedSince: new Date(0).toISOString() })).toEqual({ replayed: 1 })
    await deliver(await endpointOf(ctx, endpointId), post)
    expect(await statesOf(ctx, endpointId)).toEqual([`test.ping pending ${MAX_ATTEMPTS + 1}`])
    await hurry(ctx)
    await deliver(await endpointOf(ctx, endpointId), post)
    expect(await statesOf(ctx, endpointId)).toEqual([`test.ping delivered ${MAX_ATTEMPTS + 2}`])
    expect(sent.map(({ headers }) => headers['webhook-id'])).toEqual([deliveryId, deliveryId, deliveryId])
  })

  it('because nothing may be sent there says why, and tells nothing of what it found', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx)
    const { deliveryId } = await sendTestWebhook(ctx, { endpointId })
    await deliver(await endpointOf(ctx, endpointId), async () => {
      throw new OutboundRefused('private_address')
    })
    const { tries } = await getWebhookDelivery(ctx, { endpointId, deliveryId })
    expect(tries).toMatchObject([{ number: 1, status: null, answer: null, problem: 'private_address' }])
  })

  it('is taken up by another process when its sender died', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx)
    await sendTestWebhook(ctx, { endpointId })
    const endpoint = await endpointOf(ctx, endpointId)
    const dying = deliver(endpoint, () => Promise.reject(new Error('the process died')))
    await expect(dying).rejects.toThrow('the process died')
    const { sent, post } = receiver()
    await deliver(endpoint, post)
    expect(sent).toEqual([]) // its lease still runs
    await prisma().webhookDelivery.updateMany({ where: { projectId: ctx.project.id }, data: { leasedUntil: new Date(0) } })
    await deliver(endpoint, post)
    expect(sent.length).toBe(1)
  })
})

describe('an endpoint', () => {
  it('where nothing arrived for five days is switched off, told once in the log', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx)
    await sendTestWebhook(ctx, { endpointId })
    const endpoint = await endpointOf(ctx, endpointId)
    const { post } = receiver(500)
    await deliver(endpoint, post)
    expect((await listWebhookEndpoints(ctx)).endpoints).toMatchObject([{ disabledAt: null, failingSince: expect.any(Date) }])
    await prisma().webhookEndpoint.updateMany({ where: { id: endpointId }, data: { failingSince: new Date(Date.now() - 6 * 86_400_000) } })
    await hurry(ctx)
    await deliver(endpoint, post)
    expect((await listWebhookEndpoints(ctx)).endpoints).toMatchObject([{ disabledAt: expect.any(Date) }])
    expect((await busyEndpoints()).some(({ id }) => id === endpointId)).toBe(false)
    const told = await prisma().auditEvent.findMany({ where: { projectId: ctx.project.id, action: 'webhook_endpoint.disabled' } })
    expect(told).toMatchObject([{ actorKind: 'system', reason: 'failing' }])
  })

  it('that answers 410 is switched off at once; switched on again it begins with what is new', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx, undefined, ['scope.*'])
    await sendTestWebhook(ctx, { endpointId })
    await deliver(await endpointOf(ctx, endpointId), receiver(410).post)
    expect((await busyEndpoints()).some(({ id }) => id === endpointId)).toBe(false)

    await aScope(ctx, 'missed')
    await prisma().$executeRaw`UPDATE audit_event SET id = ${'01900000-0000-7000-8000-000000000000'}::uuid
      WHERE project_id = ${ctx.project.id}::uuid AND action = 'scope.created'`
    await updateWebhookEndpoint(ctx, { endpointId, enabled: true })
    await aScope(ctx, 'heard')
    await collect(await endpointOf(ctx, endpointId))
    expect(await statesOf(ctx, endpointId)).toEqual(['scope.created pending 0', 'test.ping pending 1'])
  })

  it('is signed for with both secrets during an overlap, and with the new one alone after it', async () => {
    const { ctx } = await newSetting()
    const { endpointId, secret: old } = await createWebhookEndpoint(ctx, { url: 'https://receiver.example.com/hook' })
    const { secret: fresh } = await rotateWebhookSecret(ctx, { endpointId, overlapHours: 1 })
    const { sent, post } = receiver()
    await sendTestWebhook(ctx, { endpointId })
    await deliver(await endpointOf(ctx, endpointId), post)
    await prisma().webhookEndpoint.updateMany({ where: { id: endpointId }, data: { previousSecretExpiresAt: new Date(0) } })
    await sendTestWebhook(ctx, { endpointId })
    await deliver(await endpointOf(ctx, endpointId), post)

    const verified = (secret: string) =>
      sent.map(({ body, headers }) => {
        try {
          return Boolean(new Webhook(secret).verify(body, headers))
        } catch {
          return false
        }
      })
    expect([verified(old), verified(fresh)]).toEqual([
      [true, false],
      [true, true],
    ])
  })

  it('whose secret does not open is sent nothing and says so, holds up no other, and is cured by a new secret', async () => {
    const { ctx } = await newSetting()
    const [broken, whole] = [await newEndpoint(ctx), await newEndpoint(ctx)]
    const elsewhere = await prisma().webhookEndpoint.findFirstOrThrow({ where: { id: whole } })
    await prisma().webhookEndpoint.updateMany({ where: { id: broken }, data: { sealedSecret: elsewhere.sealedSecret } })
    await aScope(ctx, 'files')
    const { sent, post } = receiver()
    for (const endpointId of [broken, whole]) await serve(ctx, endpointId, post)
    expect(sent).toHaveLength(1)
    expect([await statesOf(ctx, broken), await statesOf(ctx, whole)]).toEqual([['scope.created pending 0'], ['scope.created delivered 1']])
    const opens = async () => (await listWebhookEndpoints(ctx)).endpoints.map((endpoint) => endpoint.secretOpens)
    expect(await opens()).toEqual([false, true])

    const { secret } = await rotateWebhookSecret(ctx, { endpointId: broken, overlapHours: 24 })
    expect(await opens()).toEqual([true, true])
    await serve(ctx, broken, post)
    const { body, headers } = sent[1] as Sent
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'scope.created' })
  })

  it('signs with the new secret alone when the old one does not open', async () => {
    const { ctx } = await newSetting()
    const endpointId = await newEndpoint(ctx, undefined, ['scope.*'])
    const { secret } = await rotateWebhookSecret(ctx, { endpointId, overlapHours: 24 })
    await prisma().webhookEndpoint.updateMany({ where: { id: endpointId }, data: { sealedPreviousSecret: 'AQAA' } })
    await aScope(ctx, 'files')
    const { sent, post } = receiver()
    await serve(ctx, endpointId, post)
    const [{ body, headers }] = sent as [Sent]
    expect(new Webhook(secret).verify(body, headers)).toMatchObject({ type: 'scope.created' })
    expect(headers['webhook-signature']?.split(' ')).toHaveLength(1)
  })

  it.each([
    'http://receiver.example.com/hook',
    'https://192.0.2.7/hook',
    'https://localhost/hook',
    'https://receiver.internal/hook',
    'https://receiver.example.com:8443/hook',
    'https://user@receiver.example.com/hook',
    'ftp://receiver.example.com',
    'receiver',
  ])('may not be %s (B23)', async (url) => {
    const { ctx } = await newSetting()
    await expect(createWebhookEndpoint(ctx, { url })).rejects.toMatchObject({ code: 'invalid', fields: { url: expect.any(String) } })
    expect(await listWebhookEndpoints(ctx)).toEqual({ endpoints: [] })
  })

  it('never shows its secret again, and keeps it sealed', async () => {
    const { ctx } = await newSetting()
    const { endpointId, secret } = await createWebhookEndpoint(ctx, { url: 'https://receiver.example.com/hook' })
    const stored = JSON.stringify(await prisma().webhookEndpoint.findMany({ where: { id: endpointId } }))
    expect(stored + JSON.stringify(await listWebhookEndpoints(ctx))).not.toContain(secret.slice(6))
    expect((await listWebhookEndpoints(ctx)).endpoints[0]?.lastFour).toBe(secret.slice(-4))
  })

  it('finds room for ten only, however many are made at once', async () => {
    const { ctx } = await newSetting()
    const made = await Promise.allSettled(
      Array.from({ length: 13 }, () => createWebhookEndpoint(ctx, { url: 'https://receiver.example.com/hook' })),
    )
    expect(made.filter(({ status }) => status === 'fulfilled').length).toBe(10)
  })
})
