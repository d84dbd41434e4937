import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { worldWith } from '#lib/issuer/world.ts'
import { unique } from '#lib/management/fixtures.ts'
import { createUpstreamProvider } from '#lib/management/upstream-providers/create.ts'
import { codeChallengeOf } from '#lib/oauth/pkce.ts'
import { fetchPublic } from '#lib/outbound/fetch.ts'
import { locationOf, newPlace, type Place, problemIn, signedIn, type Visit, visit } from '../fixtures.ts'
import { arrive, fetchToken, identitiesOf, leave, peopleOf } from './fixtures.ts'

const CLIENT_ID = 'Iv1.8a61f9b3a7aba766'
const CLIENT_SECRET = 'github-secret'

type Email = { email: string; primary: boolean; verified: boolean; visibility: string | null }
type Person = { id: number; login: string; name: string | null; email: string | null; emails: Email[] }
type Asked = { url: string; method: string; headers: IncomingMessage['headers']; form: URLSearchParams }

/** GitHub as its documentation tells of it: errors of the token endpoint come with 200, scopes with commas. */
const github = {
  codes: new Map<string, { person: Person; challenge: string; redirectUri: string }>(),
  tokens: new Map<string, Person>(),
  asked: [] as Asked[],
  instead: new Map<string, { status: number; body: unknown }>(),
}
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const form = new URLSearchParams(Buffer.concat(chunks).toString())
  const { url = '', method = '', headers } = request
  github.asked.push({ url, method, headers, form })
  const { status, body } = github.instead.get(url) ?? answerTo(url, form, headers)
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
  response.end(JSON.stringify(body))
})

function answerTo(url: string, form: URLSearchParams, { authorization }: IncomingMessage['headers']): { status: number; body: unknown } {
  if (url === '/login/oauth/access_token') return redeem(form)
  const person = github.tokens.get(/^Bearer (.+)$/.exec(authorization ?? '')?.[1] ?? '')
  if (!person) return { status: 401, body: { message: 'Bad credentials' } }
  const { emails, ...user } = person
  if (url === '/api/user') return { status: 200, body: { ...user, node_id: 'x', type: 'User' } }
  if (url === '/api/user/emails') return { status: 200, body: emails }
  return { status: 404, body: { message: 'Not Found' } }
}

function redeem(form: URLSearchParams): { status: number; body: unknown } {
  if (form.get('client_id') !== CLIENT_ID || form.get('client_secret') !== CLIENT_SECRET) {
    return { status: 200, body: { error: 'incorrect_client_credentials', error_description: 'The client_id is incorrect' } }
  }
  const code = form.get('code') ?? ''
  const given = github.codes.get(code)
  const isRight = given?.challenge === codeChallengeOf(form.get('code_verifier') ?? '') && given.redirectUri === form.get('redirect_uri')
  github.codes.delete(code)
  if (!given || !isRight) return { status: 200, body: { error: 'bad_verification_code', error_description: 'The code is incorrect' } }
  const token = unique('gho')
  github.tokens.set(token, given.person)
  return { status: 200, body: { access_token: token, token_type: 'bearer', scope: 'read:user,user:email' } }
}

let place: Place & { providerId: string }
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const there = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  // The one thing that is not as in production: where the names lead.
  const real = (url: string) => url.replace(/^https:\/\/api\.github\.com/, `${there}/api`).replace(/^https:\/\/github\.com/, there)
  const world = worldWith({
    fetch: (url, options) => fetchPublic(real(url), options),
    now: () => performance.now(),
    developmentLoopback: true,
  })
  Object.assign(globalThis, { [Symbol.for('gatehouse.world')]: world })
  place = await placeWith(true)
})
beforeEach(() => {
  github.instead.clear()
  github.asked.length = 0
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await closeDatabase()
})

async function placeWith(keepTokens: boolean) {
  const made = await newPlace({})
  const providerId = crypto.randomUUID()
  const credentials = { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET }
  await createUpstreamProvider(made.setting.ctx, { id: providerId, preset: 'github', ...credentials, scope: 'repo', keepTokens })
  return { ...made, providerId }
}

let number = 1_000
function someone(changes: Partial<Person> = {}): Person {
  const login = unique('octo')
  const emails = [
    { email: `old-${login}@example.com`, primary: false, verified: true, visibility: null },
    { email: `${login}@example.com`, primary: true, verified: true, visibility: 'private' },
  ]
  return { id: ++number, login, name: 'Mona', email: null, emails, ...changes }
}

/** What GitHub does when somebody has pressed "Authorize". */
function authorize(url: string, person: Person): URL {
  const { searchParams } = new URL(url)
  const code = unique('code')
  const redirectUri = searchParams.get('redirect_uri') ?? ''
  github.codes.set(code, { person, challenge: searchParams.get('code_challenge') ?? '', redirectUri })
  const back = new URL(redirectUri)
  back.searchParams.set('code', code)
  back.searchParams.set('state', searchParams.get('state') ?? '')
  return back
}

async function signInAs(person: Person, at?: Visit) {
  const here = at ?? (await visit(place))
  return { at: here, reply: await arrive(here, authorize(await leave(here, place.providerId), person)) }
}

