import type { Profile } from '../profile.ts'
import { SPECIFIED_ORDER } from './addresses.ts'

export const mcpRemote: Profile = {
  id: 'mcp-remote',
  name: 'mcp-remote',
  about: 'The official SDK behind a bridge; asks for openid, email and profile where nobody told it scopes.',
  headers: { 'user-agent': 'node', 'mcp-protocol-version': '2025-11-25' },
  strictSchemas: true,
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'below-500', issuer: 'identical' },
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'MCP CLI Proxy',
      client_uri: 'https://github.com/modelcontextprotocol/mcp-cli',
      software_id: '2e6dc280-f3c3-4e01-99a7-8181dbd1d23d',
      software_version: '0.15.1',
      redirect_uris: ['http://localhost:3335/oauth/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: 'openid email profile',
    },
    expects: ['no-secret'],
  },
  authorization: {
    redirectUri: 'http://localhost:3335/oauth/callback',
    scope: { from: [], fallback: 'openid email profile', offlineAccess: 'never' },
    resource: 'as-given',
    stateCharacters: 36,
    iss: 'strict',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'as-registered',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: [],
    refresh: { scope: 'never', atOnce: 2 },
  },
}
