import { beforeAll, describe, expect, it } from 'vitest'
import { answerOf, basic, FORM, type Form, newCode, type OAuthClient, oauthClient, outcomeOf, postForm } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject } from './target.ts'

const CREDENTIALS: Form = { grant_type: 'client_credentials' }

conformance('client authentication', (subject) => {
  let project: TestProject
  let machine: OAuthClient
  let open: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    machine = oauthClient(project, await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] }))
    open = oauthClient(project, await project.client())
  })
  const id = () => machine.clientId
  const secret = () => machine.clientSecret ?? ''
  const token = (form: Form, headers = {}) => postForm(project, '/api/oauth/token', { ...CREDENTIALS, ...form }, { headers })
  const byHeader = (header: string, form: Form = {}) => token(form, { authorization: header })
  const newMachine = async () =>
    oauthClient(project, await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] }))

  describe('is accepted', () => {
    it('by header or body, whichever of the two was registered', async () => {
      expect(outcomeOf(await byHeader(basic(id(), secret())))).toBe('200')
      expect(outcomeOf(await token({ client_id: id(), client_secret: secret() }))).toBe('200')
      const post = await project.client({ method: 'client_secret_post', grantTypes: ['client_credentials'] })
      expect(outcomeOf(await byHeader(basic(post.clientId, post.clientSecret ?? '')))).toBe('200')
    })

    it('CA05 raw and percent-encoded, with the scheme in any case', async () => {
      const encoded = (text: string) => Array.from(text, (character) => `%${character.charCodeAt(0).toString(16)}`).join('')
      expect(outcomeOf(await byHeader(basic(encodeURIComponent(id()), encodeURIComponent(secret()))))).toBe('200')
      expect(outcomeOf(await byHeader(basic(encoded(id()), encoded(secret()))))).toBe('200')
      expect(outcomeOf(await byHeader(basic(id(), secret()).replace('Basic', 'bAsIc')))).toBe('200')
    })

    it('with the same client_id beside the header, as the Python SDK sends it', async () => {
      expect(outcomeOf(await byHeader(basic(id(), secret()), { client_id: id() }))).toBe('200')
    })

    it('CA03 of a public client with an empty secret, by header or body: no value is not sent', async () => {
      const user = await project.user()
      for (const how of ['body', 'header'] as const) {
        const { redeem } = await newCode(project, open, { user })
        const grant = { ...redeem, grant_type: 'authorization_code' }
        const answer =
          how === 'body'
            ? await token({ ...grant, client_id: open.clientId, client_secret: '' })
            : await byHeader(basic(open.clientId, ''), grant)
        expect(outcomeOf(answer)).toBe('200')
      }
    })
  })

  describe('is refused, and nothing changes:', () => {
    const refused = async (
      work: () => Promise<{ status: number; body: { error?: string }; headers: Headers }>,
      outcome: string,
      challenge: boolean,
    ) => {
      const before = await project.snapshot()
      const answer = await work()
      expect(`${answer.status} ${answer.body.error}`).toBe(outcome)
      expect(answer.headers.get('www-authenticate')?.startsWith('Basic ') ?? false).toBe(challenge)
      expect(answer.headers.get('cache-control')).toBe('no-store')
      expect(await project.snapshot()).toBe(before)
    }

    it('CA01 a wrong secret in the header, with a challenge', () =>
      refused(() => byHeader(basic(id(), 'wrong')), '401 invalid_client', true))
    it('CA01 a wrong secret in the body, without one', () =>
      refused(() => token({ client_id: id(), client_secret: 'wrong' }), '401 invalid_client', false))
    it('CA01 half a secret', () => refused(() => byHeader(basic(id(), secret().slice(0, -1))), '401 invalid_client', true))
    it('no credentials at all', () => refused(() => token({}), '401 invalid_client', false))
    it('CA03 a confidential client without its secret', () => refused(() => token({ client_id: id() }), '401 invalid_client', false))
    it('CA03 a public client with a secret in the body', () =>
      refused(() => token({ client_id: open.clientId, client_secret: secret() }), '401 invalid_client', false))
    it('CA03 a public client with a secret in the header', () =>
      refused(() => byHeader(basic(open.clientId, 'x')), '401 invalid_client', true))
    it('CA07 a header and a body that name two clients', () =>
      refused(() => byHeader(basic(id(), secret()), { client_id: open.clientId }), '401 invalid_client', true))
    it('two methods at once', () =>
      refused(() => byHeader(basic(id(), secret()), { client_secret: secret() }), '400 invalid_request', false))
    it('CA17 an assertion of a wrong type', () =>
      refused(() => token({ client_id: id(), client_assertion: 'e30', client_assertion_type: 'urn:x' }), '401 invalid_client', false))
    it('CA17 a type without an assertion', () =>
      refused(() => token({ client_id: id(), client_assertion_type: 'urn:x' }), '400 invalid_request', false))
    it('CA17 a secret and half an assertion', () =>
      refused(() => token({ client_id: id(), client_secret: secret(), client_assertion_type: 'urn:x' }), '400 invalid_request', false))
    it('CA17 an assertion type twice', () => refused(() => token({ client_assertion_type: ['a', 'b'] }), '400 invalid_request', false))
    it('H04 the client_id twice', () =>
      refused(() => token({ client_id: [id(), id()], client_secret: secret() }), '400 invalid_request', false))

    it.each(['Basic', 'Basic ', 'Basic %', 'Basic eA==', 'Basic Og==', 'Basic OnNlY3JldA==', 'Basic a b', 'Bearer x', 'Digest x', 'x'])(
      'H12 the header %j',
      (header) => refused(() => byHeader(header), '401 invalid_client', true),
    )

    it('H12 a header of percent-encoding that is broken', () => refused(() => byHeader(basic('%zz', '%ff')), '401 invalid_client', true))
    it('H07 a header with NUL', () => refused(() => byHeader(basic(`${id()}%00`, secret())), '401 invalid_client', true))

    it('CA11 the secret of a client of another project', async () => {
      const other = await subject.target.project()
      const foreign = await other.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] })
      await refused(() => byHeader(basic(foreign.clientId, foreign.clientSecret ?? '')), '401 invalid_client', true)
      await refused(() => byHeader(basic(id(), foreign.clientSecret ?? '')), '401 invalid_client', true)
      expect(outcomeOf(await oauthClient(other, foreign).token(CREDENTIALS))).toBe('200')
    })

    it('a client that was revoked, even with its secret', async () => {
      const doomed = await newMachine()
      await project.revokeClient(doomed.clientId)
      await refused(() => doomed.token(CREDENTIALS), '401 invalid_client', true)
    })
  })

  it('CA08 an unknown client and a wrong secret look alike', async () => {
    const [unknown, wrong] = [await byHeader(basic('c_AAAAAAAAAAAAAAAAAAAAAA', 'wrong')), await byHeader(basic(id(), 'wrong'))]
    expect([unknown.status, unknown.text]).toEqual([wrong.status, wrong.text])
    expect(unknown.headers.get('www-authenticate')).toBe(wrong.headers.get('www-authenticate'))
  })

  it('CA01 twenty failures a minute close the door to guesses of this client, and to no other', async () => {
    const own = await newMachine()
    const guess = () => byHeader(basic(own.clientId, 'wrong'))
    const outcomes = (await Promise.all(Array.from({ length: 20 }, guess))).map(outcomeOf)
    expect(new Set(outcomes)).toEqual(new Set(['401 invalid_client']))
    const limited = await guess()
    expect(outcomeOf(limited)).toBe('429 temporarily_unavailable')
    expect(Number(limited.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(outcomeOf(await byHeader(basic(id(), 'wrong')))).toBe('401 invalid_client')
    expect(outcomeOf(await own.token(CREDENTIALS))).toBe('200') // strangers cannot lock it out
  })

  it('CA10 a rotated secret counts until its overlap ends, or not at all', async () => {
    const own = await newMachine()
    const second = await project.rotateClientSecret(own.clientId, 24)
    expect(outcomeOf(await own.token(CREDENTIALS))).toBe('200')
    expect(outcomeOf(await byHeader(basic(own.clientId, second)))).toBe('200')
    const third = await project.rotateClientSecret(own.clientId, 0)
    expect(outcomeOf(await own.token(CREDENTIALS))).toBe('401 invalid_client')
    expect(outcomeOf(await byHeader(basic(own.clientId, second)))).toBe('401 invalid_client')
    expect(outcomeOf(await byHeader(basic(own.clientId, third)))).toBe('200')
  })

  it.each(['registration', 'server'] as const)(
    'CA12 the project’s %s secret is no client secret, and its use is noted once',
    async (kind) => {
      const own = await subject.target.project()
      const client = await own.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] })
      const misused = kind === 'server' ? own.serverSecret : own.registrationSecret
      for (let i = 0; i < 2; i++) {
        const answer = await postForm(own, '/api/oauth/token', CREDENTIALS, { headers: { authorization: basic(client.clientId, misused) } })
        expect(outcomeOf(answer)).toBe('401 invalid_client')
      }
      const rows = (await own.audit()).filter(({ action }) => action === 'credential.misused')
      expect(rows).toHaveLength(1)
      expect(rows[0]?.detail).toMatchObject({ credential: `${kind}_secret`, used_as: 'client_secret' })
    },
  )

  it.each(['/api/oauth/revoke', '/api/oauth/introspect'])('%s asks for it as the token endpoint does', async (path) => {
    const post = (form: Form, headers = {}) => postForm(project, path, { token: 'x', ...form }, { headers })
    expect(outcomeOf(await post({}, { authorization: basic(id(), secret()) }))).toBe('200')
    expect(outcomeOf(await post({ client_id: id(), client_secret: secret() }))).toBe('200')
    expect(outcomeOf(await post({}, { authorization: basic(id(), 'wrong') }))).toBe('401 invalid_client')
    expect(outcomeOf(await post({}))).toBe('401 invalid_client')
  })

  it('is asked for before the grant is looked at', async () => {
    expect(outcomeOf(await token({ client_id: id(), grant_type: 'authorization_code', code: 'x' }))).toBe('401 invalid_client')
    expect(outcomeOf(await token({ client_id: id(), client_secret: secret(), grant_type: 'password' }))).toBe('400 unsupported_grant_type')
    expect(outcomeOf(await token({ grant_type: undefined }))).toBe('400 invalid_request')
    const empty = await answerOf(await project.fetch('/api/oauth/token', { method: 'POST', headers: FORM, body: '' }))
    expect(outcomeOf(empty)).toBe('400 invalid_request')
  })
})
