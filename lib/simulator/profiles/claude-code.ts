import type { Profile } from '../profile.ts'
import { SPECIFIED_ORDER } from './addresses.ts'

export const claudeCode: Profile = {
  id: 'claude-code',
  name: 'Claude Code',
  about:
    'Its document has localhost without a port; an origin gets a slash; refuses null members and an iss that is announced and missing.',
  headers: { 'user-agent': 'claude-code/2.1 (cli)', 'mcp-protocol-version': '2025-11-25' },
  strictSchemas: true,
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'below-500', issuer: 'identical' },
  identity: { kind: 'vendor-document', url: 'https://claude.ai/oauth/claude-code-client-metadata' },
  authorization: {
    redirectUri: 'http://localhost:{port}/callback',
    scope: { from: ['challenge', 'resource'], fallback: null, offlineAccess: 'appended' },
    resource: 'href',
    stateCharacters: 43,
    promptsForOfflineAccess: true,
    iss: 'strict',
    redirectStatuses: [302, 303, 307],
  },
  token: {
    method: 'as-registered',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: [],
    refresh: { scope: 'never', atOnce: 3 },
  },
}
