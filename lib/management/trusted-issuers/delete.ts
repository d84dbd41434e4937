import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type DeleteTrustedIssuerInput, deleteTrustedIssuerInput } from './inputs.ts'

/**
 * Nothing that it signed counts from now on, and the tokens of its workloads end. Users whom it named stay who they are here, and
 * their tokens live until they expire. Throws `forbidden`, `not_found`.
 */
export async function deleteTrustedIssuer(ctx: ManagementContext, input: DeleteTrustedIssuerInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const { id } = parseInput(deleteTrustedIssuerInput, input)
  const where = { projectId: ctx.project.id, id }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const trusted = await tx.trustedIssuer.findFirst({ where, select: { kind: true, issuer: true } })
    if (!trusted) throw notFound('Trusted issuer')
    await tx.trustedIssuer.deleteMany({ where })
    await recordAudit(tx, auditSource(ctx), { action: 'trusted_issuer.deleted', trustedIssuerId: id, ...trusted })
  })
}
