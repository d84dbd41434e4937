import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type SetPrimaryIssuerInput, setPrimaryIssuerInput } from './inputs.ts'

/**
 * The one that snippets, mails and links name from now on. The others answer as before: who is connected at one stays there.
 * Throws `forbidden`, `not_found`.
 */
export async function setPrimaryIssuer(ctx: ManagementContext, input: SetPrimaryIssuerInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const { url } = parseInput(setPrimaryIssuerInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const issuers = await tx.issuer.findMany({ where: { projectId }, select: { url: true, isPrimary: true } })
    if (!issuers.some((issuer) => issuer.url === url)) throw notFound('Issuer')
    const before = issuers.find(({ isPrimary }) => isPrimary)?.url ?? null
    if (before === url) return
    await tx.issuer.updateMany({ where: { projectId, isPrimary: true }, data: { isPrimary: false } })
    await tx.issuer.updateMany({ where: { projectId, url }, data: { isPrimary: true } })
    await recordAudit(tx, auditSource(ctx), { action: 'issuer.made_primary', issuer: url, changes: { primary: { before, after: url } } })
  })
}
