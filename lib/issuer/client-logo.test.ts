import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { event, hash, newClient } from '#lib/db/fixtures.ts'
import { oauthStore } from '#lib/db/oauth-store.ts'
import { prune } from '#lib/db/prune.ts'
import { answer } from '#lib/http/endpoint.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { revokeClient } from '#lib/management/clients/revoke.ts'
import type { ManagementContext } from '#lib/management/context.ts'
import { newSetting } from '#lib/management/fixtures.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { clientLogos, freshClientLogo, type LogoOwner } from './client-logo.ts'
import { type WorldOf, worldWith } from './world.ts'

const LOGO = 'https://app.example.com/logo.png'

const u32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]
/** PNG, of which only the header is read. No two are the same. */
const png = (width = 64, height = 64): Buffer =>
  Buffer.concat([
    ...[Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.from([...u32(width), ...u32(height)])],
    Buffer.from(randomUUID()),
  ])
const SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'

type Reply = { status?: number; type?: string; body?: Buffer | string } | OutboundRefused

let ctx: ManagementContext
let asked: { url: string; maxBytes: number }[]
let reply: () => Reply | Promise<Reply>
let worldOf: WorldOf

beforeEach(async () => {
  ;({ ctx } = await newSetting())
  asked = []
  reply = () => ({ body: png() })
  worldOf = worldWith({
    now: () => 0,
    developmentLoopback: false,
    fetch: async (url, { maxBytes }) => {
      asked.push({ url, maxBytes })
      const given = await reply()
      if (given instanceof OutboundRefused) throw given
      const { status = 200, type = 'image/png', body = '' } = given
      return { status, headers: { 'content-type': type }, body: Buffer.from(body) }
    },
  })
})
afterAll(closeDatabase)

const owner = (fields: Partial<LogoOwner> = {}): LogoOwner => ({
  clientId: `https://app.example.com/${randomUUID()}.json`,
  source: 'document',
  logoUri: LOGO,
  ...fields,
})
const issuer = () => ({ projectId: ctx.project.id, url: ctx.project.issuer })
const look = async (client: LogoOwner) =>
  (await freshClientLogo(issuer(), client, worldOf(ctx.project.id, 'logos'))).get(client.clientId) ?? null
const shown = async (client: LogoOwner) => (await clientLogos(issuer(), [client])).get(client.clientId) ?? null
const where = ({ clientId }: LogoOwner) => ({ projectId_clientId: { projectId: ctx.project.id, clientId } })
const row = (client: LogoOwner) => prisma().clientLogo.findUnique({ where: where(client) })
/** As a page does, and then waits for what happens behind it. */
async function lookAndWait(client: LogoOwner): Promise<string | null> {
  const [before, path] = [(await row(client))?.triedAt ?? null, await look(client)]
  await expect.poll(async () => (await row(client))?.triedAt ?? null).not.toEqual(before)
  return path
}
const age = (client: LogoOwner, ms: number) =>
  prisma().clientLogo.update({ where: where(client), data: { triedAt: new Date(Date.now() - ms) } })
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

