import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { AUTHORIZATION_PARAMETERS } from '../authorization-parameters.ts'
import { DEVICE_CODE, JWT_BEARER, TOKEN_EXCHANGE } from '../grant-type.ts'
import { Parameters } from '../parameters.ts'
import { callOf, filled, type Values } from '../reference/call.ts'
import type { Entry } from '../reference/entry.ts'
import { reference } from '../reference/reference.ts'
import { clientKey } from './client-key.ts'
import { exactClock } from './dpop-key.ts'
import { answerOf, connect, newCode, type OAuthClient, oauthClient, outcomeOf, pkcePair, register } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject, TestUser } from './target.ts'

const IDP = 'https://acme.idp.example'
const PLATFORM = 'https://token.actions.example.com'
const RULES = [{ claims: { repository: 'acme/notes' }, scopes: ['read', 'write'] }]
const GRANTS = ['authorization_code', 'refresh_token', DEVICE_CODE]

/** In a store of their own: `lib/end-user` has their tests. */
const WITH_DATABASE = ['handoff', 'upstream-token']
const entries = reference.filter(({ id }) => !WITH_DATABASE.includes(id)).map((entry) => [entry.id, entry] as const)

conformance('the reference', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  let makers: Readonly<Record<string, () => Promise<string>>>

  beforeAll(async () => {
    const on = { clientCredentials: true, tokenExchange: true, enterpriseAuthorization: true, workloadIdentity: true, pushedRequests: true }
    project = await subject.target.project({ ...on, deviceGrant: true, openidConnect: true, dpop: 'on', tokenType: 'Bearer' })
    user = await project.user()
    client = oauthClient(project, await project.client({ grantTypes: GRANTS }))
    const confidential = await project.client({
      method: 'client_secret_basic',
      grantTypes: ['client_credentials', JWT_BEARER, TOKEN_EXCHANGE],
    })
    const [idp, platform] = await Promise.all([clientKey(), clientKey('RS256')])
    await project.trust({ kind: 'id-jag', issuer: IDP, jwks: { keys: [idp.jwk] } })
    await project.trust({ kind: 'workload', issuer: PLATFORM, jwks: { keys: [platform.jwk] }, rules: RULES })
    const now = await exactClock(subject.target, project)
    const noted = (secret: string): string => {
      subject.target.remember(secret)
      return secret
    }
    const introduced = await register(project, {
      client_name: 'Notes desktop',
      redirect_uris: ['http://127.0.0.1/callback'],
      token_endpoint_auth_method: 'none',
    })
    const code = await newCode(project, client, { user })
    const sameForAll = { iat: now(), exp: now() + 300 }

    makers = {
      issuer: async () => project.issuer,
      resource: async () => project.resource,
      scope: async () => 'read write',
      state: async () => 'xyz',
      client_id: async () => client.clientId,
      registered_client_id: async () => introduced.body.client_id ?? '',
      confidential_client_id: async () => confidential.clientId,
      client_secret: async () => confidential.clientSecret ?? '',
      redirect_uri: async () => client.redirectUri,
      server_secret: async () => project.serverSecret,
      registration_secret: async () => project.registrationSecret,
      registration_access_token: async () => String(introduced.body.registration_access_token),
      code_challenge: async () => pkcePair().challenge,
      code: async () => code.code,
      code_verifier: async () => code.verifier,
      access_token: async () => (await connect(project, client, { user })).access,
      refresh_token: async () => (await connect(project, client, { user })).refresh,
      openid_access_token: async () => (await connect(project, client, { user }, { scope: 'openid email' })).access,
      device_code: allowedDevice,
      id_jag: async () =>
        noted(
          await idp.sign(
            {
              ...{ ...sameForAll, jti: randomUUID(), iss: IDP, sub: 'U1', aud: project.issuer, resource: project.resource },
              ...{ client_id: confidential.clientId, scope: 'read write' },
            },
            { typ: 'oauth-id-jag+jwt' },
          ),
        ),
      workload_token: async () =>
        noted(
          await platform.sign({
            ...sameForAll,
            jti: randomUUID(),
            iss: PLATFORM,
            sub: 'job',
            repository: 'acme/notes',
            aud: project.issuer,
          }),
        ),
    }
  })

  async function allowedDevice(): Promise<string> {
    const { device_code = '', user_code = '' } = (await client.device()).body
    subject.target.remember(user_code.replace('-', ''))
    const browser = project.browser()
    const typed = await browser.form(`${project.issuer}/device`)
    const to = (await browser.post('/oauth/device', { ...typed.fields, user_code })).headers.get('location') ?? ''
    const form = await browser.form(await browser.signIn(to, user))
    await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes })
    return device_code
  }

  /** Of what an example names, no more: some values are good for one use. */
  async function valuesFor({ id, example, path }: Entry): Promise<Values> {
    const names = [...`${JSON.stringify(example)}${path}`.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    const pairs = names.map(async (name): Promise<[string, string]> => {
      const maker = makers[id.startsWith('registration-') && name === 'client_id' ? 'registered_client_id' : name]
      if (!maker) throw new Error(`what is {${name}}?`)
      return [name, await maker()]
    })
    return Object.fromEntries(await Promise.all(pairs))
  }

  const ask = async (entry: Entry, values: Values, further: Values = {}) => {
    const { bearer, fields } = filled(entry, values)
    const call = callOf(entry, project.issuer, { bearer, fields: { ...fields, ...further } }, values.client_id)
    return project.fetch(call.url, { method: call.method, headers: call.headers, ...(call.body === null ? {} : { body: call.body }) })
  }

  it.each(entries)('%s: its example is answered as it says', async (_id, entry) => {
    const answered = await answerOf(await ask(entry, await valuesFor(entry)))
    expect(outcomeOf(answered)).toBe(String(entry.answer.status))
    const { headers, text, body } = answered
    subject.target.remember(
      ...['client_secret', 'registration_access_token', 'request_uri'].map((name) => body[name] as string | undefined),
    )
    if (entry.answer.location) return expect(headers.get('location')).toMatch(new RegExp(`^${project.issuer}/sign-in\\?request=`))
    if (entry.answer.body === null) return expect(text).toBe('')
    const shown = Object.keys(entry.answer.body).toSorted()
    // A metadata document has more to say than an example.
    if (entry.group === 'Discovery') return expect(Object.keys(body)).toEqual(expect.arrayContaining(shown))
    expect(Object.keys(body).toSorted()).toEqual(shown)
  })

  describe('its parameters', () => {
    /** Names that the handler asked its parameters for. */
    async function readBy(work: () => Promise<unknown>): Promise<string[]> {
      const spies = [vi.spyOn(Parameters.prototype, 'get'), vi.spyOn(Parameters.prototype, 'all')]
      await work()
      const names = spies.flatMap(({ mock }) => mock.calls.map(([name]) => name))
      for (const spy of spies) spy.mockRestore()
      return names
    }

    type Variant = { readonly entry: Entry; readonly further: Values }

    /** Some parameters are read only where others say so, or by one of several callers. */
    async function variantsOf(entry: Entry): Promise<readonly Variant[]> {
      const { bearer, ...example } = entry.example
      const asClient = { client_id: await made('confidential_client_id'), client_secret: await made('client_secret') }
      return [
        { entry, further: {} },
        ...(entry.group === 'Authorization' ? [{ entry, further: { scope: 'openid', nonce: 'n' } }] : []),
        ...(bearer && entry.callers.includes('confidential-client') ? [{ entry: { ...entry, example }, further: asClient }] : []),
      ]
    }
    const made = async (name: string): Promise<string> => (await makers[name]?.()) ?? ''

    const read = entries.filter(([, { body }]) => body === 'form' || body === 'query')
    /** Read in order to be refused: nobody can use them. */
    const REFUSED: Readonly<Record<string, readonly string[]>> = { authorize: ['request'], par: ['request', 'request_uri'] }

    it.each(read)('%s: are those that its handler reads', async (id, entry) => {
      if (subject.target.door !== 'in-process') return
      const names: string[] = []
      for (const variant of await variantsOf(entry)) {
        const values = await valuesFor(variant.entry)
        names.push(...(await readBy(() => ask(variant.entry, values, variant.further))))
      }
      const taken = [...new Set(names)].filter((name) => !REFUSED[id]?.includes(name))
      expect(taken.toSorted()).toEqual(entry.fields.map(({ name }) => name).toSorted())
    })

    it('of an authorization request are all that may be pushed', () => {
      const par = reference.find(({ id }) => id === 'par')?.fields.map(({ name }) => name) ?? []
      expect(par).toEqual(expect.arrayContaining([...AUTHORIZATION_PARAMETERS]))
    })
  })
})
