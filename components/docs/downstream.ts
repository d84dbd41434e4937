import type { ArticleText, Call } from './block.ts'

const TOKEN_EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'
const USER_ID = 'urn:gatehouse:params:oauth:token-type:user-id'

const API = 'https://api.example.com'

const ADD_RESOURCE: Call = {
  title: 'Register the downstream API as a resource',
  method: 'POST',
  url: '$GATEHOUSE_URL/api/management/projects/$PROJECT/resources',
  bearer: 'GATEHOUSE_API_KEY',
  json: { identifier: API, name: 'Billing API' },
  answer: { identifier: API },
}

const MINT: Call = {
  title: 'A token for the user at the downstream API',
  method: 'POST',
  url: '$ISSUER/api/oauth/token/exchange',
  bearer: 'GATEHOUSE_SERVER_SECRET',
  json: { user_id: '$USER_ID', resource: API, scope: 'read', expires_in: 120 },
  answer: { access_token: 'eyJ…', token_type: 'bearer', expires_in: 120, scope: 'read', issued_token_type: ACCESS_TOKEN },
}

const MINT_BY_FORM: Call = {
  title: 'The same by RFC 8693',
  method: 'POST',
  url: '$ISSUER/api/oauth/token',
  bearer: 'GATEHOUSE_SERVER_SECRET',
  form: {
    grant_type: TOKEN_EXCHANGE,
    subject_token: '$USER_ID',
    subject_token_type: USER_ID,
    resource: API,
    scope: 'read',
    expires_in: '120',
  },
  answer: { access_token: 'eyJ…', token_type: 'bearer', expires_in: 120, scope: 'read', issued_token_type: ACCESS_TOKEN },
}

const ADD_EXCHANGER: Call = {
  title: 'Make a client that may exchange',
  method: 'POST',
  url: '$GATEHOUSE_URL/api/management/projects/$PROJECT/clients',
  bearer: 'GATEHOUSE_API_KEY',
  json: { name: 'Notes worker', tokenEndpointAuthMethod: 'client_secret_basic', grantTypes: [TOKEN_EXCHANGE] },
  answer: { clientId: 'c_…', clientSecret: 'gate_cs_…' },
}

const NARROW: Call = {
  title: 'Exchange the user’s token for a narrower one',
  method: 'POST',
  url: '$ISSUER/api/oauth/token',
  basic: ['CLIENT_ID', 'CLIENT_SECRET'],
  form: { grant_type: TOKEN_EXCHANGE, subject_token: '$ACCESS_TOKEN', subject_token_type: ACCESS_TOKEN, scope: 'read' },
  answer: { access_token: 'eyJ…', token_type: 'bearer', expires_in: 3540, scope: 'read', issued_token_type: ACCESS_TOKEN },
}

const UPSTREAM: Call = {
  title: 'The user’s own token at the provider they came from',
  method: 'POST',
  url: '$ISSUER/api/oauth/upstream-token',
  bearer: 'GATEHOUSE_SERVER_SECRET',
  json: { user_id: '$USER_ID' },
  answer: { access_token: '…', token_type: 'Bearer', scope: 'openid email', expires_in: 3300 },
}

const ADD_MACHINE: Call = {
  title: 'Make a client that acts for itself',
  method: 'POST',
  url: '$GATEHOUSE_URL/api/management/projects/$PROJECT/clients',
  bearer: 'GATEHOUSE_API_KEY',
  json: { name: 'Nightly report', tokenEndpointAuthMethod: 'client_secret_basic', grantTypes: ['client_credentials'] },
  answer: { clientId: 'c_…', clientSecret: 'gate_cs_…' },
}

const MACHINE: Call = {
  title: 'A token for the service itself',
  method: 'POST',
  url: '$ISSUER/api/oauth/token',
  basic: ['CLIENT_ID', 'CLIENT_SECRET'],
  form: { grant_type: 'client_credentials', resource: API, scope: 'read' },
  answer: { access_token: 'eyJ…', token_type: 'bearer', expires_in: 3600, scope: 'read' },
}

const INTROSPECT: Call = {
  title: 'Does it still count?',
  method: 'POST',
  url: '$ISSUER/api/oauth/introspect',
  bearer: 'GATEHOUSE_SERVER_SECRET',
  form: { token: '$ACCESS_TOKEN' },
  answer: {
    active: true,
    iss: 'https://auth.example.com/p/notes',
    aud: 'https://mcp.example.com/mcp',
    sub: 'user_…',
    client_id: 'https://claude.ai/oauth/mcp-oauth-client-metadata',
    scope: 'read write',
    jti: '…',
    iat: 1763700000,
    exp: 1763703600,
    auth_time: 1763699990,
    grant_id: '…',
    nbf: 1763700000,
    token_type: 'bearer',
  },
}

