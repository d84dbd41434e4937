import type { AuthorizationHabits, Profile } from '../profile.ts'
import { OAUTH_ROOT, OPENID_ROOT, SPECIFIED_ORDER } from './addresses.ts'

const AUTHORIZATION: AuthorizationHabits = {
  redirectUri: 'http://127.0.0.1:{port}/callback/c0dex',
  scope: { from: ['challenge', 'resource', 'server'], fallback: null, offlineAccess: 'appended' },
  resource: 'as-given',
  stateCharacters: 22,
  iss: 'strict',
  redirectStatuses: [302, 303, 307],
}

const COMMON = {
  headers: { 'user-agent': 'codex_cli_rs', 'mcp-protocol-version': '2025-11-25' },
  strictSchemas: true,
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'not-200', issuer: 'identical', believes: [OAUTH_ROOT, OPENID_ROOT] },
  token: {
    method: 'as-registered',
    basic: 'raw',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: [],
    refresh: { scope: 'granted-and-offline-access', atOnce: 2 },
  },
} as const

export const codex: Profile = {
  ...COMMON,
  id: 'codex',
  name: 'Codex CLI and App',
  about: 'Compares the issuer, would believe the root of the host, and adds offline_access to the scope of every refresh.',
  identity: {
    kind: 'own-document',
    keys: false,
    document: {
      client_name: 'Codex',
      client_uri: 'https://chatgpt.com/codex',
      redirect_uris: ['http://127.0.0.1/callback/c0dex'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
  },
  authorization: AUTHORIZATION,
}

/** The releases that lose `iss` between browser and client: they need a project with the parameter off. */
export const codexWithoutIss: Profile = {
  ...COMMON,
  id: 'codex-without-iss',
  name: 'Codex CLI 0.142 to 0.144',
  about: 'Registers, loses iss on the way, and then refuses an issuer that announced it.',
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'Codex',
      redirect_uris: ['http://127.0.0.1/callback/c0dex'],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
      application_type: 'native',
    },
    expects: ['no-secret'],
  },
  authorization: { ...AUTHORIZATION, iss: 'dropped' },
}
