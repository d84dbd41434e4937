import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as oauth from 'oauth4webapi'
import * as openid from 'openid-client'
import { expect, test } from './fixtures.ts'
import { commandLine, commandLineJson } from './support/command-line.ts'
import { callWithInspector, newMemory, throughMcpRemote } from './support/command-line-clients.ts'
import { callTool } from './support/mcp-client.ts'
import type { Project } from './support/project.ts'

// Published clients, unchanged, against an issuer on http: the one thing they have to be told is that this is a laptop.

const REDIRECT = 'http://127.0.0.1:8976/callback'
const INSECURE = { [oauth.allowInsecureRequests]: true } as const

type Made = { readonly client_id: string; readonly client_secret: string | null }
const newClient = ({ slug }: Project, ...flags: readonly string[]): Promise<Made> =>
  commandLineJson(['client', 'create', '--project', slug, '--name', 'Made by hand', '--redirect-uri', REDIRECT, ...flags])

const openRegistration = async ({ slug }: Project): Promise<void> => {
  const { status, stderr } = await commandLine(['project', 'set', '--project', slug, '--registration', 'open'])
  if (status !== 0) throw new Error(stderr)
}

/** A client of the project that proves itself with a key: its private part, as both libraries take it. */
async function keyHolder(project: Project, ...flags: readonly string[]): Promise<{ made: Made; key: CryptoKey; kid: string }> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const kid = 'real-clients'
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'gatehouse-keys-')), 'jwks.json')
  writeFileSync(file, JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'ES256', use: 'sig' }] }))
  const made = await newClient(project, '--method', 'private_key_jwt', '--jwks', file, ...flags)
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const
  const key = await crypto.subtle.importKey('jwk', privateKey.export({ format: 'jwk' }), algorithm, false, ['sign'])
  return { made, key, kid }
}

test.describe('oauth4webapi', () => {
  type Used = { readonly client: oauth.Client; readonly auth: oauth.ClientAuth }

  async function discover(project: Project, algorithm: 'oauth2' | 'oidc' = 'oauth2'): Promise<oauth.AuthorizationServer> {
    const issuer = new URL(project.issuer)
    return oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...INSECURE }))
  }

  /** From the authorization URL to checked tokens. */
  async function authorize(
    as: oauth.AuthorizationServer,
    { client, auth }: Used,
    resource: string,
    person: { answer(url: string): Promise<URL> },
  ): Promise<oauth.TokenEndpointResponse> {
    const verifier = oauth.generateRandomCodeVerifier()
    const state = oauth.generateRandomState()
    const url = new URL(as.authorization_endpoint ?? '')
    const parameters = {
      response_type: 'code',
      client_id: client.client_id,
      redirect_uri: REDIRECT,
      scope: 'read offline_access',
      state,
      resource,
    }
    const proof = { code_challenge: await oauth.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' }
    for (const [name, value] of Object.entries({ ...parameters, ...proof })) url.searchParams.set(name, value)
    const answer = oauth.validateAuthResponse(as, client, await person.answer(url.href), state)
    const response = await oauth.authorizationCodeGrantRequest(as, client, auth, answer, REDIRECT, verifier, INSECURE)
    return oauth.processAuthorizationCodeResponse(as, client, response)
  }

  for (const algorithm of ['oauth2', 'oidc'] as const) {
    test(`finds the issuer by the rules of ${algorithm}`, async ({ project }) => {
      const as = await discover(project, algorithm)
      expect(as).toMatchObject({ issuer: project.issuer, authorization_response_iss_parameter_supported: true })
    })
  }

  test('registers, gets a code with PKCE, a token it calls a good one, refreshes and revokes', async ({ project, visitor }) => {
    const as = await discover(project)
    const client = await oauth.processDynamicClientRegistrationResponse(
      await oauth.dynamicClientRegistrationRequest(
        as,
        { redirect_uris: [REDIRECT], token_endpoint_auth_method: 'client_secret_basic', client_name: 'oauth4webapi' },
        { initialAccessToken: project.registration_secret, ...INSECURE },
      ),
    )
    const auth = oauth.ClientSecretBasic(String(client.client_secret))
    const first = await authorize(as, { client, auth }, project.resource, visitor)
    expect(first).toMatchObject({ token_type: 'bearer', scope: 'read offline_access' })

    const call = new Request(project.resource, { headers: { authorization: `Bearer ${first.access_token}` } })
    const claims = await oauth.validateJwtAccessToken(as, call, project.resource, INSECURE)
    expect(claims).toMatchObject({ iss: project.issuer, client_id: client.client_id, scope: 'read offline_access' })

    const refreshed = await oauth.refreshTokenGrantRequest(as, client, auth, String(first.refresh_token), INSECURE)
    const second = await oauth.processRefreshTokenResponse(as, client, refreshed)
    expect(second.refresh_token).not.toBe(first.refresh_token)

    const token = second.access_token
    const introspected = async () =>
      oauth.processIntrospectionResponse(as, client, await oauth.introspectionRequest(as, client, auth, token, INSECURE))
    expect(await introspected()).toMatchObject({ active: true, sub: claims.sub, aud: project.resource })
    await oauth.processRevocationResponse(await oauth.revocationRequest(as, client, auth, String(second.refresh_token), INSECURE))
    expect(await introspected()).toEqual({ active: false })
  })

  test('as a public client proves itself by the verifier alone', async ({ project, visitor }) => {
    const { client_id } = await newClient(project)
    const used = { client: { client_id }, auth: oauth.None() }
    expect((await authorize(await discover(project), used, project.resource, visitor)).access_token).toMatch(/^eyJ/)
  })

  test('proves itself with a key, for a code and for itself', async ({ project, visitor }) => {
    const as = await discover(project)
    const forPeople = await keyHolder(project)
    const client = { client_id: forPeople.made.client_id }
    const used = { client, auth: oauth.PrivateKeyJwt({ key: forPeople.key, kid: forPeople.kid }) }
    expect((await authorize(as, used, project.resource, visitor)).refresh_token).toBeTruthy()

    const machine = await keyHolder(project, '--grant', 'client_credentials')
    const itself = { client_id: machine.made.client_id }
    const auth = oauth.PrivateKeyJwt({ key: machine.key, kid: machine.kid })
    const asked = await oauth.clientCredentialsGrantRequest(as, itself, auth, { scope: 'read', resource: project.resource }, INSECURE)
    const granted = await oauth.processClientCredentialsResponse(as, itself, asked)
    expect(granted.scope).toBe('read')
    expect(granted).not.toHaveProperty('refresh_token')
  })
})

