import type { ManagementEvent } from '#lib/audit/events.ts'
import { recordAudit } from '#lib/audit/record.ts'
import type { Transaction } from '#lib/db/transaction.ts'
import type { Actor } from '../context.ts'

/** A member in one of their sessions, about their own account: no role has a say in it. */
export type AccountContext = {
  readonly memberId: string
  readonly sessionId: string
  readonly recentlyAuthenticated: boolean
  /** The caller's address as the outermost trusted proxy saw it. */
  readonly address?: string
}

type OwnEvent = Extract<ManagementEvent, { action: `member.${string}` }>

/**
 * What members do to their own accounts stands in the log of the first organisation they belong to, and nowhere for somebody who belongs
 * to none. The last statement of a verb.
 */
export async function recordOwnAct(
  tx: Transaction,
  {
    memberId,
    address,
    actor,
  }: { readonly memberId: string; readonly address?: string | undefined /** Who did it for them. */; readonly actor?: Actor },
  event: OwnEvent,
): Promise<void> {
  const organisationId = await firstOrganisationOf(tx, memberId)
  if (organisationId === null) return
  const source = { projectId: organisationId, actor: actor ?? ({ kind: 'member', id: memberId } as const) }
  await recordAudit(tx, { ...source, ...(address === undefined ? {} : { address }) }, event)
}

/** Null for a member of none. */
export async function firstOrganisationOf(tx: Transaction, memberId: string): Promise<string | null> {
  const first = await tx.membership.findFirst({
    where: { memberId },
    orderBy: [{ createdAt: 'asc' }, { organisationId: 'asc' }],
    select: { organisationId: true },
  })
  return first?.organisationId ?? null
}