describe('somebody who comes from GitHub', () => {
  it('is sent there with what GitHub wants to know', async () => {
    const url = new URL(await leave(await visit(place), place.providerId))
    expect(url.origin + url.pathname).toBe('https://github.com/login/oauth/authorize')
    expect(Object.fromEntries(url.searchParams)).toEqual({
      response_type: 'code',
      client_id: CLIENT_ID,
      redirect_uri: `${place.issuer}/oauth/callback/${place.providerId}`,
      scope: 'read:user user:email repo',
      state: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    })
  })

  it('is known by their number, and has the primary verified address of the list', async () => {
    const person = someone({ email: 'public-and-unproven@example.com' })
    const { reply, at } = await signInAs(person)
    expect(locationOf(reply)).toContain('/consent/')
    expect(await signedIn(at)).toBe(`${person.login}@example.com`)
    const [identity] = (await identitiesOf(place)).filter(({ subject }) => subject === String(person.id))
    expect(identity?.issuer).toBe('https://github.com')
    expect((await peopleOf(place)).find(({ id }) => id === identity?.userId)).toMatchObject({
      name: 'Mona',
      emailVerifiedAt: expect.any(Date),
    })
    const [redeemed] = github.asked
    expect(redeemed).toMatchObject({ method: 'POST', headers: { accept: 'application/json' } })
    expect(github.asked.map(({ url }) => url)).toEqual(['/login/oauth/access_token', '/api/user', '/api/user/emails'])
  })

  it('is the same person under a new login, and nobody else under the old one', async () => {
    const person = someone()
    await signInAs(person)
    await signInAs({ ...person, login: 'renamed' })
    const heir = someone({ login: person.login, emails: [] })
    const { at } = await signInAs(heir)
    const ids = (await identitiesOf(place)).filter(({ subject }) => [person.id, heir.id].map(String).includes(subject))
    expect(new Set(ids.map(({ userId }) => userId)).size).toBe(2)
    expect(await signedIn(at)).toBeNull() // without an address there is none to show
    expect((await peopleOf(place)).filter(({ email }) => email === `${person.login}@example.com`)).toHaveLength(1)
  })

  it.each<[string, Partial<Person>]>([
    ['has verified none', { emails: [{ email: 'a@example.com', primary: true, verified: false, visibility: null }] }],
    ['has no primary one', { emails: [{ email: 'b@example.com', primary: false, verified: true, visibility: null }] }],
  ])('has an account without an address where GitHub %s, called by their login', async (_, changes) => {
    const person = someone({ ...changes, name: null })
    await signInAs(person)
    expect((await peopleOf(place)).find(({ name }) => name === person.login)).toMatchObject({ email: null })
  })

  it.each<[string, () => void, string]>([
    [
      'takes our secret no more',
      () => github.instead.set('/login/oauth/access_token', { status: 200, body: { error: 'incorrect_client_credentials' } }),
      'provider_nonsense',
    ],
    ['does not know the code', () => github.codes.clear(), 'provider_refused'],
    ['is down', () => github.instead.set('/api/user', { status: 503, body: {} }), 'provider_unreachable'],
    [
      'names somebody by a text',
      () => github.instead.set('/api/user', { status: 200, body: { id: '1', login: 'x' } }),
      'provider_nonsense',
    ],
    ['names nobody', () => github.instead.set('/api/user', { status: 200, body: { login: 'x' } }), 'provider_nonsense'],
    ['forbids us the addresses', () => github.instead.set('/api/user/emails', { status: 403, body: {} }), 'provider_nonsense'],
  ])('does not come in when GitHub %s', async (_, breakIt, problem) => {
    const at = await visit(place)
    const back = authorize(await leave(at, place.providerId), someone())
    breakIt()
    expect(problemIn(await arrive(at, back))).toBe(problem)
    expect(at.cookies).not.toContain('session')
  })

  it('does not come in with a code that was made for another sign-in (PKCE)', async () => {
    const [mine, theirs] = [await visit(place), await visit(place)]
    const stolen = authorize(await leave(theirs, place.providerId), someone()).searchParams.get('code') ?? ''
    const back = authorize(await leave(mine, place.providerId), someone())
    back.searchParams.set('code', stolen)
    expect(problemIn(await arrive(mine, back))).toBe('provider_refused')
  })

  it('may be refused by GitHub, and an answer that names another issuer is not believed', async () => {
    for (const [change, problem] of [
      [{ error: 'access_denied' }, 'provider_refused'],
      [{ error: 'redirect_uri_mismatch' }, 'provider_nonsense'],
      [{ iss: 'https://evil.example' }, 'provider_nonsense'],
    ] as const) {
      const at = await visit(place)
      const back = authorize(await leave(at, place.providerId), someone())
      for (const [name, value] of Object.entries(change)) back.searchParams.set(name, value)
      expect(problemIn(await arrive(at, back))).toBe(problem)
    }
    const at = await visit(place)
    const back = authorize(await leave(at, place.providerId), someone())
    back.searchParams.set('iss', 'https://github.com/login/oauth')
    expect(locationOf(await arrive(at, back))).toContain('/consent/')
  })

  it('has a token that the customer server may fetch, without an end where GitHub names none', async () => {
    const person = someone()
    await signInAs(person)
    const userId = (await identitiesOf(place)).find(({ subject }) => subject === String(person.id))?.userId
    const { body } = await fetchToken(place, { user_id: userId, provider: 'github' })
    expect(body).toEqual({ access_token: expect.stringMatching(/^gho-/), token_type: 'Bearer', scope: 'read:user user:email' })
    expect(github.tokens.get(String(body.access_token))).toBe(person)
    expect(await prisma().upstreamToken.findFirst({ where: { userId: userId ?? '' } })).toMatchObject({ expiresAt: null })
  })
})
