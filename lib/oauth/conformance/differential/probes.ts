import { createHash, generateKeyPairSync } from 'node:crypto'
import { formBody } from '../browser.ts'
import { answerOf, basic, bearer, FORM, type Form } from '../oauth-client.ts'
import { authorization, type EndpointName, posted, postedJson, REDIRECT, type Side, seen, VERIFIER } from './side.ts'

export type Probe = (side: Side) => Promise<string>
type Probes = Readonly<Record<string, Probe>>

const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')
const FOREIGN = 'https://evil.test/mcp'

const redeem =
  (changes: Form | ((side: Side) => Form) = {}, headers: (side: Side) => Readonly<Record<string, string>> = () => ({})): Probe =>
  async (side) => {
    const given = typeof changes === 'function' ? changes(side) : changes
    const form = { grant_type: 'authorization_code', client_id: side.client, redirect_uri: REDIRECT, code_verifier: VERIFIER }
    return posted(side, 'token', { ...form, code: await side.code(), ...given }, { headers: headers(side) })
  }
const refresh =
  (changes: Form | ((side: Side) => Form) = {}): Probe =>
  async (side) => {
    const given = typeof changes === 'function' ? changes(side) : changes
    const form = { grant_type: 'refresh_token', client_id: side.client, refresh_token: (await side.tokens()).refresh }
    return posted(side, 'token', { ...form, ...given })
  }
const machine =
  (form: Form = {}, headers = (side: Side): Readonly<Record<string, string>> => authorization(side.machine)): Probe =>
  (side) =>
    posted(side, 'token', { grant_type: 'client_credentials', ...form }, { headers: headers(side) })
const withMethod =
  (endpoint: EndpointName, method: string): Probe =>
  async (side) =>
    seen(await side.send(endpoint, { method }), side)
const typed =
  (endpoint: EndpointName, type: string, body = 'a=b'): Probe =>
  (side) =>
    posted(side, endpoint, body, { headers: { 'content-type': type, ...authorization(side.confidential) } })

