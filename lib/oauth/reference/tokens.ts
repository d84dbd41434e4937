import { CLIENT_AUTHENTICATION, DPOP_ERRORS, type Entry, type Field, openid, RESOURCE, rfc, SCOPE } from './entry.ts'

const grantType = (value: string): Field => ({ name: 'grant_type', type: 'string', required: true, words: `\`${value}\`` })

/** RFC 8707 §2.2: of what was granted. */
const NARROWER_RESOURCE: Field = {
  ...{ name: 'resource', type: 'URL, may repeat', required: false },
  words: 'Some of the resources that were granted; left out: all of them',
}

const TOKEN = { access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9…', token_type: 'Bearer', expires_in: 3600 } as const
const AT_TOKEN = { endpoint: 'token', group: 'Tokens', methods: ['POST'], path: '/api/oauth/token', cors: true, body: 'form' } as const

const JWT_BEARER = 'urn:ietf:params:oauth:grant-type:jwt-bearer'
const DEVICE_CODE = 'urn:ietf:params:oauth:grant-type:device_code'
const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'

/** The token endpoint, grant by grant, and what is done with a token afterwards. */
export const tokens: readonly Entry[] = [
  {
    ...{ id: 'token-authorization-code', title: 'Redeem a code', ...AT_TOKEN, callers: ['client'] },
    sources: [rfc(6749, '4.1.3'), rfc(7636, '4.5'), rfc(8707, '2.2')],
    summary:
      'Once, within a minute of the person’s answer. A code that comes a second time later on ends everything it made. With `openid` granted there is an `id_token` too.',
    fields: [
      grantType('authorization_code'),
      { name: 'code', type: 'string', required: true, secret: true, words: 'As it came to the redirect URI' },
      { name: 'code_verifier', type: 'string', required: true, secret: true, words: 'What the `code_challenge` was made from' },
      {
        name: 'redirect_uri',
        type: 'URI',
        required: false,
        words: 'The same as at the authorization endpoint; needed where it was sent there',
      },
      NARROWER_RESOURCE,
      ...CLIENT_AUTHENTICATION,
    ],
    example: {
      fields: {
        ...{ grant_type: 'authorization_code', client_id: '{client_id}', code: '{code}', code_verifier: '{code_verifier}' },
        redirect_uri: '{redirect_uri}',
      },
    },
    answer: { status: 200, body: { ...TOKEN, refresh_token: 'gate_rt_…', scope: 'read write' } },
    errors: ['invalid_client', 'invalid_grant', 'unauthorized_client', 'invalid_target', ...DPOP_ERRORS],
  },
  {
    ...{ id: 'token-refresh', title: 'Refresh', ...AT_TOKEN, callers: ['client'] },
    sources: [rfc(6749, '6'), { label: 'RFC 9700 §4.14.2', url: 'https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2' }],
    summary:
      'Every use gives a new refresh token. The one before stays good for a minute and gives the same answer again, for a client that lost it; an older one ends the whole grant.',
    fields: [
      grantType('refresh_token'),
      { name: 'refresh_token', type: 'string', required: true, secret: true, words: 'The newest one' },
      { name: 'scope', type: 'space-separated list', required: false, words: 'Some of the granted scopes; left out: all of them' },
      NARROWER_RESOURCE,
      ...CLIENT_AUTHENTICATION,
    ],
    example: { fields: { grant_type: 'refresh_token', client_id: '{client_id}', refresh_token: '{refresh_token}' } },
    answer: { status: 200, body: { ...TOKEN, refresh_token: 'gate_rt_…', scope: 'read write' } },
    errors: ['invalid_client', 'invalid_grant', 'unauthorized_client', 'invalid_scope', 'invalid_target', ...DPOP_ERRORS],
  },
  {
    ...{ id: 'token-client-credentials', title: 'Client credentials', ...AT_TOKEN },
    ...{ callers: ['confidential-client'], needs: 'clientCredentials', sources: [rfc(6749, '4.4')] },
    summary: 'A client that the operator made, with a secret or a key, acts for itself. There is no refresh token.',
    fields: [grantType('client_credentials'), SCOPE, RESOURCE, ...CLIENT_AUTHENTICATION],
    example: {
      fields: {
        ...{ grant_type: 'client_credentials', client_id: '{confidential_client_id}', client_secret: '{client_secret}' },
        ...{ scope: '{scope}', resource: '{resource}' },
      },
    },
    answer: { status: 200, body: { ...TOKEN, scope: 'read write' } },
    errors: ['invalid_client', 'unauthorized_client', 'invalid_grant', 'invalid_scope', 'invalid_target', ...DPOP_ERRORS],
  },
  {
    ...{ id: 'token-device-code', title: 'Ask whether a device is allowed', ...AT_TOKEN, callers: ['client'] },
    ...{ needs: 'deviceGrant', sources: [rfc(8628, '3.4')] },
    summary:
      'Until somebody has decided: `authorization_pending`. Whoever asks more often than `interval` allows gets `slow_down` and waits five seconds longer from then on.',
    fields: [
      grantType(DEVICE_CODE),
      { name: 'device_code', type: 'string', required: true, secret: true, words: 'From the device authorization endpoint' },
      NARROWER_RESOURCE,
      ...CLIENT_AUTHENTICATION,
    ],
    example: { fields: { grant_type: DEVICE_CODE, client_id: '{client_id}', device_code: '{device_code}' } },
    answer: { status: 200, body: { ...TOKEN, refresh_token: 'gate_rt_…', scope: 'read write' } },
    errors: [
      ...(['authorization_pending', 'slow_down', 'access_denied', 'expired_token', 'invalid_grant'] as const),
      ...(['invalid_client', 'unauthorized_client', 'unsupported_grant_type', 'invalid_target', ...DPOP_ERRORS] as const),
    ],
  },
  {
    ...{ id: 'token-exchange-grant', title: 'Exchange a token', ...AT_TOKEN, needs: 'tokenExchange' },
    ...{ callers: ['server-secret', 'confidential-client'], sources: [rfc(8693, '2.1')] },
    summary:
      'A token for another resource or with fewer rights, never with more, and never living longer. By the project’s backend with the server secret, or by a confidential client that may. A client that asks for somebody stands in `act`.',
    fields: [
      grantType(TOKEN_EXCHANGE),
      {
        name: 'subject_token',
        type: 'string',
        required: true,
        secret: true,
        words: 'For whom: an access token of this issuer, a JWT of a trusted issuer, or a user’s id',
      },
      {
        ...{ name: 'subject_token_type', type: 'string', required: true },
        words:
          '`urn:ietf:params:oauth:token-type:access_token`, `…:jwt` or `…:id_token`; for the backend also `urn:gatehouse:params:oauth:token-type:user-id`',
      },
      {
        name: 'actor_token',
        type: 'string',
        required: false,
        secret: true,
        words: 'Who acts for them, where that is not the client that asks',
      },
      { name: 'actor_token_type', type: 'string', required: false, words: 'Its type, needed with `actor_token`' },
      {
        name: 'requested_token_type',
        type: 'string',
        required: false,
        words: '`urn:ietf:params:oauth:token-type:access_token`, the only one',
      },
      { name: 'scope', type: 'space-separated list', required: false, words: 'At most what the subject token has' },
      { name: 'resource', type: 'URL, may repeat', required: false, words: 'For which of the project’s resources' },
      { name: 'audience', type: 'string, may repeat', required: false, words: 'The same as `resource`' },
      { name: 'expires_in', type: 'seconds', required: false, words: 'A shorter lifetime' },
      ...CLIENT_AUTHENTICATION.map((field) =>
        field.name === 'client_id'
          ? { ...field, required: false, words: 'The client that asks; from the backend, whose token it shall be' }
          : field,
      ),
    ],
    example: {
      bearer: '{server_secret}',
      fields: {
        ...{ grant_type: TOKEN_EXCHANGE, subject_token: '{access_token}' },
        ...{ subject_token_type: 'urn:ietf:params:oauth:token-type:access_token', resource: '{resource}' },
      },
    },
    answer: { status: 200, body: { ...TOKEN, scope: 'read write', issued_token_type: 'urn:ietf:params:oauth:token-type:access_token' } },
    errors: ['invalid_client', 'unauthorized_client', 'invalid_grant', 'invalid_scope', 'invalid_target', ...DPOP_ERRORS],
  },
  {
    ...{
      id: 'token-id-jag',
      title: 'Enterprise-managed authorization',
      ...AT_TOKEN,
      callers: ['client'],
      needs: 'enterpriseAuthorization',
    },
    sources: [
      rfc(7523, '2.1'),
      {
        label: 'Identity Assertion Authorization Grant',
        url: 'https://datatracker.ietf.org/doc/draft-ietf-oauth-identity-assertion-authz-grant/',
      },
    ],
    summary:
      'The company’s identity provider, which the project trusts, says in an ID-JAG that this user may use this client: nobody is asked. No refresh token: the provider decides each time.',
    fields: [
      grantType(JWT_BEARER),
      { name: 'assertion', type: 'JWT', required: true, secret: true, words: 'The ID-JAG, with `typ` `oauth-id-jag+jwt`; good once' },
      { name: 'scope', type: 'space-separated list', required: false, words: 'At most what the assertion names' },
      { name: 'resource', type: 'URL, may repeat', required: false, words: 'Where the assertion names none' },
      ...CLIENT_AUTHENTICATION,
    ],
    example: {
      fields: {
        ...{ grant_type: JWT_BEARER, client_id: '{confidential_client_id}', client_secret: '{client_secret}' },
        assertion: '{id_jag}',
      },
    },
    answer: { status: 200, body: { ...TOKEN, scope: 'read write' } },
    errors: [
      ...(['invalid_client', 'invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope'] as const),
      ...(['invalid_target', ...DPOP_ERRORS] as const),
    ],
  },
  {
    ...{ id: 'token-workload', title: 'Workload identity', ...AT_TOKEN, callers: ['assertion'], needs: 'workloadIdentity' },
    sources: [rfc(7523, '2.1')],
    summary:
      'A program brings the token that its own platform gave it, without a client, a registration or a secret. What it may do is what the project’s rules say of that token’s claims.',
    fields: [
      grantType(JWT_BEARER),
      { name: 'assertion', type: 'JWT', required: true, secret: true, words: 'Of a platform that the project trusts; good once' },
      { name: 'scope', type: 'space-separated list', required: false, words: 'At most what the rules allow' },
      RESOURCE,
    ],
    example: { fields: { grant_type: JWT_BEARER, assertion: '{workload_token}', resource: '{resource}' } },
    answer: { status: 200, body: { ...TOKEN, scope: 'read write' } },
    errors: ['invalid_grant', 'unauthorized_client', 'unsupported_grant_type', 'invalid_scope', 'invalid_target', ...DPOP_ERRORS],
  },
  {
    ...{ id: 'revoke', endpoint: 'revoke', group: 'Tokens', title: 'Revoke a token', methods: ['POST'], path: '/api/oauth/revoke' },
    ...{ cors: true, body: 'form', callers: ['client'], sources: [rfc(7009, '2.1')] },
    summary:
      'A refresh token takes its whole grant along, an access token only itself. Always 200 once the client is authenticated, so that nobody can probe for tokens. `token_type_hint` is not needed and not read.',
    fields: [
      { name: 'token', type: 'string', required: true, secret: true, words: 'An access or a refresh token of this client' },
      ...CLIENT_AUTHENTICATION,
    ],
    example: { fields: { client_id: '{client_id}', token: '{refresh_token}' } },
    ...{ answer: { status: 200, body: {} }, errors: ['invalid_client'] },
  },
  {
    ...{ id: 'introspect', endpoint: 'introspect', group: 'Tokens', title: 'Introspect a token', methods: ['POST'] },
    ...{ path: '/api/oauth/introspect', cors: false, body: 'form', sources: [rfc(7662, '2')] },
    callers: ['server-secret', 'confidential-client'],
    summary:
      'Whether an access token counts at this moment, and what it says. The server secret may ask about any token of the project, a confidential client about its own. Expired, revoked, foreign and unknown tokens get the same answer: `{"active":false}`.',
    fields: [
      { name: 'token', type: 'string', required: true, secret: true, words: 'The access token' },
      ...CLIENT_AUTHENTICATION.map((field) => (field.name === 'client_id' ? { ...field, required: false } : field)),
    ],
    example: { bearer: '{server_secret}', fields: { token: '{access_token}' } },
    answer: {
      status: 200,
      body: {
        ...{ active: true, iss: 'https://auth.example.com/p/notes', aud: 'https://mcp.example.com/mcp', sub: 'user_x1Ty…' },
        ...{ client_id: 'c_4iXJ…', scope: 'read write', jti: '01a2…', iat: 1790000000, nbf: 1790000000, exp: 1790003600 },
        ...{ auth_time: 1789999990, grant_id: '8c5e…', token_type: 'Bearer' },
      },
    },
    errors: ['invalid_client'],
  },
  {
    ...{ id: 'userinfo', endpoint: 'userinfo', group: 'Tokens', title: 'Ask who the user is', methods: ['GET', 'POST'] },
    ...{ path: '/api/oauth/userinfo', cors: true, body: 'none', fields: [], callers: ['access-token'], needs: 'openidConnect' },
    sources: [openid('5.3', 'UserInfo')],
    summary: 'With an access token that was granted `openid`: the user’s `sub`, with `profile` their name, with `email` their address.',
    example: { bearer: '{openid_access_token}', fields: {} },
    answer: { status: 200, body: { sub: 'user_x1Ty…', email: 'ada@example.com', email_verified: true } },
    errors: ['invalid_token', 'insufficient_scope', ...DPOP_ERRORS],
  },
]
