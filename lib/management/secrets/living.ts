import type { Transaction } from '#lib/db/transaction.ts'
import { conflict } from '../context.ts'
import { MAX_LIVING_SECRETS, type ProjectSecretKind } from './inputs.ts'

/** Those that are accepted at this moment, in their overlap or not. */
export const living = (projectId: string, now: Date, kind?: ProjectSecretKind) => ({
  projectId,
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
  ...(kind === undefined ? {} : { kind }),
})

/** Call it with the project's row locked, after what the new one replaces has ended. Throws `conflict`. */
export async function requireRoomForSecret(tx: Transaction, projectId: string, kind: ProjectSecretKind, now: Date): Promise<void> {
  const count = await tx.projectSecret.count({ where: living(projectId, now, kind) })
  if (count < MAX_LIVING_SECRETS) return
  throw conflict(`${MAX_LIVING_SECRETS} ${kind} secrets live already. Revoke one that nobody uses, or rotate without an overlap`)
}
