import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { changesOf } from '../changes.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RenameProjectSecretInput, renameProjectSecretInput } from './inputs.ts'

/** Whatever holds it notices nothing. Throws `forbidden`, `not_found`, `invalid`. */
export async function renameProjectSecret(ctx: ManagementContext, input: RenameProjectSecretInput): Promise<void> {
  requirePermission(ctx, 'secret:write')
  const { secretId, name } = parseInput(renameProjectSecretInput, input)
  const where = { projectId: ctx.project.id, id: secretId, revokedAt: null }

  await inTransaction(async (tx) => {
    const before = await tx.projectSecret.findFirst({ where, select: { kind: true, name: true } })
    if (!before) throw notFound('Secret')
    const { changes } = changesOf({ name: before.name }, { name })
    if (Object.keys(changes).length === 0) return
    const renamed = await tx.projectSecret.updateMany({ where: { ...where, name: before.name }, data: { name } })
    if (renamed.count !== 1) throw notFound('Secret') // revoked or renamed by somebody else at this moment
    await recordAudit(tx, auditSource(ctx), {
      ...{ action: 'secret.renamed', secretId, changes },
      secret: before.kind === 'server' ? 'server' : 'registration',
    })
  })
}
