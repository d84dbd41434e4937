import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction, UniqueViolation } from '#lib/db/transaction.ts'
import { changesOf } from '../changes.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UpdateUserInput, updateUserInput } from './inputs.ts'

/**
 * Name and address. A new address is nobody's proven one until its owner confirms it, unless the caller says that it is known; what was
 * mailed to the old one counts no more. The log tells which of the two changed and not the values: it outlives the account.
 * Throws `forbidden`, `invalid`, `not_found`, `conflict` when another user has the address, and for the reviewer's.
 */
export async function updateUser(ctx: ManagementContext, input: UpdateUserInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  const { userId, emailVerified, ...wanted } = parseInput(updateUserInput, input)
  try {
    await inTransaction((tx) => update(tx, ctx, userId, wanted, emailVerified ?? false))
  } catch (error) {
    if (error instanceof UniqueViolation) throw conflict('Another user has this e-mail address')
    throw error
  }
}

type Wanted = { readonly name?: string | null | undefined; readonly email?: string | undefined }

async function update(tx: Transaction, ctx: ManagementContext, userId: string, wanted: Wanted, emailVerified: boolean): Promise<void> {
  const where = { projectId: ctx.project.id, id: userId }
  const [old] = await tx.$queryRaw<{ email: string | null; name: string | null }[]>`
    SELECT email, name FROM end_user WHERE project_id = ${where.projectId}::uuid AND id = ${userId} FOR UPDATE`
  if (!old) throw notFound('User')
  const { after } = changesOf(old, wanted)
  const names = Object.keys(after)
  if (names.length === 0) return
  if (after.email !== undefined) await leaveAddress(tx, where.projectId, userId, old.email)
  const emailVerifiedAt = emailVerified ? await databaseTime(tx) : null
  await tx.endUser.updateMany({ where, data: { ...after, ...(after.email === undefined ? {} : { emailVerifiedAt }) } })
  await recordAudit(tx, auditSource(ctx), {
    action: 'user.updated',
    userId,
    names,
    ...(after.email === undefined ? {} : { emailVerified }),
  })
}

/** Codes and links that were mailed there, or to this user, open nothing any more. */
async function leaveAddress(tx: Transaction, projectId: string, userId: string, email: string | null): Promise<void> {
  if (email !== null && (await tx.project.count({ where: { id: projectId, reviewerEmail: email } })) > 0)
    throw conflict('This is the reviewer’s account: give the reviewer another address in the settings')
  await tx.emailChallenge.deleteMany({ where: { projectId, OR: [{ userId }, ...(email === null ? [] : [{ email }])] } })
}
