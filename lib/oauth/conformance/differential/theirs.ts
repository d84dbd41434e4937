import { createHash, generateKeyPairSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider, { type Configuration, errors } from 'oidc-provider'
import { formBody } from '../browser.ts'
import { answerOf, bearer, FORM, JSON_BODY, tokensOf } from '../oauth-client.ts'
import { type Confidential, REDIRECT, type Side } from './side.ts'

const RESOURCE = 'https://mcp.example.com/mcp'
const SCOPE = 'read write'
const REGISTRATION_SECRET = 'registration-secret-of-a-test'

const PATHS = {
  authorize: '/auth',
  token: '/token',
  revoke: '/token/revocation',
  introspect: '/token/introspection',
  register: '/reg',
  metadata: '/.well-known/openid-configuration',
  jwks: '/jwks',
} as const

/** node-oidc-provider, told to do what we do: PKCE always, resource indicators, rotation, guarded registration. */
function configuration(): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
    cookies: { keys: ['of a test'], long: { sameSite: 'none' } },
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    scopes: ['offline_access', ...SCOPE.split(' ')],
    pkce: { required: () => true },
    responseTypes: ['code'],
    clientAuthMethods: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    enableHttpPostMethods: true,
    findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: 3600,
      ClientCredentials: 3600,
      AuthorizationCode: 60,
      RefreshToken: 2_592_000,
      Grant: 2_592_000,
      Interaction: 600,
      Session: 600,
    },
    renderError: async (ctx) => {
      ctx.type = 'html'
      ctx.body = ''
    },
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => client.clientAuthMethod !== 'none' && token.clientId === client.clientId,
      },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => token.clientId === client.clientId },
      registration: { enabled: true, initialAccessToken: REGISTRATION_SECRET, issueRegistrationAccessToken: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: async () => RESOURCE,
        useGrantedResource: async () => true,
        getResourceServerInfo: async (_ctx, resource) => {
          if (resource !== RESOURCE) throw new errors.InvalidTarget()
          // it introspects no JWT
          return { scope: SCOPE, audience: resource, accessTokenFormat: 'opaque' }
        },
      },
    },
  }
}

export async function theirs(verifier: string): Promise<Side & { close(): void }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, configuration())
  server.on('request', provider.callback())

  const send: Side['send'] = (endpoint, { query = '', body, ...init } = {}) =>
    fetch(`${issuer}${PATHS[endpoint]}${query && `?${query}`}`, {
      redirect: 'manual',
      ...init,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    })
  const register = async (metadata: object): Promise<Confidential> => {
    const headers = { ...JSON_BODY, ...bearer(REGISTRATION_SECRET) }
    const { status, body, text } = await answerOf(await send('register', { method: 'POST', headers, body: JSON.stringify(metadata) }))
    if (status !== 201) throw new Error(text)
    return { id: body.client_id ?? '', secret: body.client_secret ?? '' }
  }
  const codes = { redirect_uris: [REDIRECT], grant_types: ['authorization_code', 'refresh_token'] }
  const { id: client } = await register({ ...codes, token_endpoint_auth_method: 'none' })

  const code = async (): Promise<string> => {
    const found = await provider.Client.find(client)
    if (!found) throw new Error('the client is gone')
    const grant = new provider.Grant({ accountId: 'user', clientId: client })
    grant.addResourceScope(RESOURCE, SCOPE)
    return new provider.AuthorizationCode({
      accountId: 'user',
      client: found,
      codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
      codeChallengeMethod: 'S256',
      grantId: await grant.save(),
      gty: 'authorization_code',
      redirectUri: REDIRECT,
      resource: RESOURCE,
      scope: SCOPE,
    }).save()
  }
  const form = { grant_type: 'authorization_code', client_id: client, redirect_uri: REDIRECT, code_verifier: verifier }
  return {
    issuer,
    resource: RESOURCE,
    registrationSecret: REGISTRATION_SECRET,
    client,
    otherClient: (await register({ ...codes, token_endpoint_auth_method: 'none' })).id,
    confidential: await register({ ...codes, token_endpoint_auth_method: 'client_secret_basic' }),
    machine: await register({
      ...{ redirect_uris: [], response_types: [], grant_types: ['client_credentials'] },
      token_endpoint_auth_method: 'client_secret_basic',
    }),
    send,
    code,
    tokens: async () =>
      tokensOf(await answerOf(await send('token', { method: 'POST', headers: FORM, body: formBody({ ...form, code: await code() }) }))),
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
