import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { SCOPE } from './target.ts'

export const KEY_ID = 'floor'

/** The two public documents, as the bytes that are sent, and the key that they publish. */
export function documents(issuer: string): { metadata: Buffer; jwks: Buffer; key: KeyObject } {
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = { ...createPublicKey(key).export({ format: 'jwk' }), kid: KEY_ID, use: 'sig', alg: 'ES256' }
  const metadata = {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    registration_endpoint: `${issuer}/register`,
    revocation_endpoint: `${issuer}/revoke`,
    introspection_endpoint: `${issuer}/introspect`,
    jwks_uri: `${issuer}/jwks`,
    scopes_supported: SCOPE.split(' '),
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
    code_challenge_methods_supported: ['S256'],
  }
  return { metadata: Buffer.from(JSON.stringify(metadata)), jwks: Buffer.from(JSON.stringify({ keys: [jwk] })), key }
}
