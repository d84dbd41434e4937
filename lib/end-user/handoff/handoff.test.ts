import { randomBytes } from 'node:crypto'
import { createLocalJWKSet, decodeJwt, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { answer } from '#lib/http/endpoint.ts'
import type { HttpReply } from '#lib/http/message.ts'
import { endpointAt } from '#lib/http/surface.ts'
import { ownerAt } from '#lib/issuer/owner.ts'
import { pendingRequest } from '#lib/issuer/pending-request.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { auditRows, newSetting, type Setting } from '#lib/management/fixtures.ts'
import type { UpdateProjectInput } from '#lib/management/projects/inputs.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import { setUserAttributes } from '#lib/management/users/set-attributes.ts'
import { callOf, filled } from '#lib/oauth/reference/call.ts'
import { reference } from '#lib/oauth/reference/reference.ts'

const PAGE = 'https://app.acme.example/sign-in?from=mcp'
const REDIRECT_URI = 'https://client.example.com/cb'
const VERIFIER = 'v'.repeat(43)
const CHALLENGE = '7w_YNF9DSfIdPf_pRjSq646_kPr-2-o9NAl16JGghdM' // S256 of VERIFIER, checked below

type Fields = Readonly<Record<string, string>>
type Place = { readonly setting: Setting; readonly clientId: string; readonly issuer: string; readonly projectId: string }
/** A browser on the customer's page. */
type Visit = { readonly place: Place; readonly handle: string; readonly request: string; readonly id: string; cookies: string }

async function newPlace(settings: UpdateProjectInput = {}): Promise<Place> {
  const setting = await newSetting()
  await updateProject(setting.ctx, { handoffUrl: PAGE, signInPassword: false, ...settings })
  const { clientId } = await createClient(setting.ctx, { name: 'Notes', redirectUris: [REDIRECT_URI], tokenEndpointAuthMethod: 'none' })
  return { setting, clientId, issuer: setting.created.issuer, projectId: setting.ctx.project.id }
}

const anyAddress = (): string => `10.${[...randomBytes(3)].join('.')}`
const locationOf = ({ headers }: HttpReply): string => String(headers.location ?? '')
const jsonOf = ({ body }: HttpReply) => JSON.parse(String(body)) as Record<string, string>
const outcomeOf = (reply: HttpReply) => ({ status: reply.status, ...jsonOf(reply) })
const problemIn = (reply: HttpReply): string | null => new URL(locationOf(reply)).searchParams.get('error')

/** A request to a URL below the issuer; with a body a POST. */
function send(place: Place, path: string, headers: Fields = {}, body?: string): Promise<HttpReply> {
  const url = new URL(path.startsWith('http') ? path : place.issuer + path)
  const name = endpointAt(url.pathname.slice(new URL(place.issuer).pathname.length))
  if (!name) throw new Error(`${path} is no endpoint`)
  return answer(name, {
    method: body === undefined ? 'GET' : 'POST',
    path: url.pathname,
    query: url.search.slice(1),
    headers: new Headers({ host: url.host, ...headers }),
    socketAddress: anyAddress(),
    readBody: async () => new TextEncoder().encode(body),
  })
}

/** What a browser does with Set-Cookie. */
function withCookies(before: string, reply: HttpReply): string {
  const kept = new Map(
    before
      .split('; ')
      .filter(Boolean)
      .map((pair) => [pair.slice(0, pair.indexOf('=')), pair]),
  )
  for (const line of [reply.headers['set-cookie'] ?? []].flat()) {
    const [pair = ''] = line.split(';', 1)
    kept.set(pair.slice(0, pair.indexOf('=')), pair)
  }
  return [...kept.values()].join('; ')
}

const authorizePath = ({ clientId }: Place, more: Fields = {}): string =>
  `/oauth/authorize?${new URLSearchParams({
    ...{ response_type: 'code', client_id: clientId, redirect_uri: REDIRECT_URI, code_challenge: CHALLENGE, code_challenge_method: 'S256' },
    ...more,
  })}`

/** From the client's link to the customer's page. */
async function visit(place: Place, more: Fields = {}): Promise<Visit> {
  const asked = await send(place, authorizePath(place, more))
  const cookies = withCookies('', asked)
  const handle = new URL(locationOf(asked)).searchParams.get('request') ?? ''
  return { place, handle, cookies, ...(await start({ place, handle, cookies })) }
}

async function start({ place, handle, cookies }: Pick<Visit, 'place' | 'handle' | 'cookies'>, more = '') {
  const reply = await send(place, `/oauth/handoff?request=${handle}${more}`, { cookie: cookies })
  const request = new URL(locationOf(reply)).searchParams.get('request') ?? ''
  return { request, id: decodeJwt(request).jti ?? '' }
}

const confirm = ({ setting: { created } }: Place, body: object | string, secret = created.serverSecret, place?: Place) =>
  send(
    place ?? ({ issuer: created.issuer } as Place),
    '/api/oauth/handoff',
    { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    typeof body === 'string' ? body : JSON.stringify(body),
  )

const confirmed = async (at: Visit, user: object, more: object = {}): Promise<string> =>
  jsonOf(await confirm(at.place, { request: at.request, user, ...more })).redirect_to ?? ''

async function comeBack(at: Visit, url: string): Promise<HttpReply> {
  const reply = await send(at.place, url, { cookie: at.cookies })
  at.cookies = withCookies(at.cookies, reply)
  return reply
}

const signedIn = async (at: Visit) => (await ownerAt(at.place.issuer, 'account', at.cookies))?.owner ?? null
const sessionsOf = ({ projectId }: Place) => prisma().endUserSession.count({ where: { projectId } })
const usersOf = ({ projectId }: Place) => prisma().endUser.findMany({ where: { projectId } })
const eventsOf = async ({ setting }: Place, action: string) => (await auditRows(setting.ctx)).filter((row) => row.action === action)
/** What comes once that is done. */
const following = async <Next>(done: Promise<unknown>, next: Next): Promise<Next> => done.then(() => next)
const passMinutes = ({ projectId }: Place, minutes: number) =>
  prisma().$executeRaw`UPDATE handoff SET expires_at = expires_at - make_interval(mins => ${minutes}) WHERE project_id = ${projectId}::uuid`

/** Allows what is ticked, and answers the tokens. */
async function allow(at: Visit, scopes: readonly string[]) {
  const shown = await pendingRequest(at.handle, at.cookies)
  if (shown.kind !== 'open') throw new Error(`the request is ${shown.reason}`)
  const fields = new URLSearchParams([
    ['request', at.handle],
    ['csrf', shown.csrf],
    ['decision', 'allow'],
    ...scopes.map((name) => ['scope', name]),
  ])
  const headers = { cookie: at.cookies, origin: new URL(at.place.issuer).origin, 'content-type': 'application/x-www-form-urlencoded' }
  const reply = await send(at.place, '/oauth/consent', headers, fields.toString())
  return {
    reply,
    redeem: () =>
      tokens(at.place, {
        grant_type: 'authorization_code',
        code: new URL(locationOf(reply)).searchParams.get('code') ?? '',
        code_verifier: VERIFIER,
        redirect_uri: REDIRECT_URI,
      }),
  }
}

async function tokens(place: Place, fields: Fields) {
  const body = new URLSearchParams({ client_id: place.clientId, ...fields }).toString()
  const reply = await send(place, '/api/oauth/token', { 'content-type': 'application/x-www-form-urlencoded' }, body)
  return { ...jsonOf(reply), claims: decodeJwt(jsonOf(reply).access_token ?? '') }
}

afterAll(closeDatabase)

describe('the way to the customer’s own page', () => {
  let place: Place
  beforeAll(async () => {
    place = await newPlace()
  })

  it('is straight where it is the only one, and tells the page who asks in a request that our keys vouch for', async () => {
    const asked = await send(place, authorizePath(place, { scope: 'read', login_hint: 'ada@acme.example' }))
    expect([asked.status, locationOf(asked).split('?')[0]]).toEqual([302, `${place.issuer}/oauth/handoff`])
    const sent = await send(place, locationOf(asked), { cookie: withCookies('', asked) })
    expect(sent).toMatchObject({ status: 302, headers: { 'cache-control': 'no-store' } })
    const url = new URL(locationOf(sent))
    expect([url.origin + url.pathname, url.searchParams.get('from')]).toEqual(['https://app.acme.example/sign-in', 'mcp'])

    const jwks = JSON.parse(String((await send(place, '/.well-known/jwks.json')).body)) as JSONWebKeySet
    const { payload } = await jwtVerify(url.searchParams.get('request') ?? '', createLocalJWKSet(jwks), {
      ...{ issuer: place.issuer, audience: PAGE, typ: 'gatehouse-handoff+jwt' },
    })
    expect(payload).toEqual({
      ...{ iss: place.issuer, aud: PAGE, jti: expect.any(String), iat: expect.any(Number), exp: (payload.iat ?? 0) + 300 },
      return_to: `${place.issuer}/oauth/handoff/${payload.jti}`,
      client: { id: place.clientId, name: 'Notes', verified: true, redirect_host: 'client.example.com' },
      requested: { scope: 'read', resource: ['https://mcp.example.com/mcp'] },
      login_hint: 'ada@acme.example',
    })
    expect(await eventsOf(place, 'handoff.started')).toMatchObject([{ actorKind: 'user', clientId: place.clientId, step: 'sign-in' }])
  })

  it('leads over our sign-in page where there are other ways, or an account to choose', async () => {
    const both = await newPlace({ signInPassword: true })
    expect(locationOf(await send(both, authorizePath(both)))).toContain('/sign-in?request=')
    expect(locationOf(await send(place, authorizePath(place, { prompt: 'select_account' })))).toMatch(/\/sign-in\?.*prompt=select_account/)
  })

  it('says to the page that the person must be asked again, or may want another account', async () => {
    const at = await visit(place, { prompt: 'login' })
    expect(decodeJwt(at.request)).toMatchObject({ prompt: 'login' })
    const other = await visit(place)
    expect(decodeJwt(other.request)).not.toHaveProperty('prompt')
    expect(decodeJwt((await start(other, '&prompt=select_account')).request)).toMatchObject({ prompt: 'select_account' })
  })

  it('gives out no access token: nobody of ours takes the request for one', async () => {
    const { request } = await visit(place)
    const headers = { authorization: `Bearer ${place.setting.created.serverSecret}`, 'content-type': 'application/x-www-form-urlencoded' }
    const reply = await send(place, '/api/oauth/introspect', headers, new URLSearchParams({ token: request }).toString())
    expect(jsonOf(reply)).toEqual({ active: false })
  })

  it.each([
    ['K13 in another browser', async () => ({ handle: (await visit(place)).handle, cookies: (await visit(place)).cookies })],
    ['K13 without a cookie', async () => ({ handle: (await visit(place)).handle, cookies: '' })],
    ['for a request that is none', async () => ({ handle: 'x'.repeat(43), cookies: (await visit(place)).cookies })],
  ])('is closed %s', async (_, what) => {
    const { handle, cookies } = await what()
    const before = await prisma().handoff.count({ where: { projectId: place.projectId } })
    const reply = await send(place, `/oauth/handoff?request=${handle}`, cookies ? { cookie: cookies } : {})
    expect([reply.status, reply.headers.location]).toEqual([400, undefined])
    expect(await prisma().handoff.count({ where: { projectId: place.projectId } })).toBe(before)
  })

  it('is no way where the project has no such page', async () => {
    const none = await newPlace({ handoffUrl: null, signInPassword: true })
    const asked = await send(none, authorizePath(none))
    const handle = new URL(locationOf(asked)).searchParams.get('request')
    expect((await send(none, `/oauth/handoff?request=${handle}`, { cookie: withCookies('', asked) })).status).toBe(400)
    expect(outcomeOf(await confirm(none, { request: 'x', user: { id: '42' } }))).toEqual({ status: 404, error: 'not_found' })
  })
})

describe('a confirmed hand-off', () => {
  let place: Place
  beforeAll(async () => {
    place = await newPlace()
  })

  it('signs in the browser that set out, as the id that the backend gave, and leads on to consent', async () => {
    const at = await visit(place)
    const reply = await comeBack(at, await confirmed(at, { id: '42', name: 'Ada' }))
    expect([reply.status, locationOf(reply)]).toEqual([302, `${place.issuer}/consent/${at.handle}`])
    expect(await signedIn(at)).toMatchObject({ userId: '42', email: null, name: 'Ada', scopeCeiling: null })
    const [started] = await eventsOf(place, 'handoff.started')
    const steps = await eventsOf(place, 'handoff.confirmed')
    expect(steps).toMatchObject([{ userId: '42', actorKind: 'backend', step: 'sign-in', requestId: started?.requestId }])
    expect(started?.requestId).toMatch(/^[0-9a-f]{64}$/)
    const [row] = await eventsOf(place, 'user.signed_in')
    expect(row).toMatchObject({ userId: '42', clientId: place.clientId })
    expect(JSON.parse(row?.detail ?? '')).toEqual({ way: 'handoff' })
  })

  it('ends in tokens whose sub is the one that token exchange gives the same user', async () => {
    const at = await visit(place, { scope: 'read' })
    await comeBack(at, await confirmed(at, { id: 'user-7@acme' }))
    const { redeem } = await allow(at, ['read'])
    expect((await redeem()).claims).toMatchObject({ sub: 'user-7@acme', scope: 'read' })
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${place.setting.created.serverSecret}` }
    const exchanged = await send(place, '/api/oauth/token/exchange', headers, JSON.stringify({ user_id: 'user-7@acme', scope: 'read' }))
    expect(decodeJwt(jsonOf(exchanged).access_token ?? '').sub).toBe('user-7@acme')
  })

  it('may be named by the request or by its id, and said again: the answer is the same', async () => {
    const at = await visit(place)
    const url = await confirmed(at, { id: '42' })
    expect(jsonOf(await confirm(place, { request: at.id, user: { id: '42' } })).redirect_to).toBe(url)
    expect(locationOf(await comeBack(at, url))).toContain('/consent/')
  })

  it('is what the reference of the endpoints says: its example is answered as it stands there', async () => {
    const at = await visit(place)
    const entry = reference.find(({ id }) => id === 'handoff')
    if (!entry) throw new Error('the reference has no hand-off')
    const values = { handoff_request: at.request, server_secret: place.setting.created.serverSecret }
    const { url, headers, body } = callOf(entry, place.issuer, filled(entry, values))
    const reply = await send(place, url, headers, body ?? '')
    expect([reply.status, Object.keys(jsonOf(reply))]).toEqual([200, Object.keys(entry.answer.body ?? {})])
  })

  it('K14 counts once: loaded again the person goes on, without the session nobody does', async () => {
    const at = await visit(place)
    const bare = at.cookies
    const url = await confirmed(at, { id: '42' })
    await comeBack(at, url)
    const before = await sessionsOf(place)
    expect(locationOf(await comeBack(at, url))).toContain('/consent/')
    expect(await send(place, url, { cookie: bare })).toMatchObject({ status: 400 })
    expect(await sessionsOf(place)).toBe(before)
  })

  it('K14 counts once for two at the same moment', async () => {
    const at = await visit(place)
    const url = await confirmed(at, { id: '42' })
    const before = await sessionsOf(place)
    const replies = await prisma().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM handoff WHERE project_id = ${place.projectId}::uuid FOR UPDATE` // until all five stand before it
      const coming = Promise.all(Array.from({ length: 5 }, () => send(place, url, { cookie: at.cookies })))
      await new Promise((resolve) => setTimeout(resolve, 400))
      return { coming }
    })
    expect(
      (await replies.coming)
        .map(locationOf)
        .toSorted()
        .map((to) => to.split(/[/?]/)[5]),
    ).toEqual(['consent', ...Array(4).fill('sign-in')])
    expect(await sessionsOf(place)).toBe(before + 1)
  })

  it('K13 is nothing in the browser of somebody who was lured to the customer’s page: no session, in either browser', async () => {
    const attacker = await visit(place)
    const victim = await visit(place)
    const url = await confirmed(attacker, { id: 'victim' }) // the victim signed in there, with the attacker's request
    const before = await sessionsOf(place)
    expect(await send(place, url, { cookie: victim.cookies })).toMatchObject({ status: 400 })
    // The attacker's own browser knows the hand-off, and not the address that their backend was given.
    expect(await send(place, `/oauth/handoff/${attacker.id}`, { cookie: attacker.cookies })).toMatchObject({ status: 400 })
    expect(await send(place, `/oauth/handoff/${attacker.id}?proof=${'x'.repeat(43)}`, { cookie: attacker.cookies })).toMatchObject({
      status: 400,
    })
    expect(await sessionsOf(place)).toBe(before)
    expect(await signedIn(attacker)).toBeNull()
  })

  it.each([
    ['after five minutes', async (at: Visit, url: string) => following(passMinutes(at.place, 6), url), 'handoff_expired'],
    ['before the backend has said anything', async (at: Visit) => `/oauth/handoff/${(await start(at)).id}`, 'handoff_unconfirmed'],
    [
      'for a user who was disabled since',
      async (at: Visit, url: string) => following(disableUser(at.place.setting.ctx, { userId: 'gone' }), url),
      'handoff_over',
    ],
  ])('does not count %s, and the person may try again', async (_, what, problem) => {
    const own = await newPlace()
    const at = await visit(own)
    const reply = await comeBack(at, await what(at, await confirmed(at, { id: 'gone' })))
    expect([locationOf(reply).split('?')[0], problemIn(reply)]).toEqual([`${own.issuer}/sign-in`, problem])
    expect(await sessionsOf(own)).toBe(0)
  })

  it('is nothing at another project', async () => {
    const other = await newPlace()
    const at = await visit(place)
    const url = new URL(await confirmed(at, { id: '42' }))
    const reply = await send(other, `/oauth/handoff/${at.id}${url.search}`, { cookie: at.cookies })
    expect(reply.status).toBe(400)
    expect(await sessionsOf(other)).toBe(0)
  })

  it('leads to a page of ours as well, when somebody signs in for that', async () => {
    const opened = await send(place, '/oauth/sign-in?next=account')
    const cookies = withCookies('', opened)
    const sent = await send(place, '/oauth/handoff?next=account', { cookie: cookies })
    const request = new URL(locationOf(sent)).searchParams.get('request') ?? ''
    expect(decodeJwt(request)).not.toHaveProperty('client')
    const at: Visit = { place, handle: '', request, id: decodeJwt(request).jti ?? '', cookies }
    expect(locationOf(await comeBack(at, await confirmed(at, { id: '42' })))).toBe(`${place.issuer}/account`)
    expect(await signedIn(at)).toMatchObject({ userId: '42' })
  })

  it('K13 leads to no page of ours in another browser', async () => {
    const cookies = withCookies('', await send(place, '/oauth/sign-in?next=account'))
    const request =
      new URL(locationOf(await send(place, '/oauth/handoff?next=account', { cookie: cookies }))).searchParams.get('request') ?? ''
    const other = withCookies('', await send(place, '/oauth/sign-in?next=account'))
    const url = await confirmed({ place, handle: '', request, id: '', cookies }, { id: '42' })
    expect((await send(place, url, { cookie: other })).status).toBe(400)
    expect((await send(place, url)).status).toBe(400)
  })
})