const token: Probes = {
  'an empty body': (side) => posted(side, 'token', ''),
  'no grant type': (side) => posted(side, 'token', { client_id: side.client }),
  'an unknown grant type': (side) => posted(side, 'token', { client_id: side.client, grant_type: 'telepathy' }),
  'the password grant': (side) => posted(side, 'token', { client_id: side.client, grant_type: 'password', username: 'a', password: 'b' }),
  'the grant type twice': (side) => posted(side, 'token', `grant_type=refresh_token&grant_type=refresh_token&client_id=${side.client}`),
  JSON: typed('token', 'application/json', '{"grant_type":"refresh_token"}'),
  multipart: typed('token', 'multipart/form-data; boundary=x'),
  'plain text': typed('token', 'text/plain'),
  'two content types': typed('token', 'application/json, application/x-www-form-urlencoded'),
  'a good code': redeem(),
  'no code': redeem({ code: undefined }),
  'an empty code': redeem({ code: '' }),
  'an unknown code': redeem({ code: 'unknown' }),
  'a code of 10 KB': redeem({ code: 'x'.repeat(10_240) }),
  'a refresh token as code': async (side) => redeem({ code: (await side.tokens()).refresh })(side),
  'no verifier': redeem({ code_verifier: undefined }),
  'a wrong verifier': redeem({ code_verifier: 'w'.repeat(43) }),
  'a short verifier': redeem({ code_verifier: 'w'.repeat(42) }),
  'a verifier with a blank': redeem({ code_verifier: `${'w'.repeat(43)} ` }),
  'the challenge as verifier': redeem({ code_verifier: CHALLENGE }),
  'no redirect URI': redeem({ redirect_uri: undefined }),
  'another redirect URI': redeem({ redirect_uri: 'https://client.example.com/other' }),
  'a redirect URI of another case': redeem({ redirect_uri: 'https://CLIENT.example.com/cb' }),
  'a code of another client': redeem(({ otherClient }) => ({ client_id: otherClient })),
  'a code of another client that has a secret': redeem({ client_id: undefined }, ({ confidential }) => authorization(confidential)),
  'a foreign resource for a code': redeem({ resource: FOREIGN }),
  'its own resource for a code': redeem(({ resource }) => ({ resource })),
  'a code twice': async (side) => {
    const code = await side.code()
    return `${await redeem({ code })(side)}, ${await redeem({ code })(side)}`
  },
  'a wrong guess before the right one': async (side) => {
    const code = await side.code()
    return `${await redeem({ code, code_verifier: 'w'.repeat(43) })(side)}, ${await redeem({ code })(side)}`
  },
  'a parameter it does not know': redeem({ whatever: '1' }),
  'a parameter it does not know, twice': redeem({ whatever: ['1', '2'] }),
  'a good refresh token': refresh(),
  'no refresh token': refresh({ refresh_token: undefined }),
  'an unknown refresh token': refresh({ refresh_token: 'unknown' }),
  'a code as refresh token': async (side) => refresh({ refresh_token: await side.code() })(side),
  'a refresh token of another client': refresh(({ otherClient }) => ({ client_id: otherClient })),
  'a refresh token for less': refresh({ scope: 'read' }),
  'a refresh token for more': refresh({ scope: 'read write admin' }),
  'a refresh token for a foreign resource': refresh({ resource: FOREIGN }),
  'a refresh token twice at once after another': async (side) => {
    const { refresh: first } = await side.tokens()
    return `${await refresh({ refresh_token: first })(side)}, ${await refresh({ refresh_token: first })(side)}`
  },
  'a client for itself': machine(),
  'a client for itself and a scope': machine({ scope: 'read' }),
  'a client for itself and an unknown scope': machine({ scope: 'unknown' }),
  'a client for itself and a foreign resource': machine({ resource: FOREIGN }),
  'a client for itself that may not': machine({}, (side) => authorization(side.confidential)),
  'a public client for itself': (side) => posted(side, 'token', { grant_type: 'client_credentials', client_id: side.client }),
  'no client': machine({}, () => ({})),
  'an unknown client': machine({ client_id: 'c_unknown' }, () => ({})),
  'an unknown client with a secret': machine({}, () => authorization({ id: 'c_unknown', secret: 'x' })),
  'a wrong secret in the header': machine({}, ({ machine: { id } }) => authorization({ id, secret: 'wrong' })),
  'a wrong secret in the form': (side) =>
    posted(side, 'token', { grant_type: 'client_credentials', client_id: side.machine.id, client_secret: 'wrong' }),
  'no secret': (side) => posted(side, 'token', { grant_type: 'client_credentials', client_id: side.machine.id }),
  'the right secret the other way': (side) =>
    posted(side, 'token', { grant_type: 'client_credentials', client_id: side.machine.id, client_secret: side.machine.secret }),
  'two ways to authenticate': (side) =>
    posted(
      side,
      'token',
      { grant_type: 'client_credentials', client_id: side.machine.id, client_secret: side.machine.secret },
      { headers: authorization(side.machine) },
    ),
  'two ids of clients': (side) =>
    posted(side, 'token', { grant_type: 'client_credentials', client_id: side.client }, { headers: authorization(side.machine) }),
  'a Basic header without a colon': machine({}, () => ({ authorization: `Basic ${Buffer.from('x').toString('base64')}` })),
  'a Basic header that is no base64': machine({}, () => ({ authorization: 'Basic ???' })),
  'a Basic header with a bad percent code': machine({}, () => ({ authorization: basic('%zz', 'x') })),
  'a bearer token as authentication': machine({}, () => bearer('x')),
  'a scheme nobody knows': machine({}, () => ({ authorization: 'Magic x' })),
  'a secret of a public client': redeem({ client_secret: 'x' }),
  'an assertion of a client without keys': (side) =>
    posted(side, 'token', {
      ...{ grant_type: 'client_credentials', client_id: side.machine.id, client_assertion: 'a.b.c' },
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    }),
  'an assertion of an unknown type': (side) =>
    posted(side, 'token', { grant_type: 'client_credentials', client_assertion: 'a.b.c', client_assertion_type: 'urn:x' }),
  'parameters in the query': (side) =>
    posted(side, 'token', '', { query: formBody({ grant_type: 'client_credentials' }), headers: authorization(side.machine) }),
  'token by GET': withMethod('token', 'GET'),
  'token by PUT': withMethod('token', 'PUT'),
  'token by DELETE': withMethod('token', 'DELETE'),
}

const authorize =
  (changes: Form | ((side: Side) => Form) = {}, method: 'GET' | 'POST' = 'GET'): Probe =>
  async (side) => {
    const given = typeof changes === 'function' ? changes(side) : changes
    const good = { response_type: 'code', client_id: side.client, redirect_uri: REDIRECT, state: 'xyz', scope: 'read' }
    const query = formBody({ ...good, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...given })
    const init = method === 'GET' ? { query } : { method, headers: FORM, body: query }
    return seen(await side.send('authorize', init), side)
  }

