import { describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { resolveIssuer } from '#lib/issuer/resolve.ts'
import type { AskText } from '#lib/outbound/text-records.ts'
import type { ManagementContext } from '../context.ts'
import { auditRows, newSetting, unique } from '../fixtures.ts'
import { checkDomain } from './check.ts'
import { claimDomain } from './claim.ts'
import { listDomains } from './list.ts'
import { listIssuers } from './list-issuers.ts'
import { recheckDomains } from './recheck.ts'
import { customIssuer } from './record.ts'
import { removeDomain } from './remove.ts'
import { setPrimaryIssuer } from './set-primary-issuer.ts'

/** A zone in which every name has these records. */
const zone =
  (...records: string[]): AskText =>
  async () =>
    records.map((record) => [record])
/** By name; every other name has nothing. */
const zones =
  (records: Readonly<Record<string, string>>): AskText =>
  async (name) => {
    const record = records[name]
    if (record === undefined) throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })
    return [[record]]
  }
const nothing = zones({})
const silence: AskText = async () => {
  throw Object.assign(new Error('nobody answers'), { code: 'ETIMEOUT' })
}

const newHost = (): string => `${unique('login')}.example.com`

async function verified(ctx: ManagementContext, host = newHost()): Promise<{ host: string; value: string }> {
  const { record } = await claimDomain(ctx, { host })
  await checkDomain(ctx, { host }, zone(record.value))
  return { host, value: record.value }
}

/** For this claim so much time has passed. */
const age = (host: string, hours: number) =>
  prisma().$executeRaw`UPDATE custom_domain SET verified_at = verified_at - make_interval(hours => ${hours}::int),
    last_checked_at = last_checked_at - make_interval(hours => ${hours}::int), created_at = created_at - make_interval(hours => ${hours}::int)
    WHERE host = ${host}`
/** Until this one has had its turn: rows of other tests lie in the same table. */
async function recheck(host: string, ask: AskText): Promise<void> {
  await age(host, 25)
  const before = await prisma().customDomain.findFirstOrThrow({ where: { host } })
  const onlyThis: AskText = (name) => (name === `_gatehouse.${host}` ? ask(name) : silence(name))
  for (;;) {
    await recheckDomains(onlyThis)
    const after = await prisma().customDomain.findFirstOrThrow({ where: { host } })
    if (after.lastCheckedAt?.getTime() !== before.lastCheckedAt?.getTime()) return
  }
}

const stateOf = async (ctx: ManagementContext, host: string) => {
  const domain = (await listDomains(ctx)).find((one) => one.host === host)
  return [domain?.verified, domain?.problem, (await listIssuers(ctx)).some(({ url }) => url === customIssuer(host))]
}
const actions = async (ctx: ManagementContext) =>
  (await auditRows(ctx)).filter(({ action }) => action.startsWith('domain.')).map(({ action, actorKind }) => `${actorKind} ${action}`)

