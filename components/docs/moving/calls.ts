import type { Call } from '../block.ts'

const PROJECT = '$GATEHOUSE_URL/api/management/projects/$PROJECT'
const BY_KEY = { bearer: 'GATEHOUSE_API_KEY' } as const

export const CREATE_PROJECT: Call = {
  ...BY_KEY,
  title: 'Make the project',
  method: 'POST',
  url: '$GATEHOUSE_URL/api/management/projects',
  json: { name: 'Notes', resource: 'https://mcp.example.com/mcp' },
  answer: {
    slug: 'notes',
    issuer: 'https://auth.example.com/p/notes',
    resource: 'https://mcp.example.com/mcp',
    registrationSecret: 'gate_reg_…',
    serverSecret: 'gate_srv_…',
  },
}

export const CREATE_SCOPE: Call = {
  ...BY_KEY,
  title: 'Bring a scope over',
  method: 'POST',
  url: `${PROJECT}/scopes`,
  json: { name: 'notes:write', description: 'Change and delete your notes', risk: 'medium', isDefault: true },
  answer: { name: 'notes:write' },
}

export const CREATE_CLIENT: Call = {
  ...BY_KEY,
  title: 'Bring a client over',
  method: 'POST',
  url: `${PROJECT}/clients`,
  json: {
    name: 'Acme desktop',
    redirectUris: ['https://desktop.acme.example/callback', 'http://127.0.0.1/callback'],
    tokenEndpointAuthMethod: 'none',
  },
  answer: { clientId: 'c_…', clientSecret: null },
}

export const CREATE_USER: Call = {
  ...BY_KEY,
  title: 'Add a user with a password of your choice',
  method: 'POST',
  url: `${PROJECT}/users`,
  json: { email: 'grace@example.com', password: 'a-long-passphrase', name: 'Grace' },
  answer: { id: 'user_…' },
}

export const USE_OWN_PAGE: Call = {
  ...BY_KEY,
  title: 'Send people to your own sign-in page, and nowhere else',
  method: 'PATCH',
  url: PROJECT,
  json: { handoffUrl: 'https://app.example.com/sign-in', signInPassword: false },
  answer: null,
}

export const confirmOwnPage = (sub: string): Call => ({
  title: 'Say who it is, once your page knows',
  method: 'POST',
  url: '$ISSUER/api/oauth/handoff',
  bearer: 'GATEHOUSE_SERVER_SECRET',
  json: { request: '$REQUEST', user: { id: sub, email: 'ada@example.com', email_verified: true } },
  answer: { redirect_to: 'https://auth.example.com/p/notes/oauth/handoff/…' },
})

export const mintFor = (id: string): Call => ({
  title: 'A token for a user your backend knows',
  method: 'POST',
  url: '$ISSUER/api/oauth/token/exchange',
  bearer: 'GATEHOUSE_SERVER_SECRET',
  json: { user_id: id, expires_in: 600 },
  answer: {
    access_token: 'eyJ…',
    token_type: 'bearer',
    expires_in: 600,
    scope: 'read',
    issued_token_type: 'urn:ietf:params:oauth:token-type:access_token',
  },
})

type Provider = { readonly title: string; readonly preset: string; readonly issuer?: string; readonly keepTokens?: boolean }

/** People go on signing in where they always did. */
export const createProvider = ({ title, preset, issuer, keepTokens = false }: Provider): Call => ({
  ...BY_KEY,
  title,
  method: 'POST',
  url: `${PROJECT}/upstream-providers`,
  json: {
    preset,
    ...(issuer ? { issuer } : {}),
    clientId: '$PROVIDER_CLIENT_ID',
    clientSecret: '$PROVIDER_CLIENT_SECRET',
    ...(keepTokens ? { keepTokens } : {}),
  },
  answer: { id: '0198f3c1-6f0e-7cc2-9d7e-1f2a3b4c5d6e' },
})

/** Its tokens can be exchanged for ours. */
export const trustIssuer = (issuer: string, jwksUri: string, audience: string): Call => ({
  ...BY_KEY,
  title: 'Trust the old issuer’s tokens for token exchange',
  method: 'POST',
  url: `${PROJECT}/trusted-issuers`,
  json: { kind: 'subject-token', issuer, jwksUri, audience, linkByEmail: true },
  answer: { id: '0198f3c1-6f0e-7cc2-9d7e-1f2a3b4c5d6e' },
})
