import { CLIENT_AUTHENTICATION, DPOP_ERRORS, type Entry, type Field, openid, RESOURCE, rfc, SCOPE, type WireError } from './entry.ts'

const REQUEST: readonly Field[] = [
  { name: 'response_type', type: 'string', required: true, words: '`code`' },
  {
    ...{ name: 'redirect_uri', type: 'URI', required: false },
    words: 'One that the client registered; may be left out by a client with exactly one, unless that is a loopback address',
  },
  {
    ...{ name: 'code_challenge', type: 'string, 43 characters', required: true },
    words: 'PKCE: SHA-256 of the `code_verifier`, base64url (RFC 7636)',
  },
  { name: 'code_challenge_method', type: 'string', required: true, words: '`S256`' },
  { name: 'state', type: 'string, at most 4096 characters', required: false, words: 'Sent back as it came' },
  SCOPE,
  RESOURCE,
  {
    ...{ name: 'prompt', type: 'space-separated list', required: false },
    words: '`login`, `consent` or `select_account` to ask anew; `none` for an answer without a page',
  },
  { name: 'max_age', type: 'seconds', required: false, words: 'How old the sign-in may be' },
  { name: 'login_hint', type: 'string', required: false, words: 'Fills in the sign-in form' },
  { name: 'nonce', type: 'string, at most 1024 characters', required: false, words: 'With `openid`: stands in the id_token as it came' },
  {
    name: 'dpop_jkt',
    type: 'string, 43 characters',
    required: false,
    words: 'Binds the code to the key with this thumbprint (RFC 9449 §10)',
  },
  { name: 'response_mode', type: 'string', required: false, words: '`query`, the only one' },
]

const CLIENT_ID: Field = {
  ...{ name: 'client_id', type: 'string', required: true },
  words: 'The client’s id, or the https URL of its metadata document',
}

const EXAMPLE = {
  ...{ response_type: 'code', client_id: '{client_id}', redirect_uri: '{redirect_uri}', code_challenge: '{code_challenge}' },
  ...{ code_challenge_method: 'S256', state: '{state}', scope: '{scope}', resource: '{resource}' },
}

const REFUSED: readonly WireError[] = [
  ...(['invalid_request', 'unauthorized_client', 'unsupported_response_type', 'invalid_scope', 'invalid_target'] as const),
  'request_not_supported',
]

/** How a person is asked. */
export const authorization: readonly Entry[] = [
  {
    ...{ id: 'authorize', endpoint: 'authorize', group: 'Authorization', title: 'Ask a person', methods: ['GET', 'POST'] },
    ...{ path: '/oauth/authorize', cors: false, callers: ['browser'] },
    sources: [rfc(6749, '4.1.1'), rfc(7636, '4.3'), rfc(8707, '2.1'), rfc(9207), openid('3.1.2.1', 'AuthRequest')],
    summary:
      'The client sends the person’s browser here. They sign in, see who asks for what, and choose. The browser then comes to `redirect_uri` with `code`, `state` and `iss`, or with `error`. As long as client and redirect URI are not proven, a fault is a page of ours and nothing is sent anywhere.',
    body: 'query',
    fields: [
      CLIENT_ID,
      ...REQUEST,
      { name: 'request_uri', type: 'string', required: false, words: 'Of a pushed request: then only `client_id` is needed besides' },
      { name: 'ui_locales', type: 'space-separated list', required: false, words: 'The languages that the pages should speak' },
    ],
    example: { fields: EXAMPLE },
    answer: { status: 302, body: null, location: 'https://auth.example.com/p/notes/sign-in?request=…' },
    errors: [...REFUSED, 'access_denied', 'login_required', 'consent_required', 'invalid_request_uri'],
  },
  {
    ...{ id: 'par', endpoint: 'par', group: 'Authorization', title: 'Push an authorization request', methods: ['POST'] },
    ...{ path: '/api/oauth/par', cors: false, sources: [rfc(9126, '2')], callers: ['client'], needs: 'pushedRequests' },
    summary:
      'The client sends the request itself, so that nobody on the way through the browser can change it. What comes back goes to the authorization endpoint as `request_uri`, once, within a minute.',
    ...{ body: 'form', fields: [...REQUEST, ...CLIENT_AUTHENTICATION], example: { fields: EXAMPLE } },
    answer: { status: 201, body: { request_uri: 'urn:ietf:params:oauth:request_uri:6esc…', expires_in: 60 } },
    errors: ['invalid_client', ...REFUSED, ...DPOP_ERRORS],
  },
  {
    ...{ id: 'device-authorization', endpoint: 'deviceAuthorization', group: 'Authorization', title: 'Start on a device' },
    ...{ methods: ['POST'], path: '/api/oauth/device_authorization', cors: true, sources: [rfc(8628, '3.1')] },
    ...{ callers: ['client'], needs: 'deviceGrant' },
    summary:
      'For a device without a browser: it shows the short code, and a person types it on another device. Meanwhile the device asks the token endpoint every `interval` seconds.',
    ...{ body: 'form', fields: [SCOPE, RESOURCE, ...CLIENT_AUTHENTICATION] },
    example: { fields: { client_id: '{client_id}', scope: '{scope}', resource: '{resource}' } },
    answer: {
      status: 200,
      body: {
        device_code: 'gate_dc_…',
        user_code: 'WDJB-MJHT',
        verification_uri: 'https://auth.example.com/p/notes/device',
        verification_uri_complete: 'https://auth.example.com/p/notes/device?user_code=WDJB-MJHT',
        expires_in: 600,
        interval: 5,
      },
    },
    errors: ['invalid_client', 'unauthorized_client', 'invalid_scope', 'invalid_target'],
  },
]
