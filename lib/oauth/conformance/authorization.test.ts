import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  approve,
  connect,
  FORM,
  type Form,
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
import { short } from './short.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestBrowser, type TestProject, type TestUser } from './target.ts'

const { challenge: CHALLENGE } = pkcePair()

conformance('authorization', (subject) => {
  let project: TestProject
  let other: TestProject
  let user: TestUser
  let web: OAuthClient
  let native: OAuthClient
  let several: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    other = await subject.target.project()
    await project.addResource('https://files.example.com')
    user = await project.user()
    web = oauthClient(project, await project.client({ redirectUris: [REDIRECT_URI] }))
    native = oauthClient(project, await project.client({ redirectUris: ['http://127.0.0.1:3118/cb'] }))
    several = oauthClient(
      project,
      await project.client({ redirectUris: [`${REDIRECT_URI}?t=1`, 'com.acme.app:/cb', 'http://localhost/callback'] }),
    )
  })
  const get = (url: string, headers = {}) => project.fetch(url, { headers })
  const ask = (changes: Form, client = web) => get(client.authorizeUrl(CHALLENGE, changes))
  const errorAt = async (changes: Form, client = web) =>
    redirectOf(await ask(changes, client), String(changes.redirect_uri ?? client.redirectUri))

  describe('a redirect URI that is not proven', () => {
    it.each([
      ['R01', 'https://evil.test/cb'],
      ['R02', `${REDIRECT_URI}/x`],
      ['R02', `${REDIRECT_URI}/`],
      ['R02', 'https://client.example.com/'],
      ['R04', `${REDIRECT_URI}?t=1`],
      ['R05', 'https://CLIENT.example.com/cb'],
      ['R05', 'https://client.example.com:443/cb'],
      ['R07', 'https://client.example.com/\tcb'],
      ['R07', ` ${REDIRECT_URI}`],
      ['R07', `${REDIRECT_URI}\r\nSet-Cookie: evil=1`],
      ['R07', `${REDIRECT_URI}%0d%0aSet-Cookie:evil=1`],
      ['R08', 'https:\\\\client.example.com\\cb'],
      ['R08', 'https:client.example.com/cb'],
      ['R08', 'https:///client.example.com/cb'],
      ['R09', 'https://client.example.com@evil.test/cb'],
      ['R09', 'https://evil.test\\@client.example.com/cb'],
      ['R09', 'https://evil.test%2f@client.example.com/cb'],
      ['R10', 'https://client.example.com./cb'],
      ['R11', 'https://ｃlient.example.com/cb'],
      ['R11', 'https://client。example。com/cb'],
      ['R12', 'https://client.example.com/x/..;/cb'],
      ['R13', `${REDIRECT_URI}#frag`],
      ['R13', `${REDIRECT_URI}#`],
      ['R14', 'javascript:alert(1)'],
      ['R14', 'data:text/html,x'],
      ['R16', 'http://client.example.com/cb'],
      ['R22', 'https://client.example.com:8443/cb'],
      ['R07', `${REDIRECT_URI}\0`],
    ])('%s %j is told to the person, not to it', async (_, redirect_uri) => {
      const before = await project.snapshot()
      const response = await ask({ redirect_uri })
      expect(pageOf(response)).toBe('PAGE 400')
      expect(await response.text()).not.toContain('evil')
      expect(await project.snapshot()).toBe(before)
    })

    it('R26 of 2,049 characters is told to the person', async () => {
      expect(pageOf(await ask({ redirect_uri: `${REDIRECT_URI}?${'a'.repeat(2048 - REDIRECT_URI.length)}` }))).toBe('PAGE 400')
    })

    it.each([
      ['R17', 'http://localhost.evil.test/cb'],
      ['R17', 'http://127.0.0.1.nip.io/cb'],
      ['R17', 'http://[::ffff:127.0.0.1]/cb'],
      ['R19', 'http://127.0.0.1:9/other'],
      ['R19', 'http://127.0.0.1/cb?x=1'],
      ['R19', 'http://u@127.0.0.1/cb'],
      ['R19', 'http://127.1/cb'],
      ['R19', 'http://localhost/cb'],
      ['R21', 'https://127.0.0.1/cb'],
      ['R21', 'http://127.0.0.1:0/cb'],
      ['R21', 'http://127.0.0.1:65536/cb'],
      ['R21', 'http://127.0.0.1:/cb'],
    ])('%s %s is no loopback of the client', async (_, redirect_uri) =>
      expect(pageOf(await ask({ redirect_uri }, native))).toBe('PAGE 400'),
    )

    it.each([
      'com.acme.app://cb',
      'COM.ACME.APP:/cb',
      'com.acme.app:/other',
      `${REDIRECT_URI}?t=1&u=2`,
      `${REDIRECT_URI}?t=2`,
      REDIRECT_URI,
    ])('R04 R15 %s is not one of several', async (redirect_uri) => expect(pageOf(await ask({ redirect_uri }, several))).toBe('PAGE 400'))

    it('R23 comes before every other fault', async () => {
      const changes = {
        redirect_uri: 'https://evil.test/cb',
        response_type: 'token',
        scope: '"',
        code_challenge: undefined,
        state: ['a', 'b'],
      }
      expect(pageOf(await ask(changes))).toBe('PAGE 400')
    })

    it.each<[string, Form]>([
      ['redirect_uri twice, the same', { redirect_uri: [REDIRECT_URI, REDIRECT_URI] }],
      ['redirect_uri twice, another second', { redirect_uri: [REDIRECT_URI, 'https://evil.test/cb'] }],
      ['redirect_uri twice, another first', { redirect_uri: ['https://evil.test/cb', REDIRECT_URI] }],
    ])('R25 is %s', async (_, changes) => expect(pageOf(await ask(changes))).toBe('PAGE 400'))

    it('R25 is client_id twice', async () => {
      for (const client_id of [web.clientId, native.clientId])
        expect(pageOf(await ask({ client_id: [web.clientId, client_id] }))).toBe('PAGE 400')
    })

    it('R26 is one in a query of 65 KB', async () => {
      const { status, headers } = await ask({ padding: 'x'.repeat(65_000), redirect_uri: 'https://evil.test/cb' })
      expect([400, 414, 431]).toContain(status)
      expect(headers.get('location')).toBeNull()
    })

    it.each<[string, Form]>([
      ['unknown', { client_id: 'c_unknown' }],
      ['missing', { client_id: undefined }],
      ['NUL', { client_id: 'a\0b' }],
      ['10 KB long', { client_id: 'x'.repeat(10_000) }],
      ['a URL', { client_id: 'https://client.example.com/metadata' }],
    ])('R27 is one of a client that is %s', async (_, changes) => {
      expect(pageOf(await ask({ ...changes, redirect_uri: 'https://evil.test/cb' }))).toBe('PAGE 400')
    })

    it('R29 is one of a client that was revoked', async () => {
      const doomed = oauthClient(project, await project.client())
      expect((await ask({}, doomed)).status).toBe(302)
      await project.revokeClient(doomed.clientId)
      expect(pageOf(await ask({}, doomed))).toBe('PAGE 400')
    })

    it.each(['%ff', '%zz', '%c0%80', '%u0041'])('H07 is in a query that holds %s', async (broken) => {
      if (subject.target.door === 'next') return // the framework repairs a query when it rewrites a path issuer's
      expect(pageOf(await get(`${web.authorizeUrl(CHALLENGE)}&x=${broken}`))).toBe('PAGE 400')
    })

    it('may be left out where exactly one is registered that is no loopback', async () => {
      expect((await ask({ redirect_uri: undefined })).status).toBe(302)
      expect(pageOf(await ask({ redirect_uri: undefined }, native))).toBe('PAGE 400')
      expect(pageOf(await ask({ redirect_uri: undefined }, several))).toBe('PAGE 400')
    })
  })

  describe('a redirect URI that is proven', () => {
    it.each([
      [`${REDIRECT_URI}?t=1`, `${REDIRECT_URI}?t=1&error=`],
      ['com.acme.app:/cb', 'com.acme.app:/cb?error='],
      ['http://localhost:49152/callback', 'http://localhost:49152/callback?error='],
    ])('R04 R15 is kept byte for byte: %s', async (redirect_uri, start) => {
      const response = await ask({ redirect_uri, response_type: 'token' }, several)
      expect([response.status, response.headers.get('location')?.startsWith(start)]).toEqual([302, true])
    })

    it('gets a code at the port the client listens on today', async () => {
      const to = await approve(project, native.authorizeUrl(CHALLENGE, { redirect_uri: 'http://127.0.0.1:50123/cb' }), { user })
      expect(to.href.startsWith('http://127.0.0.1:50123/cb?code=gate_ac_')).toBe(true)
    })
  })

  describe('faults the client is told', () => {
    it.each<[string, Form, string]>([
      ['no response_type', { response_type: undefined }, 'invalid_request'],
      ['response_type token', { response_type: 'token' }, 'unsupported_response_type'],
      ['response_type "code token"', { response_type: 'code token' }, 'unsupported_response_type'],
      ['response_type CODE', { response_type: 'CODE' }, 'unsupported_response_type'],
      ['response_mode fragment', { response_mode: 'fragment' }, 'invalid_request'],
      ['response_mode form_post', { response_mode: 'form_post' }, 'invalid_request'],
      ['a request object', { request: 'eyJ' }, 'request_not_supported'],
      ['a foreign request_uri', { request_uri: 'https://evil.test/request' }, 'invalid_request_uri'],
      ['a parameter twice', { scope: ['read', 'read'] }, 'invalid_request'],
      ['an unknown parameter twice', { x: ['1', '2'] }, 'invalid_request'],
      ['P01 no code_challenge', { code_challenge: undefined }, 'invalid_request'],
      ['P02 plain', { code_challenge_method: 'plain' }, 'invalid_request'],
      ['P03 no method', { code_challenge_method: undefined }, 'invalid_request'],
      ['P04 s256', { code_challenge_method: 's256' }, 'invalid_request'],
      ['P04 S512', { code_challenge_method: 'S512' }, 'invalid_request'],
      ['P04 an empty method', { code_challenge_method: '' }, 'invalid_request'],
      ['P04 two methods', { code_challenge_method: 'S256,plain' }, 'invalid_request'],
      ['P04 the method twice', { code_challenge_method: ['S256', 'plain'] }, 'invalid_request'],
      ['P05 42 characters', { code_challenge: 'a'.repeat(42) }, 'invalid_request'],
      ['P05 129 characters', { code_challenge: 'a'.repeat(129) }, 'invalid_request'],
      ['P05 padding', { code_challenge: `${'a'.repeat(42)}=` }, 'invalid_request'],
      ['P05 plus and slash', { code_challenge: `${'a'.repeat(41)}+/` }, 'invalid_request'],
      ['P05 NUL', { code_challenge: `${'a'.repeat(42)}\0` }, 'invalid_request'],
      ['S02 only unknown scopes', { scope: 'unknown other' }, 'invalid_scope'],
      ['S06 a quote in the scope', { scope: 'read "' }, 'invalid_scope'],
      ['S06 a backslash in the scope', { scope: 'read\\' }, 'invalid_scope'],
      ['S06 a control character in the scope', { scope: 'read\twrite' }, 'invalid_scope'],
      ['S06 a scope of more than 4 KB', { scope: 'a'.repeat(4097) }, 'invalid_scope'],
      ['S08 a scope that means something elsewhere', { scope: '* admin' }, 'invalid_scope'],
      ['RI04 a relative resource', { resource: '/mcp' }, 'invalid_target'],
      ['RI04 a resource without scheme', { resource: 'mcp.example.com' }, 'invalid_target'],
      ['RI04 a resource with a fragment', { resource: 'https://files.example.com#x' }, 'invalid_target'],
      ['RI04 mailto', { resource: 'mailto:a@example.com' }, 'invalid_target'],
      ['RI04 a resource with userinfo', { resource: 'https://u@files.example.com' }, 'invalid_target'],
      ['RI11 one foreign resource among ours', { resource: ['https://files.example.com', 'https://evil.test'] }, 'invalid_target'],
      ['RI11 one foreign resource in a comma list', { resource: 'https://files.example.com,https://evil.test' }, 'invalid_target'],
      ['RI11 one foreign resource in a JSON array', { resource: '["https://files.example.com","https://evil.test"]' }, 'invalid_target'],
      ['RI12 100 resources', { resource: Array<string>(100).fill('https://files.example.com') }, 'invalid_target'],
      ['prompt=none with another', { prompt: 'none login' }, 'invalid_request'],
      ['a max_age that is no number', { max_age: '-1' }, 'invalid_request'],
      ['K18 prompt=none and nobody signed in', { prompt: 'none' }, 'login_required'],
    ])('%s', async (_, changes, error) => {
      const before = await project.snapshot()
      const { kind, url } = await errorAt(changes)
      expect(kind).toBe(`RED ${error}`)
      expect([url.searchParams.get('state'), url.searchParams.get('iss'), url.searchParams.get('code')]).toEqual([
        'xyz',
        project.issuer,
        null,
      ])
      expect(await project.snapshot()).toBe(before)
    })

    it('RI03 a resource of another project', async () =>
      expect((await errorAt({ resource: other.resource })).kind).toBe('RED invalid_target'))

    it('a client that may not use this grant', async () => {
      const machine = await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] })
      expect((await errorAt({}, oauthClient(project, machine))).kind).toBe('RED unauthorized_client')
    })

    it('S03 a scope beyond the ceiling of the client', async () => {
      const reader = oauthClient(project, await project.client({ scope: 'read' }))
      expect((await errorAt({ scope: 'write' }, reader)).kind).toBe('RED invalid_scope')
    })

    it('H10 in our words only: nothing of the request comes back in a description', async () => {
      const { url } = await errorAt({ response_type: '<zq9>', scope: '<zq9>' })
      expect(url.searchParams.get('error_description')).not.toContain('zq9')
    })

    it('carry no-store and no Referer', async () => {
      const { headers } = await ask({ response_type: 'token' })
      expect([headers.get('cache-control'), headers.get('referrer-policy')]).toEqual(['no-store', 'same-origin'])
    })
  })

  describe('state', () => {
    it.each(['x'.repeat(2048), 'a b&c=d#e%20+', 'é🤖', '%00', '<script>\'"'].map(short))(
      'K20 comes back unchanged: %j',
      async (_, state) => {
        expect((await errorAt({ state, prompt: 'none' })).url.searchParams.getAll('state')).toEqual([state])
      },
    )

    it.each<[string, Form]>([
      ['absent', { state: undefined }],
      ['empty', { state: '' }],
    ])('K20 that is %s does not come back', async (_, changes) => {
      const { kind, url } = await errorAt({ ...changes, prompt: 'none' })
      expect([kind, url.searchParams.has('state')]).toEqual(['RED login_required', false])
    })

    it.each(['a\0b', 'a\r\nSet-Cookie: x=1', 'a\x7f', 'x'.repeat(4097)].map(short))(
      'K20 %j is invalid_request without a state',
      async (_, state) => {
        const { kind, url } = await errorAt({ state })
        expect([kind, url.searchParams.has('state')]).toEqual(['RED invalid_request', false])
      },
    )

    it('K20 sent twice is invalid_request', async () => expect((await errorAt({ state: ['a', 'b'] })).kind).toBe('RED invalid_request'))
  })

  describe('a good request', () => {
    it('ends with exactly one code, the state, the issuer and nothing else', async () => {
      const to = await approve(project, web.authorizeUrl(CHALLENGE), { user })
      expect([...to.searchParams.keys()]).toEqual(['code', 'state', 'iss'])
      expect([to.searchParams.get('state'), to.searchParams.get('iss')]).toEqual(['xyz', project.issuer])
      expect(to.href.startsWith(`${REDIRECT_URI}?code=`)).toBe(true)
    })

    it('may come by POST', async () => {
      const [url = '', body = ''] = web.authorizeUrl(CHALLENGE).split('?')
      const response = await project.fetch(url, { method: 'POST', headers: FORM, body })
      expect([response.status, response.headers.get('location')?.startsWith(`${project.issuer}/sign-in?request=`)]).toEqual([302, true])
      const asJson = await project.fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      expect(pageOf(asJson)).toBe('PAGE 400')
    })

    it.each<[string, Form, string]>([
      ['S01 the known part of the scope', { scope: 'read unknown' }, 'read'],
      ['S02 the default set, for OpenID names', { scope: 'openid profile email' }, 'read write'],
      [
        'S02 the default set and offline_access, for the leading blank of claude.ai',
        { scope: ' offline_access' },
        'read write offline_access',
      ],
      ['S06 doubles dropped', { scope: 'read read' }, 'read'],
      ['the default set, for none', {}, 'read write'],
    ])('is granted %s', async (_, changes, scope) => expect((await connect(project, web, { user }, changes)).scope).toBe(scope))

    it('RI13 binds its resource into the token, in the spelling that is registered', async () => {
      const audienceOf = async (changes: Form) => decodeJwt((await connect(project, web, { user }, changes)).access).aud
      expect(await audienceOf({ resource: 'HTTPS://Files.example.com:443/' })).toBe('https://files.example.com')
      expect(await audienceOf({ resource: `${project.resource}/` })).toBe(project.resource)
      expect(await audienceOf({})).toBe(project.resource)
      expect(await audienceOf({ resource: `${project.resource},https://files.example.com` })).toEqual([
        project.resource,
        'https://files.example.com',
      ])
    })

    it('RI13 binds the identifier into the token where its alias was asked for, also at the token endpoint', async () => {
      await project.addAlias('https://files.example.com', 'https://old-files.example.com/mcp/sse')
      const connected = await connect(project, web, { user }, { resource: 'https://OLD-files.example.com/mcp/sse/' })
      expect(decodeJwt(connected.access).aud).toBe('https://files.example.com')
      const refreshed = await web.refresh(connected.refresh, { resource: 'https://old-files.example.com/mcp/sse' })
      expect(decodeJwt(tokensOf(refreshed).access).aud).toBe('https://files.example.com')
    })

    it('notes what a client asked for in vain, as one spelling', async () => {
      await ask({ resource: 'https://MCP.nowhere.example:443/sse/' })
      await ask({ resource: 'nowhere' })
      const named = [...(await project.counted())].filter((kind) => kind.startsWith('resource.unknown') && kind.includes('nowhere'))
      expect(named).toEqual(['resource.unknown https://mcp.nowhere.example/sse'])
    })

    it('ignores what it does not know', async () => {
      expect((await ask({ audience: 'x', nonce: 'x', ui_locales: 'de', id_token_hint: 'x', zzz: '1' })).status).toBe(302)
    })

    it('leaves one row in the log', async () => {
      const count = async () => (await project.audit()).filter(({ action }) => action === 'authorization.requested').length
      const before = await count()
      await ask({})
      expect(await count()).toBe(before + 1)
    })
  })

  describe('prompt', () => {
    const signedIn = async (): Promise<TestBrowser> => {
      const browser = project.browser()
      await openConsent(project, web.authorizeUrl(CHALLENGE), { user, browser })
      return browser
    }

    it('K18 none is consent_required for who is signed in and has allowed nothing yet', async () => {
      const browser = project.browser()
      await openConsent(project, web.authorizeUrl(CHALLENGE), { user: await project.user(), browser })
      const { kind } = redirectOf(await browser.get(web.authorizeUrl(CHALLENGE, { prompt: 'none' })), REDIRECT_URI)
      expect(kind).toBe('RED consent_required')
    })

    it('R27 K18 none is a page of ours for a client that registered itself', async () => {
      const open = await subject.target.project({ registrationMode: 'open' })
      const { body } = await register(open, { redirect_uris: ['https://evil.test/cb'], token_endpoint_auth_method: 'none' }, {})
      const client = { clientId: body.client_id ?? '', clientSecret: null, method: 'none', redirectUri: 'https://evil.test/cb' } as const
      const url = oauthClient(open, client).authorizeUrl(CHALLENGE, { prompt: 'none' })
      expect(pageOf(await open.fetch(url))).toBe('PAGE 400')
      const counted = await open.counted()
      expect(counted).toContain('silent_bounce_blocked')
      expect((await open.audit()).map(({ action }) => action)).not.toContain('authorization.requested')
    })

    it.each<[string, Form]>([
      ['login', { prompt: 'login' }],
      ['max_age=0', { max_age: '0' }],
    ])('K19 %s asks for a new sign-in, and an answer by the old one does not count', async (_, changes) => {
      const browser = await signedIn()
      await project.advance(300)
      const { verifier, challenge } = pkcePair()
      const to = (await browser.get(web.authorizeUrl(challenge, changes))).headers.get('location') ?? ''
      expect(to.startsWith(`${project.issuer}/sign-in?request=`)).toBe(true)

      const { fields } = await browser.form(to)
      const early = await browser.post('/oauth/consent', { ...fields, decision: 'allow', scope: 'read' })
      expect([early.status, early.headers.get('location')?.startsWith(`${project.issuer}/sign-in`)]).toEqual([302, true])

      const form = await browser.form(await browser.signIn(to, user))
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: 'read' })
      const code = new URL(answered.headers.get('location') ?? '').searchParams.get('code') ?? ''
      const claims = decodeJwt(tokensOf(await web.redeem({ code, code_verifier: verifier, redirect_uri: REDIRECT_URI })).access)
      expect(Number(claims.iat) - Number(claims.auth_time)).toBeLessThan(100)
    })

    it('select_account asks who it is, though somebody is signed in', async () => {
      const browser = await signedIn()
      const response = await browser.get(web.authorizeUrl(CHALLENGE, { prompt: 'select_account' }))
      expect(response.headers.get('location')).toContain(`${project.issuer}/sign-in?request=`)
    })
  })

  it('R01 R25 R27 refusals that prove nothing are counted, and leave no row', async () => {
    const quiet = await subject.target.project()
    const client = oauthClient(quiet, await quiet.client())
    const before = await quiet.snapshot()
    for (const changes of [
      { redirect_uri: 'https://evil.test/cb' },
      { client_id: 'c_unknown' },
      { client_id: ['a', 'b'] },
      { scope: '"' },
    ]) {
      await quiet.fetch(client.authorizeUrl(CHALLENGE, changes))
    }
    const kinds = [
      'rejected:authorize:redirect',
      'rejected:authorize:client',
      'rejected:authorize:malformed',
      'rejected:authorize:malformed_request',
    ]
    expect([...(await quiet.counted())]).toEqual(expect.arrayContaining(kinds))
    expect(await quiet.snapshot()).toBe(before)
  })

  it('without the iss parameter, where the project has it off, answers carry none', async () => {
    const quiet = await subject.target.project({ issParameter: false })
    const client = oauthClient(quiet, await quiet.client())
    const to = await approve(quiet, client.authorizeUrl(CHALLENGE), { user: await quiet.user() })
    expect([...to.searchParams.keys()]).toEqual(['code', 'state'])
    expect(redirectOf(await quiet.fetch(client.authorizeUrl(CHALLENGE, { scope: '"' })), REDIRECT_URI).url.searchParams.has('iss')).toBe(
      false,
    )
  })

  it('of a suspended project is a page, not an error the client would act on', async () => {
    const suspended = await subject.target.project({ suspended: true })
    const client = oauthClient(suspended, await suspended.client())
    expect(pageOf(await suspended.fetch(client.authorizeUrl(CHALLENGE)))).toBe('PAGE 403')
  })

  it('Z07 waits for an answer at most 120 times a minute from one address', async () => {
    const busy = await subject.target.project()
    const client = oauthClient(busy, await busy.client())
    for (let i = 0; i < 6; i++) {
      const responses = await Promise.all(Array.from({ length: 20 }, () => busy.fetch(client.authorizeUrl(CHALLENGE))))
      expect(responses.map(({ status }) => status)).toEqual(Array<number>(20).fill(302))
    }
    const before = await busy.snapshot()
    const refused = await busy.fetch(client.authorizeUrl(CHALLENGE))
    expect([pageOf(refused), refused.headers.get('retry-after')]).toEqual(['PAGE 429', '60'])
    expect(await busy.snapshot()).toBe(before)
  })

  it('T01 R27 a client of another project is unknown here', async () => {
    const foreign = await other.client()
    expect(pageOf(await ask({ client_id: foreign.clientId }))).toBe('PAGE 400')
    const made = await newCode(project, web, { user }) // and ours still is known
    expect(outcomeOf(await web.redeem(made.redeem))).toBe('200')
  })
})