describe('the logo of a client', () => {
  it('is read behind the first page that would show it, with a cap of 64 KB, and stands on the next one', async () => {
    const client = owner()
    expect(await lookAndWait(client)).toBeNull()
    expect(asked).toEqual([{ url: LOGO, maxBytes: 64 * 1024 }])
    const { pathname } = new URL(ctx.project.issuer)
    expect(await look(client)).toMatch(new RegExp(`^${pathname}/client-logo/[0-9a-f]{64}$`))
    expect(await shown(client)).toBe(await look(client))
    expect(asked).toHaveLength(1)
  })

  it('keeps no page waiting whose origin is slow, and is asked for once meanwhile', async () => {
    let arrive = (_: Reply): void => {}
    reply = () => new Promise((resolve) => (arrive = resolve))
    const client = owner()
    expect(await look(client)).toBeNull()
    expect(await look(client)).toBeNull()
    await expect.poll(() => asked.length).toBe(1)
    expect(await row(client)).toBeNull()
    arrive({ body: png() })
    await expect.poll(() => shown(client)).not.toBeNull()
    expect(asked).toHaveLength(1)
  })

  it('of a client that registered itself, with a secret or without, is never fetched, nor shown if it is there', async () => {
    const source = 'registered' as const
    const client = owner()
    await lookAndWait(client)
    for (const trusted of [true, false]) {
      const claimed = { ...client, source, trusted }
      expect([await look(claimed), await shown(claimed)]).toEqual([null, null])
    }
    const other = owner({ source })
    expect(await look(other)).toBeNull()
    expect([asked.length, await row(other)]).toEqual([1, null])
  })

  it('of a client that a member made is read too', async () => {
    const client = owner({ clientId: `c_${randomUUID()}`, source: 'manual' })
    await lookAndWait(client)
    expect(await look(client)).not.toBeNull()
  })

  it('is what its bytes are, whatever its server calls it', async () => {
    reply = () => ({ type: 'text/html', body: png() })
    const client = owner()
    await lookAndWait(client)
    expect(await row(client)).toMatchObject({ mediaType: 'image/png', failure: null })
  })

  it.each<[string, Reply, string]>([
    ['404', { status: 404, body: png() }, 'status'],
    ['a redirect', { status: 302, body: png() }, 'status'],
    ['500', { status: 500, body: png() }, 'status'],
    ['SVG, which runs scripts', { type: 'image/svg+xml', body: SVG }, 'no_picture'],
    ['SVG that is called PNG', { type: 'image/png', body: SVG }, 'no_picture'],
    ['HTML', { type: 'text/html', body: '<!doctype html>' }, 'no_picture'],
    ['GIF', { type: 'image/gif', body: 'GIF89a' }, 'no_picture'],
    ['nothing', {}, 'no_picture'],
    ['a PNG that is too wide', { body: png(1025, 16) }, 'too_many_pixels'],
    ['a PNG that is too high', { body: png(16, 1025) }, 'too_many_pixels'],
    ['more than 64 KB', new OutboundRefused('too_large'), 'too_large'],
    ['no answer in time', new OutboundRefused('deadline'), 'unreachable'],
    ['an address that is not public', new OutboundRefused('private_address'), 'unreachable'],
    ['a host of ours', new OutboundRefused('own_host'), 'unreachable'],
  ])('is none after %s, and is not asked for again within the hour', async (_, given, failure) => {
    reply = () => given
    const client = owner()
    await lookAndWait(client)
    expect(await row(client)).toMatchObject({ uri: LOGO, failure, bytes: null, hash: null, readAt: null })
    await age(client, 59 * MINUTE)
    expect(await look(client)).toBeNull()
    expect(asked).toHaveLength(1)
    reply = () => ({ body: png() })
    await age(client, 61 * MINUTE)
    await lookAndWait(client)
    expect(await look(client)).not.toBeNull()
  })

  it('is looked at again after a day, and shown meanwhile', async () => {
    const client = owner()
    await lookAndWait(client)
    const first = await look(client)
    await age(client, DAY - MINUTE)
    await look(client)
    expect(asked).toHaveLength(1)
    await age(client, DAY + MINUTE)
    expect(await lookAndWait(client)).toBe(first)
    expect(asked).toHaveLength(2)
    expect(await look(client)).not.toBe(first)
  })

  it('outlives the failure of its host for seven days', async () => {
    const client = owner()
    await lookAndWait(client)
    const path = await look(client)
    reply = () => ({ status: 503 })
    await age(client, DAY + MINUTE)
    await lookAndWait(client)
    expect(await row(client)).toMatchObject({ failure: 'status' })
    expect(await look(client)).toBe(path)
    await prisma().clientLogo.update({ where: where(client), data: { readAt: new Date(Date.now() - 7 * DAY - MINUTE) } })
    await age(client, 2 * HOUR)
    await lookAndWait(client)
    expect([await look(client), (await row(client))?.bytes]).toEqual([null, null])
  })

  it('is shown only where it was read from the address that the client names now', async () => {
    const client = owner()
    await lookAndWait(client)
    const before = await look(client)
    const moved = { ...client, logoUri: 'https://app.example.com/new.png' }
    expect([await shown(moved), await lookAndWait(moved)]).toEqual([null, null])
    const after = await look(moved)
    expect(after).not.toBeNull()
    expect(after).not.toBe(before)
    expect(await shown(client)).toBeNull()

    reply = () => ({ status: 404 })
    const gone = { ...client, logoUri: 'https://app.example.com/gone.png' }
    await lookAndWait(gone)
    expect(await row(gone)).toMatchObject({ uri: gone.logoUri, failure: 'status', bytes: null })
  })

  it('is put off, and not held against its host, while too much is fetched', async () => {
    reply = () => new OutboundRefused('too_many')
    const client = owner()
    await look(client)
    await expect.poll(() => asked.length).toBe(1)
    reply = () => ({ body: png() })
    await expect
      .poll(async () => {
        await look(client)
        return (await row(client))?.failure
      })
      .toBeNull()
  })

  it('takes no more than 500 rows of a project, and those of clients that nobody has allowed go first', async () => {
    const { clientId } = await createClient(ctx, { name: 'Ours', redirectUris: ['https://a.example/cb'], tokenEndpointAuthMethod: 'none' })
    const long = { uri: LOGO, failure: 'status', triedAt: new Date(Date.now() - DAY) }
    const named = (id: string, triedAt: Date) => ({ projectId: ctx.project.id, ...long, clientId: id, triedAt })
    await prisma().clientLogo.createMany({
      data: [
        ...[named(clientId, new Date(Date.now() - 3 * DAY)), named('https://a.example/oldest', new Date(Date.now() - 2 * DAY))],
        ...Array.from({ length: 498 }, (_, i) => named(`https://a.example/${i}`, long.triedAt)),
      ],
    })
    await lookAndWait(owner())
    const left = await prisma().clientLogo.findMany({ where: { projectId: ctx.project.id }, select: { clientId: true } })
    const ids = left.map((each) => each.clientId)
    expect(ids).toHaveLength(500)
    expect(ids).toContain(clientId)
    expect(ids).not.toContain('https://a.example/oldest')
  })

  it('goes with its client, whoever deletes it, and does not come back', async () => {
    const made = await createClient(ctx, { name: 'Ours', redirectUris: ['https://a.example/cb'], tokenEndpointAuthMethod: 'none' })
    const client = owner({ clientId: made.clientId, source: 'manual' })
    await lookAndWait(client)
    await revokeClient(ctx, { clientId: client.clientId })
    expect(await row(client)).toBeNull()
    // It is asked for a third time only where the second has left nothing.
    const looks = async () => {
      await look(client)
      return asked.length
    }
    await expect.poll(looks).toBe(3)
    expect(await row(client)).toBeNull()

    const store = oauthStore(ctx.project.id)
    const registered = newClient({ registrationTokenHash: hash() })
    await store.createClient(registered, null, event('client.registered'))
    await prisma().clientLogo.create({
      data: { projectId: ctx.project.id, clientId: registered.clientId, uri: LOGO, failure: 'status' },
    })
    await store.deleteRegistration(registered.clientId, registered.registrationTokenHash ?? '', event('client.deleted'))
    expect(await prisma().clientLogo.count({ where: { projectId: ctx.project.id, clientId: registered.clientId } })).toBe(0)
  })

  it('of a client that nobody has allowed goes after thirty days, and every other stays', async () => {
    const made = await createClient(ctx, { name: 'Ours', redirectUris: ['https://a.example/cb'], tokenEndpointAuthMethod: 'none' })
    const [ours, old, young] = [owner({ clientId: made.clientId, source: 'manual' }), owner(), owner()]
    for (const client of [ours, old, young]) await lookAndWait(client)
    await Promise.all([age(ours, 31 * DAY), age(old, 31 * DAY), age(young, 29 * DAY)])
    await prune()
    expect([await row(ours), await row(old), await row(young)].map((each) => each !== null)).toEqual([true, false, true])
  })
})

describe('our copy of it', () => {
  const get = (path: string) => {
    const { host, pathname } = new URL(path, ctx.project.issuer)
    const readBody = async () => new Uint8Array()
    return answer('clientLogo', {
      ...{ method: 'GET', path: pathname, query: '', headers: new Headers({ host }), socketAddress: '192.0.2.1', readBody },
    })
  }

  it('is served at its own issuer under its hash, may be kept for ever, and can do nothing', async () => {
    const bytes = png()
    reply = () => ({ body: bytes })
    const client = owner()
    await lookAndWait(client)
    const path = (await look(client)) ?? ''
    const { status, headers, body } = await get(path)
    expect([status, Buffer.from(body)]).toEqual([200, bytes])
    expect(headers).toEqual({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
    })

    const hash = path.slice(path.lastIndexOf('/') + 1)
    for (const wrong of ['x', hash.toUpperCase(), `${hash}0`, '0'.repeat(64)]) {
      expect((await get(path.replace(hash, wrong))).status, wrong).toBe(404)
    }
    const other = await newSetting()
    expect((await get(`${other.ctx.project.issuer}/client-logo/${hash}`)).status).toBe(404)
  })
})
