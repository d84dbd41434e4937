import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEVICE_CODE } from '../grant-type.ts'
import {
  approve,
  connect,
  type Form,
  isActive,
  newCode,
  type OAuthClient,
  oauthClient,
  openConsent,
  outcomeOf,
  pageOf,
  pkcePair,
  redirectOf,
  register,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { type ClientOptions, REDIRECT_URI, type TestBrowser, type TestProject, type TestUser } from './target.ts'

const { verifier: VERIFIER, challenge: CHALLENGE } = pkcePair()
const OTHER_URI = 'https://client.example.com/other'
/** What a server has read of a document it believes for five minutes, whatever its database thinks of the time. */
const clockIsOurs = !process.env.GATEHOUSE_TARGET

conformance('remembered consent', (subject) => {
  let project: TestProject
  let user: TestUser
  beforeAll(async () => {
    project = await subject.target.project()
    user = await project.user()
  })

  const newClient = async (options: ClientOptions = {}, at = project) => oauthClient(at, await at.client(options))
  /** A browser in which somebody has just allowed the client something. */
  const allowed = async (
    client: OAuthClient,
    changes: Form = {},
    { at = project, who = user, scopes = undefined as string[] | undefined } = {},
  ) => {
    const browser = at.browser()
    const url = await approve(at, client.authorizeUrl(CHALLENGE, changes), { user: who, browser, ...(scopes ? { scopes } : {}) })
    expect(url.searchParams.has('code')).toBe(true)
    return browser
  }
  /** What the same browser gets for a request: `code` at once, `asked`, `sign-in`, an error at the client, or a page. */
  const answerTo = async (browser: TestBrowser, client: OAuthClient, changes: Form = {}, at = project): Promise<string> => {
    const response = await browser.get(client.authorizeUrl(CHALLENGE, changes))
    const location = response.headers.get('location')
    if (location === null) return pageOf(response)
    if (location.startsWith(`${at.issuer}/consent/`)) return 'asked'
    if (location.startsWith(`${at.issuer}/sign-in`)) return 'sign-in'
    return redirectOf(response, String(changes.redirect_uri ?? client.redirectUri)).kind.replace(/^RED /, '')
  }
  const approvals = async ({ clientId }: OAuthClient, at = project) =>
    (await at.audit()).filter((row) => row.action === 'grant.approved' && row.clientId === clientId)

  describe('of a client that a member made', () => {
    it('answers the same request at once, with a code, a grant and a row as if the person had been asked', async () => {
      const client = await newClient()
      const browser = await allowed(client, { scope: 'read write' })
      const response = await browser.get(client.authorizeUrl(CHALLENGE, { scope: 'read write' }))
      const { kind, url } = redirectOf(response, REDIRECT_URI)
      expect([kind, url.searchParams.get('state'), url.searchParams.get('iss')]).toEqual(['RED code', 'xyz', project.issuer])
      expect([response.headers.get('cache-control'), response.headers.get('referrer-policy')]).toEqual(['no-store', 'same-origin'])

      const code = url.searchParams.get('code') ?? ''
      const tokens = tokensOf(await client.redeem({ code, code_verifier: VERIFIER, redirect_uri: REDIRECT_URI }))
      expect(tokens.scope).toBe('read write')
      expect(tokensOf(await client.refresh(tokens.refresh)).scope).toBe('read write')
      const [asked, remembered] = await approvals(client)
      expect(remembered).toMatchObject({ actorKind: 'user', actorId: user.id, userId: user.id })
      expect(remembered?.detail).toEqual({ ...asked?.detail, remembered: true })
      expect(remembered?.grantId).not.toBe(asked?.grantId)
    })
    it('K26 X-14 leaves what it was given before alone', async () => {
      const client = await newClient()
      const browser = project.browser()
      const first = await connect(project, client, { user, browser })
      const again = new URL((await browser.get(client.authorizeUrl(CHALLENGE))).headers.get('location') ?? '')
      const code = again.searchParams.get('code') ?? ''
      const second = tokensOf(await client.redeem({ code, code_verifier: VERIFIER, redirect_uri: REDIRECT_URI }))
      expect((await client.revoke(second.refresh)).status).toBe(200)
      expect([await isActive(project, first.access), await isActive(project, second.access)]).toEqual([true, false])
    })
    it('gives a code for less, with no more than was asked', async () => {
      const client = await newClient()
      const browser = await allowed(client, { scope: 'read write' })
      const url = new URL((await browser.get(client.authorizeUrl(CHALLENGE, { scope: 'read' }))).headers.get('location') ?? '')
      const code = url.searchParams.get('code') ?? ''
      expect(tokensOf(await client.redeem({ code, code_verifier: VERIFIER, redirect_uri: REDIRECT_URI })).scope).toBe('read')
    })
    it('is good in another browser where the same person is signed in, and in none where nobody is', async () => {
      const [client, other] = [await newClient(), await newClient()]
      await allowed(client)
      expect(await answerTo(await allowed(other), client)).toBe('code')
      expect(await answerTo(project.browser(), client)).toBe('sign-in')
    })
    it('tells who it is with the nonce of the new request, and to nobody who was not allowed to know', async () => {
      const at = await subject.target.project({ openidConnect: true })
      const client = await newClient({}, at)
      const browser = await allowed(client, { scope: 'read' }, { at, who: await at.user() })
      expect(await answerTo(browser, client, { scope: 'openid read', nonce: 'n-1' }, at)).toBe('asked')
      await approve(at, client.authorizeUrl(CHALLENGE, { scope: 'openid read', nonce: 'n-1' }), { user, browser })
      const again = await browser.get(client.authorizeUrl(CHALLENGE, { scope: 'openid read', nonce: 'n-2' }))
      const code = redirectOf(again, REDIRECT_URI).url.searchParams.get('code') ?? ''
      const { body } = await client.redeem({ code, code_verifier: VERIFIER, redirect_uri: REDIRECT_URI })
      expect(decodeJwt(body.id_token ?? '').nonce).toBe('n-2')
    })
    it('answers a request that was pushed', async () => {
      const pushing = await subject.target.project({ pushedRequests: true })
      const client = await newClient({ method: 'client_secret_basic' }, pushing)
      const browser = await allowed(client, {}, { at: pushing, who: await pushing.user() })
      const pushed = await client.push({
        ...{ response_type: 'code', redirect_uri: REDIRECT_URI, code_challenge: CHALLENGE, code_challenge_method: 'S256' },
      })
      const url = `${pushing.issuer}/oauth/authorize?${new URLSearchParams({ client_id: client.clientId, request_uri: String(pushed.body.request_uri) })}`
      expect(redirectOf(await browser.get(url), REDIRECT_URI).kind).toBe('RED code')
    })
  })

  describe('K09 asks again', () => {
    it('for more scope than was allowed, be it one that was unticked', async () => {
      const [client, unticked] = [await newClient(), await newClient()]
      expect(await answerTo(await allowed(client, { scope: 'read' }), client, { scope: 'read write' })).toBe('asked')
      const browser = await allowed(unticked, { scope: 'read write' }, { scopes: ['read'] })
      expect(await answerTo(browser, unticked, { scope: 'read write' })).toBe('asked')
      expect(await answerTo(browser, unticked, { scope: 'read offline_access' })).toBe('asked')
      expect(await answerTo(browser, unticked, { scope: 'read' })).toBe('code')
    })
    it('for another redirect URI of the same client', async () => {
      const client = await newClient({ redirectUris: [REDIRECT_URI, OTHER_URI] })
      const browser = await allowed(client)
      expect(await answerTo(browser, client, { redirect_uri: OTHER_URI })).toBe('asked')
      expect(await answerTo(browser, client)).toBe('code')
    })
    it('for another resource, or for two of which it was allowed one', async () => {
      const at = await subject.target.project()
      await at.addResource('https://other.example.com/mcp')
      const client = await newClient({}, at)
      const browser = await allowed(client, { resource: at.resource }, { at, who: await at.user() })
      expect(await answerTo(browser, client, { resource: 'https://other.example.com/mcp' }, at)).toBe('asked')
      expect(await answerTo(browser, client, { resource: [at.resource, 'https://other.example.com/mcp'] }, at)).toBe('asked')
      expect(await answerTo(browser, client, { resource: at.resource }, at)).toBe('code')
    })
    it('for another client of the same name, and for another person', async () => {
      const [client, namesake] = [await newClient(), await newClient()]
      const browser = await allowed(client)
      expect(await answerTo(browser, namesake)).toBe('asked')
      const away = (await browser.get(client.authorizeUrl(CHALLENGE, { prompt: 'login' }))).headers.get('location') ?? ''
      await browser.signIn(away, await project.user())
      expect(await answerTo(browser, client)).toBe('asked')
    })
    it.each<[string, Form, string]>([
      ['prompt=consent', { prompt: 'consent' }, 'asked'],
      ['prompt=select_account', { prompt: 'select_account' }, 'sign-in'],
      ['prompt=login', { prompt: 'login' }, 'sign-in'],
      ['max_age=0', { max_age: '0' }, 'sign-in'],
      ['a max_age that has passed', { max_age: '60' }, 'asked'],
      ['a max_age that has not', { max_age: '600' }, 'code'],
    ])('with %s', async (_, changes, expected) => {
      const client = await newClient()
      const browser = await allowed(client)
      await project.advance(120)
      expect(await answerTo(browser, client, changes)).toBe(expected)
    })
    it('after the person has denied it something', async () => {
      const client = await newClient()
      const browser = await allowed(client)
      await approve(project, client.authorizeUrl(CHALLENGE, { prompt: 'consent' }), { user, browser, decision: 'deny' })
      expect(await answerTo(browser, client)).toBe('asked')
    })
    // What members do is the database's matter, and no method of the memory store.
    it.runIf(!clockIsOurs)('after a member has ended the grant', async () => {
      const client = await newClient()
      const browser = project.browser()
      const { grantId } = await connect(project, client, { user, browser })
      await project.endGrant(grantId)
      expect(await answerTo(browser, client)).toBe('asked')
    })
    it.runIf(clockIsOurs)('M08 after the client has changed what it says of itself', async () => {
      const { client, publish, at, who } = await published()
      const browser = await allowed(client, {}, { at, who })
      expect(await answerTo(browser, client, {}, at)).toBe('code')
      await at.advance(301)
      publish({ client_name: 'Renamed' })
      expect(await answerTo(browser, client, {}, at)).toBe('asked')
    })
    it('and not at all for a client that was revoked', async () => {
      const client = await newClient()
      const browser = await allowed(client)
      await project.revokeClient(client.clientId)
      expect(await answerTo(browser, client)).toBe('PAGE 400')
      expect(await approvals(client)).toHaveLength(1)
    })
  })

  /** A client known by its document, on a site that its project lists unless `settings` say otherwise. */
  async function published(fields: object = {}, settings: Parameters<typeof subject.target.project>[0] = {}) {
    const site = await subject.target.site()
    const clientId = site.url('/client.json')
    const at = await subject.target.project({ documentPolicy: 'allow-list', documentHosts: [new URL(clientId).hostname], ...settings })
    const document = { client_id: clientId, client_name: 'Published', redirect_uris: [REDIRECT_URI], ...fields }
    const publish = (more: object = {}) => site.publish('/client.json', { body: { ...document, ...more } })
    publish()
    const client = oauthClient(at, { clientId, clientSecret: null, method: 'none', redirectUri: REDIRECT_URI })
    return { client, publish, at, who: await at.user() }
  }

  it('is kept for a document on a site that the project lists', async () => {
    const { client, at, who } = await published()
    expect(await answerTo(await allowed(client, {}, { at, who }), client, {}, at)).toBe('code')
  })

  describe('K08 is never kept', () => {
    it.each([
      ['http://127.0.0.1:49152/cb', 'http://127.0.0.1/cb'],
      ['http://localhost:49152/cb', 'http://localhost/cb'],
      ['http://[::1]:49152/cb', 'http://[::1]/cb'],
      ['https://localhost/cb', 'https://localhost/cb'],
      ['https://app.localhost/cb', 'https://app.localhost/cb'],
      ['com.acme.app:/cb', 'com.acme.app:/cb'],
    ])('for %s: a program on the same machine gets the code', async (redirect_uri, registered) => {
      const client = await newClient({ redirectUris: [registered, REDIRECT_URI] })
      const browser = await allowed(client, { redirect_uri })
      expect(await answerTo(browser, client, { redirect_uri })).toBe('asked')
    })
    it.each([
      ['in an open project', 'open', false],
      ['with the registration secret', 'guarded', true],
    ] as const)('for a client that registered itself %s', async (_, registrationMode, vouched) => {
      const at = await subject.target.project({ registrationMode })
      const metadata = { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' }
      const { body } = vouched ? await register(at, metadata) : await register(at, metadata, {})
      const client = oauthClient(at, { clientId: body.client_id ?? '', clientSecret: null, method: 'none', redirectUri: REDIRECT_URI })
      const browser = await allowed(client, {}, { at, who: await at.user() })
      expect(await answerTo(browser, client, {}, at)).toBe('asked')
      expect(await answerTo(browser, client, { prompt: 'none' }, at)).toBe(vouched ? 'consent_required' : 'PAGE 400')
    })
    it('for a document that nobody vouches for, and R27 its client gets no silent answer either', async () => {
      const { client, at, who } = await published({}, { documentPolicy: 'open', documentHosts: [] })
      const browser = await allowed(client, {}, { at, who })
      expect(await answerTo(browser, client, {}, at)).toBe('asked')
      expect(await answerTo(browser, client, { prompt: 'none' }, at)).toBe('PAGE 400')
    })
    it('for a document of a native app', async () => {
      const { client, at, who } = await published({ application_type: 'native' })
      expect(await answerTo(await allowed(client, {}, { at, who }), client, {}, at)).toBe('asked')
    })
    it('for a device, nor by one for the client’s own pages', async () => {
      const at = await subject.target.project({ deviceGrant: true })
      const client = await newClient({ grantTypes: [DEVICE_CODE, 'authorization_code', 'refresh_token'] }, at)
      const who = await at.user()
      const connectDevice = async (browser: TestBrowser) => {
        const { device_code, user_code = '' } = (await client.device({})).body
        subject.target.remember(user_code.replace('-', ''))
        const typed = await browser.post('/oauth/device', { ...(await browser.form(`${at.issuer}/device`)).fields, user_code })
        const to = typed.headers.get('location') ?? ''
        const url = to.includes('/sign-in') ? await browser.signIn(to, who) : to
        expect(url.startsWith(`${at.issuer}/consent/`)).toBe(true)
        const form = await browser.form(url)
        expect(pageOf(await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes }))).toBe('PAGE 200')
        expect(outcomeOf(await client.poll(device_code ?? ''))).toBe('200')
      }
      const browser = at.browser()
      await connectDevice(browser)
      expect(await answerTo(browser, client, {}, at)).toBe('asked')
      await approve(at, client.authorizeUrl(CHALLENGE), { user: who, browser })
      expect(await answerTo(browser, client, {}, at)).toBe('code')
      await connectDevice(browser) // asked again all the same
    })
  })

  describe('K18 prompt=none', () => {
    it('gives a code for what is remembered, and asks nobody', async () => {
      const client = await newClient()
      const browser = await allowed(client, { scope: 'read' })
      expect(await answerTo(browser, client, { scope: 'read', prompt: 'none' })).toBe('code')
      expect(await approvals(client)).toHaveLength(2)
    })
    it.each<[string, Form, string]>([
      ['more scope', { scope: 'read write' }, 'consent_required'],
      ['a newer sign-in', { scope: 'read', max_age: '60' }, 'login_required'],
      ['a sign-in at this moment', { scope: 'read', max_age: '0' }, 'login_required'],
    ])('for %s is an error at the client, without a grant', async (_, changes, expected) => {
      const client = await newClient()
      const browser = await allowed(client, { scope: 'read' })
      await project.advance(120)
      expect(await answerTo(browser, client, { ...changes, prompt: 'none' })).toBe(expected)
      expect(await approvals(client)).toHaveLength(1)
    })
    it('is login_required where nobody is signed in', async () => {
      const client = await newClient()
      await allowed(client)
      expect(await answerTo(project.browser(), client, { prompt: 'none' })).toBe('login_required')
    })
  })

  it('X-13 grows no cookie', async () => {
    const at = await subject.target.project()
    const [browser, who] = [at.browser(), await at.user()]
    const clients = await Promise.all(Array.from({ length: subject.target.door === 'in-process' ? 50 : 8 }, () => newClient({}, at)))
    const jars = new Set<number>()
    for (const client of clients) {
      await approve(at, client.authorizeUrl(CHALLENGE), { user: who, browser })
      jars.add(browser.cookies().length)
    }
    for (const client of clients) expect(await answerTo(browser, client, {}, at)).toBe('code')
    expect([...jars]).toEqual([browser.cookies().length])
  })

  describe('a request for more', () => {
    it('offers what was allowed before, ticked, and gives both; what it had goes on', async () => {
      const client = await newClient()
      const browser = project.browser()
      const before = await connect(project, client, { user, browser }, { scope: 'read' })
      const url = await openConsent(project, client.authorizeUrl(CHALLENGE, { scope: 'write' }), { user, browser })
      expect((await browser.form(url)).scopes.toSorted()).toEqual(['read', 'write'])

      const after = await connect(project, client, { user, browser }, { scope: 'write' })
      expect(after.scope.split(' ').toSorted()).toEqual(['read', 'write'])
      expect(await isActive(project, before.access)).toBe(true)
      expect(tokensOf(await client.refresh(before.refresh)).scope).toBe('read')
      expect(await answerTo(browser, client, { scope: 'read write' })).toBe('code')
    })
    it('may be given without what was allowed before, which the older grant keeps', async () => {
      const client = await newClient()
      const before = await connect(project, client, { user }, { scope: 'read' })
      const made = await newCode(project, client, { user, scopes: ['write'] }, { scope: 'write' })
      expect(tokensOf(await client.redeem(made.redeem)).scope).toBe('write')
      expect(tokensOf(await client.refresh(before.refresh)).scope).toBe('read')
    })
    it.each<[string, Form, string]>([
      ['a request for less', { scope: 'read' }, 'write'],
      ['a request from elsewhere', { scope: 'write', redirect_uri: OTHER_URI }, 'read'],
    ])('is not %s: a box that was not offered is refused', async (_, changes, unoffered) => {
      const client = await newClient({ redirectUris: [REDIRECT_URI, OTHER_URI] })
      const scope = unoffered === 'write' ? 'read write' : 'read'
      await connect(project, client, { user }, { scope })
      const browser = project.browser()
      const form = await browser.form(
        await openConsent(project, client.authorizeUrl(CHALLENGE, { ...changes, prompt: 'consent' }), { user, browser }),
      )
      expect(form.scopes).toEqual([changes.scope])
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: ['read', 'write'] })
      expect(pageOf(answered)).toBe('PAGE 400')
    })
    it('offers nothing of a grant that has ended', async () => {
      const client = await newClient()
      const { grantId } = await connect(project, client, { user }, { scope: 'read' })
      await project.endGrant(grantId)
      const browser = project.browser()
      const form = await browser.form(await openConsent(project, client.authorizeUrl(CHALLENGE, { scope: 'write' }), { user, browser }))
      expect(form.scopes).toEqual(['write'])
    })
    it('K26 of a client known by its document offers only what this one asks: another installation may have the rest', async () => {
      const { client, at, who } = await published()
      await connect(at, client, { user: who }, { scope: 'read' })
      const browser = at.browser()
      const form = await browser.form(await openConsent(at, client.authorizeUrl(CHALLENGE, { scope: 'write' }), { user: who, browser }))
      expect(form.scopes).toEqual(['write'])
    })
    it('S07 offers no scope that an operator keeps from the client, though the project offers all', async () => {
      const at = await subject.target.project({ offerAllScopes: true })
      const client = await newClient({ scope: 'read' }, at)
      const browser = at.browser()
      const form = await browser.form(await openConsent(at, client.authorizeUrl(CHALLENGE), { user: await at.user(), browser }))
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: ['read', 'write'] })
      expect(pageOf(answered)).toBe('PAGE 400')
    })
  })
})
