import type { Profile } from '../profile.ts'
import { OAUTH_INSERTED } from './addresses.ts'

const CALLBACK = 'https://global.consent.azure-apim.net/redirect/cr938-5fnotes-5f0a1b2c3d4e'

export const copilotStudio: Profile = {
  id: 'copilot-studio',
  name: 'Microsoft Copilot Studio',
  about: 'Registers without a method and without a scope, needs a secret, asks for exactly the scope it was told, and sends Basic.',
  headers: { 'user-agent': 'azure-logic-apps/1.0' },
  resource: { order: ['challenge', 'path', 'root'], match: 'prefix' },
  discovery: {
    order: [OAUTH_INSERTED],
    goesOnAfter: '4xx',
    issuer: 'unchecked',
    probes: [
      '{origin}/.well-known/oauth-authorization-server{path}{resource-path}',
      '{origin}/.well-known/openid-configuration{path}{resource-path}',
    ],
  },
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'Notes (Copilot Studio)',
      redirect_uris: [CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
    },
    expects: ['secret', 'scope'],
  },
  authorization: {
    redirectUri: CALLBACK,
    scope: { from: ['registration'], fallback: null, offlineAccess: 'never' },
    resource: 'never',
    stateCharacters: 512,
    iss: 'ignored',
    redirectStatuses: [302, 303],
  },
  token: {
    method: 'as-registered',
    basic: 'percent-encoded',
    clientIdInBody: false,
    resource: false,
    tokenType: 'any-case',
    requires: ['refresh_token', 'expires_in', 'scope'],
    refresh: { scope: 'never', atOnce: 1 },
  },
}
