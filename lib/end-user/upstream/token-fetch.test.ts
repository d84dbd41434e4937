import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { auditRows, unique } from '#lib/management/fixtures.ts'
import { deleteUpstreamProvider } from '#lib/management/upstream-providers/delete.ts'
import { updateUpstreamProvider } from '#lib/management/upstream-providers/update.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import { reference } from '#lib/oauth/reference/reference.ts'
import { visit } from '../fixtures.ts'
import { addProvider, arrive, type Connected, connect, fetchToken, identitiesOf, leave, signInWith } from './fixtures.ts'
import { signInThere, startProvider, type TestProvider } from './fixtures-provider.ts'

let there: TestProvider
let place: Connected
beforeAll(async () => {
  there = await startProvider()
  place = await connect(there, { keepTokens: true })
})
beforeEach(() => there.instead.clear())
afterAll(async () => {
  await there.close()
  await closeDatabase()
})

/** Somebody who came from the provider: their id here. */
async function someone(at: Connected = place): Promise<string> {
  const login = unique('there')
  there.people.set(login, { email: `${login}@example.com`, email_verified: true })
  await signInWith(await visit(at), at.providerId, login)
  return (await identitiesOf(at)).find(({ subject }) => subject === login)?.userId ?? ''
}

const keptOf = (userId: string) => prisma().upstreamToken.findMany({ where: { projectId: place.projectId, userId } })
/** As if the access token had come to its end. */
const expire = (userId: string, seconds = -1) =>
  prisma().$executeRaw`UPDATE upstream_token SET expires_at = now() + make_interval(secs => ${seconds}::float8) WHERE user_id = ${userId}`
const refreshes = () => there.redeemed.filter((form) => form.get('grant_type') === 'refresh_token').length

/** Whether the provider itself takes it. */
async function worksThere(token: unknown): Promise<boolean> {
  const response = await fetch(`${there.issuer}/me`, { headers: { authorization: `Bearer ${token}` } })
  return response.ok
}

