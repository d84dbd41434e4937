import type { Profile } from '../profile.ts'
import { OAUTH_ROOT, OPENID_ROOT, SPECIFIED_ORDER } from './addresses.ts'

export const geminiCli: Profile = {
  id: 'gemini-cli',
  name: 'Gemini CLI',
  about: 'Compares the resource strictly, would believe the root of the host, and sends an empty scope; iss it does not look at.',
  headers: { 'user-agent': 'GeminiCLI' },
  resource: { order: ['challenge', 'path', 'root'], match: 'identical' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'not-200', issuer: 'identical', believes: [OAUTH_ROOT, OPENID_ROOT] },
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'Gemini CLI MCP Client',
      redirect_uris: ['http://localhost:7777/oauth/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      scope: '',
    },
    expects: ['no-secret'],
  },
  authorization: {
    redirectUri: 'http://localhost:{port}/oauth/callback',
    scope: { from: [], fallback: '', offlineAccess: 'never' },
    resource: 'as-given',
    stateCharacters: 22,
    iss: 'ignored',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'as-registered',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: [],
    refresh: { scope: 'never', atOnce: 1 },
  },
}
