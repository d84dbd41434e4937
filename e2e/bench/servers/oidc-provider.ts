// node-oidc-provider as its documentation says to run it in production: a PostgreSQL adapter, its own models, ES256, JWT access tokens.
import { generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import Provider, { type Configuration, type ResourceServer } from 'oidc-provider'
import pg from 'pg'
import { adapterOn, SCHEMA } from './oidc-adapter.ts'
import { answerParent } from './parent.ts'
import {
  basic,
  bearer,
  CODE_CHALLENGE,
  CODE_VERIFIER,
  inBatches,
  type Offer,
  POOL_SIZE,
  PUBLIC_CLIENT,
  REDIRECT_URI,
  RESOURCE,
  SCOPE,
} from './target.ts'

const port = Number(process.env.PORT)
const issuer = `http://127.0.0.1:${port}`
const OPAQUE_RESOURCE = 'https://opaque.example/mcp' // it introspects no JWT
const REGISTRATION_SECRET = 'registration-secret-of-the-bench'
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: POOL_SIZE, idleTimeoutMillis: 0 })
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })

const resourceServer = (resource: string): ResourceServer => ({
  scope: SCOPE,
  audience: resource,
  accessTokenFormat: resource === OPAQUE_RESOURCE ? 'opaque' : 'jwt',
  jwt: { sign: { alg: 'ES256' } },
})

const configuration: Configuration = {
  adapter: adapterOn(pool),
  jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  scopes: ['offline_access', ...SCOPE.split(' ')],
  findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
  rotateRefreshToken: true,
  ttl: { AccessToken: 3600, ClientCredentials: 3600, AuthorizationCode: 600, RefreshToken: 2_592_000, Grant: 2_592_000 },
  cookies: { keys: ['only-for-the-interactions-it-never-shows'] },
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    introspection: { enabled: true, allowedPolicy: async (_ctx, client) => client.clientAuthMethod !== 'none' },
    revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
    registration: { enabled: true, initialAccessToken: REGISTRATION_SECRET, issueRegistrationAccessToken: false },
    resourceIndicators: {
      enabled: true,
      defaultResource: async () => RESOURCE,
      useGrantedResource: async () => true,
      getResourceServerInfo: async (_ctx, resource) => resourceServer(resource),
    },
  },
}
const provider = new Provider(issuer, configuration)
let publicClientId = ''

async function post(path: string, type: string, authorization: string | undefined, body: string): Promise<Record<string, string>> {
  const headers = { 'content-type': type, ...(authorization ? { authorization } : {}) }
  const response = await fetch(issuer + path, { method: 'POST', headers, body })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`)
  return JSON.parse(text)
}

const register = (client: object): Promise<Record<string, string>> =>
  post('/reg', 'application/json', bearer(REGISTRATION_SECRET), JSON.stringify(client))

async function mintCode(resource: string): Promise<string> {
  const client = await provider.Client.find(publicClientId)
  if (!client) throw new Error('the public client is gone')
  const grant = new provider.Grant({ accountId: 'user', clientId: publicClientId })
  grant.addResourceScope(resource, SCOPE)
  const code = new provider.AuthorizationCode({
    accountId: 'user',
    client,
    authTime: Math.floor(Date.now() / 1000),
    codeChallenge: CODE_CHALLENGE,
    codeChallengeMethod: 'S256',
    grantId: await grant.save(),
    gty: 'authorization_code',
    redirectUri: REDIRECT_URI,
    resource,
    scope: SCOPE,
  })
  return code.save()
}

async function mintCodes(count: number): Promise<string[]> {
  const codes: string[] = []
  await inBatches(count, POOL_SIZE, async (from, to) => {
    codes.push(...(await Promise.all(Array.from({ length: to - from }, () => mintCode(RESOURCE)))))
  })
  return codes
}

async function offer(): Promise<Offer> {
  await pool.query(SCHEMA)
  await new Promise<void>((resolve) => createServer(provider.callback()).listen(port, '127.0.0.1', resolve))
  const confidential = await register({
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    token_endpoint_auth_method: 'client_secret_basic',
  })
  publicClientId = (await register(PUBLIC_CLIENT)).client_id ?? ''
  const grant = { grant_type: 'authorization_code', client_id: publicClientId, redirect_uri: REDIRECT_URI, code_verifier: CODE_VERIFIER }
  const redemption = new URLSearchParams({ ...grant, code: await mintCode(OPAQUE_RESOURCE) }).toString()
  const { access_token } = await post('/token', 'application/x-www-form-urlencoded', undefined, redemption)
  const credentials = basic(confidential.client_id ?? '', confidential.client_secret ?? '')
  return {
    paths: {
      metadata: '/.well-known/openid-configuration',
      jwks: '/jwks',
      register: '/reg',
      token: '/token',
      introspect: '/token/introspection',
      revoke: '/token/revocation',
    },
    registration: bearer(REGISTRATION_SECRET),
    confidential: credentials,
    introspector: credentials,
    publicClientId,
    liveToken: access_token ?? '',
  }
}

answerParent(offer, mintCodes)
