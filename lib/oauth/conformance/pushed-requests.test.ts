import { beforeAll, describe, expect, it } from 'vitest'
import { dpopKey, serverClock } from './dpop-key.ts'
import {
  answerOf,
  approve,
  basic,
  type Form,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  pageOf,
  pkcePair,
  postForm,
  redirectOf,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

const PAR = '/api/oauth/par'
const { verifier: VERIFIER, challenge: CHALLENGE } = pkcePair()
const parameters = (changes: Form = {}): Form => ({
  ...{ response_type: 'code', redirect_uri: REDIRECT_URI, state: 'pushed', scope: 'read' },
  ...{ code_challenge: CHALLENGE, code_challenge_method: 'S256' },
  ...changes,
})

conformance('pushed authorization requests', (subject) => {
  let project: TestProject
  let off: TestProject
  let user: TestUser
  let open: OAuthClient
  let web: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project({ pushedRequests: true })
    off = await subject.target.project()
    await project.addResource('https://files.example.com')
    user = await project.user()
    open = oauthClient(project, await project.client())
    web = oauthClient(project, await project.client({ method: 'client_secret_post' }))
  })
  const push = async (changes: Form = {}, client = web): Promise<string> =>
    String((await client.push(parameters(changes))).body.request_uri)
  const urlOf = (request_uri: string, changes: Form = {}, client = web): string => {
    const pairs = Object.entries({ client_id: client.clientId, request_uri, ...changes }).filter(([, value]) => value !== undefined)
    return `${project.issuer}/oauth/authorize?${new URLSearchParams(pairs as [string, string][])}`
  }
  const visit = (url: string) => project.fetch(url)

  describe('are kept', () => {
    it('for a minute, under a name of 256 random bits that nothing may cache', async () => {
      const answer = await web.push(parameters())
      expect(answer.status).toBe(201)
      expect(Object.keys(answer.body).toSorted()).toEqual(['expires_in', 'request_uri'])
      expect(answer.body.request_uri).toMatch(/^urn:ietf:params:oauth:request_uri:[\w-]{43}$/)
      expect(answer.body.expires_in).toBe(60)
      expect([answer.headers.get('cache-control'), answer.headers.get('content-type')]).toEqual(['no-store', 'application/json'])
      expect(await push()).not.toBe(answer.body.request_uri)
    })

    it.each(['none', 'client_secret_basic', 'client_secret_post'] as const)('for a client that authenticates by %s', async (method) => {
      const client = oauthClient(project, await project.client({ method }))
      expect(outcomeOf(await client.push(parameters()))).toBe('201')
    })

    it('with exactly one row each, which does not say the name', async () => {
      const client = oauthClient(project, await project.client())
      const request_uri = await push({ resource: 'https://files.example.com/' }, client)
      const rows = (await project.audit()).filter(
        ({ clientId, action }) => action === 'authorization.pushed' && clientId === client.clientId,
      )
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({
        actorKind: 'client',
        detail: { redirect_uri: REDIRECT_URI, scope: 'read', resource: ['https://files.example.com'] },
      })
      expect(JSON.stringify(rows)).not.toContain(request_uri.slice(-43))
    })
  })

  describe('opened by a browser', () => {
    it('lead to a code for exactly what was pushed', async () => {
      const to = await approve(project, urlOf(await push({ resource: 'https://files.example.com' })), { user })
      expect([to.origin + to.pathname, to.searchParams.get('state'), to.searchParams.get('iss')]).toEqual([
        REDIRECT_URI,
        'pushed',
        project.issuer,
      ])
      const code = to.searchParams.get('code') ?? ''
      const tokens = tokensOf(await web.redeem({ code, code_verifier: VERIFIER, redirect_uri: REDIRECT_URI }))
      expect(tokens.scope).toBe('read')
    })

    it('count alone: what the browser adds is not looked at', async () => {
      const additions = { scope: 'write', state: 'added', redirect_uri: 'https://evil.test/cb', response_type: 'token', request: 'x' }
      const to = await approve(project, urlOf(await push(), { ...additions, code_challenge: 'x' }), { user })
      expect([to.origin, to.searchParams.get('state')]).toEqual([new URL(REDIRECT_URI).origin, 'pushed'])
      const code = to.searchParams.get('code') ?? ''
      expect(tokensOf(await web.redeem({ code, code_verifier: VERIFIER, redirect_uri: REDIRECT_URI })).scope).toBe('read')
    })

    it('work once; who opens one again is told so, and nothing changes', async () => {
      const url = urlOf(await push())
      expect((await visit(url)).status).toBe(302)
      const before = await project.snapshot()
      const again = await visit(url)
      expect(pageOf(again)).toBe('PAGE 400')
      expect(await again.text()).toContain('opened before')
      expect(await project.snapshot()).toBe(before)
    })

    it('at the same time lead one of them on', async () => {
      const url = urlOf(await push())
      const statuses = (await Promise.all(Array.from({ length: 10 }, () => visit(url)))).map(({ status }) => status)
      expect(statuses.toSorted()).toEqual([302, ...Array<number>(9).fill(400)])
    })

    it('are over after a minute', async () => {
      const [early, late] = [await push(), await push()]
      await project.advance(55)
      expect((await visit(urlOf(early))).status).toBe(302)
      await project.advance(10)
      const before = await project.snapshot()
      const answer = await visit(urlOf(late))
      expect(pageOf(answer)).toBe('PAGE 400')
      expect(await answer.text()).toContain('has expired')
      expect(await project.snapshot()).toBe(before)
    })

    it('by a link that names another client are refused, and not used up', async () => {
      const request_uri = await push()
      const before = await project.snapshot()
      expect(pageOf(await visit(urlOf(request_uri, {}, open)))).toBe('PAGE 400')
      expect(pageOf(await visit(urlOf(request_uri, { client_id: undefined })))).toBe('PAGE 400')
      expect(pageOf(await visit(urlOf(request_uri, { client_id: 'c_unknown' })))).toBe('PAGE 400')
      expect(pageOf(await visit(`${urlOf(request_uri)}&request_uri=${encodeURIComponent(await push())}`))).toBe('PAGE 400')
      expect(await project.snapshot()).not.toBe(before) // the second push
      expect((await visit(urlOf(request_uri))).status).toBe(302)
    })

    it('T01 at another project are unknown, and not used up', async () => {
      const other = await subject.target.project({ pushedRequests: true })
      const request_uri = await push()
      const theirs = await other.client()
      const before = await other.snapshot()
      const url = `${other.issuer}/oauth/authorize?${new URLSearchParams({ client_id: theirs.clientId, request_uri })}`
      expect(pageOf(await other.fetch(url))).toBe('PAGE 400')
      expect(await other.snapshot()).toBe(before)
      expect((await visit(urlOf(request_uri))).status).toBe(302)
    })

    it.each(['urn:ietf:params:oauth:request_uri:', `urn:ietf:params:oauth:request_uri:${'A'.repeat(43)}`])(
      'that nobody pushed (%s) are a page',
      async (request_uri) => expect(pageOf(await visit(urlOf(request_uri)))).toBe('PAGE 400'),
    )

    it.each(['https://client.example.com/request.jwt', 'urn:example:1', 'URN:IETF:PARAMS:OAUTH:REQUEST_URI:x'])(
      'cannot be somewhere else (%s)',
      async (request_uri) => {
        const answer = await visit(web.authorizeUrl(CHALLENGE, { request_uri }))
        expect(redirectOf(answer, REDIRECT_URI).kind).toBe('RED invalid_request_uri')
      },
    )

    it('are checked again, against what the project is now', async () => {
      const changing = await subject.target.project({ pushedRequests: true })
      await changing.addResource('https://files.example.com')
      const client = oauthClient(changing, await changing.client())
      const { body } = await client.push(parameters({ resource: 'https://files.example.com' }))
      await changing.removeResource('https://files.example.com')
      const query = new URLSearchParams({ client_id: client.clientId, request_uri: String(body.request_uri) })
      const answer = await changing.fetch(`/oauth/authorize?${query}`)
      expect(redirectOf(answer, REDIRECT_URI).kind).toBe('RED invalid_target')
    })

    it('end with their client', async () => {
      const doomed = oauthClient(project, await project.client())
      const url = urlOf(await push({}, doomed), {}, doomed)
      await project.revokeClient(doomed.clientId)
      expect(pageOf(await visit(url))).toBe('PAGE 400')
    })

    it('K18 may ask not to be seen', async () => {
      const answer = await visit(urlOf(await push({ prompt: 'none' })))
      expect(redirectOf(answer, REDIRECT_URI).kind).toBe('RED login_required')
    })
  })

  describe('are refused, and nothing changes:', () => {
    it.each<[string, Form, string]>([
      ['a request by reference', { request_uri: 'urn:ietf:params:oauth:request_uri:x' }, '400 invalid_request'],
      ['a request object', { request: 'e30.e30.' }, '400 request_not_supported'],
      ['R01 another redirect URI', { redirect_uri: 'https://evil.test/cb' }, '400 invalid_request'],
      ['R07 a redirect URI with a NUL', { redirect_uri: `${REDIRECT_URI}\0` }, '400 invalid_request'],
      ['no response type', { response_type: undefined }, '400 invalid_request'],
      ['another response type', { response_type: 'token' }, '400 unsupported_response_type'],
      ['another response mode', { response_mode: 'fragment' }, '400 invalid_request'],
      ['P01 no PKCE', { code_challenge: undefined }, '400 invalid_request'],
      ['P04 plain PKCE', { code_challenge_method: 'plain' }, '400 invalid_request'],
      ['P05 a short challenge', { code_challenge: 'x' }, '400 invalid_request'],
      ['a scope that does not exist', { scope: 'unknown' }, '400 invalid_scope'],
      ['a foreign resource', { resource: 'https://evil.test' }, '400 invalid_target'],
      ['a state with a control character', { state: 'a\nb' }, '400 invalid_request'],
      ['a prompt that contradicts itself', { prompt: 'none login' }, '400 invalid_request'],
      ['an age that is no number', { max_age: 'x' }, '400 invalid_request'],
      ['H04 a parameter twice', { scope: ['read', 'write'] }, '400 invalid_request'],
      ['H04 a client twice', { client_id: ['a', 'b'] }, '400 invalid_request'],
      ['Z07 more than a URL can hold', { login_hint: 'x'.repeat(20_000) }, '400 invalid_request'],
    ])('%s', async (_, changes, expected) => {
      const before = await project.snapshot()
      expect(outcomeOf(await web.push(parameters(changes)))).toBe(expected)
      expect(await project.snapshot()).toBe(before)
    })

    it('a client that does not prove who it is', async () => {
      const before = await project.snapshot()
      const { clientId: client_id } = web
      const by = (form: Form, headers = {}) => postForm(project, PAR, parameters(form), { headers })
      expect(outcomeOf(await by({ client_id }))).toBe('401 invalid_client')
      expect(outcomeOf(await by({ client_id, client_secret: 'wrong' }))).toBe('401 invalid_client')
      expect(outcomeOf(await by({ client_id: open.clientId, client_secret: 'unasked' }))).toBe('401 invalid_client')
      expect(outcomeOf(await by({ client_id: 'c_unknown' }))).toBe('401 invalid_client')
      expect(outcomeOf(await by({}))).toBe('401 invalid_client')
      const challenged = await by({}, { authorization: basic(client_id, 'wrong') })
      expect([outcomeOf(challenged), challenged.headers.get('www-authenticate')]).toEqual([
        '401 invalid_client',
        expect.stringContaining('Basic'),
      ])
      expect(await project.snapshot()).toBe(before)
    })

    it('a client that may not ask for codes', async () => {
      const machine = oauthClient(project, await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] }))
      expect(outcomeOf(await machine.push(parameters()))).toBe('400 unauthorized_client')
    })

    it('S03 a scope above the ceiling of the client', async () => {
      const reader = oauthClient(project, await project.client({ scope: 'read' }))
      expect(outcomeOf(await reader.push(parameters({ scope: 'write' })))).toBe('400 invalid_scope')
    })

    it.each(['application/json', 'multipart/form-data', 'application/json, application/x-www-form-urlencoded'])(
      'H03 a body of type %s',
      async (type) => {
        const before = await project.snapshot()
        expect(outcomeOf(await web.push(parameters(), { headers: { 'content-type': type } }))).toBe('400 invalid_request')
        expect(await project.snapshot()).toBe(before)
      },
    )

    it('H05 credentials in the URL', async () => {
      const answer = await postForm(project, `${PAR}?client_secret=x`, parameters({ client_id: open.clientId }))
      expect(outcomeOf(answer)).toBe('400 invalid_request')
    })
  })

  it('Z07 one address pushes 600 times a minute and then waits', async () => {
    const busy = await subject.target.project({ pushedRequests: true })
    const client = oauthClient(busy, await busy.client())
    for (let i = 0; i < 12; i++) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => client.push(parameters())))
      expect(answers.every(({ status }) => status === 201)).toBe(true)
    }
    const before = await busy.snapshot()
    const refused = await client.push(parameters())
    expect(outcomeOf(refused)).toBe('429 temporarily_unavailable')
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await busy.snapshot()).toBe(before)
  }, 120_000)

  describe('by the holder of a key', () => {
    it('RFC 9449 §10.1 bind the code to it, by its thumbprint or by a proof', async () => {
      const bound = await subject.target.project({ pushedRequests: true, dpop: 'on' })
      const owner = await bound.user()
      const client = oauthClient(bound, await bound.client())
      const now = await serverClock(bound)
      const [mine, other] = [await dpopKey(), await dpopKey()]
      const proofAt = async (path: string, key = mine) => ({
        headers: { dpop: await key.proof({ htm: 'POST', htu: `${bound.issuer}${path}`, iat: now() }) },
      })
      const codeOf = async ({ body }: Awaited<ReturnType<OAuthClient['push']>>) => {
        const query = new URLSearchParams({ client_id: client.clientId, request_uri: String(body.request_uri) })
        const to = await approve(bound, `${bound.issuer}/oauth/authorize?${query}`, { user: owner })
        return { code: to.searchParams.get('code') ?? '', code_verifier: VERIFIER, redirect_uri: REDIRECT_URI }
      }

      for (const pushed of [
        await client.push(parameters({ dpop_jkt: mine.jkt })),
        await client.push(parameters(), await proofAt(PAR)),
        await client.push(parameters({ dpop_jkt: mine.jkt }), await proofAt(PAR)),
      ]) {
        const redeem = await codeOf(pushed)
        expect(outcomeOf(await client.redeem(redeem, await proofAt('/api/oauth/token', other)))).toBe('400 invalid_grant')
        expect(outcomeOf(await client.redeem(redeem))).toBe('400 invalid_dpop_proof')
        expect(outcomeOf(await client.redeem(redeem, await proofAt('/api/oauth/token')))).toBe('200')
      }

      const proof = await proofAt(PAR)
      expect(outcomeOf(await client.push(parameters(), proof))).toBe('201')
      const before = await bound.snapshot()
      expect(outcomeOf(await client.push(parameters(), proof))).toBe('400 invalid_dpop_proof')
      expect(outcomeOf(await client.push(parameters({ dpop_jkt: other.jkt }), await proofAt(PAR)))).toBe('400 invalid_request')
      expect(outcomeOf(await client.push(parameters({ dpop_jkt: 'x' })))).toBe('400 invalid_request')
      expect(outcomeOf(await client.push(parameters(), await proofAt('/api/oauth/token')))).toBe('400 invalid_dpop_proof')
      expect(await bound.snapshot()).toBe(before)
    })
  })

  describe('where a project has them off', () => {
    it('are answered like a path that does not exist, and promised nowhere', async () => {
      const client = oauthClient(off, await off.client())
      const before = await off.snapshot()
      const answer = await client.push(parameters())
      expect([answer.status, answer.text]).toEqual([404, '{"error":"not_found"}'])
      expect(await off.snapshot()).toBe(before)
      const document = await answerOf(await off.fetch('/.well-known/oauth-authorization-server'))
      expect(document.text).not.toContain('pushed')
    })

    it('have no name that authorize would know', async () => {
      const client = oauthClient(off, await off.client())
      const answer = await off.fetch(client.authorizeUrl(CHALLENGE, { request_uri: 'urn:ietf:params:oauth:request_uri:x' }))
      expect(redirectOf(answer, REDIRECT_URI).kind).toBe('RED invalid_request_uri')
    })
  })

  it('are promised where they are on, and not required', async () => {
    const document = (await answerOf(await project.fetch('/.well-known/oauth-authorization-server'))).body
    expect(document.pushed_authorization_request_endpoint).toBe(`${project.issuer}${PAR}`)
    expect(document.require_pushed_authorization_requests).toBe(false)
    expect((await visit(web.authorizeUrl(CHALLENGE))).status).toBe(302)
  })
})
