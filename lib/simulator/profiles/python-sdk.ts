import type { Profile } from '../profile.ts'
import { SPECIFIED_ORDER } from './addresses.ts'

export const pythonSdk: Profile = {
  id: 'python-sdk',
  name: 'Python SDK, as most clients embed it',
  about:
    'Stops at the first redirect or server error, asks for every scope the server lists, and sends its id in the body beside an encoded Basic.',
  headers: { 'user-agent': 'python-httpx/0.28.1', 'mcp-protocol-version': '2025-11-25' },
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: '4xx', issuer: 'identical' },
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'Python SDK client',
      redirect_uris: ['http://localhost:3030/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_basic',
    },
    expects: ['secret'],
  },
  authorization: {
    redirectUri: 'http://localhost:3030/callback',
    scope: { from: ['server'], fallback: null, offlineAccess: 'never' },
    resource: 'as-given',
    stateCharacters: 43,
    iss: 'strict',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'as-registered',
    basic: 'percent-encoded',
    clientIdInBody: true,
    resource: true,
    tokenType: 'any-case',
    requires: [],
    refresh: { scope: 'never', atOnce: 1 },
  },
}