describe('a host', () => {
  it.each([
    ['in upper case', 'Login.Example.COM', 'login.example.com'],
    ['with its scheme and a slash', 'https://login.example.com/', 'login.example.com'],
    ['with a final dot', 'login.example.com.', 'login.example.com'],
    ['in another script', 'anmelden.bücher.example', 'anmelden.xn--bcher-kva.example'],
    ['in full-width letters', 'ｌｏｇｉｎ.example.com', 'login.example.com'],
  ])('%s is stored as DNS and browsers write it', async (_, typed, stored) => {
    const { ctx } = await newSetting()
    expect(await claimDomain(ctx, { host: typed })).toMatchObject({ host: stored, record: { name: `_gatehouse.${stored}`, type: 'TXT' } })
  })

  it.each([
    ...['', 'login', 'localhost', 'login.localhost', 'localhost:3000', 'login.example.com:443', 'login.example.com/path', 'a@example.com'],
    ...['127.0.0.1', '0x7f.1', '2130706433', '[::1]', '::1', 'com', 'co.uk', 'github.io', 'vercel.app', 'login.local', 'login.internal'],
    ...[
      'login..example.com',
      '-login.example.com',
      'log in.example.com',
      '*.example.com',
      '_gatehouse.example.com',
      `${'a'.repeat(64)}.com`,
    ],
    ...['1.0.0.127.in-addr.arpa', 'login.example.com?x', 'login.example.com#x', 'login%2eexample.com', 'http://login.example.com'],
  ])('B25 %j is refused', async (host) => {
    const { ctx } = await newSetting()
    await expect(claimDomain(ctx, { host })).rejects.toMatchObject({ code: 'invalid', fields: { host: expect.any(String) } })
    expect(await listDomains(ctx)).toEqual([])
  })

  it('B25 that speaks for another project is refused, until that project gives it up or is deleted', async () => {
    const [theirs, mine] = [await newSetting(), await newSetting()]
    const { host } = await verified(theirs.ctx)
    await expect(claimDomain(mine.ctx, { host })).rejects.toMatchObject({ code: 'conflict' })
    await removeDomain(theirs.ctx, { host })
    await verified(mine.ctx, host)
    await prisma().project.update({ where: { id: mine.ctx.project.id }, data: { deletedAt: new Date() } })
    await verified(theirs.ctx, host)
    expect((await resolveIssuer(customIssuer(host)))?.projectId).toBe(theirs.ctx.project.id)
  })
})

describe('a claim', () => {
  it('proves nothing without the record, with another’s record, or where nobody answers', async () => {
    const { ctx } = await newSetting()
    const host = newHost()
    const { record } = await claimDomain(ctx, { host })
    const other = await claimDomain((await newSetting()).ctx, { host })
    expect((await checkDomain(ctx, { host }, nothing)).problem).toBe('record_missing')
    expect((await checkDomain(ctx, { host }, zone(other.record.value, `${record.value}x`, ''))).problem).toBe('record_wrong')
    expect((await checkDomain(ctx, { host }, silence)).problem).toBe('no_answer')
    expect(await stateOf(ctx, host)).toEqual([false, 'no_answer', false])
    expect(await resolveIssuer(customIssuer(host))).toBeNull()
  })

  it('with the record at its name, beside others, makes the project speak there', async () => {
    const { ctx } = await newSetting()
    const host = newHost()
    const { record } = await claimDomain(ctx, { host })
    const asked: string[] = []
    const inPieces: AskText = async (name) => {
      asked.push(name)
      return [['v=spf1 -all'], [record.value.slice(0, 20), record.value.slice(20)]]
    }
    expect(await checkDomain(ctx, { host }, inPieces)).toEqual({ host, verified: true, problem: null })
    expect(asked).toEqual([`_gatehouse.${host}`])
    expect((await resolveIssuer(customIssuer(host)))?.projectId).toBe(ctx.project.id)
    expect(await actions(ctx)).toEqual(['member domain.claimed', 'member domain.verified'])
  })

  it('of two projects at once: the first proof wins, and the other is told', async () => {
    const [one, two] = [await newSetting(), await newSetting()]
    const host = newHost()
    const values = await Promise.all([one, two].map(async ({ ctx }) => (await claimDomain(ctx, { host })).record.value))
    const outcomes = await Promise.allSettled([one, two].map(({ ctx }) => checkDomain(ctx, { host }, zone(...values))))
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(outcomes.find((outcome) => outcome.status === 'rejected')?.reason).toMatchObject({ code: 'conflict' })
    expect(await prisma().issuer.count({ where: { url: customIssuer(host) } })).toBe(1)
  })

  it('is found by itself within minutes after its record is there', async () => {
    const { ctx } = await newSetting()
    const host = newHost()
    const { record } = await claimDomain(ctx, { host })
    await recheck(host, zone(record.value))
    expect(await stateOf(ctx, host)).toEqual([true, null, true])
    expect(await actions(ctx)).toEqual(['member domain.claimed', 'system domain.verified'])
  })

  it('that was made anew wants its own record', async () => {
    const { ctx } = await newSetting()
    const host = newHost()
    const { record } = await claimDomain(ctx, { host })
    await removeDomain(ctx, { host })
    await claimDomain(ctx, { host })
    expect((await checkDomain(ctx, { host }, zone(record.value))).verified).toBe(false)
  })
})

