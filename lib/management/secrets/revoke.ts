import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RevokeProjectSecretInput, revokeProjectSecretInput } from './inputs.ts'

/** Ends one secret now, in its overlap or not. Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` when it is revoked already. */
export async function revokeProjectSecret(ctx: ManagementContext, input: RevokeProjectSecretInput): Promise<void> {
  requirePermission(ctx, 'secret:write')
  requireRecentAuthentication(ctx)
  const { secretId } = parseInput(revokeProjectSecretInput, input)
  const where = { projectId: ctx.project.id, id: secretId }

  await inTransaction(async (tx) => {
    const secret = await tx.projectSecret.findFirst({ where, select: { kind: true } })
    if (!secret) throw notFound('Secret')
    const revoked = await tx.projectSecret.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: await databaseTime(tx) } })
    if (revoked.count !== 1) throw conflict('This secret is revoked already')
    await recordAudit(tx, auditSource(ctx), {
      action: 'secret.revoked',
      secret: secret.kind === 'server' ? 'server' : 'registration',
      secretId,
    })
  })
}
