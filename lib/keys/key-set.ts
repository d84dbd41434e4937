import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import { statement, Unavailable } from '#lib/db/transaction.ts'
import type { PublicDocument, SigningAlgorithm } from '#lib/oauth/context.ts'
import { publicDocument } from '#lib/oauth/document.ts'
import { open } from './seal.ts'
import { JWKS_MAX_AGE_SECONDS, type KeyPurpose, type KeyState, type PublicJwk } from './signing-key.ts'

/** One project's keys, opened. */
export type KeySet = {
  readonly current: SigningKey
  /** Null until the project had OpenID Connect on. */
  readonly currentForIdTokens: SigningKey | null
  /** Of access tokens, by the exact first segment of those it signs: it fixes `alg`, `kid` and `typ` at once. */
  readonly byHeader: ReadonlyMap<string, VerifyingKey>
  readonly jwks: PublicDocument
}

export type VerifyingKey = { readonly kid: string; readonly algorithm: SigningAlgorithm; readonly publicKey: KeyObject }
export type SigningKey = {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly header: string
  readonly privateKey: KeyObject
}

type Row = {
  kid: string
  algorithm: SigningAlgorithm
  purpose: KeyPurpose
  state: Exclude<KeyState, 'revoked'>
  public_jwk: string
  sealed_private: string
}
type Loaded = { readonly keys: KeySet; readonly at: number }

/** A rotation is seen by every process this much later at most. */
const FRESH_MS = 5_000
const MAX_PROJECTS = 2_000

const loaded = new LRUCache<string, Loaded>({ max: MAX_PROJECTS })
const loading = new Map<string, Promise<KeySet>>()

/** In the order of the JWKS: who looks at the first key only finds the one that signs. */
const FIND = `
  SELECT kid, algorithm, purpose, state, public_jwk, sealed_private FROM signing_key
  WHERE project_id = $1::uuid AND (state IN ('current', 'next') OR state = 'previous' AND expires_at > now())
  ORDER BY purpose, state = 'current' DESC, state = 'next' DESC, retired_at DESC`

/** Throws `SealBroken`; `Unavailable` when the database is away for longer than verifiers keep our keys anyway. */
export function keySet(projectId: string): KeySet | Promise<KeySet> {
  const known = loaded.get(projectId)
  if (known && performance.now() - known.at < FRESH_MS) return known.keys
  let run = loading.get(projectId)
  if (!run) {
    run = load(projectId, known).finally(() => loading.delete(projectId))
    loading.set(projectId, run)
  }
  return run
}

/** After a change made by this very process. */
export function forgetKeys(projectId: string): void {
  loaded.delete(projectId)
  loading.delete(projectId)
}

async function load(projectId: string, known: Loaded | undefined): Promise<KeySet> {
  const at = performance.now()
  try {
    const { rows } = await statement<Row>('find_signing_keys', FIND, [projectId])
    const keys = keySetOf(projectId, rows, known?.keys)
    loaded.set(projectId, { keys, at })
    return keys
  } catch (error) {
    // While the database is away nobody can have changed the keys.
    if (error instanceof Unavailable && known && at - known.at < JWKS_MAX_AGE_SECONDS * 1000) return known.keys
    throw error
  }
}

function keySetOf(projectId: string, rows: readonly Row[], known: KeySet | undefined): KeySet {
  const row = rows.find(({ purpose, state }) => purpose === 'access-token' && state === 'current')
  const idTokenRow = rows.find(({ purpose, state }) => purpose === 'id-token' && state === 'current')
  if (!row) throw new Error(`project ${projectId} has no current signing key`)
  const jwks = publicDocument({ keys: rows.map(({ public_jwk }) => published(JSON.parse(public_jwk) as PublicJwk)) })
  const signing = [known?.current, known?.currentForIdTokens].map((key) => key?.kid)
  if (signing[0] === row.kid && signing[1] === idTokenRow?.kid && known?.jwks.etag === jwks.etag) return known
  const verifying = rows.filter(({ purpose }) => purpose === 'access-token')
  return {
    current: openedKey(projectId, row, known),
    currentForIdTokens: idTokenRow ? openedKey(projectId, idTokenRow, known) : null,
    byHeader: new Map(verifying.map((key) => [headerOf(key), known?.byHeader.get(headerOf(key)) ?? verifyingKeyOf(key)])),
    jwks,
  }
}

const openedKey = (projectId: string, row: Row, known: KeySet | undefined): SigningKey =>
  [known?.current, known?.currentForIdTokens].find((key) => key?.kid === row.kid) ?? openKey(projectId, row)

const openKey = (projectId: string, { kid, algorithm, purpose, sealed_private }: Row): SigningKey => ({
  kid,
  algorithm,
  header: headerOf({ kid, algorithm, purpose }),
  privateKey: createPrivateKey({ key: JSON.parse(open(sealed_private, { projectId, kid })), format: 'jwk' }),
})

const verifyingKeyOf = ({ kid, algorithm, public_jwk }: Row): VerifyingKey => ({
  kid,
  algorithm,
  publicKey: createPublicKey({ key: JSON.parse(public_jwk), format: 'jwk' }),
})

/** RFC 9068 §2.1; an id_token is a plain JWT (RFC 7519 §5.1). */
const headerOf = ({ kid, algorithm, purpose }: Pick<Row, 'kid' | 'algorithm' | 'purpose'>): string =>
  Buffer.from(JSON.stringify({ typ: purpose === 'access-token' ? 'at+jwt' : 'JWT', alg: algorithm, kid })).toString('base64url')

/** Named one by one, so that no private member can ever be published. */
const published = ({ kty, crv, x, y, n, e, kid, use, alg }: PublicJwk): PublicJwk =>
  kty === 'EC' ? { kty, kid, use, alg, ...(crv && x && y ? { crv, x, y } : {}) } : { kty, kid, use, alg, ...(n && e ? { n, e } : {}) }