export const downstream: ArticleText = {
  title: 'Downstream services',
  lead: 'Your MCP server got a token, and a tool has to call something else. Do not pass the token on. Ask for another one: here are the four ways, each as a call that works as it stands.',
  sections: [
    {
      id: 'never-pass-it-on',
      title: 'Why the client’s token stays with you',
      blocks: [
        'The token’s `aud` is your MCP server. A service that takes it anyway takes any token of your project: whoever runs one of your servers could speak to all of them as your users. The MCP specification forbids it, and a service that checks `aud` as it should refuses such a token.',
        {
          compare: {
            label: 'Which way for which call',
            sides: ['Then', 'And the service sees'],
            rows: [
              [
                'Your own API, for the user',
                '[mint a token for that API](#for-the-user)',
                '`sub` the user, `aud` the API, minutes to live',
              ],
              [
                'A worker of yours, with less',
                '[exchange the token for a narrower one](#with-less)',
                '`sub` the user, `act` the worker, fewer scopes',
              ],
              [
                'Google, GitHub, Microsoft …',
                '[take the user’s own token there](#at-a-provider)',
                'the token that the provider gave for this user',
              ],
              ['Your own API, for nobody', '[client credentials](#for-nobody)', '`sub` and `client_id` the service'],
            ],
          },
        },
        'The calls use variables, so that they can be copied. The two secrets are on the project’s keys page; an API key is made below the organisation’s API keys.',
        {
          title: 'Before the first call',
          language: 'shell',
          code: `export GATEHOUSE_URL=https://auth.example.com
export PROJECT=notes
export ISSUER=$GATEHOUSE_URL/p/$PROJECT
export GATEHOUSE_SERVER_SECRET=gate_srv_…   # of the project
export GATEHOUSE_API_KEY=gate_key_…         # to set things up
export ACCESS_TOKEN=eyJ…                    # what the client sent
export USER_ID=user_…                       # its sub, once you have checked it`,
        },
      ],
    },
    {
      id: 'for-the-user',
      title: 'Your own API, for the user',
      blocks: [
        'Make the API a resource of the same project. It checks tokens as your MCP server does, with its own URL as `aud`.',
        { call: ADD_RESOURCE },
        'Check the client’s token, take `sub` from it, and mint a token for that user at the API, with your server secret. Give it as little scope and time as the call needs.',
        { call: MINT },
        'The server secret speaks for every user of the project: it belongs on servers only, and each use stands in the audit log. It is the same endpoint by which your backend mints for users it knows. At the token endpoint it has the form of RFC 8693:',
        { call: MINT_BY_FORM },
        'A minted token stands for itself: when the user disconnects the client, it lives on until `expires_in` is over. That is why it should be short.',
      ],
    },
    {
      id: 'with-less',
      title: 'A worker of yours, with less',
      blocks: [
        'A part of your system that should not hold the server secret gets a client of its own, for this grant alone.',
        { call: ADD_EXCHANGER },
        'It exchanges the user’s token for one with fewer scopes or, of several resources, one of them. Never for more: a scope or resource that the token lacks is refused with `invalid_scope` or `invalid_target`.',
        { call: NARROW },
        'The new token says `sub` the user and `act` the worker, and ends no later than the first one. When the user disconnects the client, introspection says so of both. Exchanged again, the chain stands in `act`, at most three deep.',
      ],
    },
    {
      id: 'at-a-provider',
      title: 'A provider’s API: Google, GitHub, Microsoft and others',
      blocks: [
        'Where people sign in through a provider and the project keeps its tokens (settings, sign-in, the provider’s dialog), your server can have the user’s own token there. It is renewed when it is about to end. Clients never get it.',
        { call: UPSTREAM },
        'Ask for the scopes that your tools need in the provider’s dialog. `provider` names one by its id or preset, and is needed only where a user has tokens of several. 404 `not_found` means that none is kept: the user has to sign in again. 503 means that the provider does not answer just now.',
      ],
    },
    {
      id: 'for-nobody',
      title: 'Your own API, for nobody',
      blocks: [
        'A nightly job acts for no user. It gets a client of its own, made by hand, and a token in which it is the subject.',
        { call: ADD_MACHINE },
        { call: MACHINE },
        '`resource` may be left out where the project has one. There is no refresh token: ask again. A client with keys proves itself by `private_key_jwt` instead of a secret.',
      ],
    },
    {
      id: 'does-it-count',
      title: 'When a service must know at once',
      blocks: [
        'A JWT counts until it ends, whatever happened since. A service that cannot wait that long asks, with the server secret or as a confidential client about its own tokens.',
        { call: INTROSPECT },
        'Expired, revoked, foreign and unknown tokens all get `{"active": false}`.',
      ],
    },
  ],
}
