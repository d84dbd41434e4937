import { statement, type Transaction } from '#lib/db/transaction.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import type { Admitted } from '../session.ts'

/** How long somebody may take on the customer's own page. */
export const HANDOFF_MINUTES = 5

/** A browser on its way through the customer's own sign-in page. */
export type Handoff = {
  /** `id_hash` of the authorization request, or the name of a page of ours. */
  readonly requestId: string
  readonly browserHash: string
  /** Their backend has answered. */
  readonly confirmed: boolean
  /** Whom it named; null: nobody is let in, or it has not answered. */
  readonly userId: string | null
  readonly scope: string | null
  readonly used: boolean
  readonly expired: boolean
}

const COLUMNS = `request_id AS "requestId", browser_hash AS "browserHash", confirmed_at IS NOT NULL AS confirmed, user_id AS "userId", scope,
  used_at IS NOT NULL AS used, expires_at <= now() AS expired`

/** Answers when it was made. */
export async function createHandoff(
  tx: Transaction,
  projectId: string,
  id: string,
  { requestId, browserHash }: Pick<Handoff, 'requestId' | 'browserHash'>,
): Promise<Date> {
  const [made] = await tx.$queryRaw<{ now: Date }[]>`
    INSERT INTO handoff (project_id, id_hash, request_id, browser_hash, expires_at)
    VALUES (${projectId}::uuid, ${sha256Hex(id)}, ${requestId}, ${browserHash}, now() + make_interval(mins => ${HANDOFF_MINUTES}))
    RETURNING now() AS now`
  if (!made) throw new Error('an insert answered no row')
  return made.now
}

export async function findHandoff(projectId: string, id: string): Promise<Handoff | null> {
  const text = `SELECT ${COLUMNS} FROM handoff WHERE project_id = $1::uuid AND id_hash = $2`
  return (await statement<Handoff>('find_handoff', text, [projectId, sha256Hex(id)])).rows[0] ?? null
}

/** The same, for whoever is about to change it: another one waits until the transaction ends. */
export async function lockHandoff(tx: Transaction, projectId: string, id: string): Promise<Handoff | null> {
  const text = `SELECT ${COLUMNS} FROM handoff WHERE project_id = $1::uuid AND id_hash = $2 FOR UPDATE`
  return (await tx.$queryRawUnsafe<Handoff[]>(text, projectId, sha256Hex(id)))[0] ?? null
}

/** `userId` null: nobody is let in. */
export async function keepConfirmation(
  tx: Transaction,
  projectId: string,
  id: string,
  { userId, scope }: Pick<Handoff, 'userId' | 'scope'>,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE handoff SET user_id = ${userId}, scope = ${scope}, confirmed_at = now()
    WHERE project_id = ${projectId}::uuid AND id_hash = ${sha256Hex(id)}`
}

/** It was used or has expired since it was found, or its user was disabled. */
export class HandoffSpent extends Error {
  constructor() {
    super('The hand-off is spent')
    this.name = 'HandoffSpent'
  }
}

/** Throws `HandoffSpent` unless this is the one use of it, by the browser that set out. */
export async function spendHandoff(tx: Transaction, projectId: string, id: string, browserHash: string): Promise<Admitted> {
  const [spent] = await tx.$queryRaw<Admitted[]>`
    UPDATE handoff SET used_at = now()
    WHERE project_id = ${projectId}::uuid AND id_hash = ${sha256Hex(id)} AND browser_hash = ${browserHash} AND confirmed_at IS NOT NULL
      AND user_id IN (SELECT id FROM end_user WHERE project_id = ${projectId}::uuid AND id = handoff.user_id AND disabled_at IS NULL)
      AND used_at IS NULL AND expires_at > now()
    RETURNING user_id AS "userId", scope AS "scopeCeiling"`
  if (!spent) throw new HandoffSpent()
  return spent
}
