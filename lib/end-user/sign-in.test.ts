import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { answer } from '#lib/http/endpoint.ts'
import type { HttpReply } from '#lib/http/message.ts'
import { pendingRequest } from '#lib/issuer/pending-request.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { auditRows, newSetting, type Setting, unique } from '#lib/management/fixtures.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'

const PASSWORD = 'correct horse battery'
const REDIRECT_URI = 'https://client.example.com/cb'

type Fields = Readonly<Record<string, string>>
type Place = { readonly setting: Setting; readonly clientId: string }
/** One browser that has an authorization request open, at an address of its own. */
type Visit = { readonly place: Place; readonly handle: string; readonly address: string; cookies: string }

async function newPlace(): Promise<Place> {
  const setting = await newSetting()
  const { clientId } = await createClient(setting.ctx, { name: 'Notes', redirectUris: [REDIRECT_URI], tokenEndpointAuthMethod: 'none' })
  return { setting, clientId }
}

function send(
  name: 'authorize' | 'signIn',
  { setting }: Place,
  address: string,
  headers: Fields,
  query: string,
  body: string,
): Promise<HttpReply> {
  const { host, pathname } = new URL(setting.created.issuer)
  return answer(name, {
    method: name === 'signIn' ? 'POST' : 'GET',
    path: `${pathname}/oauth/${name === 'signIn' ? 'sign-in' : 'authorize'}`,
    query,
    headers: new Headers({ host, ...headers }),
    socketAddress: address,
    readBody: async () => new TextEncoder().encode(body),
  })
}

const setCookies = ({ headers }: HttpReply): readonly string[] => [headers['set-cookie'] ?? []].flat()
const locationOf = ({ headers }: HttpReply): string => String(headers.location ?? '')
const nameAndValue = (cookie: string): string => cookie.split(';', 1)[0] ?? ''
const anyAddress = (): string => `10.${[...randomBytes(3)].join('.')}`

async function visit(place: Place, cookies = ''): Promise<Visit> {
  const address = anyAddress()
  const parameters = { response_type: 'code', client_id: place.clientId, redirect_uri: REDIRECT_URI, code_challenge: 'c'.repeat(43) }
  const query = new URLSearchParams({ ...parameters, code_challenge_method: 'S256', prompt: 'select_account' }).toString()
  const reply = await send('authorize', place, address, cookies ? { cookie: cookies } : {}, query, '')
  const handle = new URL(locationOf(reply)).searchParams.get('request') ?? ''
  return { place, handle, address, cookies: [cookies, ...setCookies(reply).map(nameAndValue)].filter(Boolean).join('; ') }
}

/** Posts the form of the sign-in page as this browser would. */
async function post(at: Visit, fields: Fields, headers: Fields = {}): Promise<HttpReply> {
  const shown = await pendingRequest(at.handle, at.cookies)
  const csrf = shown.kind === 'open' ? shown.csrf : ''
  const body = new URLSearchParams({ request: at.handle, csrf, ...fields }).toString()
  const origin = new URL(at.place.setting.created.issuer).origin
  const all = { cookie: at.cookies, origin, 'content-type': 'application/x-www-form-urlencoded', ...headers }
  return send('signIn', at.place, at.address, all, '', body)
}

const enter = (at: Visit, email: string, password = PASSWORD): Promise<HttpReply> => post(at, { email, password })
const problemIn = (reply: HttpReply): string | null => new URL(locationOf(reply)).searchParams.get('error')
const sessionsOf = ({ setting }: Place): Promise<number> => prisma().endUserSession.count({ where: { projectId: setting.ctx.project.id } })