describe('what the backend says', () => {
  let place: Place
  beforeAll(async () => {
    place = await newPlace()
  })

  const USER = { id: '42' }
  it.each<[string, (at: Visit) => object | string | Promise<object | string>, string, RegExp]>([
    ['that is no JSON', () => '{', 'invalid_request', /JSON object/],
    ['with a member twice', ({ id }) => `{"request":"${id}","request":"${id}","user":{"id":"1"}}`, 'invalid_request', /repeated/],
    ['without a request', () => ({ user: USER }), 'invalid_request', /^request: /],
    ['without a user', ({ id }) => ({ request: id }), 'invalid_request', /^user: either user or deny/],
    ['with a user, and denied', ({ id }) => ({ request: id, user: USER, deny: {} }), 'invalid_request', /^user: /],
    [
      'with a member that is not known',
      ({ id }) => ({ request: id, user: { ...USER, emailVerified: true } }),
      'invalid_request',
      /^user: .*not known/,
    ],
    ['with an empty user id', ({ id }) => ({ request: id, user: { id: '' } }), 'invalid_request', /^user\.id: /],
    ['with a user id that is a number', ({ id }) => ({ request: id, user: { id: 42 } }), 'invalid_request', /^user\.id: /],
    [
      'with a user id of 256 characters',
      ({ id }) => ({ request: id, user: { id: 'a'.repeat(256) } }),
      'invalid_request',
      /^user\.id: .*255/,
    ],
    ['with a control character in the user id', ({ id }) => ({ request: id, user: { id: 'a\u0000b' } }), 'invalid_request', /^user\.id: /],
    [
      'with a client id for a user id',
      ({ id }) => ({ request: id, user: { id: `c_${'a'.repeat(22)}` } }),
      'invalid_request',
      /^user\.id: .*client/,
    ],
    ['with an address that is none', ({ id }) => ({ request: id, user: { ...USER, email: 'ada' } }), 'invalid_request', /^user\.email: /],
    [
      'with an invisible character in the name',
      ({ id }) => ({ request: id, user: { ...USER, name: 'A\u202eda' } }),
      'invalid_request',
      /^user\.name: /,
    ],
    [
      'with attributes that are a list',
      ({ id }) => ({ request: id, user: { ...USER, attributes: [] } }),
      'invalid_request',
      /^user\.attributes: /,
    ],
    [
      'with attributes of more than 4 KB',
      ({ id }) => ({ request: id, user: { ...USER, attributes: { a: 'a'.repeat(4_096) } } }),
      'invalid_request',
      /^user\.attributes: .*4 KB/,
    ],
    ['with an empty scope', ({ id }) => ({ request: id, user: USER, scope: ' ' }), 'invalid_request', /^scope: /],
    [
      'with a scope that the project does not have',
      ({ id }) => ({ request: id, user: USER, scope: 'read admin' }),
      'invalid_scope',
      /^scope: /,
    ],
    [
      'with a scope that leaves nothing',
      ({ id }) => ({ request: id, user: USER, scope: 'offline_access' }),
      'invalid_scope',
      /^scope: .*[Dd]eny/,
    ],
    ['about what is no hand-off', () => ({ request: 'abc', user: USER }), 'invalid_grant', /^request: .*no hand-off/],
    ['about a JWT without jti', () => ({ request: 'eyJhbGciOiJub25lIn0.e30.x', user: USER }), 'invalid_grant', /^request: /],
    [
      'about a hand-off that never was',
      ({ id }) => ({ request: `${id.split('.')[0]}.account`, user: USER }),
      'invalid_grant',
      /^request: .*not known/,
    ],
    [
      'about one of another project',
      async () => ({ request: (await visit(await newPlace())).request, user: USER }),
      'invalid_grant',
      /another project/,
    ],
    [
      'about one that has expired',
      async (at) => following(passMinutes(at.place, 6), { request: at.id, user: USER }),
      'invalid_grant',
      /expired/,
    ],
    [
      'about one that was used',
      async (at) => following(comeBack(at, await confirmed(at, USER)), { request: at.id, user: USER }),
      'invalid_grant',
      /used/,
    ],
    [
      'about one that it confirmed for somebody else',
      async (at) => following(confirmed(at, { id: '43' }), { request: at.id, user: USER }),
      'invalid_grant',
      /another content/,
    ],
    [
      'about one that it confirmed with more scope',
      async (at) => following(confirmed(at, USER), { request: at.id, user: USER, scope: 'read' }),
      'invalid_grant',
      /another content/,
    ],
    [
      'about one that it denied',
      async (at) => following(confirm(at.place, { request: at.id, deny: {} }), { request: at.id, user: USER }),
      'invalid_grant',
      /another content/,
    ],
  ])('%s is refused, says what is wrong, changes nothing and stands in the log', async (_, body, error, words) => {
    const own = await newPlace()
    const at = await visit(own)
    const sent = await body(at)
    const before = JSON.stringify([await usersOf(own), await prisma().handoff.findMany({ where: { projectId: own.projectId } })])
    const reply = await confirm(own, sent)
    const error_uri = expect.stringMatching(`/docs/errors#${error}$`)
    expect(outcomeOf(reply)).toEqual({ status: 400, error, error_description: expect.stringMatching(words), error_uri })
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store' })
    expect(JSON.stringify([await usersOf(own), await prisma().handoff.findMany({ where: { projectId: own.projectId } })])).toBe(before)
    const row = (await eventsOf(own, 'handoff.refused')).at(-1)
    expect(row).toMatchObject({ actorKind: 'backend', step: 'sign-in', reason: expect.any(String) })
    expect(JSON.parse(row?.detail ?? '')).toEqual({ says: expect.stringMatching(words) })
  })

  it.each([
    ['no secret', () => ''],
    ['a made-up secret', () => `gate_srv_${'a'.repeat(43)}`],
    ['the registration secret', () => place.setting.created.registrationSecret],
    ['the server secret of another project', async () => (await newPlace()).setting.created.serverSecret],
  ])('counts nothing with %s', async (_, secret) => {
    const at = await visit(place)
    const reply = await confirm(place, { request: at.request, user: USER }, await secret())
    expect(outcomeOf(reply)).toMatchObject({ status: 401, error: 'invalid_client' })
    expect(await prisma().handoff.findMany({ where: { projectId: place.projectId, confirmedAt: { not: null } } })).toEqual([])
    expect(await eventsOf(place, 'handoff.refused')).toEqual([])
  })

  it('H11 is heard from servers alone: no CORS, and GET is no way to say it', async () => {
    const reply = await send(place, '/api/oauth/handoff', {
      origin: 'https://evil.example',
      authorization: `Bearer ${place.setting.created.serverSecret}`,
    })
    expect([reply.status, reply.headers['access-control-allow-origin']]).toEqual([405, undefined])
  })

  it('lets nobody in: the client is told access_denied, the log what the backend gave for a reason', async () => {
    const own = await newPlace()
    const at = await visit(own, { state: 'abc' })
    const url = jsonOf(await confirm(own, { request: at.request, deny: { reason: 'no seat left' } })).redirect_to ?? ''
    const reply = await comeBack(at, url)
    const to = new URL(locationOf(reply))
    expect([reply.status, to.origin + to.pathname]).toEqual([302, REDIRECT_URI])
    expect(Object.fromEntries(to.searchParams)).toMatchObject({ error: 'access_denied', state: 'abc', iss: own.issuer })
    expect(to.searchParams.has('code')).toBe(false)
    const [row] = await eventsOf(own, 'handoff.refused')
    expect([row?.reason, JSON.parse(row?.detail ?? '')]).toEqual(['denied', { says: 'no seat left' }])
    expect(await eventsOf(own, 'grant.denied')).toMatchObject([{ actorKind: 'backend', clientId: own.clientId }])
    expect([await sessionsOf(own), await usersOf(own)]).toEqual([0, []])
    expect((await comeBack(at, url)).status).toBe(400)
  })
})

