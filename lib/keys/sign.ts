import { sign, verify } from 'node:crypto'
import type { AccessTokenClaims, PublicDocument } from '#lib/oauth/context.ts'
import { keySet, type SigningKey, type VerifyingKey } from './key-set.ts'

/** No token of ours comes near it. Checked first: whoever sends more wants our time. */
const MAX_TOKEN_LENGTH = 8_192

/** Signs access tokens of this project with its current key: RFC 7515 compact serialization, `typ: at+jwt`. */
export const signer =
  (projectId: string) =>
  async (claims: AccessTokenClaims): Promise<string> => {
    const { current } = await keySet(projectId)
    const signed = `${current.header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
    return `${signed}.${(await signature(current, signed)).toString('base64url')}`
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