test.describe('openid-client', () => {
  const configure = (project: Project, clientId: string, auth: openid.ClientAuth, algorithm: 'oauth2' | 'oidc' = 'oauth2') =>
    openid.discovery(new URL(project.issuer), clientId, undefined, auth, { algorithm, execute: [openid.allowInsecureRequests] })

  async function authorize(configuration: openid.Configuration, resource: string, person: { answer(url: string): Promise<URL> }) {
    const pkceCodeVerifier = openid.randomPKCECodeVerifier()
    const expectedState = openid.randomState()
    const url = openid.buildAuthorizationUrl(configuration, {
      redirect_uri: REDIRECT,
      scope: 'read write',
      resource,
      state: expectedState,
      code_challenge: await openid.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    return openid.authorizationCodeGrant(configuration, await person.answer(url.href), { pkceCodeVerifier, expectedState }, { resource })
  }

  for (const algorithm of ['oauth2', 'oidc'] as const) {
    test(`with a secret, found by the rules of ${algorithm}: code with PKCE, refresh, introspection, revocation`, async ({
      project,
      visitor,
    }) => {
      const { client_id, client_secret } = await newClient(project, '--method', 'client_secret_post')
      const configuration = await configure(project, client_id, openid.ClientSecretPost(String(client_secret)), algorithm)
      const first = await authorize(configuration, project.resource, visitor)
      expect(first).toMatchObject({ token_type: 'bearer', scope: 'read write' })
      expect(first.expiresIn()).toBeGreaterThan(3500)

      const second = await openid.refreshTokenGrant(configuration, String(first.refresh_token))
      expect(await openid.tokenIntrospection(configuration, second.access_token)).toMatchObject({ active: true, client_id })
      await openid.tokenRevocation(configuration, String(second.refresh_token))
      expect(await openid.tokenIntrospection(configuration, second.access_token)).toEqual({ active: false })
      await expect(openid.refreshTokenGrant(configuration, String(second.refresh_token))).rejects.toMatchObject({ error: 'invalid_grant' })
    })
  }

  test('with client credentials, by secret and by key', async ({ project }) => {
    const secretive = await newClient(project, '--grant', 'client_credentials', '--method', 'client_secret_basic')
    const bySecret = await configure(project, secretive.client_id, openid.ClientSecretBasic(String(secretive.client_secret)))
    expect(await openid.clientCredentialsGrant(bySecret, { scope: 'read', resource: project.resource })).toMatchObject({ scope: 'read' })

    const { made, key, kid } = await keyHolder(project, '--grant', 'client_credentials')
    const byKey = await configure(project, made.client_id, openid.PrivateKeyJwt({ key, kid }))
    expect(await openid.clientCredentialsGrant(byKey, { scope: 'write' })).toMatchObject({ scope: 'write' })
  })

  test('registers by itself and connects with what it was told', async ({ project, visitor }) => {
    const configuration = await openid.dynamicClientRegistration(
      new URL(project.issuer),
      { redirect_uris: [REDIRECT], client_name: 'openid-client' },
      undefined,
      { algorithm: 'oauth2', initialAccessToken: project.registration_secret, execute: [openid.allowInsecureRequests] },
    )
    expect((await authorize(configuration, project.resource, visitor)).refresh_token).toBeTruthy()
  })
})

test.describe('clients of the command line', () => {
  test.setTimeout(300_000) // npm may have to fetch them, and Node 22 for one

  test('mcp-remote bridges a host to the sample server, and needs nobody the second time', async ({ project, startSample, visitor }) => {
    await openRegistration(project)
    const { url } = await startSample(project)
    const memory = newMemory()
    const asked: string[] = []
    const signIn = async (authorizationUrl: string): Promise<URL> => {
      asked.push(authorizationUrl)
      return visitor.answer(authorizationUrl)
    }
    for (let run = 1; run <= 2; run++) {
      const answer = await throughMcpRemote(url, memory, signIn, (client) => callTool(client, 'whoami'))
      expect(JSON.parse(answer)).toMatchObject({ client_id: new URL(asked[0] ?? '').searchParams.get('client_id') })
      expect(asked).toHaveLength(1)
    }
  })

  test('the Inspector calls a tool of the sample server, and again with what it kept', async ({ project, startSample, visitor }) => {
    await openRegistration(project)
    const { url } = await startSample(project)
    const memory = newMemory()
    const asked: string[] = []
    const signIn = async (authorizationUrl: string): Promise<URL> => {
      asked.push(authorizationUrl)
      return visitor.answer(authorizationUrl)
    }
    for (let run = 1; run <= 2; run++) {
      expect(JSON.stringify(await callWithInspector(url, 'whoami', memory, signIn))).toContain('client_id')
      expect(asked).toHaveLength(1)
    }
  })
})
