import type { Profile } from '../profile.ts'
import { SPECIFIED_ORDER } from './addresses.ts'

export const typescriptSdk: Profile = {
  id: 'typescript-sdk',
  name: 'TypeScript SDK, as most clients embed it',
  about: 'Spells an origin with a slash, prefers Basic where it has a secret, encodes nothing, and refuses null members.',
  headers: { 'mcp-protocol-version': '2025-11-25' },
  strictSchemas: true,
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'below-500', issuer: 'identical' },
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'TypeScript SDK client',
      redirect_uris: ['http://127.0.0.1:8090/callback'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'client_secret_post',
    },
    expects: ['secret'],
  },
  authorization: {
    redirectUri: 'http://127.0.0.1:8090/callback',
    scope: { from: ['challenge', 'resource'], fallback: null, offlineAccess: 'never' },
    resource: 'href',
    stateCharacters: 36,
    promptsForOfflineAccess: true,
    iss: 'strict',
    redirectStatuses: [302, 303, 307],
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
