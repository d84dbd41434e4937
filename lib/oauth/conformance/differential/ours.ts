import { createHash } from 'node:crypto'
import { connect, newCode, oauthClient } from '../oauth-client.ts'
import type { Target, TestClient } from '../target.ts'
import { REDIRECT, type Side } from './side.ts'

const PATHS = {
  authorize: '/oauth/authorize',
  token: '/api/oauth/token',
  revoke: '/api/oauth/revoke',
  introspect: '/api/oauth/introspect',
  register: '/api/oauth/register',
  metadata: '/.well-known/openid-configuration',
  jwks: '/.well-known/jwks.json',
} as const

export async function ours(target: Target, verifier: string): Promise<Side> {
  const project = await target.project()
  const user = await project.user()
  const challenge = createHash('sha256').update(verifier).digest('base64url')
  const codes = { redirectUris: [REDIRECT], grantTypes: ['authorization_code', 'refresh_token'] }
  const secretOf = ({ clientId, clientSecret }: TestClient) => ({ id: clientId, secret: clientSecret ?? '' })
  const client = oauthClient(project, await project.client(codes))
  return {
    issuer: project.issuer,
    resource: project.resource,
    registrationSecret: project.registrationSecret,
    client: client.clientId,
    otherClient: (await project.client(codes)).clientId,
    confidential: secretOf(await project.client({ ...codes, method: 'client_secret_basic' })),
    machine: secretOf(await project.client({ method: 'client_secret_basic', grantTypes: ['client_credentials'] })),
    send: (endpoint, { query = '', ...init } = {}) => project.fetch(`${PATHS[endpoint]}${query && `?${query}`}`, init),
    code: async () => (await newCode(project, client, { user }, { code_challenge: challenge })).code,
    tokens: () => connect(project, client, { user }),
  }
}
