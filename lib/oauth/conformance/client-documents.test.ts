import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { assertionClaims, type ClientKey, clientKey } from './client-key.ts'
import { serverClock } from './dpop-key.ts'
import {
  approve,
  connect,
  isActive,
  newCode,
  type OAuthClient,
  oauthClient,
  openConsent,
  outcomeOf,
  pageOf,
  pkcePair,
  redirectOf,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { type Published, REDIRECT_URI, type TestProject, type TestSite, type TestUser } from './target.ts'

const { challenge: CHALLENGE } = pkcePair()
/** What a server has read it believes for five minutes, whatever its database thinks of the time. */
const clockIsOurs = !process.env.GATEHOUSE_TARGET

conformance('client ID metadata documents', (subject) => {
  let project: TestProject
  let user: TestUser
  let site: TestSite
  let pages = 0
  // Of its own for each test: what a project and an address may fetch in a minute is counted.
  beforeEach(async () => {
    project = await subject.target.project()
    user = await project.user()
    site = await subject.target.site()
  })

  /** Somebody who has published a document, and registered nowhere. */
  type Stranger = { client: OAuthClient; path: string; publish: (fields?: object, how?: Partial<Published>) => void }
  function stranger(at: TestProject = project, fields: object = {}, on: TestSite = site): Stranger {
    const path = `/clients/${pages++}.json`
    const clientId = on.url(path)
    const document = { client_id: clientId, client_name: 'Stranger', redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' }
    const publish: Stranger['publish'] = (more = {}, how = {}) => on.publish(path, { body: { ...document, ...fields, ...more }, ...how })
    publish()
    return { client: oauthClient(at, { clientId, clientSecret: null, method: 'none', redirectUri: REDIRECT_URI }), path, publish }
  }
  const open = (client: OAuthClient, changes: Record<string, string | undefined> = {}, at: TestProject = project) =>
    at.browser().get(client.authorizeUrl(CHALLENGE, changes))
  const startsAt = async (client: OAuthClient, at: TestProject = project): Promise<boolean> =>
    (await open(client, {}, at)).headers.get('location')?.startsWith(`${at.issuer}/sign-in`) ?? false
  const actionsOf = async ({ clientId }: OAuthClient, at: TestProject = project) =>
    (await at.audit()).filter((row) => row.clientId === clientId && row.action !== 'user.signed_in').map(({ action }) => action)

  describe('a client that never registered', () => {
    it('connects, refreshes and revokes, and its document is read once', async () => {
      const { client, path } = stranger()
      const tokens = await connect(project, client, { user })
      expect(await isActive(project, tokens.access)).toBe(true)
      const { refresh } = tokensOf(await client.refresh(tokens.refresh))
      expect((await client.revoke(refresh)).status).toBe(200)
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
      expect(site.requests(path)).toBe(1)
    })
    it('costs no client until somebody allows it, and is recorded then', async () => {
      const { client } = stranger()
      const browser = project.browser()
      const form = await browser.form(await openConsent(project, client.authorizeUrl(CHALLENGE), { user, browser }))
      expect(await actionsOf(client)).toEqual(['authorization.requested'])
      await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes })
      expect(await actionsOf(client)).toEqual(['authorization.requested', 'client.registered', 'grant.approved'])
      await approve(project, client.authorizeUrl(CHALLENGE), { user })
      expect((await actionsOf(client)).filter((action) => action === 'client.registered')).toHaveLength(1)
    })
    it('is not kept when it is denied', async () => {
      const { client } = stranger()
      await approve(project, client.authorizeUrl(CHALLENGE), { user, decision: 'deny' })
      expect(await actionsOf(client)).toEqual(['authorization.requested', 'grant.denied'])
    })
    it('may return to any port of this machine, and nowhere that it did not publish', async () => {
      const { client } = stranger(project, { redirect_uris: ['http://localhost/callback', 'http://127.0.0.1/callback'] })
      for (const redirect_uri of ['http://localhost:51004/callback', 'http://127.0.0.1:3118/callback'])
        expect((await open(client, { redirect_uri })).status).toBe(302)
      for (const redirect_uri of ['http://localhost:51004/other', 'https://localhost/callback', REDIRECT_URI, `${REDIRECT_URI}/`])
        expect(pageOf(await open(client, { redirect_uri }))).toBe('PAGE 400')
    })
    it('CI23 may return to another site than its own', async () =>
      expect(await startsAt(stranger(project, { redirect_uris: [REDIRECT_URI] }).client)).toBe(true))
    it('K26 asked again on one machine stays connected on the other', async () => {
      const { client } = stranger()
      const first = await connect(project, client, { user })
      const second = await connect(project, client, { user })
      expect(tokensOf(await client.refresh(first.refresh)).access).not.toBe('')
      expect(await isActive(project, second.access)).toBe(true)
    })
    it('R27 gets no silent answer', async () => {
      const { client } = stranger()
      expect(pageOf(await open(client, { prompt: 'none' }))).toBe('PAGE 400')
      expect(await project.counted()).toContain('silent_bounce_blocked')
    })
    it('sends no secret', async () => {
      const { client } = stranger()
      const made = await newCode(project, client, { user })
      expect(outcomeOf(await client.redeem({ ...made.redeem, client_secret: 'guessed' }))).toBe('401 invalid_client')
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('200')
    })
    it.runIf(!clockIsOurs)('K07 CI23 CI24 is shown as its domain, with its name as a claim and where it returns to', async () => {
      const host = new URL(site.url('/')).hostname
      const shown = async (redirect_uri: string) => {
        const { client } = stranger(project, { client_name: 'Totally Claude', redirect_uris: [REDIRECT_URI, 'http://127.0.0.1/cb'] })
        const browser = project.browser()
        const at = await openConsent(project, client.authorizeUrl(CHALLENGE, { redirect_uri }), { user, browser })
        return (await (await browser.get(at, { accept: 'text/html' })).text()).replace(/<[^>]+>|\s+/g, ' ')
      }
      const page = await shown(REDIRECT_URI)
      for (const words of [`${host} wants access`, 'Verified domain', 'Totally Claude', 'returns to another address', 'client.example.com'])
        expect(page.replaceAll(/\s+/g, ' ')).toContain(words)
      expect(await shown('http://127.0.0.1:5123/cb')).toContain('returns to this computer')
    })
  })

  describe('a client_id', () => {
    const strange = (clientId: string) => oauthClient(project, { clientId, clientSecret: null, method: 'none', redirectUri: REDIRECT_URI })

    it.each([
      ...['http://app.example.com/c', 'https://app.example.com', 'https://app.example.com/', 'https://app.example.com/c#a'],
      ...[
        'https://u:p@app.example.com/c',
        'https://app.example.com/a/../c',
        'https://app.example.com/%2e%2e/c',
        'https://app.example.com/c?n=1',
      ],
      ...['https:\\\\app.example.com/c', 'https://app.example.com/a b', 'https://app.example.com/a\tb', 'https://APP.example.com/c'],
      ...[
        'https://app.example.com:8443/c',
        'https://app.example.com:443/c',
        'https://127.1/c',
        'https://[::1]/c',
        'ftp://app.example.com/c',
      ],
    ])('CI01 CI02 CI03 CI09 %j is no URL of a document', async (clientId) => {
      const before = await project.snapshot()
      expect(pageOf(await open(strange(clientId)))).toBe('PAGE 400')
      expect(outcomeOf(await strange(clientId).redeem({ code: 'x' }))).toBe('401 invalid_client')
      expect(await project.snapshot()).toBe(before)
    })

    it('CI02 CI04 CI05 CI12 CI13 tells nothing about the network: whatever cannot be read has the same page', async () => {
      const failing: [string, Published][] = [
        ['/404', { body: 'no', status: 404 }],
        ['/500', { body: 'no', status: 500 }],
        ['/204', { body: '', status: 204 }],
        ['/206', { body: {}, status: 206 }],
        ['/301', { body: '', status: 301, headers: { location: site.url('/moved') } }],
        ['/307', { body: '', status: 307, headers: { location: 'http://169.254.169.254/latest' } }],
        ['/html', { body: '<h1>hi</h1>', contentType: 'text/html' }],
        ['/text', { body: '{}', contentType: 'text/plain' }],
        ['/large', { body: { x: 'x'.repeat(16 * 1024) } }],
      ]
      const urls = ['https://127.0.0.1/c', 'https://10.0.0.1/c', 'https://169.254.169.254/c', 'https://metadata.google.internal/c']
      for (const [path, what] of failing) site.publish(path, what)
      const before = await project.snapshot()
      const told = new Set<string>()
      for (const url of [...urls, ...failing.map(([path]) => site.url(path)), site.url('/nobody')]) {
        const answer = await open(strange(url))
        expect([pageOf(answer), answer.headers.has('retry-after')]).toEqual(['PAGE 400', true])
        told.add(await answer.text())
      }
      expect(told.size).toBe(1)
      expect(site.requests('/moved')).toBe(0)
      expect(await project.snapshot()).toBe(before)
    })
  })

  describe('a document', () => {
    it.each<[string, object | string]>([
      ['of another URL', { client_id: 'https://app.example.com/other.json' }],
      ['without a client_id', { client_id: undefined }],
      ['without a name', { client_name: undefined }],
      ['without a redirect URI', { redirect_uris: [] }],
      ['with a redirect URI that may not be', { redirect_uris: ['javascript:alert(1)'] }],
      ['with a secret', { client_secret: 'hunter2' }],
      ['with a method that needs one', { token_endpoint_auth_method: 'client_secret_post' }],
      ['with a private key', { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }],
      ['that is a list', '[]'],
      ['that starts with a byte order mark', '\ufeff{}'],
      ['that has a member twice', '{"client_id":"a","client_id":"b"}'],
      ['that is nested too deeply', `{"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`],
    ])('CI20 %s is none, and may be mended at once', async (_, wrong) => {
      const { client, path, publish } = stranger()
      if (typeof wrong === 'string') site.publish(path, { body: wrong })
      else publish(wrong)
      const before = await project.snapshot()
      const answer = await open(client)
      expect(pageOf(answer)).toBe('PAGE 400')
      expect(await answer.text()).not.toContain('hunter2')
      expect(outcomeOf(await client.redeem({ code: 'x' }))).toBe('401 invalid_client')
      expect(await project.snapshot()).toBe(before)
      publish()
      expect(await startsAt(client)).toBe(true)
    })
    it.each(['application/json; charset=utf-8', 'application/oauth-client-metadata+json'])('CI14 may be %s', async (contentType) => {
      const { client, publish } = stranger()
      publish({}, { contentType })
      expect(await startsAt(client)).toBe(true)
    })
    it('CI13 that could not be read is asked for again', async () => {
      const { client, publish } = stranger()
      publish({}, { status: 500 })
      expect(await startsAt(client)).toBe(false)
      publish()
      expect(await startsAt(client)).toBe(true)
    })
    it('CI25 asked for by many at once is read once', async () => {
      const { client, path } = stranger()
      const started = await Promise.all(Array.from({ length: 30 }, () => startsAt(client)))
      expect(started).toEqual(Array.from({ length: 30 }, () => true))
      expect(site.requests(path)).toBe(1)
    })
    it.runIf(clockIsOurs)('CI29 counts for seven days when its site fails, and not for eight', async () => {
      const { client, publish } = stranger()
      await connect(project, client, { user })
      publish({}, { status: 500 })
      await project.advance(6 * 86_400)
      expect(await startsAt(client)).toBe(true)
      await project.advance(2 * 86_400)
      expect(await startsAt(client)).toBe(false)
    })
    it.runIf(clockIsOurs)('that has changed is not approved as it was shown, and the change is recorded when it is', async () => {
      const { client, publish } = stranger()
      const { refresh } = await connect(project, client, { user })
      const browser = project.browser()
      const form = await browser.form(await openConsent(project, client.authorizeUrl(CHALLENGE), { user, browser }))
      await project.advance(301)
      publish({ client_name: 'Somebody else' })
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes })
      expect(pageOf(answered)).toBe('PAGE 400')
      expect(await actionsOf(client)).not.toContain('client.document_changed')
      await connect(project, client, { user })
      expect((await actionsOf(client)).filter((action) => action === 'client.document_changed')).toHaveLength(1)
      expect(outcomeOf(await client.refresh(refresh))).toBe('200')
    })
    it.runIf(clockIsOurs)('that went bad before the approval counts as it was shown', async () => {
      const { client, publish } = stranger()
      const browser = project.browser()
      const form = await browser.form(await openConsent(project, client.authorizeUrl(CHALLENGE), { user, browser }))
      await project.advance(301)
      publish({ client_name: '' })
      const allow = () => browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes })
      expect(redirectOf(await allow(), REDIRECT_URI).kind).toBe('RED code')
    })
  })

  describe('a project', () => {
    it('says that it reads documents, unless it believes none', async () => {
      const flagOf = async (at: TestProject) =>
        ((await (await at.fetch('/.well-known/oauth-authorization-server')).json()) as Record<string, unknown>)
          .client_id_metadata_document_supported
      expect(await flagOf(project)).toBe(true)
      expect(await flagOf(await subject.target.project({ documentPolicy: 'allow-list' }))).toBe(true)
      expect(await flagOf(await subject.target.project({ documentPolicy: 'deny' }))).toBeUndefined()
    })
    it('that believes nobody fetches nothing', async () => {
      const closed = await subject.target.project({ documentPolicy: 'deny' })
      const { client, path } = stranger(closed)
      expect(pageOf(await open(client, {}, closed))).toBe('PAGE 400')
      expect(outcomeOf(await client.redeem({ code: 'x' }))).toBe('401 invalid_client')
      expect(site.requests(path)).toBe(0)
    })
    it('CI30 believes the hosts on its list, and what another project reads changes nothing', async () => {
      const host = new URL(site.url('/')).hostname
      const listed = await subject.target.project({ documentPolicy: 'allow-list', documentHosts: [host] })
      const unlisted = await subject.target.project({
        documentPolicy: 'allow-list',
        documentHosts: [`a.${host}`, host.slice(1), 'claude.ai'],
      })
      const { client } = stranger(listed)
      expect(await startsAt(client, listed)).toBe(true)
      const there = oauthClient(unlisted, { ...client })
      expect(pageOf(await open(there, {}, unlisted))).toBe('PAGE 400')
    })
    it('revokes such a client for good, in this project and no other', async () => {
      const [here, there] = [project, await subject.target.project()]
      const { client } = stranger(here)
      const tokens = await connect(here, client, { user })
      const elsewhere = oauthClient(there, { ...client })
      await connect(there, elsewhere, { user: await there.user() })
      const browser = here.browser()
      const form = await browser.form(await openConsent(here, client.authorizeUrl(CHALLENGE), { user, browser }))
      await here.revokeClient(client.clientId)

      expect(pageOf(await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes }))).toBe('PAGE 400')
      expect(pageOf(await open(client))).toBe('PAGE 400')
      expect(outcomeOf(await client.refresh(tokens.refresh))).toBe('401 invalid_client')
      expect(await isActive(here, tokens.access)).toBe(false)
      expect(await startsAt(elsewhere, there)).toBe(true)
    })
    it('that takes no private-use schemes takes none from a document either', async () => {
      const strict = await subject.target.project({ privateUseSchemes: false })
      const { client } = stranger(strict, { redirect_uris: ['cursor://callback', REDIRECT_URI] })
      expect(pageOf(await open(client, { redirect_uri: 'cursor://callback' }, strict))).toBe('PAGE 400')
      expect((await open(client, {}, strict)).status).toBe(302)
    })
  })

  describe('at the token endpoint a client that nobody has allowed yet', () => {
    it('is told that its code is none', async () => {
      const before = await project.snapshot()
      expect(outcomeOf(await stranger().client.redeem({ code: 'x' }))).toBe('400 invalid_grant')
      expect(await project.snapshot()).toBe(before)
    })
    it('is not told to register again when its document cannot be read', async () => {
      const { client, publish } = stranger()
      publish({}, { status: 500 })
      const answer = await client.redeem({ code: 'x' })
      expect(outcomeOf(answer)).toBe('503 temporarily_unavailable')
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    })
    it('that was allowed before is served without its site', async () => {
      const { client, path, publish } = stranger()
      const { refresh } = await connect(project, client, { user })
      publish({}, { status: 500 })
      const asked = site.requests(path)
      expect(outcomeOf(await client.refresh(refresh))).toBe('200')
      expect(site.requests(path)).toBe(asked)
    })
  })

  describe('a document with keys', () => {
    let key: ClientKey
    beforeAll(async () => {
      key = await clientKey()
    })
    const signing = async (client: OAuthClient, by: ClientKey): Promise<OAuthClient> => {
      const now = await serverClock(project)
      return oauthClient(project, { ...client, assertion: () => by.sign(assertionClaims(client.clientId, project.issuer, now())) })
    }

    it('and private_key_jwt alone must sign, and be somebody else with another key', async () => {
      const { client } = stranger(project, { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key.jwk] } })
      const made = await newCode(project, client, { user })
      expect(outcomeOf(await client.redeem(made.redeem))).toBe('401 invalid_client')
      expect(outcomeOf(await (await signing(client, await clientKey())).redeem(made.redeem))).toBe('401 invalid_client')
      expect(outcomeOf(await (await signing(client, key)).redeem(made.redeem))).toBe('200')
    })
    it.runIf(clockIsOurs)('whose keys were changed signs with the new ones, without being allowed anew', async () => {
      const fields = (by: ClientKey) => ({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [by.jwk] } })
      const { client, publish } = stranger(project, fields(key))
      const signed = await signing(client, key)
      const { refresh } = await connect(project, signed, { user })
      const next = await clientKey()
      publish(fields(next))
      await project.advance(301)
      const answer = await (await signing(client, next)).refresh(refresh)
      expect(outcomeOf(answer)).toBe('200')
    })
    it.runIf(clockIsOurs)('may push what it published since it was allowed', async () => {
      const pushing = await subject.target.project({ pushedRequests: true })
      const { client, publish } = stranger(pushing)
      await connect(pushing, client, { user: await pushing.user() })
      const push = () =>
        client.push({
          ...{ response_type: 'code', redirect_uri: 'https://client.example.com/new', code_challenge: CHALLENGE },
          code_challenge_method: 'S256',
        })
      expect(outcomeOf(await push())).toBe('400 invalid_request')
      publish({ redirect_uris: ['https://client.example.com/new'] })
      await pushing.advance(301)
      expect(outcomeOf(await push())).toBe('201')
    })
    it('and none beside it may sign or not (ChatGPT)', async () => {
      site.publish('/jwks.json', { body: { keys: [key.jwk] } })
      const methods = { token_endpoint_auth_method: 'private_key_jwt', token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'] }
      const { client } = stranger(project, { ...methods, jwks_uri: site.url('/jwks.json') })
      expect(outcomeOf(await client.redeem((await newCode(project, client, { user })).redeem))).toBe('200')
      expect(site.requests('/jwks.json')).toBe(0)
      const made = await newCode(project, client, { user })
      expect(outcomeOf(await (await signing(client, key)).redeem(made.redeem))).toBe('200')
      expect(site.requests('/jwks.json')).toBe(1)
    })
  })
})