const authorizing: Probes = {
  'a good request': authorize(),
  'a good request by POST': authorize({}, 'POST'),
  'no client at authorize': authorize({ client_id: undefined }),
  'an unknown client at authorize': authorize({ client_id: 'c_unknown' }),
  'the only redirect URI left out': authorize({ redirect_uri: undefined }),
  'an unregistered redirect URI': authorize({ redirect_uri: 'https://evil.test/cb' }),
  'a redirect URI below the registered one': authorize({ redirect_uri: `${REDIRECT}/below` }),
  'a redirect URI with a slash more': authorize({ redirect_uri: `${REDIRECT}/` }),
  'a redirect URI with a query': authorize({ redirect_uri: `${REDIRECT}?a=b` }),
  'a redirect URI with a fragment': authorize({ redirect_uri: `${REDIRECT}#f` }),
  'a redirect URI in capitals': authorize({ redirect_uri: 'https://CLIENT.EXAMPLE.COM/cb' }),
  'a redirect URI with its port': authorize({ redirect_uri: 'https://client.example.com:443/cb' }),
  'a redirect URI with a user': authorize({ redirect_uri: 'https://client.example.com@evil.test/cb' }),
  'a redirect URI that is a script': authorize({ redirect_uri: 'javascript:alert(1)' }),
  'an unregistered redirect URI and nothing else right': authorize({
    redirect_uri: 'https://evil.test/cb',
    response_type: 'token',
    code_challenge: undefined,
  }),
  'no response type': authorize({ response_type: undefined }),
  'response type token': authorize({ response_type: 'token' }),
  'response type id_token': authorize({ response_type: 'id_token', nonce: 'n' }),
  'response type code token': authorize({ response_type: 'code token', nonce: 'n' }),
  'response type nonsense': authorize({ response_type: 'nonsense' }),
  'response mode query': authorize({ response_mode: 'query' }),
  'response mode nonsense': authorize({ response_mode: 'nonsense' }),
  'no challenge': authorize({ code_challenge: undefined, code_challenge_method: undefined }),
  'a challenge without a method': authorize({ code_challenge_method: undefined }),
  'a method without a challenge': authorize({ code_challenge: undefined }),
  'method plain': authorize({ code_challenge_method: 'plain' }),
  'method s256': authorize({ code_challenge_method: 's256' }),
  'method S512': authorize({ code_challenge_method: 'S512' }),
  'a short challenge': authorize({ code_challenge: 'a'.repeat(42) }),
  'a long challenge': authorize({ code_challenge: 'a'.repeat(129) }),
  'a challenge with padding': authorize({ code_challenge: `${CHALLENGE}=` }),
  'an unknown scope': authorize({ scope: 'unknown' }),
  'a known and an unknown scope': authorize({ scope: 'read unknown' }),
  'a scope with a quote': authorize({ scope: 'read "write"' }),
  'its resource': authorize(({ resource }) => ({ resource })),
  'a foreign resource': authorize({ resource: FOREIGN }),
  'a relative resource': authorize({ resource: '/mcp' }),
  'a resource with a fragment': authorize(({ resource }) => ({ resource: `${resource}#f` })),
  'a good and a foreign resource': authorize(({ resource }) => ({ resource: [resource, FOREIGN] })),
  'prompt none': authorize({ prompt: 'none' }),
  'prompt login': authorize({ prompt: 'login' }),
  'prompt none and login': authorize({ prompt: 'none login' }),
  'prompt nonsense': authorize({ prompt: 'nonsense' }),
  'max_age 0': authorize({ max_age: '0' }),
  'max_age below 0': authorize({ max_age: '-1' }),
  'max_age nonsense': authorize({ max_age: 'x' }),
  'a request object': authorize({ request: 'a.b.c' }),
  'a request URI': authorize({ request_uri: 'urn:ietf:params:oauth:request_uri:x' }),
  'a registration in the request': authorize({ registration: '{}' }),
  'the client twice': authorize(({ client }) => ({ client_id: [client, client] })),
  'the redirect URI twice': authorize({ redirect_uri: [REDIRECT, REDIRECT] }),
  'the state twice': authorize({ state: ['a', 'b'] }),
  'the scope twice': authorize({ scope: ['read', 'write'] }),
  'a state with NUL': authorize({ state: 'a\0b' }),
  'no state': authorize({ state: undefined }),
  'a parameter authorize does not know': authorize({ whatever: '1' }),
  'a client for itself at authorize': authorize(({ machine: { id } }) => ({ client_id: id })),
  'authorize by PUT': withMethod('authorize', 'PUT'),
  'authorize by POST of JSON': async (side) => postedJson(side, 'authorize', {}),
}

