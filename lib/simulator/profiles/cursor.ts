import type { Profile } from '../profile.ts'
import { SPECIFIED_ORDER } from './addresses.ts'

export const cursor: Profile = {
  id: 'cursor',
  name: 'Cursor',
  about: 'Registers three redirect URIs at once, one with a scheme of its own, says it is a web client, and authorizes with the second.',
  headers: { 'user-agent': 'Cursor/3.13', 'mcp-protocol-version': '2025-11-25' },
  strictSchemas: true,
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'below-500', issuer: 'identical' },
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'Cursor',
      redirect_uris: [
        'cursor://anysphere.cursor-mcp/oauth/callback',
        'https://www.cursor.com/agents/mcp/oauth/callback',
        'http://localhost:8787/callback',
      ],
      application_type: 'web',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    expects: ['no-secret', 'every-redirect-uri', 'refresh-token-grant'],
  },
  authorization: {
    redirectUri: 'https://www.cursor.com/agents/mcp/oauth/callback',
    scope: { from: ['challenge', 'resource'], fallback: null, offlineAccess: 'never' },
    resource: 'as-given',
    stateCharacters: 64,
    iss: 'strict',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'as-registered',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: ['refresh_token'],
    refresh: { scope: 'never', atOnce: 2 },
  },
}