describe('a user whom the backend names', () => {
  let place: Place
  beforeAll(async () => {
    place = await newPlace()
  })
  const say = async (user: object) => outcomeOf(await confirm(place, { request: (await visit(place)).request, user }))
  const row = (id: string) => prisma().endUser.findFirstOrThrow({ where: { projectId: place.projectId, id } })

  it('is kept with what is known of them; what is not sent again stays', async () => {
    await say({ id: 'ada', email: ' Ada@Acme.example ', email_verified: true, name: 'Ada', attributes: { plan: 'pro', seats: 3 } })
    expect(await row('ada')).toMatchObject({
      email: 'ada@acme.example',
      emailVerifiedAt: expect.any(Date),
      name: 'Ada',
      passwordHash: null,
    })
    await say({ id: 'ada' })
    expect(await row('ada')).toMatchObject({ email: 'ada@acme.example', name: 'Ada', attributes: '{"plan":"pro","seats":3}' })
    await say({ id: 'ada', attributes: { plan: 'free' }, email: null })
    expect(await row('ada')).toMatchObject({ email: null, emailVerifiedAt: null, name: 'Ada', attributes: '{"plan":"free"}' })
  })

  it('B15 has an address here only when it is verified: by mail it could open the account', async () => {
    await say({ id: 'bob', email: 'bob@acme.example' })
    await say({ id: 'eve', email: 'eve@acme.example', email_verified: false })
    expect([(await row('bob')).email, (await row('eve')).email]).toEqual([null, null])
  })

  it('B15 does not get the account of another one with the same address, nor the address', async () => {
    const { id } = await createUser(place.setting.ctx, { email: 'own@acme.example', password: 'correct horse battery' })
    expect(await say({ id: 'thief', email: 'own@acme.example', email_verified: true })).toMatchObject({
      ...{ status: 400, error: 'invalid_request', error_description: expect.stringMatching(/^user\.email: another user/) },
    })
    expect(await prisma().endUser.count({ where: { projectId: place.projectId, id: 'thief' } })).toBe(0)
    expect((await row(id)).email).toBe('own@acme.example')
  })

  it('is not let in once disabled', async () => {
    await say({ id: 'carl' })
    await disableUser(place.setting.ctx, { userId: 'carl' })
    expect(await say({ id: 'carl' })).toMatchObject({ status: 400, error_description: expect.stringMatching(/^user\.id: .*disabled/) })
  })

  it('is another one at another project, whatever the id', async () => {
    const other = await newPlace()
    await say({ id: 'same', attributes: { plan: 'pro' } })
    await confirm(other, { request: (await visit(other)).request, user: { id: 'same' } })
    expect((await usersOf(other)).map(({ id, attributes }) => [id, attributes])).toEqual([['same', '{}']])
  })
})

