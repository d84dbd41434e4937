import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type RemoveDomainInput, removeDomainInput } from './inputs.ts'
import { fallSilentAt } from './speak.ts'

/**
 * Nothing speaks at the host from then on: whoever connected there cannot refresh, and its tokens live until they expire. Claimed and
 * proven again, it is the same issuer, and what has not expired goes on. Throws `forbidden`, `reauthenticate`, `not_found`.
 */
export async function removeDomain(ctx: ManagementContext, input: RemoveDomainInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  requireRecentAuthentication(ctx)
  const { host } = parseInput(removeDomainInput, input)
  const where = { projectId: ctx.project.id, host }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const domain = await tx.customDomain.findFirst({ where, select: { verifiedAt: true } })
    if (!domain) throw notFound('Domain')
    if (domain.verifiedAt !== null) await fallSilentAt(tx, ctx.project.id, host)
    await tx.customDomain.deleteMany({ where })
    await recordAudit(tx, auditSource(ctx), { action: 'domain.removed', host })
  })
}