const about = (endpoint: 'revoke' | 'introspect', other: string): Probes => ({
  [`${other} nothing`]: (side) => posted(side, endpoint, {}, { headers: authorization(side.confidential) }),
  [`${other} an unknown token`]: (side) => posted(side, endpoint, { token: 'unknown' }, { headers: authorization(side.confidential) }),
  [`${other} an empty token`]: (side) => posted(side, endpoint, { token: '' }, { headers: authorization(side.confidential) }),
  [`${other} with an unknown hint`]: (side) =>
    posted(side, endpoint, { token: 'unknown', token_type_hint: 'nonsense' }, { headers: authorization(side.confidential) }),
  [`${other} another client’s token`]: async (side) =>
    posted(side, endpoint, { token: (await side.tokens()).access }, { headers: authorization(side.confidential) }),
  [`${other} one’s own token`]: async (side) => {
    const answer = await answerOf(
      await side.send('token', {
        method: 'POST',
        headers: { ...FORM, ...authorization(side.machine) },
        body: 'grant_type=client_credentials',
      }),
    )
    return posted(side, endpoint, { token: answer.body.access_token }, { headers: authorization(side.machine) })
  },
  [`${other} without a client`]: (side) => posted(side, endpoint, { token: 'x' }),
  [`${other} as an unknown client`]: (side) => posted(side, endpoint, { token: 'x', client_id: 'c_unknown' }),
  [`${other} as a public client`]: async (side) => posted(side, endpoint, { token: (await side.tokens()).access, client_id: side.client }),
  [`${other} with a wrong secret`]: (side) =>
    posted(side, endpoint, { token: 'x' }, { headers: authorization({ ...side.confidential, secret: 'wrong' }) }),
  [`${other} the token twice`]: (side) => posted(side, endpoint, 'token=a&token=b', { headers: authorization(side.confidential) }),
  [`${other} by GET`]: withMethod(endpoint, 'GET'),
  [`${other} by JSON`]: typed(endpoint, 'application/json', '{"token":"x"}'),
})

const publicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const register =
  (metadata: unknown, secret: (side: Side) => string | null = (side) => side.registrationSecret): Probe =>
  (side) => {
    const sent = secret(side)
    return postedJson(side, 'register', metadata, sent === null ? {} : bearer(sent))
  }
const good = { redirect_uris: [REDIRECT], token_endpoint_auth_method: 'none' }

const registering: Probes = {
  'a good registration': register(good),
  'a registration with a secret': register({ redirect_uris: [REDIRECT] }),
  'a registration without authorization': register(good, () => null),
  'a registration with a wrong secret': register(good, () => 'wrong'),
  'no redirect URIs': register({ token_endpoint_auth_method: 'none' }),
  'an empty list of redirect URIs': register({ ...good, redirect_uris: [] }),
  'redirect URIs that are no list': register({ ...good, redirect_uris: REDIRECT }),
  'a redirect URI that is no text': register({ ...good, redirect_uris: [1] }),
  'a relative redirect URI': register({ ...good, redirect_uris: ['/cb'] }),
  'to register a fragment': register({ ...good, redirect_uris: [`${REDIRECT}#f`] }),
  'to register a script': register({ ...good, redirect_uris: ['javascript:alert(1)'] }),
  'to register http of a host': register({ ...good, redirect_uris: ['http://client.example.com/cb'] }),
  'to register a user in the URI': register({ ...good, redirect_uris: ['https://user:secret@client.example.com/cb'] }),
  'to register a wildcard': register({ ...good, redirect_uris: ['https://*.example.com/cb'] }),
  'to register loopback': register({ ...good, application_type: 'native', redirect_uris: ['http://127.0.0.1/cb'] }),
  'to register a scheme of one’s own': register({ ...good, application_type: 'native', redirect_uris: ['com.example.app:/cb'] }),
  'an unknown way to authenticate': register({ ...good, token_endpoint_auth_method: 'magic' }),
  client_secret_jwt: register({ ...good, token_endpoint_auth_method: 'client_secret_jwt' }),
  'a way to authenticate that is a number': register({ ...good, token_endpoint_auth_method: 1 }),
  'private_key_jwt without keys': register({ ...good, token_endpoint_auth_method: 'private_key_jwt' }),
  'keys and an address of keys': register({ ...good, jwks: { keys: [] }, jwks_uri: 'https://client.example.com/jwks' }),
  'a private key': register({
    ...good,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [publicKey.privateKey.export({ format: 'jwk' })] },
  }),
  'a public key': register({
    ...good,
    token_endpoint_auth_method: 'private_key_jwt',
    jwks: { keys: [{ ...publicKey.publicKey.export({ format: 'jwk' }), alg: 'ES256' }] },
  }),
  'the implicit grant': register({ ...good, grant_types: ['implicit'], response_types: ['token'] }),
  'an unknown grant type to register': register({ ...good, grant_types: ['telepathy'] }),
  'grant types that are no list': register({ ...good, grant_types: 'authorization_code' }),
  'response types that do not fit': register({ ...good, response_types: ['token'] }),
  'an application type nobody knows': register({ ...good, application_type: 'toaster' }),
  'a name that is a number': register({ ...good, client_name: 1 }),
  'a page of the client that is a script': register({ ...good, client_uri: 'javascript:alert(1)' }),
  'an id of one’s own choice': register({ ...good, client_id: 'mine' }),
  'a member nobody knows': register({ ...good, skip_consent: true }),
  'JSON that ends too early': register('{"redirect_uris":['),
  'JSON that is a list': register('[]'),
  'JSON that is null': register('null'),
  'a registration as a form': async (side) => posted(side, 'register', 'a=b', { headers: bearer(side.registrationSecret) }),
  'register by GET': withMethod('register', 'GET'),
  'register by PUT': withMethod('register', 'PUT'),
}

