import type { Profile } from '../profile.ts'
import { SPECIFIED_ORDER } from './addresses.ts'

export const vsCode: Profile = {
  id: 'vs-code',
  name: 'Visual Studio Code',
  about: 'Wants the resource’s metadata to name exactly the URL it called; listens on 33418, or on any port when that is taken.',
  headers: { 'user-agent': 'Visual Studio Code', 'mcp-protocol-version': '2025-11-25' },
  resource: { order: ['challenge', 'path', 'root'], match: 'identical' },
  discovery: { order: SPECIFIED_ORDER, goesOnAfter: 'not-200', issuer: 'identical' },
  identity: { kind: 'vendor-document', url: 'https://vscode.dev/oauth/client-metadata.json' },
  authorization: {
    redirectUri: 'http://127.0.0.1:{port}/',
    scope: { from: ['challenge', 'resource'], fallback: null, offlineAccess: 'never' },
    resource: 'as-given',
    stateCharacters: 300,
    iss: 'strict',
    redirectStatuses: [302, 303, 307],
  },
  token: {
    method: 'as-registered',
    basic: 'percent-encoded',
    clientIdInBody: false,
    resource: true,
    tokenType: 'any-case',
    requires: [],
    refresh: { scope: 'never', atOnce: 1 },
  },
}