describe('a proven host whose record is gone', () => {
  it('speaks on for three days, then falls silent, and is back with the record', async () => {
    const { ctx } = await newSetting()
    const { host, value } = await verified(ctx)
    await setPrimaryIssuer(ctx, { url: customIssuer(host) })

    await recheck(host, nothing)
    expect(await stateOf(ctx, host)).toEqual([true, 'record_missing', true])
    await recheck(host, nothing)
    await recheck(host, zone('something else'))
    expect(await stateOf(ctx, host)).toEqual([true, 'record_wrong', true])
    await recheck(host, nothing)
    expect(await stateOf(ctx, host)).toEqual([false, 'record_missing', false])
    expect((await listIssuers(ctx)).map(({ kind, isPrimary }) => [kind, isPrimary])).toEqual([['path', true]])

    await recheck(host, zone(value))
    expect(await stateOf(ctx, host)).toEqual([true, null, true])
    expect(await actions(ctx)).toEqual([
      ...['member domain.claimed', 'member domain.verified', 'system domain.missing'],
      ...['system domain.lost', 'system domain.verified'],
    ])
  })

  it('counts the three days from the first look that missed it, however long nobody looked', async () => {
    const { ctx } = await newSetting()
    const { host } = await verified(ctx)
    await age(host, 30 * 24)
    await recheck(host, nothing)
    await recheck(host, nothing)
    expect(await stateOf(ctx, host)).toEqual([true, 'record_missing', true])
  })

  it('loses nothing while nobody can be asked', async () => {
    const { ctx } = await newSetting()
    const { host, value } = await verified(ctx)
    for (let day = 0; day < 5; day++) await recheck(host, silence)
    expect(await stateOf(ctx, host)).toEqual([true, 'no_answer', true])
    await recheck(host, zone(value))
    expect(await stateOf(ctx, host)).toEqual([true, null, true])
  })

  it('takes nothing away when a member looks', async () => {
    const { ctx } = await newSetting()
    const { host } = await verified(ctx)
    await age(host, 200)
    expect(await checkDomain(ctx, { host }, nothing)).toEqual({ host, verified: true, problem: 'record_missing' })
    expect(await stateOf(ctx, host)).toEqual([true, null, true])
  })
})

it('a host that is given up speaks no more, and the path is the primary issuer again', async () => {
  const { ctx } = await newSetting()
  const { host } = await verified(ctx)
  await setPrimaryIssuer(ctx, { url: customIssuer(host) })
  expect((await listIssuers(ctx))[0]).toMatchObject({ url: customIssuer(host), kind: 'custom', isPrimary: true })
  await removeDomain(ctx, { host })
  expect((await listIssuers(ctx)).map(({ kind, isPrimary }) => [kind, isPrimary])).toEqual([['path', true]])
  expect(await listDomains(ctx)).toEqual([])
  expect(await resolveIssuer(customIssuer(host))).toBeNull()
})

it('exactly one issuer is the primary one, also when several are chosen at once', async () => {
  const { ctx } = await newSetting()
  const urls = [ctx.project.issuer, customIssuer((await verified(ctx)).host), customIssuer((await verified(ctx)).host)]
  await Promise.all([...urls, ...urls].map((url) => setPrimaryIssuer(ctx, { url })))
  expect((await listIssuers(ctx)).filter(({ isPrimary }) => isPrimary)).toHaveLength(1)
})