describe("a user's token of their provider", () => {
  it('is fetched by the customer server, works there, and each fetch stands in the log', async () => {
    const userId = await someone()
    const { status, headers, body } = await fetchToken(place, { user_id: userId })
    expect(status).toBe(200)
    expect(headers['cache-control']).toBe('no-store')
    expect(body).toEqual({
      ...{ access_token: expect.any(String), token_type: 'Bearer', expires_in: expect.any(Number) },
      scope: expect.stringContaining('openid'),
    })
    const shown = reference.find(({ id }) => id === 'upstream-token')?.answer.body ?? {}
    expect(Object.keys(body).toSorted()).toEqual(Object.keys(shown).toSorted())
    expect(body.expires_in).toBeGreaterThan(3_500)
    expect(await worksThere(body.access_token)).toBe(true)
    await fetchToken(place, { user_id: userId, provider: place.providerId })
    await fetchToken(place, { user_id: userId, provider: 'oidc' })
    const rows = (await auditRows(place.setting.ctx)).filter((row) => row.action === 'upstream_token.fetched' && row.userId === userId)
    expect(rows).toHaveLength(3)
    expect(rows[0]).toMatchObject({ actorKind: 'backend', step: 'exchange', address: '192.0.2.7' })
    expect(JSON.parse(rows[0]?.detail ?? '')).toEqual({ providerId: place.providerId })
    expect(JSON.stringify(rows)).not.toContain(body.access_token)
  })

  it('is kept sealed, and asked for with offline access', async () => {
    const url = new URL(await leave(await visit(place), place.providerId))
    expect(url.searchParams.get('scope')).toBe('openid email profile offline_access')
    expect(url.searchParams.get('prompt')).toBe('consent')
    const userId = await someone()
    const { body } = await fetchToken(place, { user_id: userId })
    const [kept] = await keptOf(userId)
    expect(JSON.stringify(kept)).not.toContain(body.access_token)
    expect(kept?.sealed.length).toBeGreaterThan(100)
  })

  it('is not kept where it was not asked for, nor asked for with offline access', async () => {
    const here = await connect(there)
    const userId = await someone(here)
    expect(userId).toMatch(/^user_/)
    expect(new URL(await leave(await visit(here), here.providerId)).searchParams.get('scope')).toBe('openid email profile')
    expect(await prisma().upstreamToken.count({ where: { projectId: here.projectId } })).toBe(0)
    expect(await fetchToken(here, { user_id: userId })).toMatchObject({ status: 404, body: { error: 'not_found' } })
  })

  it.each([
    ['a wrong secret', 'gate_srv_wrong'],
    ['no secret', ''],
  ])('is not for %s', async (_, secret) => {
    const { status, body, headers } = await fetchToken(place, { user_id: await someone() }, secret)
    expect([status, body.error, headers['www-authenticate']]).toEqual([401, 'invalid_client', 'Bearer realm="oauth"'])
  })
  it('is not for the registration secret, nor for another project', async () => {
    const userId = await someone()
    expect(await fetchToken(place, { user_id: userId }, place.setting.created.registrationSecret)).toMatchObject({ status: 401 })
    const other = await connect(there, { keepTokens: true })
    expect(await fetchToken(place, { user_id: userId }, other.setting.created.serverSecret)).toMatchObject({ status: 401 })
    expect(await fetchToken(other, { user_id: userId })).toMatchObject({ status: 404 })
  })

  it.each([{}, { user_id: '' }, { user_id: 7 }, { user_id: 'a\u0000' }, { user_id: 'x'.repeat(256) }, { user_id: 'a', provider: 7 }])(
    'is not found by %j',
    async (body) => expect(await fetchToken(place, body)).toMatchObject({ status: 400, body: { error: 'invalid_request' } }),
  )

  it('is gone when the user is disabled, the provider deleted, its client changed or tokens kept no more', async () => {
    const ends: ((here: Connected, userId: string) => Promise<unknown>)[] = [
      (here, userId) => disableUser(here.setting.ctx, { userId }),
      (here) => deleteUpstreamProvider(here.setting.ctx, { id: here.providerId }),
      (here) => updateUpstreamProvider(here.setting.ctx, { id: here.providerId, clientId: 'another' }),
      (here) => updateUpstreamProvider(here.setting.ctx, { id: here.providerId, keepTokens: false }),
    ]
    for (const end of ends) {
      const here = await connect(there, { keepTokens: true })
      const userId = await someone(here)
      expect(await fetchToken(here, { user_id: userId })).toMatchObject({ status: 200 })
      await end(here, userId)
      expect(await fetchToken(here, { user_id: userId })).toMatchObject({ status: 404 })
    }
  })

  it('is not for the server of a suspended project', async () => {
    const here = await connect(there, { keepTokens: true })
    const userId = await someone(here)
    await prisma().project.update({ where: { id: here.projectId }, data: { suspendedAt: new Date(), generation: { increment: 1 } } })
    await new Promise((resolve) => setTimeout(resolve, 1_100)) // so long a snapshot is believed
    expect(await fetchToken(here, { user_id: userId })).toMatchObject({ status: 400, body: { error: 'unauthorized_client' } })
  })

  it('has to be named where a user has several', async () => {
    const userId = await someone()
    const second = await startProvider()
    const { providerId } = await addProvider(place, second, { keepTokens: true, name: 'Second' })
    const [kept] = await keptOf(userId)
    if (kept) await prisma().upstreamToken.create({ data: { ...kept, providerId } })
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 400 })
    expect(await fetchToken(place, { user_id: userId, provider: place.providerId })).toMatchObject({ status: 200 })
    await deleteUpstreamProvider(place.setting.ctx, { id: providerId })
    await second.close()
  })

  it('does not open in the place of somebody else', async () => {
    const [ann, bob] = [await someone(), await someone()]
    const [ofAnn] = await keptOf(ann)
    await prisma().upstreamToken.updateMany({ where: { projectId: place.projectId, userId: bob }, data: { sealed: ofAnn?.sealed ?? '' } })
    expect((await fetchToken(place, { user_id: bob })).status).toBe(500)
  })
})

