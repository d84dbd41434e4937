import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type UserInput, userInput } from './inputs.ts'

/**
 * Removes all that is kept of the user: account, sign-in ways, sessions, attributes, grants and their tokens. The audit log keeps the id,
 * which is opaque. The same address may make an account again, which is another user to every server.
 * Throws `forbidden`, `reauthenticate`, `not_found`.
 */
export async function deleteUser(ctx: ManagementContext, input: UserInput): Promise<void> {
  requirePermission(ctx, 'user:write')
  requireRecentAuthentication(ctx)
  const { userId } = parseInput(userInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    // The user's row first: whoever signs in or changes the account at this moment waits for it, and finds nobody.
    const [user] = await tx.$queryRaw<{ email: string | null }[]>`
      DELETE FROM end_user WHERE project_id = ${projectId}::uuid AND id = ${userId} RETURNING email`
    if (!user) throw notFound('User')
    const { email } = user
    const of = { projectId, userId }
    await tx.endUserSession.deleteMany({ where: of })
    await tx.externalIdentity.deleteMany({ where: of })
    await tx.passkey.deleteMany({ where: of })
    await tx.passkeyChallenge.deleteMany({ where: of })
    await tx.upstreamToken.deleteMany({ where: of })
    await tx.handoff.deleteMany({ where: of })
    await tx.emailChallenge.deleteMany({ where: { projectId, OR: [{ userId }, ...(email === null ? [] : [{ email }])] } })
    await deleteGrants(tx, projectId, userId)
    if (email !== null) {
      await tx.$executeRaw`UPDATE authorization_request SET login_hint = NULL WHERE project_id = ${projectId}::uuid AND login_hint = ${email}`
      await tx.$executeRaw`
        UPDATE project SET reviewer_email = NULL, reviewer_code_hash = NULL, reviewer_expires_at = NULL
        WHERE id = ${projectId}::uuid AND reviewer_email = ${email}`
    }
    await recordAudit(tx, auditSource(ctx), { action: 'user.deleted', userId })
  })
}

/** What was remembered goes first: an approval from memory that is under way is waited for, and its grant goes too. */
async function deleteGrants(tx: Transaction, projectId: string, userId: string): Promise<void> {
  await tx.rememberedConsent.deleteMany({ where: { projectId, userId } })
  await tx.$executeRaw`
    DELETE FROM authorization_code WHERE project_id = ${projectId}::uuid AND grant_id IN (
      SELECT id FROM oauth_grant WHERE project_id = ${projectId}::uuid AND user_id = ${userId})`
  await tx.$executeRaw`
    DELETE FROM refresh_family WHERE project_id = ${projectId}::uuid AND grant_id IN (
      SELECT id FROM oauth_grant WHERE project_id = ${projectId}::uuid AND user_id = ${userId})`
  await tx.oAuthGrant.deleteMany({ where: { projectId, userId } })
}
