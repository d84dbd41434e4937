import { beforeAll, describe, expect, it } from 'vitest'
import { clientKey } from './client-key.ts'
import { basic, bearer, connect, oauthClient, outcomeOf, pageOf, pkcePair, postForm, register } from './oauth-client.ts'
import { short } from './short.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestClient, type TestProject } from './target.ts'

const GOOD = { redirect_uris: [REDIRECT_URI], client_name: 'Claude', token_endpoint_auth_method: 'none' }
const CURSOR = [
  'cursor://anysphere.cursor-mcp/oauth/callback',
  'https://www.cursor.com/agents/mcp/oauth/callback',
  'http://localhost:8787/callback',
]

conformance('registration', (subject) => {
  let guarded: TestProject
  let open: TestProject
  beforeAll(async () => {
    guarded = await subject.target.project()
    open = await subject.target.project({ registrationMode: 'open' })
  })

  describe('in guarded mode', () => {
    it('takes the registration secret as initial access token', async () => {
      expect((await register(guarded, GOOD)).status).toBe(201)
      expect((await register(guarded, GOOD, { authorization: `bearer ${guarded.registrationSecret}` })).status).toBe(201)
    })

    it('is 401 invalid_token with a Bearer challenge without it, and changes nothing', async () => {
      const before = await guarded.snapshot()
      const answer = await register(guarded, GOOD, {})
      expect(outcomeOf(answer)).toBe('401 invalid_token')
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer /)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await guarded.snapshot()).toBe(before)
    })

    it('D21 takes the secret from nowhere but the Bearer header', async () => {
      const { registrationSecret } = guarded
      const before = await guarded.snapshot()
      const tries = [
        register(guarded, { ...GOOD, registration_secret: registrationSecret, initial_access_token: registrationSecret }, {}),
        register(guarded, GOOD, { 'x-api-key': registrationSecret }),
        register(guarded, GOOD, { authorization: basic('', registrationSecret) }),
        register(guarded, GOOD, { authorization: basic(registrationSecret, registrationSecret) }),
        register(guarded, GOOD, { authorization: registrationSecret }),
        register(guarded, GOOD, { cookie: `registration_secret=${registrationSecret}` }),
        register(guarded, GOOD, bearer(`${registrationSecret.slice(0, -1)}-`)),
      ]
      expect((await Promise.all(tries)).map(outcomeOf)).toEqual(tries.map(() => '401 invalid_token'))
      const inQuery = await guarded.fetch(`/api/oauth/register?access_token=${registrationSecret}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(GOOD),
      })
      expect([inQuery.status, (await inQuery.text()).includes(registrationSecret)]).toEqual([401, false])
      expect(await guarded.snapshot()).toBe(before)
    })

    it.each(
      ['Bearer', 'Bearer ', 'Bearer a b', 'bearer', 'Bearer %', `Bearer ${'a'.repeat(10_000)}`, 'Bearer é', 'Basic', '"', 'Digest x'].map(
        short,
      ),
    )('H12 is 401 for the header %j, never a fault of ours', async (_, authorization) =>
      expect(outcomeOf(await register(guarded, GOOD, { authorization }))).toBe('401 invalid_token'),
    )

    it('D21 is 401 for a wrong secret before anything is said about the metadata', async () => {
      expect(outcomeOf(await register(guarded, 'null', bearer('gate_reg_wrong')))).toBe('401 invalid_token')
      expect(outcomeOf(await register(guarded, 'null'))).toBe('400 invalid_client_metadata')
    })

    it('CA12 notes a server secret that is used as registration secret, once', async () => {
      const project = await subject.target.project()
      for (let i = 0; i < 3; i++) expect(outcomeOf(await register(project, GOOD, bearer(project.serverSecret)))).toBe('401 invalid_token')
      expect((await project.audit()).filter(({ action }) => action === 'credential.misused')).toHaveLength(1)
    })

    it('D23 refuses an old registration secret at once, or after the overlap that was chosen; existing clients live', async () => {
      const project = await subject.target.project()
      const client = await registered(project, GOOD)
      const old = project.registrationSecret
      const second = await project.rotateSecret('registration', 1)
      expect([await register(project, GOOD, bearer(old)), await register(project, GOOD, bearer(second))].map(outcomeOf)).toEqual([
        '201',
        '201',
      ])
      const third = await project.rotateSecret('registration', 0)
      expect(outcomeOf(await register(project, GOOD, bearer(second)))).toBe('401 invalid_token')
      expect(outcomeOf(await register(project, GOOD, bearer(third)))).toBe('201')
      const connected = await connect(project, oauthClient(project, client), { user: await project.user() })
      expect(connected.scope).toBe('read write')
    })
  })

  describe('in open mode', () => {
    it('needs no secret', async () => expect((await register(open, GOOD, {})).status).toBe(201))

    it('D22 refuses a secret that is wrong: it is never read as none', async () => {
      const before = await open.snapshot()
      for (const headers of [
        bearer('gate_reg_wrong'),
        bearer(guarded.registrationSecret),
        { authorization: 'Basic eDp5' },
        { authorization: '' },
      ]) {
        const outcome = outcomeOf(await register(open, GOOD, headers))
        expect(outcome).toBe('401 invalid_token')
      }
      expect(await open.snapshot()).toBe(before)
    })

    it('D25 makes of the same metadata as many clients, none with another’s secret', async () => {
      const answers = await Promise.all(Array.from({ length: 5 }, () => register(open, { redirect_uris: [REDIRECT_URI] }, {})))
      expect(new Set(answers.map(({ body }) => body.client_id)).size).toBe(5)
      expect(new Set(answers.map(({ body }) => body.client_secret)).size).toBe(5)
    })

    it('C17 lets one address register 60 times a minute and then asks it to wait', async () => {
      const project = await subject.target.project({ registrationMode: 'open' })
      const outcomes: string[] = []
      for (let i = 0; i < 6; i++)
        outcomes.push(...(await Promise.all(Array.from({ length: 10 }, () => register(project, GOOD, {})))).map(outcomeOf))
      expect(new Set(outcomes)).toEqual(new Set(['201']))
      const refused = await register(project, GOOD, {})
      expect(outcomeOf(refused)).toBe('429 temporarily_unavailable')
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    })
  })

  it('switched off is 404, with or without the secret', async () => {
    const off = await subject.target.project({ registrationMode: 'off' })
    expect([await register(off, GOOD), await register(off, GOOD, {})].map(({ status }) => status)).toEqual([404, 404])
  })

  it('C9 004-15 takes private-use schemes unless the project switched them off, and then sends nobody to one that it had', async () => {
    const project = await subject.target.project()
    const cursor = { ...GOOD, redirect_uris: CURSOR }
    const before = oauthClient(project, { ...(await registered(project, cursor)), redirectUri: CURSOR[0] ?? '' })
    const url = before.authorizeUrl(pkcePair().challenge)
    expect((await project.fetch(url)).status).toBe(302)
    await project.configure({ privateUseSchemes: false })
    expect(outcomeOf(await register(project, cursor))).toBe('400 invalid_redirect_uri')
    expect(outcomeOf(await register(project, { ...GOOD, redirect_uris: CURSOR.slice(1) }))).toBe('201')
    expect(pageOf(await project.fetch(url))).toBe('PAGE 400')
    const https = before.authorizeUrl(pkcePair().challenge, { redirect_uri: CURSOR[1] })
    expect((await project.fetch(https)).status).toBe(302)
  })

  describe('what is answered', () => {
    it('D26 D13 for a public client is exactly what is in force', async () => {
      const answer = await register(guarded, { ...GOOD, grant_types: ['authorization_code'] })
      const { client_id, client_id_issued_at, ...rest } = answer.body
      expect(rest).toEqual({
        client_name: 'Claude',
        redirect_uris: [REDIRECT_URI],
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        token_endpoint_auth_method: 'none',
        application_type: 'web',
        scope: 'read write offline_access',
        registration_access_token: expect.stringMatching(/^gate_rat_[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/),
        registration_client_uri: `${guarded.issuer}/api/oauth/register/${client_id}`,
      })
      expect(client_id).toMatch(/^c_[A-Za-z0-9_-]{22}$/)
      expect(Number.isInteger(client_id_issued_at)).toBe(true)
      expect([answer.status, answer.headers.get('cache-control'), answer.headers.get('content-type')]).toEqual([
        201,
        'no-store',
        'application/json',
      ])
    })

    it('has logo_uri where it is https and public, and leaves out every other', async () => {
      const logoOf = async (logo_uri: unknown) => (await register(guarded, { ...GOOD, logo_uri })).body.logo_uri
      expect(await logoOf('https://client.example.com/logo.png')).toBe('https://client.example.com/logo.png')
      for (const other of ['http://client.example.com/logo.png', 'https://10.0.0.1/x.png', 'data:image/png;base64,AAAA', '', null, 5])
        expect(await logoOf(other)).toBeUndefined()
    })

    it('D13 with the method left out is a secret that never expires, for Basic', async () => {
      const { body, text } = await register(guarded, { redirect_uris: [REDIRECT_URI] })
      expect(body).toMatchObject({ token_endpoint_auth_method: 'client_secret_basic', client_secret_expires_at: 0 })
      expect(body.client_secret).toMatch(/^gate_cs_[A-Za-z0-9._~-]{43}$/)
      expect(text).not.toMatch(/null|""/)
    })

    it('003-06 for private_key_jwt is the keys or where they are, and no secret', async () => {
      const { jwk } = await clientKey()
      const keyed = { ...GOOD, token_endpoint_auth_method: 'private_key_jwt' }
      const inline = await register(guarded, { ...keyed, jwks: { keys: [{ ...jwk, x5u: 'https://evil.test' }] } })
      expect(inline.body).toMatchObject({ token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [jwk] } })
      const jwks_uri = 'https://client.example.com/jwks.json'
      const { body, text } = await register(guarded, { ...keyed, jwks_uri, dpop_bound_access_tokens: true })
      expect(body).toMatchObject({ jwks_uri, dpop_bound_access_tokens: true })
      expect(text + inline.text).not.toMatch(/client_secret|null|""|x5u/)
    })

    it('X-03 of several methods offered is the first that we have', async () => {
      const offered = ['tls_client_auth', 'client_secret_jwt', 'none', 'client_secret_basic']
      const { body } = await register(guarded, { redirect_uris: [REDIRECT_URI], token_endpoint_auth_methods_supported: offered })
      expect([body.token_endpoint_auth_method, body.client_secret]).toEqual(['none', undefined])
    })

    it('D26 leaves exactly one row, with a hash of the metadata and without the secret', async () => {
      const project = await subject.target.project()
      const { body } = await register(project, { redirect_uris: [REDIRECT_URI], client_name: 'Logged' })
      const rows = (await project.audit()).filter(({ action }) => action === 'client.registered')
      expect(rows).toHaveLength(1)
      expect(rows[0]).toMatchObject({ clientId: body.client_id, detail: { name: 'Logged', redirect_hosts: ['client.example.com'] } })
      expect(rows[0]?.detail?.metadata_hash).toMatch(/^[0-9a-f]{64}$/)
      expect(JSON.stringify(rows)).not.toContain(body.client_secret)
    })

    it.each([
      ['Cursor’s three', CURSOR],
      ['the port-less loopback of Claude Code', ['http://localhost/callback', 'http://127.0.0.1/callback']],
    ])('D10 takes %s', async (_, redirect_uris) => {
      expect((await register(open, { ...GOOD, redirect_uris }, {})).body).toMatchObject({ redirect_uris, application_type: 'native' })
    })

    it('D11 R11 shows an IDN host as A-label, and that is what authorize compares', async () => {
      const { body } = await register(guarded, { ...GOOD, redirect_uris: ['https://bücher.example/cb'] })
      expect(body).toMatchObject({ redirect_uris: ['https://xn--bcher-kva.example/cb'] })
      const client = oauthClient(guarded, {
        clientId: body.client_id ?? '',
        clientSecret: null,
        method: 'none',
        redirectUri: 'https://bücher.example/cb',
      })
      const url = client.authorizeUrl(pkcePair().challenge)
      expect((await guarded.fetch(url)).status).toBe(400)
      const exact = client.authorizeUrl(pkcePair().challenge, { redirect_uri: 'https://xn--bcher-kva.example/cb' })
      expect((await guarded.fetch(exact)).status).toBe(302)
    })

    it.each([
      ['D15 the known part of what was asked for', 'read billing:admin', 'read'],
      ['D15 all of the project’s, for an empty one', '', 'read write offline_access'],
      ['D15 all of the project’s, for only unknown ones', 'billing:admin', 'read write offline_access'],
    ])('is for scope %s', async (_, scope, answered) => expect((await register(open, { ...GOOD, scope }, {})).body.scope).toBe(answered))

    it('C12 is no ceiling: a client registered for read may ask for write later', async () => {
      const client = oauthClient(guarded, await registered(guarded, { ...GOOD, scope: 'read' }))
      expect((await connect(guarded, client, { user: await guarded.user() }, { scope: 'write' })).scope).toBe('write')
    })

    it('D14 gives no grant but the two, whatever was asked for', async () => {
      const grant_types = [
        'authorization_code',
        'client_credentials',
        'urn:ietf:params:oauth:grant-type:token-exchange',
        'implicit',
        'password',
      ]
      const { body } = await register(guarded, { redirect_uris: [REDIRECT_URI], grant_types })
      expect(body.grant_types).toEqual(['authorization_code', 'refresh_token'])
      const headers = { authorization: basic(body.client_id ?? '', body.client_secret ?? '') }
      for (const grant_type of grant_types.slice(1, 3)) {
        expect(outcomeOf(await postForm(guarded, '/api/oauth/token', { grant_type }, { headers }))).toBe('400 unauthorized_client')
      }
    })

    it('D16 D17 holds nothing that was not ours to be told', async () => {
      const sent = {
        ...GOOD,
        client_id: 'https://evil.test/client',
        client_secret: 'mine',
        id: '1',
        projectId: open.slug,
        trusted: true,
        skip_consent: true,
        first_party: true,
        source: 'manual',
        role: 'owner',
        createdAt: 0,
        constructor: { prototype: { polluted: true } },
        ...Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`x_${i}`, 'x'.repeat(500)])),
      }
      const text = JSON.stringify(sent).replace('{', '{"__proto__":{"trusted":true},')
      const project = await subject.target.project()
      const answers = [await register(project, text), await register(project, GOOD)]
      const [strange, plain] = answers.map(
        ({ body: { client_id, client_id_issued_at, registration_access_token, registration_client_uri, ...rest } }) => rest,
      )
      expect(strange).toEqual(plain)
      expect(answers[0]?.body.client_id).toMatch(/^c_/)
      expect(await project.snapshot()).not.toContain('xxxxx')
    })
  })

  describe('refuses and keeps nothing:', () => {
    let project: TestProject
    beforeAll(async () => {
      project = await subject.target.project({ registrationMode: 'open' })
    })
    const uri = (redirect_uri: unknown) => ({ ...GOOD, redirect_uris: [redirect_uri] })
    const oversized = (bytes: number) =>
      JSON.stringify({ ...GOOD, padding: 'x'.repeat(bytes - JSON.stringify({ ...GOOD, padding: '' }).length) })

    it.each<[string, unknown, string]>([
      ['D01 64 KB and one byte', oversized(64 * 1024 + 1), '413 invalid_request'],
      ['D01 1 MB', oversized(1024 * 1024), '413 invalid_request'],
      [
        'D02 21 redirect URIs',
        { ...GOOD, redirect_uris: Array.from({ length: 21 }, (_, i) => `${REDIRECT_URI}/${i}`) },
        '400 invalid_redirect_uri',
      ],
      [
        'D02 a redirect URI of 2,049 characters',
        uri(`${REDIRECT_URI}/${'a'.repeat(2049 - REDIRECT_URI.length - 1)}`),
        '400 invalid_redirect_uri',
      ],
      ['no redirect URI', { client_name: 'x' }, '400 invalid_redirect_uri'],
      ['D04 null', 'null', '400 invalid_client_metadata'],
      ['D04 a list', '[]', '400 invalid_client_metadata'],
      ['D04 a text', '"x"', '400 invalid_client_metadata'],
      ['D04 a number', '5', '400 invalid_client_metadata'],
      ['D04 a truncated body', JSON.stringify(GOOD).slice(0, -1), '400 invalid_client_metadata'],
      ['D04 a member twice', JSON.stringify(GOOD).replace('{', '{"client_name":"Other",'), '400 invalid_client_metadata'],
      ['D04 a byte order mark', `\uFEFF${JSON.stringify(GOOD)}`, '400 invalid_client_metadata'],
      ['D04 a depth of 10,000', `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}`, '400 invalid_client_metadata'],
      ['D04 nothing', '', '400 invalid_client_metadata'],
      ['D06 a name of 10 KB', { ...GOOD, client_name: 'x'.repeat(10_000) }, '400 invalid_client_metadata'],
      ['D06 a name that is no text', { ...GOOD, client_name: { evil: true } }, '400 invalid_client_metadata'],
      ['D08 javascript in mixed case', uri('JavaScript:alert(1)'), '400 invalid_redirect_uri'],
      ['D08 a scheme behind a blank', uri(' javascript:alert(1)'), '400 invalid_redirect_uri'],
      ['D08 a scheme with a newline', uri('java\nscript:alert(1)'), '400 invalid_redirect_uri'],
      ['D08 data', uri('data:text/html,x'), '400 invalid_redirect_uri'],
      ['D09 http', uri('http://client.example.com/cb'), '400 invalid_redirect_uri'],
      ['D09 a wildcard', uri('https://*.example.com/cb'), '400 invalid_redirect_uri'],
      ['D09 userinfo', uri('https://u:p@client.example.com/cb'), '400 invalid_redirect_uri'],
      ['D09 a fragment', uri(`${REDIRECT_URI}#x`), '400 invalid_redirect_uri'],
      ['D09 a private address', uri('https://10.0.0.1/cb'), '400 invalid_redirect_uri'],
      ['D09 a trailing dot', uri('http://localhost./cb'), '400 invalid_redirect_uri'],
      ['one bad redirect URI among good ones', { ...GOOD, redirect_uris: [REDIRECT_URI, 'ftp://x/'] }, '400 invalid_redirect_uri'],
      ['D12 client_secret_jwt', { ...GOOD, token_endpoint_auth_method: 'client_secret_jwt' }, '400 invalid_client_metadata'],
      ['D12 a method of the wrong type', { ...GOOD, token_endpoint_auth_method: 1 }, '400 invalid_client_metadata'],
      ['D14 no authorization_code', { ...GOOD, grant_types: ['client_credentials'] }, '400 invalid_client_metadata'],
      ['D15 a scope with a quote', { ...GOOD, scope: 'read "' }, '400 invalid_client_metadata'],
      [
        'D18 a private key',
        { ...GOOD, jwks: { keys: [{ kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' }] } },
        '400 invalid_client_metadata',
      ],
      ...[{}, { jwks: { keys: [] } }, { jwks_uri: 'http://client.example.com/jwks' }, { jwks_uri: 'https://10.0.0.1/jwks' }].map(
        (keys): [string, unknown, string] => [
          `D18 private_key_jwt with ${JSON.stringify(keys)}`,
          { ...GOOD, token_endpoint_auth_method: 'private_key_jwt', ...keys },
          '400 invalid_client_metadata',
        ],
      ),
    ])('%s', async (_, body, outcome) => {
      const before = await project.snapshot()
      const answer = await register(project, body, {})
      expect(outcomeOf(answer)).toBe(outcome)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await project.snapshot()).toBe(before)
    })

    it.each(['application/x-www-form-urlencoded', 'text/plain', 'application/json; charset=utf-16', '', 'application/json, text/html'])(
      'D05 the content type %j',
      async (type) => {
        const before = await project.snapshot()
        const answer = await register(project, GOOD, { 'content-type': type })
        expect(outcomeOf(answer)).toBe('400 invalid_client_metadata')
        expect(await project.snapshot()).toBe(before)
      },
    )

    it('D06 H10 answers names as data, never echoed in an error', async () => {
      const name = '<script>alert(1)</script>'
      expect((await register(open, { ...GOOD, client_name: name }, {})).body.client_name).toBe(name)
      const refused = await register(open, { ...GOOD, client_name: name, scope: '<zq9>"' }, {})
      expect(refused.text).not.toMatch(/alert|zq9/)
    })
  })
})

/** Registers with the project's secret. */
async function registered(project: TestProject, metadata: Record<string, unknown>): Promise<TestClient> {
  const { body } = await register(project, metadata)
  const [redirectUri = ''] = body.redirect_uris as string[]
  return { clientId: body.client_id ?? '', clientSecret: body.client_secret ?? null, method: 'none', redirectUri }
}
