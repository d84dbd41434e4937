import { type Entry, type Field, type Json, rfc } from './entry.ts'

const METADATA: readonly Field[] = [
  {
    name: 'redirect_uris',
    type: 'list of 1 to 20 URIs',
    required: true,
    json: true,
    words: 'Where codes may be sent; `https`, a loopback address, or a scheme of the app’s own',
  },
  { name: 'client_name', type: 'string, at most 128 characters', required: false, words: 'What people see on the consent page' },
  {
    ...{ name: 'token_endpoint_auth_method', type: 'string', required: false },
    words: '`none`, `client_secret_basic`, `client_secret_post` or `private_key_jwt`; left out: `client_secret_basic`, as the RFC says',
  },
  {
    ...{ name: 'token_endpoint_auth_methods_supported', type: 'list of strings', required: false, json: true },
    words: 'Several methods in the client’s order: the first that is supported here is taken where none is named above',
  },
  {
    name: 'grant_types',
    type: 'list of strings',
    required: false,
    json: true,
    words: 'Must include `authorization_code` where it is sent; what is not supported is dropped',
  },
  { name: 'response_types', type: 'list of strings', required: false, json: true, words: 'Must include `code` where it is sent' },
  { name: 'scope', type: 'space-separated list', required: false, words: 'What the client means to ask for; no ceiling' },
  { name: 'jwks', type: 'JSON Web Key Set', required: false, json: true, words: 'Public keys of a client with `private_key_jwt`' },
  { name: 'jwks_uri', type: 'https URL', required: false, words: 'Where those keys are published, instead of `jwks`' },
  {
    name: 'application_type',
    type: 'string',
    required: false,
    words: '`native` or `web`; a loopback redirect makes a client native whatever it says',
  },
  { name: 'client_uri', type: 'https URL', required: false, words: 'The client’s own page, shown as text' },
  {
    ...{ name: 'logo_uri', type: 'https URL', required: false },
    words: 'Kept and answered. Nobody is shown the logo of a client that registered itself',
  },
  {
    name: 'dpop_bound_access_tokens',
    type: 'boolean',
    required: false,
    json: true,
    words: 'Whether each token request must carry a DPoP proof',
  },
]

const REGISTERED: Readonly<Record<string, Json>> = {
  client_id: 'c_4iXJ…',
  client_id_issued_at: 1790000000,
  registration_access_token: 'gate_rat_…',
  registration_client_uri: 'https://auth.example.com/p/notes/api/oauth/register/c_4iXJ…',
  client_name: 'Notes desktop',
  redirect_uris: ['http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
  application_type: 'native',
  scope: 'read write offline_access',
}

const PLACE = { endpoint: 'registration', group: 'Registration', path: '/api/oauth/register/{client_id}', cors: true } as const
const OWN = { callers: ['registration-token'], needs: 'registrationMode' } as const
const BEARER = '{registration_access_token}'

/** How a client introduces itself. */
export const registration: readonly Entry[] = [
  {
    ...{
      id: 'register',
      endpoint: 'register',
      group: 'Registration',
      title: 'Register a client',
      methods: ['POST'],
      path: '/api/oauth/register',
    },
    ...{ cors: true, sources: [rfc(7591, '3')], callers: ['registration-secret'], needs: 'registrationMode' },
    summary:
      'A client tells who it is and gets its id. In a guarded project the registration secret is needed; in an open one it is optional and makes the client trusted. What is not known here is ignored. One made without the secret and never used is removed after 30 days.',
    ...{ body: 'json', fields: METADATA },
    example: {
      bearer: '{registration_secret}',
      fields: { client_name: 'Notes desktop', redirect_uris: ['http://127.0.0.1/callback'], token_endpoint_auth_method: 'none' },
    },
    answer: { status: 201, body: REGISTERED },
    errors: ['invalid_token', 'invalid_redirect_uri', 'invalid_client_metadata'],
  },
  {
    ...{ id: 'registration-read', title: 'Read a registration', methods: ['GET'], sources: [rfc(7592, '2.1')], ...PLACE, ...OWN },
    summary: 'What is in force for a client that registered itself. A secret is never said a second time.',
    ...{ body: 'none', fields: [], example: { bearer: BEARER, fields: {} } },
    ...{ answer: { status: 200, body: REGISTERED }, errors: ['invalid_token'] },
  },
  {
    ...{ id: 'registration-replace', title: 'Replace a registration', methods: ['PUT'], sources: [rfc(7592, '2.2')], ...PLACE, ...OWN },
    summary:
      'The whole registration anew, by the rules of the first: what is left out is gone. People who allowed the client are asked again when its name, page, redirects or keys changed.',
    body: 'json',
    fields: [
      { name: 'client_id', type: 'string', required: true, words: 'The same as in the address' },
      { name: 'client_secret', type: 'string', required: false, secret: true, words: 'The client’s own, where it has one' },
      ...METADATA,
    ],
    example: {
      bearer: BEARER,
      fields: {
        ...{ client_id: '{client_id}', client_name: 'Notes desktop', redirect_uris: ['http://127.0.0.1/callback'] },
        token_endpoint_auth_method: 'none',
      },
    },
    ...{ answer: { status: 200, body: REGISTERED }, errors: ['invalid_token', 'invalid_redirect_uri', 'invalid_client_metadata'] },
  },
  {
    ...{ id: 'registration-delete', title: 'Delete a registration', methods: ['DELETE'], sources: [rfc(7592, '2.3')], ...PLACE, ...OWN },
    summary: 'The client ends, and with it every grant that people gave it.',
    ...{ body: 'none', fields: [], example: { bearer: BEARER, fields: {} } },
    ...{ answer: { status: 204, body: null }, errors: ['invalid_token'] },
  },
]