describe('the sign-in form', () => {
  let place: Place
  let userId: string
  const email = `${unique('user')}@example.com`
  beforeAll(async () => {
    place = await newPlace()
    userId = (await createUser(place.setting.ctx, { email, password: PASSWORD })).id
  })
  afterAll(closeDatabase)

  describe('with the right password', () => {
    it('leads on to consent with a session, and says so in the log once', async () => {
      const at = await visit(place)
      const reply = await enter(at, email)
      expect([reply.status, locationOf(reply)]).toEqual([302, `${place.setting.created.issuer}/consent/${at.handle}`])
      const [cookie = '', ...more] = setCookies(reply)
      expect(more).toEqual([])
      expect(cookie).toMatch(
        new RegExp(`^gatehouse-session-${place.setting.created.slug}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200$`),
      )
      const shown = await pendingRequest(at.handle, `${at.cookies}; ${nameAndValue(cookie)}`)
      expect(shown).toMatchObject({ kind: 'open', account: { email } })
      const rows = (await auditRows(place.setting.ctx)).filter(
        ({ action, address }) => action === 'user.signed_in' && address === at.address,
      )
      expect(rows).toEqual([expect.objectContaining({ userId, actorKind: 'user', clientId: place.clientId })])
    })

    it('L02 keeps nothing of the cookie but its hash', async () => {
      const value = nameAndValue(setCookies(await enter(await visit(place), email))[0] ?? '').split('=')[1]
      const rows = await prisma().endUserSession.findMany({ where: { projectId: place.setting.ctx.project.id } })
      expect(value).toMatch(/^[\w-]{43}$/)
      expect(JSON.stringify(rows)).not.toContain(value)
    })

    it('K15 starts a session under a new value: one that was planted opens nothing, one that was there ends', async () => {
      const name = `gatehouse-session-${place.setting.created.slug}`
      const planted = `${name}=${'P'.repeat(43)}`
      const at = await visit(place, planted)
      const first = nameAndValue(setCookies(await enter(at, email))[0] ?? '')
      expect(first).not.toBe(planted)
      const browser = at.cookies
        .split('; ')
        .filter((cookie) => !cookie.startsWith(name))
        .join('; ')
      expect(await pendingRequest(at.handle, `${browser}; ${planted}`)).toMatchObject({ account: null })

      const again = await visit(place, `${browser}; ${first}`)
      const second = nameAndValue(setCookies(await enter(again, email))[0] ?? '')
      expect(await pendingRequest(again.handle, `${browser}; ${first}`)).toMatchObject({ account: null })
      expect(await pendingRequest(again.handle, `${browser}; ${second}`)).toMatchObject({ account: { email } })
    })

    it.each([
      ['in upper case', () => email.toUpperCase()],
      ['with blanks around it', () => `  ${email} `],
      ['in full-width letters', () => email.replace('@', '＠')],
    ])('B10 knows the address %s', async (_, spelled) => {
      expect(locationOf(await enter(await visit(place), spelled()))).toContain('/consent/')
    })
  })

  describe('with anything else', () => {
    it('B09 answers the same for a wrong password, an unknown, a disabled and a foreign account', async () => {
      const disabled = `${unique('gone')}@example.com`
      const { id } = await createUser(place.setting.ctx, { email: disabled, password: PASSWORD })
      await disableUser(place.setting.ctx, { userId: id })
      const foreign = `${unique('foreign')}@example.com`
      await createUser((await newPlace()).setting.ctx, { email: foreign, password: PASSWORD }) // K24: another project's pool
      const before = await sessionsOf(place)
      const tries: [string, string][] = [
        [email, 'wrong password'],
        [`${unique('nobody')}@example.com`, PASSWORD],
        [disabled, PASSWORD],
        [foreign, PASSWORD],
        ['not an address', PASSWORD],
        [email, ''],
        [email, 'x'.repeat(129)],
      ]
      for (const [address, password] of tries) {
        const at = await visit(place)
        const reply = await enter(at, address, password)
        expect(locationOf(reply)).toBe(`${place.setting.created.issuer}/sign-in?request=${at.handle}&error=credentials`)
        expect([reply.status, reply.body, setCookies(reply)]).toEqual([302, '', []])
      }
      expect(await sessionsOf(place)).toBe(before)
    })

    it('shows the address that was typed again, out of the stored request and not out of a URL', async () => {
      const at = await visit(place)
      const reply = await enter(at, email, 'wrong password')
      expect(locationOf(reply)).not.toMatch(/@|%40/)
      expect(await pendingRequest(at.handle, at.cookies)).toMatchObject({ loginHint: email })
    })

    it('B11 lets nobody try an account more than thirty times in five minutes from one address, and says so in the log once', async () => {
      const tired = `${unique('tired')}@example.com`
      await createUser(place.setting.ctx, { email: tired, password: PASSWORD })
      const at = await visit(place)
      for (let i = 0; i < 30; i++) expect(problemIn(await enter(at, tired, 'wrong password'))).toBe('credentials')
      for (let i = 0; i < 3; i++) expect(problemIn(await enter(at, tired))).toBe('throttled')
      const rows = (await auditRows(place.setting.ctx)).filter(
        ({ action, address }) => action === 'user.sign_in_throttled' && address === at.address,
      )
      expect(rows).toHaveLength(1)
      expect(locationOf(await enter({ ...at, address: anyAddress() }, tired))).toContain('/consent/') // strangers lock nobody out
    })
  })

  describe('that did not come from our page', () => {
    it.each<[string, Fields, Fields]>([
      ['K16 has no token', { csrf: '' }, {}],
      ['K16 has a wrong token', { csrf: 'x'.repeat(43) }, {}],
      ['K02 has a foreign Origin', {}, { origin: 'https://evil.test' }],
      ['K02 has Origin null', {}, { origin: 'null' }],
      ['H03 is JSON', {}, { 'content-type': 'application/json' }],
      ['K13 has no browser cookie', {}, { cookie: 'x=1' }],
      ['H07 has NUL in the password', { password: `${PASSWORD}\0` }, {}],
    ])('%s: 403, and nobody is signed in', async (_, fields, headers) => {
      const before = await sessionsOf(place)
      const reply = await post(await visit(place), { email, password: PASSWORD, ...fields }, headers)
      expect([reply.status, locationOf(reply), setCookies(reply)]).toEqual([403, '', []])
      expect(await sessionsOf(place)).toBe(before)
    })

    it('K13 comes from another browser', async () => {
      const [mine, theirs] = [await visit(place), await visit(place)]
      const shown = await pendingRequest(mine.handle, mine.cookies)
      const csrf = shown.kind === 'open' ? shown.csrf : ''
      const reply = await post({ ...mine, cookies: theirs.cookies }, { email, password: PASSWORD, csrf })
      expect(reply.status).toBe(403)
      expect(await pendingRequest(mine.handle, theirs.cookies)).toEqual({ kind: 'gone', reason: 'other_browser' })
    })

    it('comes too late', async () => {
      const at = await visit(place)
      const projectId = place.setting.ctx.project.id
      const csrf = await pendingRequest(at.handle, at.cookies).then((shown) => (shown.kind === 'open' ? shown.csrf : ''))
      await prisma()
        .$executeRaw`UPDATE authorization_request SET expires_at = now() - interval '1 second' WHERE project_id = ${projectId}::uuid`
      expect((await post(at, { email, password: PASSWORD, csrf })).status).toBe(400)
    })
  })

  describe('to sign up', () => {
    const signUp = (at: Visit, address: string, password = PASSWORD) => post(at, { intent: 'sign-up', email: address, password })

    it('makes an account and its session, with one row', async () => {
      const address = `${unique('new')}@example.com`
      const at = await visit(place)
      expect(locationOf(await signUp(at, address))).toContain('/consent/')
      const user = await prisma().endUser.findFirst({ where: { projectId: place.setting.ctx.project.id, email: address } })
      expect(user?.id).toMatch(/^user_[\w-]{22}$/)
      expect(user?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/) // B08
      expect((await auditRows(place.setting.ctx)).filter((row) => row.action === 'user.signed_up' && row.userId === user?.id)).toHaveLength(
        1,
      )
      expect(locationOf(await enter(await visit(place), address))).toContain('/consent/')
    })

    it.each([
      ['a short password', () => `${unique('short')}@example.com`, 'eleven char', 'invalid'],
      ['an address that is none', () => 'nobody', PASSWORD, 'invalid'],
      ['B10 a quoted address', () => '"a@evil.com"@example.com', PASSWORD, 'invalid'],
      ['B10 two at signs', () => 'a@b@example.com', PASSWORD, 'invalid'],
      ['B10 CRLF', () => 'a\r\nbcc: b@example.com', PASSWORD, 'invalid'],
      ['an address that has an account', () => email, 'another password', 'exists'],
    ])('refuses %s', async (_, address, password, problem) => {
      const users = () => prisma().endUser.count({ where: { projectId: place.setting.ctx.project.id } })
      const before = await users()
      const reply = await signUp(await visit(place), address(), password)
      expect([problemIn(reply), new URL(locationOf(reply)).searchParams.get('mode'), setCookies(reply)]).toEqual([problem, 'sign-up', []])
      expect(await users()).toBe(before)
    })

    it('signs in whoever knows the password of the account already', async () => {
      expect(locationOf(await signUp(await visit(place), email))).toContain('/consent/')
    })

    it('of one address, five times at once, makes one account', async () => {
      const address = `${unique('racer')}@example.com`
      const visits = await Promise.all(Array.from({ length: 5 }, () => visit(place)))
      const replies = await Promise.all(visits.map((at) => signUp(at, address)))
      expect(replies.every((reply) => locationOf(reply).includes('/consent/'))).toBe(true)
      expect(await prisma().endUser.count({ where: { projectId: place.setting.ctx.project.id, email: address } })).toBe(1)
    })

    it('is refused where the project has it closed', async () => {
      const closed = await newPlace()
      await updateProject(closed.setting.ctx, { signUpOpen: false })
      const reply = await signUp(await visit(closed), `${unique('late')}@example.com`)
      expect([problemIn(reply), setCookies(reply)]).toEqual(['closed', []])
    })
  })

  describe('to sign out', () => {
    it('K15 ends the session here and in the browser, and asks again', async () => {
      const at = await visit(place)
      const session = nameAndValue(setCookies(await enter(at, email))[0] ?? '')
      const browser = at.cookies
      at.cookies = `${browser}; ${session}`
      const reply = await post(at, { intent: 'sign-out' })
      expect(locationOf(reply)).toBe(`${place.setting.created.issuer}/sign-in?request=${at.handle}&prompt=select_account`)
      expect(setCookies(reply)[0]).toMatch(/=; .*Max-Age=0/)
      expect(await pendingRequest(at.handle, at.cookies)).toMatchObject({ account: null })
    })
  })

  it('C17 a session ends when its user is disabled', async () => {
    const address = `${unique('ended')}@example.com`
    const { id } = await createUser(place.setting.ctx, { email: address, password: PASSWORD })
    const at = await visit(place)
    const session = nameAndValue(setCookies(await enter(at, address))[0] ?? '')
    expect(await pendingRequest(at.handle, `${at.cookies}; ${session}`)).toMatchObject({ account: { email: address } })
    await disableUser(place.setting.ctx, { userId: id })
    expect(await pendingRequest(at.handle, `${at.cookies}; ${session}`)).toMatchObject({ account: null })
  })

  it('K23 T01 a session of one project is nobody at another, under either name', async () => {
    const other = await newPlace()
    const session = nameAndValue(setCookies(await enter(await visit(place), email))[0] ?? '')
    const at = await visit(other)
    for (const cookie of [session, session.replace(place.setting.created.slug, other.setting.created.slug)]) {
      expect(await pendingRequest(at.handle, `${at.cookies}; ${cookie}`)).toMatchObject({ kind: 'open', account: null })
    }
  })
})
