import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { newUserId } from '#lib/oauth/identifier.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'
import { hashNewPassword } from '../members/password.ts'
import { parseInput } from '../parse.ts'
import { type CreateUserInput, createUserInput } from './inputs.ts'

/** A resource owner in the project's pool. Throws `forbidden`, `invalid`, `conflict` when the e-mail address is taken, `too_many_requests`. */
export async function createUser(ctx: ManagementContext, input: CreateUserInput): Promise<{ id: string }> {
  requirePermission(ctx, 'user:write')
  const { email, password, name } = parseInput(createUserInput, input)
  const passwordHash = await hashNewPassword(password)
  const id = newUserId()

  await inTransaction(async (tx) => {
    const created = await tx.endUser.createMany({
      data: [{ projectId: ctx.project.id, id, email, name: name ?? null, passwordHash }],
      skipDuplicates: true,
    })
    if (created.count !== 1) throw conflict('A user with this e-mail address exists already')
    await recordAudit(tx, auditSource(ctx), { action: 'user.created', userId: id })
  })
  return { id }
}
