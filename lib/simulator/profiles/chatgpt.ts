import type { Identity, Profile, TokenHabits } from '../profile.ts'
import { OAUTH_INSERTED, OPENID_APPENDED, OPENID_INSERTED } from './addresses.ts'

const STABLE_CALLBACK = 'https://chatgpt.com/connector_platform_oauth_redirect'
const CONNECTOR_CALLBACK = 'https://chatgpt.com/connector/oauth/kDmjx77UnKOM'

const TOKEN: TokenHabits = {
  method: 'as-registered',
  basic: 'percent-encoded',
  clientIdInBody: false,
  resource: true,
  tokenType: 'any-case',
  requires: ['refresh_token'],
  refresh: { scope: 'never', atOnce: 1 },
}

/** The four ways a ChatGPT connector may be set up; everything else about them is the same. */
const chatgpt = (
  id: string,
  {
    name,
    about,
    identity,
    redirectUri,
    token = TOKEN,
  }: Pick<Profile, 'name' | 'about'> & { identity: Identity; redirectUri: string; token?: TokenHabits },
): Profile => ({
  id,
  name,
  about,
  headers: { 'user-agent': 'aiohttp' },
  resource: { order: ['path', 'challenge'], match: 'identical' },
  discovery: { order: [OAUTH_INSERTED, OPENID_INSERTED, OPENID_APPENDED], headFirst: true, goesOnAfter: '4xx', issuer: 'identical' },
  identity,
  authorization: {
    redirectUri,
    scope: { from: ['challenge', 'resource', 'server'], fallback: null, offlineAccess: 'appended' },
    resource: 'as-given',
    stateCharacters: 1_200,
    iss: 'strict',
    redirectStatuses: [302, 303],
  },
  token,
})

export const chatgptDocument = chatgpt('chatgpt-document', {
  name: 'ChatGPT',
  about: 'Asks HEAD before GET and the path form first; identifies itself by its document and proves nothing at the token endpoint.',
  identity: { kind: 'vendor-document', url: 'https://chatgpt.com/oauth/client.json' },
  redirectUri: STABLE_CALLBACK,
})

export const chatgptDocumentKeys = chatgpt('chatgpt-document-keys', {
  name: 'ChatGPT, with a key',
  about: 'Its document offers none and private_key_jwt; it signs RS256 assertions addressed to the token endpoint.',
  identity: {
    kind: 'own-document',
    keys: true,
    document: {
      client_name: 'ChatGPT',
      client_uri: 'https://chatgpt.com/',
      redirect_uris: [CONNECTOR_CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'private_key_jwt',
      token_endpoint_auth_methods_supported: ['none', 'private_key_jwt'],
      token_endpoint_auth_signing_alg: 'RS256',
      logo_uri: 'https://persistent.oaistatic.com/sonic/misc/openai-logo.png',
    },
  },
  redirectUri: CONNECTOR_CALLBACK,
  token: { ...TOKEN, method: 'private_key_jwt' },
})

export const chatgptRegistration = chatgpt('chatgpt-registration', {
  name: 'ChatGPT, by registration',
  about: 'Registers once per connector, without a scope, and keeps that client for ever.',
  identity: {
    kind: 'registration',
    metadata: {
      client_name: 'ChatGPT',
      redirect_uris: [CONNECTOR_CALLBACK],
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      token_endpoint_auth_method: 'none',
    },
    expects: ['no-secret'],
  },
  redirectUri: CONNECTOR_CALLBACK,
})

export const chatgptPredefined = chatgpt('chatgpt-predefined', {
  name: 'ChatGPT, with a client typed in',
  about: 'Uses the id and the secret that the operator typed into the connector.',
  identity: { kind: 'predefined', method: 'client_secret_post' },
  redirectUri: STABLE_CALLBACK,
})
