import { beforeEach, describe, expect, it } from 'vitest'
import { clientKey } from './client-key.ts'
import {
  type Answer,
  answerOf,
  approve,
  basic,
  bearer,
  connect,
  introspect,
  isActive,
  JSON_BODY,
  newCode,
  oauthClient,
  openConsent,
  outcomeOf,
  pageOf,
  pkcePair,
  postForm,
  redirectOf,
  register,
  type Wire,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { type Method, REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

const PUBLIC = { redirect_uris: [REDIRECT_URI], client_name: 'Claude', token_endpoint_auth_method: 'none' }
const SECRET = { redirect_uris: [REDIRECT_URI], client_name: 'Copilot' }

conformance('registration management', (subject) => {
  let project: TestProject
  let user: TestUser
  let registered: Wire
  let tests = 0
  beforeEach(async () => {
    // One address may register sixty times a minute at one project.
    if (tests++ % 20 === 0) {
      project = await subject.target.project()
      user = await project.user()
    }
    registered = (await register(project, PUBLIC)).body
  })
  const tokenOf = ({ registration_access_token }: Wire) => String(registration_access_token)
  const send = async (method: string, of: Wire, more: { body?: unknown; headers?: Record<string, string> } = {}): Promise<Answer> => {
    const { body, headers = bearer(tokenOf(of)) } = more
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    const init = body === undefined ? { method, headers } : { method, headers: { ...JSON_BODY, ...headers }, body: text }
    return answerOf(await project.fetch(String(of.registration_client_uri), init))
  }
  const put = (of: Wire, body: Record<string, unknown>) => send('PUT', of, { body: { client_id: of.client_id, ...body } })
  const clientOf = ({ client_id = '', client_secret, token_endpoint_auth_method }: Wire) =>
    oauthClient(project, {
      clientId: client_id,
      clientSecret: client_secret ?? null,
      method: token_endpoint_auth_method as Method,
      redirectUri: REDIRECT_URI,
    })
  const rowsOf = async (action: string, clientId?: string) =>
    (await project.audit()).filter((row) => row.action === action && row.clientId === clientId)

  describe('GET', () => {
    it('M03 answers what is in force, with the token it was asked by, and neither a secret nor a hash', async () => {
      expect(await send('GET', registered)).toMatchObject({ status: 200, body: registered })
      const confidential = (await register(project, { ...SECRET, scope: 'read' })).body
      const { client_secret, client_secret_expires_at, scope, ...rest } = confidential
      const answer = await send('GET', confidential)
      expect(answer.body).toEqual({ ...rest, scope: 'read write offline_access' })
      expect(answer.text).not.toMatch(/null|""|hash/)
      expect([answer.headers.get('cache-control'), answer.headers.get('content-type')]).toEqual(['no-store', 'application/json'])
    })

    it('is at the URI that registration gave, below the issuer', () =>
      expect(registered.registration_client_uri).toBe(`${project.issuer}/api/oauth/register/${registered.client_id}`))

    it('changes nothing', async () => {
      const before = await project.snapshot()
      await send('GET', registered)
      await send('HEAD', registered)
      expect(await project.snapshot()).toBe(before)
    })
  })

  describe('M01 M11 is one and the same 401 for', () => {
    it.each(['GET', 'PUT', 'DELETE'])('every %s without the token of that client, byte for byte', async (method) => {
      const other = (await register(project, PUBLIC)).body
      const stranger = await subject.target.project()
      const foreign = (await register(stranger, PUBLIC)).body
      const manual = await project.client()
      const at = (clientId: string) => ({ ...registered, registration_client_uri: `${project.issuer}/api/oauth/register/${clientId}` })
      const body = method === 'PUT' ? { ...PUBLIC, client_id: registered.client_id } : undefined
      const tries: [Wire, Record<string, string>][] = [
        [registered, {}],
        [registered, bearer('gate_rat_wrong')],
        [registered, bearer(`${tokenOf(registered).slice(0, -1)}-`)],
        [registered, bearer(tokenOf(other))],
        [registered, bearer(tokenOf(foreign))],
        [registered, bearer(project.registrationSecret)],
        [registered, bearer(project.serverSecret)],
        [registered, { authorization: basic(String(registered.client_id), tokenOf(registered)) }],
        [registered, { authorization: tokenOf(registered) }],
        [registered, { 'x-api-key': tokenOf(registered) }],
        [at('c_AAAAAAAAAAAAAAAAAAAAAA'), bearer(tokenOf(registered))],
        [at(manual.clientId), bearer(tokenOf(registered))],
        [at('backend'), bearer(tokenOf(registered))],
        [at('%00'), bearer(tokenOf(registered))],
      ]
      const answers = []
      for (const [of, headers] of tries) answers.push(await send(method, of, { body, headers }))
      const [first] = answers
      expect(outcomeOf(first as Answer)).toBe('401 invalid_token')
      for (const { status, text, headers } of answers) {
        expect([status, text, headers.get('www-authenticate')]).toEqual([401, first?.text, first?.headers.get('www-authenticate')])
        expect(headers.get('www-authenticate')).toMatch(/^Bearer /)
      }
      expect((await send('GET', registered)).status).toBe(200)
      expect((await send('GET', other)).status).toBe(200)
    })

    it('M02 the token in the query', async () => {
      const uri = `${registered.registration_client_uri}?access_token=${tokenOf(registered)}`
      const response = await project.fetch(uri)
      expect([response.status, (await response.text()).includes(tokenOf(registered))]).toEqual([401, false])
    })

    it('M11 a client made by hand, whatever is sent', async () => {
      const manual = await project.client({ method: 'client_secret_basic' })
      const uri = `${project.issuer}/api/oauth/register/${manual.clientId}`
      for (const token of ['', 'x', manual.clientSecret ?? '', project.serverSecret, project.registrationSecret])
        expect((await project.fetch(uri, { headers: bearer(token) })).status).toBe(401)
      expect(outcomeOf(await oauthClient(project, manual).token({ grant_type: 'refresh_token', refresh_token: 'x' }))).toBe(
        '400 invalid_grant',
      )
    })

    it('and a token that is used for another client is noted once, for the client that lost it', async () => {
      const other = (await register(project, PUBLIC)).body
      for (let i = 0; i < 3; i++) await send('DELETE', registered, { headers: bearer(tokenOf(other)) })
      const rows = await rowsOf('registration_token.misused', other.client_id)
      expect(rows).toHaveLength(1)
      expect(rows[0]?.detail).toEqual({ used_for: registered.client_id })
      expect(await rowsOf('registration_token.misused', registered.client_id)).toEqual([])
    })

    it('guesses, twenty times a minute; then it is 429', async () => {
      const outcomes = []
      for (let i = 0; i < 21; i++) outcomes.push(outcomeOf(await send('GET', registered, { headers: bearer(`gate_rat_${i}`) })))
      expect(new Set(outcomes.slice(0, 20))).toEqual(new Set(['401 invalid_token']))
      expect(outcomes[20]).toBe('429 temporarily_unavailable')
      expect((await send('GET', registered)).status).toBe(200)
    })
  })

  describe('PUT', () => {
    it('replaces all of it: what is left out has its default again', async () => {
      const rich = (await register(project, { ...PUBLIC, client_uri: 'https://client.example.com/about', dpop_bound_access_tokens: true }))
        .body
      expect(rich).toMatchObject({ client_uri: 'https://client.example.com/about', dpop_bound_access_tokens: true })
      const answer = await put(rich, { redirect_uris: ['https://new.example.com/cb'], token_endpoint_auth_method: 'none' })
      expect(outcomeOf(answer)).toBe('200')
      expect(answer.body).toMatchObject({
        client_id: rich.client_id,
        client_id_issued_at: rich.client_id_issued_at,
        client_name: 'Unnamed client',
      })
      expect(answer.body).toMatchObject({ redirect_uris: ['https://new.example.com/cb'], registration_access_token: tokenOf(rich) })
      expect(answer.text).not.toMatch(/"client_uri"|dpop_bound|null|""/)
      const { client_secret, ...kept } = (await send('GET', rich)).body
      expect(kept).toEqual(answer.body)
    })

    it('M08 leaves one row with the hash of before and of after', async () => {
      const { client_id } = registered
      const [made] = await rowsOf('client.registered', client_id)
      await put(registered, { ...PUBLIC, client_name: 'Claude 2' })
      const rows = await rowsOf('client.updated', client_id)
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({ actorId: client_id, detail: { before: made?.detail?.metadata_hash, name: 'Claude 2' } })
      expect(rows[0]?.detail?.after).toMatch(/^[0-9a-f]{64}$/)
      expect(rows[0]?.detail?.after).not.toBe(rows[0]?.detail?.before)
    })

    it.each<[string, Record<string, unknown>]>([
      ['name', { client_name: 'Somebody else' }],
      ['redirect URIs', { redirect_uris: [REDIRECT_URI, 'https://client.example.com/other'] }],
    ])('M08 K09 of its %s voids what a person was about to allow', async (_, change) => {
      const client = clientOf(registered)
      const browser = project.browser()
      const form = await browser.form(await openConsent(project, client.authorizeUrl(pkcePair().challenge), { user, browser }))
      expect(outcomeOf(await put(registered, { ...PUBLIC, ...change }))).toBe('200')
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes })
      expect(pageOf(answered)).toBe('PAGE 400')
      expect((await approve(project, client.authorizeUrl(pkcePair().challenge), { user })).searchParams.get('code')).toBeTruthy()
    })

    it('M08 K09 of its keys does so too', async () => {
      const [one, two] = [await clientKey(), await clientKey()]
      const keyed = (jwk: object) => ({ ...PUBLIC, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } })
      const { body } = await register(project, keyed(one.jwk))
      const browser = project.browser()
      const form = await browser.form(await openConsent(project, clientOf(body).authorizeUrl(pkcePair().challenge), { user, browser }))
      expect(outcomeOf(await put(body, keyed(two.jwk)))).toBe('200')
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes })
      expect(redirectOf(answered, REDIRECT_URI).kind).not.toBe('RED code')
    })

    it('counts at once at authorize: the old redirect URI is dead, the new one lives', async () => {
      const next = 'https://new.example.com/cb'
      await put(registered, { ...PUBLIC, redirect_uris: [next] })
      const client = clientOf(registered)
      expect(pageOf(await project.fetch(client.authorizeUrl(pkcePair().challenge)))).toBe('PAGE 400')
      expect((await project.fetch(client.authorizeUrl(pkcePair().challenge, { redirect_uri: next }))).status).toBe(302)
    })

    it('to a method with a secret gives one, once; back again takes it away', async () => {
      const answer = await put(registered, { ...PUBLIC, token_endpoint_auth_method: 'client_secret_basic' })
      expect(answer.body).toMatchObject({ client_secret: expect.stringMatching(/^gate_cs_/), client_secret_expires_at: 0 })
      const web = clientOf(answer.body)
      expect(outcomeOf(await web.redeem((await newCode(project, web, { user })).redeem))).toBe('200')
      expect((await send('GET', registered)).body.client_secret).toBeUndefined()

      const back = await put(registered, PUBLIC)
      expect(back.text).not.toContain('client_secret')
      const open = clientOf(back.body)
      const { redeem } = await newCode(project, open, { user })
      const withOld = { ...redeem, grant_type: 'authorization_code', client_id: open.clientId, client_secret: answer.body.client_secret }
      expect(outcomeOf(await postForm(project, '/api/oauth/token', withOld))).toBe('401 invalid_client')
      expect(outcomeOf(await open.redeem(redeem))).toBe('200')
    })

    it('between methods with a secret keeps it, and says it only to who says it', async () => {
      const { body } = await register(project, SECRET)
      const post = { ...SECRET, token_endpoint_auth_method: 'client_secret_post' }
      expect((await put(body, post)).text).not.toContain('"client_secret"')
      const said = await put(body, { ...post, client_secret: body.client_secret })
      expect(said.body).toMatchObject({ client_secret: body.client_secret, client_secret_expires_at: 0 })
      expect(outcomeOf(await clientOf(body).token({ grant_type: 'refresh_token', refresh_token: 'x' }))).toBe('400 invalid_grant')
    })

    it('to keys takes the secret away', async () => {
      const { body } = await register(project, SECRET)
      const { jwk } = await clientKey()
      const answer = await put(body, { ...SECRET, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } })
      expect(answer.body).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } })
      expect(outcomeOf(await clientOf(body).token({ grant_type: 'refresh_token', refresh_token: 'x' }))).toBe('401 invalid_client')
    })

    it('M09 of ten at once leaves one of them whole', async () => {
      const sent = Array.from({ length: 10 }, (_, i) => ({
        ...{
          redirect_uris: [`https://client-${i}.example.com/cb`],
          client_name: `Client ${i}`,
          token_endpoint_auth_method: 'client_secret_basic',
        },
        client_uri: `https://client-${i}.example.com/about`,
      }))
      const answers = await Promise.all(sent.map((body) => put(registered, body)))
      // How many met is the server's business: a busy one takes them one after the other.
      for (const { status } of answers) expect([200, 409]).toContain(status)
      const kept = (await send('GET', registered)).body
      const number = String(kept.client_name).replace('Client ', '')
      expect(kept).toMatchObject({
        redirect_uris: [`https://client-${number}.example.com/cb`],
        client_uri: `https://client-${number}.example.com/about`,
      })
      const winner = answers[Number(number)]
      expect(winner?.status).toBe(200)
      expect(await rowsOf('client.updated', registered.client_id)).toHaveLength(answers.filter(({ status }) => status === 200).length)
      // Those that came later replaced what they had read, secret and all: it is the one that was given first.
      const [given, ...more] = answers.filter(({ body }) => body.client_secret !== undefined)
      expect(more).toEqual([])
      expect(outcomeOf(await clientOf(given?.body ?? {}).token({ grant_type: 'refresh_token', refresh_token: 'x' }))).toBe(
        '400 invalid_grant',
      )
    })

    describe('refuses and changes nothing:', () => {
      it.each<[string, Record<string, unknown>, string]>([
        ['M06 another client_id', { client_id: 'c_AAAAAAAAAAAAAAAAAAAAAA' }, 'invalid_client_metadata'],
        ['M06 no client_id', { client_id: undefined }, 'invalid_client_metadata'],
        ['M06 a secret that it has not', { client_secret: 'gate_cs_wrong' }, 'invalid_client_metadata'],
        ['a secret that is no text', { client_secret: { evil: true } }, 'invalid_client_metadata'],
        ['the token', { registration_access_token: 'x' }, 'invalid_client_metadata'],
        ['the URI', { registration_client_uri: 'x' }, 'invalid_client_metadata'],
        ['when its secret expires', { client_secret_expires_at: 0 }, 'invalid_client_metadata'],
        ['when it was issued', { client_id_issued_at: 0 }, 'invalid_client_metadata'],
        ['M07 a javascript redirect', { redirect_uris: ['javascript:alert(1)'] }, 'invalid_redirect_uri'],
        ['no redirect', { redirect_uris: [] }, 'invalid_redirect_uri'],
        ['M07 a private key', { jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }] } }, 'invalid_client_metadata'],
        ['M07 only a privileged grant', { grant_types: ['client_credentials'] }, 'invalid_client_metadata'],
        ['D12 client_secret_jwt', { token_endpoint_auth_method: 'client_secret_jwt' }, 'invalid_client_metadata'],
      ])('%s', async (_, change, error) => {
        const before = await project.snapshot()
        const answer = await put(registered, { ...PUBLIC, ...change })
        expect(outcomeOf(answer)).toBe(`400 ${error}`)
        expect(await project.snapshot()).toBe(before)
      })

      it.each(['null', '[]', '', '{"client_id":"a","client_id":"b"}'])('D04 a body of %j', async (body) => {
        const before = await project.snapshot()
        expect(outcomeOf(await send('PUT', registered, { body }))).toBe('400 invalid_client_metadata')
        expect(await project.snapshot()).toBe(before)
      })
    })

    it('M07 D14 gives no grant but the two, whatever was asked for', async () => {
      const answer = await put(registered, {
        ...PUBLIC,
        grant_types: ['authorization_code', 'client_credentials'],
        trusted: true,
        scope: 'read',
      })
      expect(answer.body.grant_types).toEqual(['authorization_code', 'refresh_token'])
      expect(answer.body.scope).toBe('read')
    })
  })

  describe('DELETE', () => {
    it('M10 is 204 without a body, and everything the client had is dead at once', async () => {
      const client = clientOf(registered)
      const connected = await connect(project, client, { user })
      const waiting = await newCode(project, client, { user })
      const other = clientOf((await register(project, PUBLIC)).body)
      const theirs = await connect(project, other, { user })

      const answer = await send('DELETE', registered)
      expect([answer.status, answer.text, answer.headers.get('cache-control')]).toEqual([204, '', 'no-store'])
      expect((await introspect(project, connected.access)).text).toBe('{"active":false}')
      expect(outcomeOf(await client.refresh(connected.refresh))).toBe('401 invalid_client')
      expect(outcomeOf(await client.redeem(waiting.redeem))).toBe('401 invalid_client')
      expect(pageOf(await project.fetch(client.authorizeUrl(pkcePair().challenge)))).toBe('PAGE 400')
      for (const method of ['DELETE', 'GET', 'PUT']) {
        const body = method === 'PUT' ? { ...PUBLIC, client_id: registered.client_id } : undefined
        expect(outcomeOf(await send(method, registered, { body }))).toBe('401 invalid_token')
      }
      expect(await rowsOf('client.deleted', registered.client_id)).toHaveLength(1)
      expect(await isActive(project, theirs.access)).toBe(true)
      expect(outcomeOf(await other.refresh(theirs.refresh))).toBe('200')
    })

    it('while a person decides voids the decision', async () => {
      const browser = project.browser()
      const form = await browser.form(
        await openConsent(project, clientOf(registered).authorizeUrl(pkcePair().challenge), { user, browser }),
      )
      expect((await send('DELETE', registered)).status).toBe(204)
      expect(pageOf(await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes }))).toBe('PAGE 400')
    })

    it('of ten at once deletes once', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => send('DELETE', registered)))
      expect(answers.map(({ status }) => status).every((status) => status === 204 || status === 401)).toBe(true)
      expect(await rowsOf('client.deleted', registered.client_id)).toHaveLength(1)
    })
  })

  it.each(['PATCH', 'POST'])('knows no %s', async (method) => {
    const answer = await send(method, registered)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, PUT, DELETE, HEAD, OPTIONS'])
  })

  it('is 404 where registration is off', async () => {
    const own = await subject.target.project()
    const { body } = await register(own, PUBLIC)
    await own.configure({ registrationMode: 'off' })
    const response = await own.fetch(String(body.registration_client_uri), { headers: bearer(tokenOf(body)) })
    expect(response.status).toBe(404)
  })

  it('Z03 in open mode leaves no row for what nobody vouched for and nobody used', async () => {
    const own = await subject.target.project({ registrationMode: 'open' })
    const { body } = await register(own, PUBLIC, {})
    const uri = String(body.registration_client_uri)
    const headers = { ...bearer(tokenOf(body)), ...JSON_BODY }
    const replaced = await own.fetch(uri, {
      method: 'PUT',
      headers,
      body: JSON.stringify({ ...PUBLIC, client_id: body.client_id, client_name: 'B' }),
    })
    expect(replaced.status).toBe(200)
    const grown = {
      ...PUBLIC,
      client_id: body.client_id,
      redirect_uris: Array.from({ length: 20 }, (_, i) => `${REDIRECT_URI}/${i}/${'a'.repeat(500)}`),
    }
    expect((await own.fetch(uri, { method: 'PUT', headers, body: JSON.stringify(grown) })).status).toBe(400)
    expect((await own.fetch(uri, { method: 'DELETE', headers })).status).toBe(204)
    expect(
      (await own.audit())
        .map(({ action }) => action)
        .filter((action) => action.startsWith('client.'))
        .slice(-1),
    ).toEqual(['client.registered'])
  })
})
