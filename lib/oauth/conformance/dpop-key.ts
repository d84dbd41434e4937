import { randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose'
import { bearer, postJson, tokensOf } from './oauth-client.ts'
import type { Target, TestProject } from './target.ts'

/** Undefined leaves a member out. */
export type Members = Readonly<Record<string, unknown>>

/** A client's key, and proofs of it (RFC 9449 §4.2). */
export type DpopKey = {
  readonly jwk: JWK
  readonly privateJwk: JWK
  /** RFC 7638 thumbprint. */
  readonly jkt: string
  proof(claims: Members, header?: Members): Promise<string>
}

export async function dpopKey(alg: 'ES256' | 'RS256' | 'PS256' | 'EdDSA' | 'ES384' = 'ES256'): Promise<DpopKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const jwk = await exportJWK(publicKey)
  return {
    jwk,
    privateJwk: await exportJWK(privateKey),
    jkt: await calculateJwkThumbprint(jwk),
    proof: (claims, header = {}) =>
      new SignJWT({ jti: randomUUID(), ...claims }).setProtectedHeader({ typ: 'dpop+jwt', alg, jwk, ...header }).sign(privateKey),
  }
}

/** The server's clock, in whole seconds: in this process it stands still. Asked anew after `advance`. */
export async function serverClock(project: TestProject): Promise<() => number> {
  const answer = await postJson(project, '/api/oauth/token/exchange', { user_id: 'clock' }, bearer(project.serverSecret))
  const ahead = Number(decodeJwt(tokensOf(answer).access).iat) - Math.floor(Date.now() / 1000)
  return () => Math.floor(Date.now() / 1000) + ahead
}

/** The same to the second, however slow the test is: where the server's clock stands still this one does too. */
export async function exactClock({ door }: Target, project: TestProject): Promise<() => number> {
  const clock = await serverClock(project)
  const at = clock()
  return door === 'in-process' ? () => at : clock
}
