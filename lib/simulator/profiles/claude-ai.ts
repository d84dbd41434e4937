import type { Profile } from '../profile.ts'
import { OAUTH_INSERTED, OPENID_INSERTED } from './addresses.ts'

const CALLBACK = 'https://claude.ai/api/mcp/auth_callback'

/** claude.ai, Claude Desktop, mobile and Cowork: all of them connect from Anthropic's servers. */
const COMMON = {
  headers: { 'user-agent': 'python-httpx/0.28.1' },
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: [OAUTH_INSERTED, OPENID_INSERTED], goesOnAfter: '4xx', issuer: 'identical' },
} as const

export const claudeAiDocuments: Profile = {
  ...COMMON,
  id: 'claude-ai-documents',
  name: 'Claude (web and apps)',
  about:
    'Needs documents and the method none advertised together; asks for offline_access with prompt=consent; wants the next refresh token in the same answer.',
  identity: { kind: 'vendor-document', url: 'https://claude.ai/oauth/mcp-oauth-client-metadata' },
  authorization: {
    redirectUri: CALLBACK,
    scope: { from: ['challenge', 'resource'], fallback: null, offlineAccess: 'appended' },
    resource: 'as-given',
    stateCharacters: 43,
    promptsForOfflineAccess: true,
    iss: 'strict',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'as-registered',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: ['refresh_token', 'expires_in'],
    refresh: { scope: 'never', atOnce: 1 },
  },
}

export const claudeAiRegistration: Profile = {
  ...COMMON,
  id: 'claude-ai-registration',
  name: 'Claude (web and apps), by registration',
  about: 'Registers on every fresh connection; its scope begins with a blank, its resource comes twice, and its refreshes come in pairs.',
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'Claude',
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
      scope: 'claudeai',
    },
    expects: ['secret', 'refresh-token-grant'],
  },
  authorization: {
    redirectUri: CALLBACK,
    scope: { from: [], fallback: null, offlineAccess: 'joined' },
    resource: 'twice',
    stateCharacters: 43,
    promptsForOfflineAccess: true,
    iss: 'ignored',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'as-registered',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: ['refresh_token', 'expires_in'],
    refresh: { scope: 'never', atOnce: 2 },
  },
}
