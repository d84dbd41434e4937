import { type AuditContext, recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read, type Transaction } from '#lib/db/transaction.ts'
import type { SigningAlgorithm } from '#lib/oauth/context.ts'
import { forgetKeys } from './key-set.ts'
import {
  ID_TOKEN_ALGORITHM,
  insertSigningKey,
  JWKS_MAX_AGE_SECONDS,
  type KeyPurpose,
  makeSigningKey,
  type NewSigningKey,
} from './signing-key.ts'

/** The longest life a project can give its access tokens. The present setting does not count: it may have been longer when they were issued. */
const LONGEST_ACCESS_TOKEN_SECONDS = 86_400
/** Until every cache that may be asked knows a key: the JWKS' own and ours. */
const SETTLING_SECONDS = JWKS_MAX_AGE_SECONDS + 10

export type Rotation =
  /** There are no keys of this purpose: OpenID Connect was never on. */
  | { readonly outcome: 'no_keys' }
  | { readonly outcome: 'rotated'; readonly kid: string; readonly previousKid: string }
  /** The project's algorithm has changed: a next key of the new one is published now and signs after the next rotation. */
  | { readonly outcome: 'prepared'; readonly kid: string; readonly readyAt: Date }
  /** The next key is younger than the caches that must know it, be it that somebody else has just rotated. */
  | { readonly outcome: 'too_soon'; readonly readyAt: Date }
  /** Another key signs than the one that was to be replaced. */
  | { readonly outcome: 'done_already' }

/**
 * Promotes next to current and current to previous, and publishes a new next. Of several rotations at once one wins.
 * The private half of what becomes previous is forgotten: it never signs again. `only`: the key id that is to be replaced, by whoever
 * saw it sign some time ago; when another one signs by now, nothing happens.
 */
export async function rotateSigningKey(context: AuditContext, purpose: KeyPurpose = 'access-token', only?: string): Promise<Rotation> {
  const { projectId } = context
  const fresh = await makeSigningKey(projectId, await wantedAlgorithm(projectId, purpose))

  const rotation = await inTransaction(async (tx): Promise<Rotation> => {
    const keys = await findKeys(tx, projectId, purpose)
    if (!keys) return { outcome: 'no_keys' }
    const { current, next } = keys
    if (only !== undefined && current.kid !== only) return { outcome: 'done_already' }
    if (next.algorithm !== fresh.algorithm) return prepare(tx, context, next, fresh, purpose)
    if (!next.settled) return { outcome: 'too_soon', readyAt: next.readyAt }
    // Two rotations wait for each other on this row; the second finds it changed.
    if (!(await retire(tx, projectId, current.kid))) return { outcome: 'too_soon', readyAt: secondsFrom(next.now, SETTLING_SECONDS) }
    await promote(tx, projectId, next.kid)
    await insertSigningKey(tx, projectId, fresh, purpose, 'next')
    await recordAudit(tx, context, { action: 'key.rotated', kid: current.kid, successor: next.kid })
    return { outcome: 'rotated', kid: next.kid, previousKid: current.kid }
  })
  forgetKeys(projectId)
  return rotation
}

/**
 * Ends a key at once: it leaves the JWKS and every token it signed fails. Was it the current one, next takes over, known to
 * all caches or not; was it next, another is made. False when the project has no such key or it is revoked already.
 */
export async function revokeSigningKey(context: AuditContext, kid: string): Promise<boolean> {
  const { projectId } = context
  const key = await read((db) => db.signingKey.findFirst({ where: { projectId, kid }, select: { purpose: true } }))
  if (!key) return false
  const purpose: KeyPurpose = key.purpose === 'id-token' ? 'id-token' : 'access-token'
  const fresh = await makeSigningKey(projectId, await wantedAlgorithm(projectId, purpose))
  let revoked: boolean | 'moved'
  do revoked = await inTransaction((tx) => revoke(tx, context, { kid, purpose }, fresh))
  while (revoked === 'moved')
  forgetKeys(projectId)
  return revoked
}