describe('the scope of a confirmation', () => {
  const offered = async (at: Visit) => {
    const shown = await pendingRequest(at.handle, at.cookies)
    return shown.kind === 'open' ? shown.scopes.map(({ name }) => name) : shown.reason
  }

  it.each([false, true])('is the most that consent offers and takes, with every scope offered: %s', async (offerAllScopes) => {
    const place = await newPlace({ offerAllScopes })
    const at = await visit(place, { scope: 'read write' })
    await comeBack(at, await confirmed(at, { id: '42' }, { scope: 'read' }))
    expect(await offered(at)).toEqual(['read'])
    expect((await allow(at, ['read', 'write'])).reply.status).toBe(400)
    const { redeem } = await allow(at, ['read'])
    expect((await redeem()).claims).toMatchObject({ scope: 'read' })
  })

  it('holds for whatever the session allows later, remembered or not', async () => {
    const place = await newPlace()
    const free = await visit(place, { scope: 'read write' })
    await comeBack(free, await confirmed(free, { id: '42' }))
    expect((await allow(free, ['read', 'write'])).reply.status).toBe(302)

    const at = await visit(place, { scope: 'read' })
    await comeBack(at, await confirmed(at, { id: '42' }, { scope: 'read' }))
    const again = await send(place, authorizePath(place, { scope: 'read write' }), { cookie: at.cookies })
    expect(locationOf(again)).toContain('/consent/') // and not with a code at once
    expect(await offered({ ...at, handle: locationOf(again).split('/').at(-1) ?? '' })).toEqual(['read'])
  })
})

