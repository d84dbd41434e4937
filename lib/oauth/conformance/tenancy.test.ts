import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, type JSONWebKeySet, jwtVerify } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { endpoints } from '../endpoints.ts'
import { KINDS } from './credentials.ts'
import {
  answerOf,
  basic,
  connect,
  FORM,
  type Form,
  introspect,
  isActive,
  newCode,
  oauthClient,
  outcomeOf,
  pkcePair,
  postForm,
  redirectOf,
  tokensOf,
} from './oauth-client.ts'
import { JWT_BEARER_CLIENT, PLACES, type PlaceName, placeNames } from './places.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI } from './target.ts'
import { newTenant, type Tenant } from './tenant.ts'

/** What a refusal may leave behind. */
const NOTES = new Set([
  'cross_tenant.used',
  'credential.misused',
  'exchange.refused',
  'assertion.refused',
  'registration_token.misused',
  'metadata.fetched',
  'token.introspected',
])

conformance('tenancy', (subject) => {
  let a: Tenant
  let b: Tenant
  beforeAll(async () => {
    a = await newTenant(subject.target)
    b = await newTenant(subject.target)
  })

  it('T01 T07 every endpoint that reads a credential is a place of the matrices below', () => {
    const asked = new Set<string>(placeNames.map((place) => PLACES[place].endpoint))
    expect(Object.keys(endpoints).filter((name) => !asked.has(name))).toEqual(['metadata', 'openid', 'jwks'])
  })

  /** Five kinds share one: as many failed authentications a minute are not yet a flood. */
  const tenants = new Map<string, Promise<Tenant>>()
  const tenantFor = (matrix: 'T01' | 'T07', kind: string): Promise<Tenant> => {
    const key = `${matrix} ${Math.floor(Object.keys(KINDS).indexOf(kind) / 5)}`
    const tenant = tenants.get(key) ?? newTenant(subject.target)
    tenants.set(key, tenant)
    return tenant
  }

  describe.each(Object.entries(KINDS))('T01 %s of another project', (name, kind) => {
    it('is refused in every field of every endpoint here, and as good as before there', async () => {
      const here = await tenantFor('T01', name)
      const { value, works } = await kind.make(a)
      const before = await a.project.snapshot()
      await expectRefusedIn(placeNames, value, here)
      expect(await a.project.snapshot()).toBe(before)
      expect(await works()).toBe(true)
    })
  })

  describe.each(Object.entries(KINDS))('T07 %s', (name, kind) => {
    it('passes for nothing else, in no field of any endpoint, and is as good as before', async () => {
      const own = await tenantFor('T07', name)
      const { value, works } = await kind.make(own)
      await expectRefusedIn(
        placeNames.filter((place) => !kind.belongs.includes(place)),
        value,
        own,
      )
      expect(await works()).toBe(true)
    })
  })

  /** Each with an answer that this place gives, and without leaving anything but a note. */
  async function expectRefusedIn(places: readonly PlaceName[], value: string, at: Tenant): Promise<void> {
    expect(value.length).toBeGreaterThan(7)
    const rows = async () => (await at.project.audit()).map(({ action }) => action).filter((action) => !NOTES.has(action))
    const before = await rows()
    for (const place of places) {
      const { put, refusals } = PLACES[place]
      expect(refusals, place).toContain(await put(value, at))
    }
    expect(await rows()).toEqual(before)
  }

  describe('T01 K24 a whole browser of another project', () => {
    it('with session, request handle and CSRF token answers nothing here, under whichever name its cookies come', async () => {
      const own = await newTenant(subject.target)
      const { browser, form } = own.pending
      const before = await own.project.snapshot()
      for (const cookie of [browser.cookies(), browser.cookies().replaceAll(own.project.slug, b.project.slug)]) {
        const response = await b.project.fetch('/oauth/consent', {
          method: 'POST',
          headers: { cookie, ...FORM, origin: new URL(b.project.issuer).origin },
          body: new URLSearchParams({ ...form.fields, decision: 'allow', scope: 'read' }).toString(),
        })
        expect(redirectOf(response, REDIRECT_URI).kind.startsWith('RED')).toBe(false)
      }
      expect(await own.project.snapshot()).toBe(before)
      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: 'read' })
      expect(redirectOf(answered, REDIRECT_URI).kind).toBe('RED code')
    })

    it('K23 that is signed in there is asked to sign in here', async () => {
      const { browser } = a.pending
      const url = b.client.authorizeUrl(pkcePair().challenge)
      const response = await b.project.fetch(url, { headers: { cookie: browser.cookies() } })
      expect(response.headers.get('location')?.startsWith(`${b.project.issuer}/sign-in`)).toBe(true)
    })
  })

  it('T01 a client whose id is the URL of its document has at each project what it was given there, and no more', async () => {
    const site = await subject.target.site()
    const clientId = site.url('/client.json')
    const document = { client_id: clientId, client_name: 'Everywhere', redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' }
    site.publish('/client.json', { body: document })
    const known = { clientId, clientSecret: null, method: 'none', redirectUri: REDIRECT_URI } as const
    const [here, there] = [oauthClient(b.project, known), oauthClient(a.project, known)]
    const connected = await connect(a.project, there, { user: a.user })
    const made = await newCode(a.project, there, { user: a.user })
    await newCode(b.project, here, { user: b.user })
    expect(outcomeOf(await here.redeem(made.redeem))).toBe('400 invalid_grant')
    expect(outcomeOf(await here.refresh(connected.refresh))).toBe('400 invalid_grant')
    for (const token of [connected.refresh, connected.access]) expect(outcomeOf(await here.revoke(token))).toBe('200')
    expect((await introspect(b.project, connected.access)).text).toBe('{"active":false}')
    expect(await isActive(a.project, connected.access)).toBe(true)
    expect(outcomeOf(await there.redeem(made.redeem))).toBe('200')
    expect(outcomeOf(await there.refresh(connected.refresh))).toBe('200')
  })

  it('T01 the jti of an assertion that was used there is not used up here', async () => {
    const jti = `shared-${a.project.slug}`
    const use = async ({ project, registered }: Tenant) => {
      const client_assertion = await registered.assertion({ jti })
      const form = { grant_type: 'refresh_token', refresh_token: 'gate_rt_x', client_assertion, client_assertion_type: JWT_BEARER_CLIENT }
      const twice = [await postForm(project, '/api/oauth/token', form), await postForm(project, '/api/oauth/token', form)]
      return twice.map(outcomeOf)
    }
    expect([await use(a), await use(b)]).toEqual([
      ['400 invalid_grant', '401 invalid_client'],
      ['400 invalid_grant', '401 invalid_client'],
    ])
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
    const { project, client, user, connected } = await newTenant(subject.target)
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

  it('B25 speaks at a host of its own exactly as below the shared one, and an unknown host is nobody', async () => {
    const { project, machine, client } = await newTenant(subject.target)
    const own = await project.twin(`login.${project.slug}.example`)
    const metadata = (await answerOf(await own.fetch('/.well-known/oauth-authorization-server'))).body
    expect([metadata.issuer, metadata.token_endpoint]).toEqual([own.issuer, `${own.issuer}/api/oauth/token`])
    const { access } = tokensOf(await oauthClient(own, machine).token({ grant_type: 'client_credentials' }))
    expect([decodeJwt(access).iss, await isActive(own, access), await isActive(project, access)]).toEqual([own.issuer, true, false])
    const opened = await own.fetch(oauthClient(own, client).authorizeUrl('c'.repeat(43)).replace(own.issuer, ''))
    expect(opened.headers.get('location')?.startsWith(`${own.issuer}/sign-in?`)).toBe(true)
    expect((await project.fetch(`${own.issuer.replace('login.', 'other.')}/.well-known/oauth-authorization-server`)).status).toBe(404)
  })

  it('T08 ten thousand requests of two projects at once never mix', async () => {
    // Over HTTP it is a socket each; what they could mix up in a process is the same.
    const [rounds, atOnce] = subject.target.door === 'in-process' ? [2_500, 250] : [100, 10]
    const ask = async ({ project, machine, connected }: Tenant) => {
      const [metadata, token, introspected, consent] = await Promise.all([
        project.fetch('/.well-known/oauth-authorization-server').then(answerOf),
        machine.token({ grant_type: 'client_credentials' }),
        introspect(project, connected.access),
        project.fetch(machine.authorizeUrl('c'.repeat(43), { scope: '"' })),
      ])
      const { iss, aud, client_id } = decodeJwt(tokensOf(token).access)
      const redirected = new URL(consent.headers.get('location') ?? 'about:blank').searchParams.get('iss')
      return [metadata.body.issuer, iss, aud, client_id, introspected.body.iss, introspected.body.sub, redirected]
    }
    const asked = Array.from({ length: rounds }, (_, i) => (i % 2 === 0 ? a : b))
    for (let from = 0; from < rounds; from += atOnce) {
      const together = asked.slice(from, from + atOnce)
      expect(await Promise.all(together.map(ask))).toEqual(
        together.map(({ project: { issuer, resource }, machine, user }) => [
          issuer,
          issuer,
          resource,
          machine.clientId,
          issuer,
          user.id,
          issuer,
        ]),
      )
    }
  }, 120_000)
})