/** `moved`: a rotation changed the key's state meanwhile, so what follows from its end is another thing now. */
async function revoke(
  tx: Transaction,
  context: AuditContext,
  { kid, purpose }: { kid: string; purpose: KeyPurpose },
  fresh: NewSigningKey,
): Promise<boolean | 'moved'> {
  const { projectId } = context
  const keys = await findKeys(tx, projectId, purpose)
  if (!keys) throw new Error(`project ${projectId} has no current key for its ${purpose}s`)
  const { current, next } = keys
  const state = kid === current.kid ? 'current' : kid === next.kid ? 'next' : 'previous'
  const { count } = await tx.signingKey.updateMany({ where: { projectId, kid, state }, data: { state: 'revoked', sealedPrivate: '' } })
  if (count === 0) return (await tx.signingKey.count({ where: { projectId, kid, state: { not: 'revoked' } } })) > 0 && 'moved'
  if (state === 'current') await promote(tx, projectId, next.kid)
  if (state !== 'previous') await insertSigningKey(tx, projectId, fresh, purpose, 'next')
  await recordAudit(tx, context, { action: 'key.revoked', kid, successor: state === 'current' ? next.kid : current.kid })
  return true
}

type Standing = {
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  /** Every JWKS that may still be cached holds it. */
  readonly settled: boolean
  readonly readyAt: Date
  readonly now: Date
}

async function wantedAlgorithm(projectId: string, purpose: KeyPurpose): Promise<SigningAlgorithm> {
  if (purpose === 'id-token') return ID_TOKEN_ALGORITHM
  const project = await read((db) => db.project.findUniqueOrThrow({ where: { id: projectId }, select: { signingAlgorithm: true } }))
  return project.signingAlgorithm === 'RS256' ? 'RS256' : 'ES256'
}

/** A next key that is as old as the current one was in every JWKS that ever had the current one. Null where there are none of this purpose. */
async function findKeys(tx: Transaction, projectId: string, purpose: KeyPurpose): Promise<{ current: Standing; next: Standing } | null> {
  const rows = await tx.$queryRaw<(Standing & { state: string })[]>`
    SELECT key.kid, key.algorithm, key.state, now() AS now, key.created_at + make_interval(secs => ${SETTLING_SECONDS}::float8) AS "readyAt",
      key.created_at + make_interval(secs => ${SETTLING_SECONDS}::float8) <= now() OR key.created_at <= current.created_at AS settled
    FROM signing_key AS key
    JOIN signing_key AS current ON current.project_id = key.project_id AND current.purpose = key.purpose AND current.state = 'current'
    WHERE key.project_id = ${projectId}::uuid AND key.purpose = ${purpose} AND key.state IN ('current', 'next')`
  if (rows.length === 0 && purpose === 'id-token') return null
  const current = rows.find((row) => row.state === 'current')
  const next = rows.find((row) => row.state === 'next')
  if (!current || !next) throw new Error(`project ${projectId} lacks its ${current ? 'next' : 'current'} signing key`)
  return { current, next }
}

/** False when it is not the current key any more. */
async function retire(tx: Transaction, projectId: string, kid: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    UPDATE signing_key SET state = 'previous', retired_at = now(), sealed_private = '',
      expires_at = now() + make_interval(secs => ${LONGEST_ACCESS_TOKEN_SECONDS + SETTLING_SECONDS}::float8)
    WHERE project_id = ${projectId}::uuid AND kid = ${kid} AND state = 'current'`
  return changed === 1
}

async function promote(tx: Transaction, projectId: string, kid: string): Promise<void> {
  const changed = await tx.$executeRaw`
    UPDATE signing_key SET state = 'current', activated_at = now() WHERE project_id = ${projectId}::uuid AND kid = ${kid} AND state = 'next'`
  if (changed !== 1) throw new Error('the next signing key was taken meanwhile')
}

/** The old next key never signed, so nothing is lost with it. */
async function prepare(
  tx: Transaction,
  context: AuditContext,
  next: Standing,
  fresh: NewSigningKey,
  purpose: KeyPurpose,
): Promise<Rotation> {
  const { projectId } = context
  const { count } = await tx.signingKey.deleteMany({ where: { projectId, kid: next.kid, state: 'next' } })
  if (count !== 1) return { outcome: 'too_soon', readyAt: secondsFrom(next.now, SETTLING_SECONDS) }
  await insertSigningKey(tx, projectId, fresh, purpose, 'next')
  await recordAudit(tx, context, { action: 'key.rotated', kid: next.kid, successor: fresh.kid })
  return { outcome: 'prepared', kid: fresh.kid, readyAt: secondsFrom(next.now, SETTLING_SECONDS) }
}

const secondsFrom = (moment: Date, seconds: number): Date => new Date(moment.getTime() + seconds * 1000)