describe('custom claims', () => {
  const mapping = {
    claimMappings: [
      { claim: 'https://acme.example/plan', from: 'plan' },
      { claim: 'urn:acme:seats', from: 'seats' },
    ],
  }

  it('are in the tokens of a code and of each refresh, as the attributes are then', async () => {
    const place = await newPlace(mapping)
    const at = await visit(place, { scope: 'read' })
    await comeBack(at, await confirmed(at, { id: '42', attributes: { plan: 'pro', secret: 'not mapped' } }))
    const first = await (await allow(at, ['read'])).redeem()
    expect(first.claims).toMatchObject({ sub: '42', 'https://acme.example/plan': 'pro' })
    expect(Object.keys(first.claims)).not.toContain('secret')

    await setUserAttributes(place.setting.ctx, { userId: '42', attributes: { plan: 'free', seats: 5 } })
    const second = await tokens(place, { grant_type: 'refresh_token', refresh_token: (first as unknown as Fields).refresh_token ?? '' })
    expect(second.claims).toMatchObject({ 'https://acme.example/plan': 'free', 'urn:acme:seats': 5 })
  })
})

it('uses the challenge that belongs to its verifier', async () => {
  const { createHash } = await import('node:crypto')
  expect(createHash('sha256').update(VERIFIER).digest('base64url')).toBe(CHALLENGE)
})