describe('a token of a provider that has ended', () => {
  it('is renewed, and what the provider gave is kept', async () => {
    const userId = await someone()
    const before = (await fetchToken(place, { user_id: userId })).body.access_token
    for (let i = 0; i < 2; i++) {
      await expire(userId)
      const { status, body } = await fetchToken(place, { user_id: userId })
      expect([status, body.access_token === before, await worksThere(body.access_token)]).toEqual([200, false, true])
      expect((await fetchToken(place, { user_id: userId })).body.access_token).toBe(body.access_token)
    }
  })

  it('is renewed a minute before its end', async () => {
    const userId = await someone()
    const before = refreshes()
    await expire(userId, 90)
    await fetchToken(place, { user_id: userId })
    expect(refreshes()).toBe(before)
    await expire(userId, 30)
    await fetchToken(place, { user_id: userId })
    expect(refreshes()).toBe(before + 1)
  })

  it('is renewed once, however many ask at the same moment, and all get the new one', async () => {
    const userId = await someone()
    const before = refreshes()
    await expire(userId)
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetchToken(place, { user_id: userId })))
    expect(refreshes()).toBe(before + 1)
    expect(new Set(answers.map(({ body }) => body.access_token)).size).toBe(1)
    expect(await worksThere(answers[0]?.body.access_token)).toBe(true)
  })

  it('is nothing any more when the provider refuses to renew it, and comes back with the next sign-in', async () => {
    const userId = await someone()
    await expire(userId)
    there.instead.set('/token', () => ({ status: 400, body: { error: 'invalid_grant' } }))
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 404, body: { error: 'not_found' } })
    there.instead.clear()
    expect(await keptOf(userId)).toEqual([])
    const subject = (await identitiesOf(place)).find((identity) => identity.userId === userId)?.subject ?? ''
    await signInWith(await visit(place), place.providerId, subject)
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 200 })
  })

  it('is a matter of trying again when the provider does not answer, and until its end the old one does', async () => {
    const userId = await someone()
    there.instead.set('/token', () => 'silence')
    await expire(userId, 30)
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 200, body: { expires_in: expect.any(Number) } })
    await expire(userId)
    const { status, headers, body } = await fetchToken(place, { user_id: userId })
    expect([status, body.error, headers['retry-after']]).toEqual([503, 'temporarily_unavailable', '5'])
    there.instead.clear()
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 200 })
  })

  it('is renewed with the refresh token that we have, where the provider gives no other', async () => {
    const userId = await someone()
    there.instead.set('/token', () => ({ body: { access_token: 'second', token_type: 'Bearer', expires_in: '3600' } }))
    await expire(userId)
    expect((await fetchToken(place, { user_id: userId })).body.access_token).toBe('second')
    there.instead.clear()
    await expire(userId)
    expect(await worksThere((await fetchToken(place, { user_id: userId })).body.access_token)).toBe(true)
  })

  it('ends when the provider never gave anything to renew it with, and a later sign-in does not take away what it gave once', async () => {
    const login = unique('there')
    const signIn = async (refresh: object) => {
      const at = await visit(place)
      const url = new URL(await leave(at, place.providerId))
      const back = await signInThere(url.href, login)
      const now = Math.floor(Date.now() / 1000)
      const claims = {
        iss: there.issuer,
        aud: place.there.clientId,
        sub: login,
        nonce: url.searchParams.get('nonce'),
        iat: now,
        exp: now + 60,
      }
      const id_token = await there.sign({ ...claims, email: `${login}@example.com`, email_verified: true })
      there.instead.set('/token', () => ({ body: { access_token: 'first', token_type: 'Bearer', expires_in: 3600, id_token, ...refresh } }))
      await arrive(at, back)
      return (await identitiesOf(place)).find(({ subject }) => subject === login)?.userId ?? ''
    }
    const userId = await signIn({})
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 200, body: { access_token: 'first' } })
    await expire(userId)
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 404 })

    await signIn({ refresh_token: 'once' })
    await signIn({})
    await expire(userId)
    there.instead.set('/token', (form) => ({ body: { access_token: form.get('refresh_token'), token_type: 'Bearer', expires_in: 3600 } }))
    expect(await fetchToken(place, { user_id: userId })).toMatchObject({ status: 200, body: { access_token: 'once' } })
  })
})
