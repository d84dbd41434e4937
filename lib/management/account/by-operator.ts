import { z } from 'zod'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import type { Actor } from '../context.ts'
import { notFound } from '../context.ts'
import { emailAddress } from '../fields.ts'
import { parseInput } from '../parse.ts'
import { recordOwnAct } from './context.ts'
import { forgetSecondFactorOf } from './disable-second-factor.ts'

const whose = z.object({ email: emailAddress })
type Whose = z.input<typeof whose>

/**
 * What whoever runs the installation does for a member who lost their phone and their recovery codes: the password alone opens the account
 * again. Answers whether there was a second factor. Throws `invalid`, `not_found`.
 */
export async function resetSecondFactor(operator: Actor, input: Whose): Promise<boolean> {
  const { email } = parseInput(whose, input)
  return inTransaction(async (tx) => {
    const memberId = await memberOf(tx, email)
    const wasOn = await forgetSecondFactorOf(tx, memberId)
    if (wasOn) await recordOwnAct(tx, { memberId, actor: operator }, { action: 'member.second_factor_disabled' })
    return wasOn
  })
}

/** After a laptop stood open: the member must prove who they are before the next act that asks for it. Answers in how many sessions. */
export async function requireNewProof(input: Whose): Promise<number> {
  const { email } = parseInput(whose, input)
  return inTransaction(async (tx) => {
    const memberId = await memberOf(tx, email)
    return tx.$executeRaw`
      UPDATE member_session SET authenticated_at = created_at - interval '1 day'
      WHERE member_id = ${memberId}::uuid AND ended_at IS NULL AND expires_at > now()`
  })
}

async function memberOf(tx: Transaction, email: string): Promise<string> {
  const member = await tx.member.findUnique({ where: { email }, select: { id: true } })
  if (!member) throw notFound('Member')
  return member.id
}
