import { DPOP_ERRORS, type Entry } from './entry.ts'

const BACKEND = { group: 'Your backend', methods: ['POST'], cors: false, body: 'json', callers: ['server-secret'], sources: [] } as const

/** What the project's own server asks for, with its server secret. JSON throughout. */
export const backend: readonly Entry[] = [
  {
    ...{ id: 'exchange', endpoint: 'exchange', title: 'Mint a token for a user', path: '/api/oauth/token/exchange', ...BACKEND },
    needs: 'tokenExchange',
    summary: 'Your backend has signed somebody in and wants a token for them. There is no refresh token; each one is in the audit log.',
    fields: [
      { name: 'user_id', type: 'string, at most 255 characters', required: true, words: 'Becomes the `sub`: your own id of the user' },
      { name: 'scope', type: 'space-separated list', required: false, words: 'Left out: the project’s default scopes' },
      { name: 'resource', type: 'URL or list of URLs', required: false, words: 'Left out: the project’s default resource' },
      { name: 'expires_in', type: 'integer, seconds', required: false, json: true, words: 'A shorter lifetime than the project’s' },
      { name: 'client_id', type: 'string', required: false, words: 'Whose token it shall be; left out: `backend`' },
      {
        name: 'claims',
        type: 'JSON object, at most 2 KB',
        required: false,
        json: true,
        words: 'Further claims, none that the server sets itself',
      },
    ],
    example: { bearer: '{server_secret}', fields: { user_id: 'user-42', scope: '{scope}', resource: '{resource}' } },
    answer: {
      status: 200,
      body: {
        ...{ access_token: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9…', token_type: 'Bearer', expires_in: 3600, scope: 'read write' },
        issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      },
    },
    errors: ['invalid_client', 'unauthorized_client', 'invalid_scope', 'invalid_target', ...DPOP_ERRORS],
  },
  {
    ...{ id: 'handoff', endpoint: 'handoff', title: 'Say who somebody is', path: '/api/oauth/handoff', ...BACKEND },
    needs: 'handoffUrl',
    summary:
      'With a sign-in page of your own: it was opened with `request`, and your backend says who the person in front of it is. Send the same browser to `redirect_to`, within five minutes. The same call again gets the same answer.',
    fields: [
      { name: 'request', type: 'JWT or its jti', required: true, words: 'As it came to your page' },
      {
        name: 'user',
        type: 'JSON object',
        required: false,
        json: true,
        words: '`id`, and if you like `email`, `email_verified`, `name` and `attributes`; this or `deny`',
      },
      {
        name: 'scope',
        type: 'space-separated list',
        required: false,
        words: 'The most that the person may allow; left out: whatever is asked for',
      },
      {
        name: 'deny',
        type: 'JSON object',
        required: false,
        json: true,
        words: 'Nobody is let in, with a `reason` for the audit log if you like; this or `user`',
      },
    ],
    example: { bearer: '{server_secret}', fields: { request: '{handoff_request}', user: { id: 'user-42', name: 'Ada' } } },
    answer: { status: 200, body: { redirect_to: 'https://auth.example.com/p/notes/oauth/handoff/…?proof=…' } },
    errors: ['invalid_client', 'unauthorized_client', 'invalid_grant', 'invalid_scope'],
  },
  {
    ...{ id: 'upstream-token', endpoint: 'upstreamToken', title: 'Fetch a user’s upstream token', path: '/api/oauth/upstream-token' },
    ...{ ...BACKEND, needs: 'keepTokens' },
    summary:
      'The access token that a user’s identity provider gave when they signed in, renewed where it has expired. Only your server gets it, never a client.',
    fields: [
      { name: 'user_id', type: 'string', required: true, words: 'The `sub` of their tokens here' },
      { name: 'provider', type: 'string', required: false, words: 'Its id or preset; needed where a user has tokens of several' },
    ],
    example: { bearer: '{server_secret}', fields: { user_id: '{user_id}' } },
    answer: { status: 200, body: { access_token: 'ya29.…', token_type: 'Bearer', scope: 'openid calendar.read', expires_in: 3599 } },
    errors: ['invalid_client', 'unauthorized_client'],
  },
]