/** A member of the metadata: in the form of its value, since the values themselves are each server's own. */
const member =
  (name: string, form: (value: unknown, side: Side) => unknown = (value) => value): Probe =>
  async (side) => {
    const { body } = await answerOf(await side.send('metadata'))
    return name in body ? JSON.stringify(form(body[name], side)) : 'absent'
  }
const has =
  (...wanted: readonly string[]) =>
  (value: unknown) =>
    wanted.filter((each) => Array.isArray(value) && value.includes(each))
const below = (value: unknown, { issuer }: Side) => String(value).startsWith(issuer)

const discovery: Probes = {
  issuer: member('issuer', (value, { issuer }) => value === issuer),
  authorization_endpoint: member('authorization_endpoint', below),
  token_endpoint: member('token_endpoint', below),
  registration_endpoint: member('registration_endpoint', below),
  revocation_endpoint: member('revocation_endpoint', below),
  introspection_endpoint: member('introspection_endpoint', below),
  jwks_uri: member('jwks_uri', below),
  userinfo_endpoint: member('userinfo_endpoint', below),
  pushed_authorization_request_endpoint: member('pushed_authorization_request_endpoint', below),
  device_authorization_endpoint: member('device_authorization_endpoint', below),
  response_types_supported: member('response_types_supported'),
  response_modes_supported: member('response_modes_supported', has('query')),
  grant_types_supported: member(
    'grant_types_supported',
    has('authorization_code', 'refresh_token', 'client_credentials', 'implicit', 'password'),
  ),
  code_challenge_methods_supported: member('code_challenge_methods_supported'),
  token_endpoint_auth_methods_supported: member(
    'token_endpoint_auth_methods_supported',
    has('none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt', 'client_secret_jwt'),
  ),
  scopes_supported: member('scopes_supported', has('read', 'write', 'offline_access')),
  authorization_response_iss_parameter_supported: member('authorization_response_iss_parameter_supported'),
  request_parameter_supported: member('request_parameter_supported'),
  'metadata by POST': withMethod('metadata', 'POST'),
  'metadata by GET': withMethod('metadata', 'GET'),
  'metadata by HEAD': withMethod('metadata', 'HEAD'),
  'keys by GET': withMethod('jwks', 'GET'),
  'keys by POST': withMethod('jwks', 'POST'),
  'private members of keys': async (side) => {
    const { keys } = (await answerOf(await side.send('jwks'))).body as unknown as { keys: readonly object[] }
    return JSON.stringify(keys.flatMap((key) => Object.keys(key)).filter((name) => ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k'].includes(name)))
  },
}

export const PROBES: Probes = {
  ...token,
  ...authorizing,
  ...about('revoke', 'to revoke'),
  ...about('introspect', 'to introspect'),
  ...registering,
  ...discovery,
}
