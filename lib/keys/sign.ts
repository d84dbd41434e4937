import { sign, verify } from 'node:crypto'
import type { AccessTokenClaims, HandoffClaims, IdTokenClaims, PublicDocument } from '#lib/oauth/context.ts'
import { forgetKeys, keySet, type SigningKey, type VerifyingKey } from './key-set.ts'

/** No token of ours comes near it. Checked first: whoever sends more wants our time. */
const MAX_TOKEN_LENGTH = 8_192

/** Signs access tokens of this project with its current key: RFC 7515 compact serialization, `typ: at+jwt`. */
export const signer =
  (projectId: string) =>
  async (claims: AccessTokenClaims): Promise<string> =>
    signedBy((await keySet(projectId)).current, claims)

/** Signs id_tokens of this project with the key kept for them: `typ: JWT`, RS256. Throws where there never was one. */
export const idTokenSigner =
  (projectId: string) =>
  async (claims: IdTokenClaims): Promise<string> => {
    const known = (await keySet(projectId)).currentForIdTokens
    if (known) return signedBy(known, claims)
    // Switched on by another process after we last looked.
    forgetKeys(projectId)
    const fresh = (await keySet(projectId)).currentForIdTokens
    if (!fresh) throw new Error(`project ${projectId} has no key for id_tokens`)
    return signedBy(fresh, claims)
  }

/** Signs requests to the customer's own sign-in page: the key of access tokens, under a `typ` that none of them has (RFC 8725 §3.11). */
export const handoffSigner =
  (projectId: string) =>
  async (claims: HandoffClaims): Promise<string> => {
    const { current } = await keySet(projectId)
    const { algorithm: alg, kid } = current
    const header = Buffer.from(JSON.stringify({ typ: 'gatehouse-handoff+jwt', alg, kid })).toString('base64url')
    return signedBy({ ...current, header }, claims)
  }

async function signedBy(key: SigningKey, claims: AccessTokenClaims | IdTokenClaims | HandoffClaims): Promise<string> {
  const signed = `${key.header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  return `${signed}.${(await signature(key, signed)).toString('base64url')}`
}

/**
 * The claims of an access token that one of this project's keys signed; null for anything else. The issuer and the
 * expiry are the caller's to check, the latter on the database's clock.
 */
export const verifier =
  (projectId: string) =>
  async (token: string): Promise<AccessTokenClaims | null> => {
    if (token.length > MAX_TOKEN_LENGTH) return null
    const [, header, payload, mac] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token) ?? []
    if (!header || !payload || !mac) return null
    const key = (await keySet(projectId)).byHeader.get(header)
    if (!key || !isSignedBy(key, `${header}.${payload}`, Buffer.from(mac, 'base64url'))) return null
    return JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessTokenClaims
  }

/** RFC 7517: the public halves of current, next and every previous key that may still have tokens. */
export const jwks = async (projectId: string): Promise<PublicDocument> => (await keySet(projectId)).jwks

/** An ECDSA signature takes 30 µs and stays here; an RSA one takes ten times that and goes to a thread. */
function signature({ algorithm, privateKey }: SigningKey, signed: string): Buffer | Promise<Buffer> {
  if (algorithm === 'ES256') return sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(signed), privateKey, (error, bytes) => (error ? reject(error) : resolve(bytes)))
  })
}

const isSignedBy = ({ algorithm, publicKey }: VerifyingKey, signed: string, bytes: Buffer): boolean =>
  algorithm === 'ES256'
    ? verify('sha256', Buffer.from(signed), { key: publicKey, dsaEncoding: 'ieee-p1363' }, bytes)
    : verify('sha256', Buffer.from(signed), publicKey, bytes)
