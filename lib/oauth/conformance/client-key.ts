import { randomUUID } from 'node:crypto'
import { exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import type { Members } from './dpop-key.ts'

export type ClientKeyAlgorithm = 'ES256' | 'RS256' | 'PS256' | 'EdDSA' | 'ES384'

/** What a client signs its assertions with (RFC 7523 §2.2). */
export type ClientKey = {
  /** The public part, with `kid`, `alg` and `use`. */
  readonly jwk: JWK
  readonly privateJwk: JWK
  /** Undefined leaves a member out. */
  sign(claims: Members, header?: Members): Promise<string>
}

export async function clientKey(alg: ClientKeyAlgorithm = 'ES256', kid: string = randomUUID()): Promise<ClientKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' }
  return {
    jwk,
    privateJwk: { ...(await exportJWK(privateKey)), kid },
    sign: (claims, header = {}) => new SignJWT({ ...claims }).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  }
}

/** Every claim a good assertion has, on the server's clock. */
export const assertionClaims = (clientId: string, aud: unknown, now: number): Members => ({
  iss: clientId,
  sub: clientId,
  aud,
  iat: now,
  exp: now + 300,
  jti: randomUUID(),
})
