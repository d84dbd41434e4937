import { type Entry, rfc } from './entry.ts'

const DOCUMENT = {
  issuer: 'https://auth.example.com/p/notes',
  authorization_endpoint: 'https://auth.example.com/p/notes/oauth/authorize',
  token_endpoint: 'https://auth.example.com/p/notes/api/oauth/token',
  registration_endpoint: 'https://auth.example.com/p/notes/api/oauth/register',
  revocation_endpoint: 'https://auth.example.com/p/notes/api/oauth/revoke',
  introspection_endpoint: 'https://auth.example.com/p/notes/api/oauth/introspect',
  jwks_uri: 'https://auth.example.com/p/notes/.well-known/jwks.json',
  scopes_supported: ['read', 'write', 'offline_access'],
  response_types_supported: ['code'],
  grant_types_supported: ['authorization_code', 'refresh_token'],
  code_challenge_methods_supported: ['S256'],
} as const

const NOTHING = { body: 'none', fields: [], example: { fields: {} }, callers: ['nobody'], cors: true, errors: [] } as const

/** What a client reads before it knows anything. */
export const discovery: readonly Entry[] = [
  {
    ...{ id: 'metadata', endpoint: 'metadata', group: 'Discovery', title: 'Authorization server metadata', ...NOTHING },
    ...{ methods: ['GET'], path: '/.well-known/oauth-authorization-server', sources: [rfc(8414, '3')] },
    summary:
      'What this issuer is and can do, with the address of every endpoint below. For an issuer with a path, the well-known part comes before the path. Only what the project has switched on is promised. May be kept for five minutes; has an `ETag`.',
    answer: { status: 200, body: DOCUMENT },
  },
  {
    ...{ id: 'openid', endpoint: 'openid', group: 'Discovery', title: 'OpenID Connect discovery', ...NOTHING },
    ...{ methods: ['GET'], path: '/.well-known/openid-configuration' },
    sources: [{ label: 'OpenID Connect Discovery §4', url: 'https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfig' }],
    summary: 'The same document, for clients that look for it under this name first. It is there whether or not OpenID Connect is on.',
    answer: { status: 200, body: DOCUMENT },
  },
  {
    ...{ id: 'jwks', endpoint: 'jwks', group: 'Discovery', title: 'Public keys', ...NOTHING },
    ...{ methods: ['GET'], path: '/.well-known/jwks.json', sources: [rfc(7517, '5')] },
    summary:
      'The keys that sign this project’s tokens: the current one, the next one before it signs, and former ones for as long as a token of theirs may live. Read it again when a token names a `kid` that you do not have.',
    answer: {
      status: 200,
      body: { keys: [{ kty: 'EC', crv: 'P-256', x: 'TbGA…', y: 'GCmB…', use: 'sig', alg: 'ES256', kid: 'w0cL…' }] },
    },
  },
]
