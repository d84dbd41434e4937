import { createHash, generateKeyPair, type JsonWebKey, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { Transaction } from '#lib/db/transaction.ts'
import type { SigningAlgorithm } from '#lib/oauth/context.ts'
import { seal } from './seal.ts'

/** `next` is published before it signs, `current` signs, `previous` verifies until its last token has died. */
export type KeyState = 'next' | 'current' | 'previous' | 'revoked'

/**
 * What a key signs, and nothing else: a signature under one can never be taken for the other, whatever its header says.
 * A project that signs access tokens with RS256 keeps two sets all the same, so that each is rotated for its own reasons.
 */
export type KeyPurpose = 'access-token' | 'id-token'

/** OpenID Connect Core §15.1: what a client that registered no algorithm expects of an id_token. */
export const ID_TOKEN_ALGORITHM: SigningAlgorithm = 'RS256'

/** `Cache-Control: max-age` of the JWKS: how long somebody may not know a key that we have just made. */
export const JWKS_MAX_AGE_SECONDS = 300

/** The members of a public key that are published, RFC 7517 §4, RFC 7518 §6; whatever else a row may hold stays inside. */
export type PublicJwk = {
  readonly kty: string
  readonly kid: string
  readonly use: 'sig'
  readonly alg: SigningAlgorithm
  readonly crv?: string
  readonly x?: string
  readonly y?: string
  readonly n?: string
  readonly e?: string
}

export type NewSigningKey = {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly publicJwk: PublicJwk
  readonly sealedPrivate: string
}

const generate = promisify(generateKeyPair)

/** Makes a key pair on a thread of its own (an RSA pair takes a tenth of a second) and seals its private half for this project. */
export async function makeSigningKey(projectId: string, algorithm: SigningAlgorithm): Promise<NewSigningKey> {
  const { publicKey, privateKey } = await generatePair(algorithm)
  const publicJwk = publicJwkOf(publicKey.export({ format: 'jwk' }), algorithm)
  const { kid } = publicJwk
  const sealedPrivate = seal(JSON.stringify(privateKey.export({ format: 'jwk' })), { projectId, kid })
  return { kid, algorithm, publicJwk, sealedPrivate }
}

/** A new project's first two keys. Both are in every JWKS the project ever publishes, so the first rotation need not wait. */
export async function createSigningKeys(tx: Transaction, projectId: string, algorithm: SigningAlgorithm): Promise<void> {
  const current = await makeSigningKey(projectId, algorithm)
  const next = await makeSigningKey(projectId, algorithm)
  await insertSigningKey(tx, projectId, current, 'access-token', 'current')
  await insertSigningKey(tx, projectId, next, 'access-token', 'next')
}

/** The one that signs first, and the one after it. */
export type NewIdTokenKeys = readonly [NewSigningKey, NewSigningKey]

/** Two keys for id_tokens, made before any transaction is open: RSA takes its time, a tenth of a second each. */
export const makeIdTokenKeys = (projectId: string): Promise<NewIdTokenKeys> =>
  Promise.all([makeSigningKey(projectId, ID_TOKEN_ALGORITHM), makeSigningKey(projectId, ID_TOKEN_ALGORITHM)])

/**
 * The first two keys for id_tokens; a project that had OpenID Connect on before keeps those it has. The first signs at once: nobody can
 * hold an id_token of this project yet, and whoever reads its JWKS afresh finds both. Call it with the project's row locked.
 */
export async function keepIdTokenKeys(tx: Transaction, projectId: string, [current, next]: NewIdTokenKeys): Promise<void> {
  const purpose: KeyPurpose = 'id-token'
  if ((await tx.signingKey.count({ where: { projectId, purpose, state: 'current' } })) > 0) return
  await insertSigningKey(tx, projectId, current, purpose, 'current')
  await insertSigningKey(tx, projectId, next, purpose, 'next')
}

export async function insertSigningKey(
  tx: Transaction,
  projectId: string,
  key: NewSigningKey,
  purpose: KeyPurpose,
  state: 'next' | 'current',
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO signing_key (project_id, kid, algorithm, purpose, state, public_jwk, sealed_private, activated_at, created_at)
    VALUES (${projectId}::uuid, ${key.kid}, ${key.algorithm}, ${purpose}, ${state}, ${JSON.stringify(key.publicJwk)}, ${key.sealedPrivate},
      CASE WHEN ${state} = 'current' THEN now() END, now())`
}

const generatePair = (algorithm: SigningAlgorithm): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> =>
  algorithm === 'ES256' ? generate('ec', { namedCurve: 'P-256' }) : generate('rsa', { modulusLength: 2048 })

function publicJwkOf(jwk: JsonWebKey, alg: SigningAlgorithm): PublicJwk {
  const required = (member: string | undefined): string => {
    if (!member) throw new Error('a public key without its members')
    return member
  }
  const members =
    alg === 'ES256'
      ? { crv: 'P-256', kty: 'EC', x: required(jwk.x), y: required(jwk.y) }
      : { e: required(jwk.e), kty: 'RSA', n: required(jwk.n) }
  // RFC 7638 §3.2: the required members alone, in this order, without white space.
  const kid = createHash('sha256').update(JSON.stringify(members)).digest('base64url')
  return { ...members, kid, use: 'sig', alg }
}
