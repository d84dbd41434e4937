import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { TOKEN_EXCHANGE } from '../grants/token-exchange.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'
import {
  answerOf,
  basic,
  bearer,
  type Connection,
  connect,
  type Form,
  introspect,
  isActive,
  newCode,
  type OAuthClient,
  oauthClient,
  openConsent,
  outcomeOf,
  pageOf,
  pkcePair,
  postForm,
  postJson,
  redirectOf,
  register,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

type Tenant = { project: TestProject; user: TestUser; client: OAuthClient; machine: OAuthClient; connected: Connection }

conformance('tenancy', (subject) => {
  let a: Tenant
  let b: Tenant
  const newTenant = async (): Promise<Tenant> => {
    const project = await subject.target.project()
    const user = await project.user()
    const client = oauthClient(project, await project.client())
    const machine = oauthClient(project, await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] }))
    return { project, user, client, machine, connected: await connect(project, client, { user }) }
  }
  beforeAll(async () => {
    a = await newTenant()
    b = await newTenant()
  })

  describe('T01 of another project is worth nothing here, and as much as before there:', () => {
    it('a code, by a client of here or by its own', async () => {
      const made = await newCode(a.project, a.client, { user: a.user })
      const before = await a.project.snapshot()
      expect(outcomeOf(await b.client.redeem(made.redeem))).toBe('400 invalid_grant')
      expect(outcomeOf(await oauthClient(b.project, a.client).redeem(made.redeem))).toBe('401 invalid_client')
      expect(await a.project.snapshot()).toBe(before)
      expect(outcomeOf(await a.client.redeem(made.redeem))).toBe('200')
    })

    it('a refresh token, by a client of here or by its own', async () => {
      const before = await a.project.snapshot()
      expect(outcomeOf(await b.client.refresh(a.connected.refresh))).toBe('400 invalid_grant')
      expect(outcomeOf(await oauthClient(b.project, a.client).refresh(a.connected.refresh))).toBe('401 invalid_client')
      expect(await a.project.snapshot()).toBe(before)
    })

    it('an access token, to introspect, to revoke and to exchange', async () => {
      const { access } = a.connected
      expect((await introspect(b.project, access)).text).toBe('{"active":false}')
      expect(outcomeOf(await b.client.revoke(access))).toBe('200')
      const form = { grant_type: TOKEN_EXCHANGE, subject_token: access, subject_token_type: ACCESS_TOKEN_TYPE }
      expect(outcomeOf(await postForm(b.project, '/api/oauth/token', form, { headers: bearer(b.project.serverSecret) }))).toBe(
        '400 invalid_request',
      )
      expect(await isActive(a.project, access)).toBe(true)
    })

    it('a client id with its secret', async () => {
      const stranger = oauthClient(b.project, a.machine)
      expect(outcomeOf(await stranger.token({ grant_type: 'client_credentials' }))).toBe('401 invalid_client')
      expect(pageOf(await b.project.fetch(oauthClient(b.project, a.client).authorizeUrl(pkcePair().challenge)))).toBe('PAGE 400')
      expect(outcomeOf(await a.machine.token({ grant_type: 'client_credentials' }))).toBe('200')
    })

    it('a registration secret', async () => {
      const before = await b.project.snapshot()
      expect(outcomeOf(await register(b.project, { redirect_uris: [REDIRECT_URI] }, bearer(a.project.registrationSecret)))).toBe(
        '401 invalid_token',
      )
      expect(await b.project.snapshot()).toBe(before)
    })

    it('a server secret', async () => {
      const headers = bearer(a.project.serverSecret)
      const before = await b.project.snapshot()
      expect(outcomeOf(await postJson(b.project, '/api/oauth/token/exchange', { user_id: 'u' }, headers))).toBe('401 invalid_client')
      expect(outcomeOf(await postForm(b.project, '/api/oauth/introspect', { token: b.connected.access }, { headers }))).toBe(
        '401 invalid_client',
      )
      expect(await b.project.snapshot()).toBe(before)
    })

    it('a session, a request handle and a CSRF token', async () => {
      const browser = a.project.browser()
      const url = await openConsent(a.project, a.client.authorizeUrl(pkcePair().challenge), { user: a.user, browser })
      const { fields } = await browser.form(url)
      const before = await a.project.snapshot()
      for (const cookie of [browser.cookies(), browser.cookies().replaceAll(a.project.slug, b.project.slug)]) {
        const response = await b.project.fetch('/oauth/consent', {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: new URL(b.project.issuer).origin },
          body: new URLSearchParams({ ...fields, decision: 'allow', scope: 'read' }).toString(),
        })
        expect(redirectOf(response, REDIRECT_URI).kind.startsWith('RED')).toBe(false)
      }
      expect(await a.project.snapshot()).toBe(before)
      const answered = await browser.post('/oauth/consent', { ...fields, decision: 'allow', scope: 'read' })
      expect(redirectOf(answered, REDIRECT_URI).kind).toBe('RED code')
    })

    it('a session: who is signed in there is asked to sign in here', async () => {
      const browser = a.project.browser()
      await openConsent(a.project, a.client.authorizeUrl(pkcePair().challenge), { user: a.user, browser })
      const url = b.client.authorizeUrl(pkcePair().challenge)
      const response = await b.project.fetch(url, { headers: { cookie: browser.cookies() } })
      expect(response.headers.get('location')?.startsWith(`${b.project.issuer}/sign-in`)).toBe(true)
    })
  })

  it('T03 the project is the path’s, whatever body, headers and cookies say', async () => {
    const headers = {
      'x-project-id': a.project.slug,
      'x-project': a.project.slug,
      'x-tenant': a.project.slug,
      'x-forwarded-prefix': `/p/${a.project.slug}`,
      'x-original-url': `/p/${a.project.slug}/api/oauth/token`,
      'x-rewrite-url': `/p/${a.project.slug}/api/oauth/token`,
      cookie: `project=${a.project.slug}`,
      authorization: basic(b.machine.clientId, b.machine.clientSecret ?? ''),
    }
    const form: Form = {
      grant_type: 'client_credentials',
      projectId: a.project.slug,
      project: a.project.slug,
      issuer: a.project.issuer,
      iss: a.project.issuer,
    }
    const answer = await postForm(b.project, `/api/oauth/token?project=${a.project.slug}`, form, { headers })
    expect(decodeJwt(tokensOf(answer).access)).toMatchObject({ iss: b.project.issuer, aud: b.project.resource })
  })

  describe('J01 a token', () => {
    it('verifies with the keys of its own project and no other', async () => {
      const keysOf = async ({ project }: Tenant) =>
        (await answerOf(await project.fetch('/.well-known/jwks.json'))).body as unknown as JSONWebKeySet
      const [mine, theirs] = [await keysOf(a), await keysOf(b)]
      const options = {
        issuer: a.project.issuer,
        audience: a.project.resource,
        typ: 'at+jwt',
        currentDate: new Date(1000 * Number(decodeJwt(a.connected.access).iat)),
      }
      const verified = await jwtVerify(a.connected.access, createLocalJWKSet(mine), options)
      expect(verified.payload.sub).toBe(a.user.id)
      await expect(jwtVerify(a.connected.access, createLocalJWKSet(theirs), options)).rejects.toThrow()
      // also where somebody copied the key id
      const copied = { keys: theirs.keys.map((key) => ({ ...key, kid: String(decodeProtectedHeader(a.connected.access).kid) })) }
      await expect(jwtVerify(a.connected.access, createLocalJWKSet({ keys: copied.keys.slice(0, 1) }), options)).rejects.toThrow()
    })

    it('J03 is for its own resource only', async () => {
      const { keys } = (await answerOf(await a.project.fetch('/.well-known/jwks.json'))).body as unknown as JSONWebKeySet
      const options = { audience: b.project.resource, currentDate: new Date(1000 * Number(decodeJwt(a.connected.access).iat)) }
      await expect(jwtVerify(a.connected.access, createLocalJWKSet({ keys }), options)).rejects.toThrow(/aud/)
    })
  })

  it('what was authorized at one issuer of a project is worth nothing at another of its own, and as much as before', async () => {
    const { project, client, user, connected } = await newTenant()
    const twin = await project.twin()
    const elsewhere = oauthClient(twin, client)
    expect((await answerOf(await twin.fetch('/.well-known/oauth-authorization-server'))).body.issuer).toBe(twin.issuer)

    const made = await newCode(project, client, { user })
    expect(outcomeOf(await elsewhere.redeem(made.redeem))).toBe('400 invalid_grant')
    expect(outcomeOf(await client.redeem(made.redeem))).toBe('200')
    expect(outcomeOf(await elsewhere.refresh(connected.refresh))).toBe('400 invalid_grant')
    expect(outcomeOf(await client.refresh(connected.refresh))).toBe('200')
    expect((await introspect(twin, connected.access)).text).toBe('{"active":false}')
    expect(await isActive(project, connected.access)).toBe(true)
  })

  it('T07 no kind of credential passes for another', async () => {
    const { connected, project, client, machine } = a
    const { code } = await newCode(project, client, { user: a.user })
    const kinds = [code, connected.refresh, connected.access, machine.clientSecret ?? '', project.registrationSecret, project.serverSecret]
    const outcomes: string[] = []
    for (const kind of kinds) {
      if (kind !== code)
        outcomes.push(outcomeOf(await client.redeem({ code: kind, code_verifier: connected.verifier, redirect_uri: REDIRECT_URI })))
      if (kind !== connected.refresh) outcomes.push(outcomeOf(await client.refresh(kind)))
      if (kind !== machine.clientSecret) {
        const headers = { authorization: basic(machine.clientId, kind) }
        outcomes.push(outcomeOf(await postForm(project, '/api/oauth/token', { grant_type: 'client_credentials' }, { headers })))
      }
      if (kind !== project.registrationSecret)
        outcomes.push(outcomeOf(await register(project, { redirect_uris: [REDIRECT_URI] }, bearer(kind))))
      if (kind !== project.serverSecret) {
        outcomes.push(outcomeOf(await postJson(project, '/api/oauth/token/exchange', { user_id: 'u' }, bearer(kind))))
        outcomes.push(outcomeOf(await postForm(project, '/api/oauth/introspect', { token: 'x' }, { headers: bearer(kind) })))
      }
      if (kind !== connected.access) outcomes.push((await introspect(project, kind)).text)
    }
    expect(new Set(outcomes)).toEqual(new Set(['400 invalid_grant', '401 invalid_client', '401 invalid_token', '{"active":false}']))
    expect(outcomeOf(await client.refresh(connected.refresh))).toBe('200')
  })

  it('T08 requests of two projects at once never mix', async () => {
    const ask = async ({ project, machine }: Tenant) => {
      const [metadata, token] = await Promise.all([
        project.fetch('/.well-known/oauth-authorization-server').then(answerOf),
        machine.token({ grant_type: 'client_credentials' }),
      ])
      return [metadata.body.issuer, decodeJwt(tokensOf(token).access).iss, decodeJwt(tokensOf(token).access).aud]
    }
    const asked = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? a : b))
    const answers = await Promise.all(asked.map(ask))
    expect(answers).toEqual(asked.map(({ project }) => [project.issuer, project.issuer, project.resource]))
  })
})
