import { inTransaction, read } from '#lib/db/transaction.ts'
import { notFound, requireRecentAuthentication } from '../context.ts'
import { hashNewPassword } from '../members/password.ts'
import { parseInput } from '../parse.ts'
import { endMailedLinks } from './challenge.ts'
import { type AccountContext, recordOwnAct } from './context.ts'
import { endAllBut } from './end-session.ts'
import { holdAccount } from './hold.ts'
import { type ChangePasswordInput, changePasswordInput } from './inputs.ts'
import { requirePassword } from './prove.ts'

/**
 * Sets the password, or the first one; every other session ends, and so does what was mailed. Answers how many ended.
 * Throws `invalid` for a wrong current password or a short new one, `reauthenticate` where there is none to ask for, `too_many_requests`.
 */
export async function changePassword(ctx: AccountContext, input: ChangePasswordInput): Promise<{ endedSessions: number }> {
  const { currentPassword, newPassword } = parseInput(changePasswordInput, input)
  const { memberId } = ctx
  const member = await read((db) => db.member.findUnique({ where: { id: memberId }, select: { passwordHash: true } }))
  if (!member) throw notFound('Member')
  if (member.passwordHash === null) requireRecentAuthentication(ctx)
  else await requirePassword(ctx, currentPassword, 'currentPassword')
  const passwordHash = await hashNewPassword(newPassword)

  const endedSessions = await inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    await tx.member.updateMany({ where: { id: memberId }, data: { passwordHash } })
    await endMailedLinks(tx, memberId)
    const ended = await endAllBut(tx, ctx)
    await recordOwnAct(tx, ctx, { action: 'member.password_changed' })
    return ended
  })
  return { endedSessions }
}
