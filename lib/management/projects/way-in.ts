import type { Transaction } from '#lib/db/transaction.ts'
import { invalid } from '../context.ts'

/** What of a project's columns lets people in. */
export const wayInColumns = { signInPassword: true, signInEmail: true, signInPasskey: true, handoffUrl: true } as const

export type WaysIn = {
  readonly signInPassword: boolean
  readonly signInEmail: boolean
  readonly signInPasskey: boolean
  readonly handoffUrl: string | null
}

/** Throws `invalid` when nobody could sign in any more. */
export async function requireWayIn(
  tx: Transaction,
  projectId: string,
  { signInPassword, signInEmail, signInPasskey, handoffUrl }: WaysIn,
): Promise<void> {
  if (signInPassword || signInEmail || signInPasskey || handoffUrl !== null) return
  const providers = await tx.upstreamProvider.count({ where: { projectId, enabled: true } })
  if (providers === 0) throw invalid({ signInPassword: 'Leave people at least one way to sign in' })
}
