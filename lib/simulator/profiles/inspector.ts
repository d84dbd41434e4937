import type { Profile } from '../profile.ts'
import { SPECIFIED_ORDER } from './addresses.ts'

export const inspector: Profile = {
  id: 'inspector',
  name: 'MCP Inspector in a browser',
  about: 'A script on localhost: it asks before it sends, reads only what CORS lets it, and registers with an empty scope.',
  headers: { 'mcp-protocol-version': '2025-11-25' },
  scriptOrigin: 'http://localhost:6274',
  strictSchemas: true,
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'below-500', issuer: 'identical' },
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'MCP Inspector',
      client_uri: 'https://github.com/modelcontextprotocol/inspector',
      redirect_uris: ['http://localhost:6274/oauth/callback', 'http://localhost:6274/oauth/callback/debug'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: '',
    },
    expects: ['no-secret'],
  },
  authorization: {
    redirectUri: 'http://localhost:6274/oauth/callback',
    scope: { from: ['challenge', 'resource'], fallback: null, offlineAccess: 'never' },
    resource: 'as-given',
    stateCharacters: 64,
    iss: 'ignored',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'strongest',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: [],
    refresh: { scope: 'never', atOnce: 1 },
  },
}
