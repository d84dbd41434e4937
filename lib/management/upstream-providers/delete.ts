import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { removalOf } from '../changes.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { requireWayIn, wayInColumns } from '../projects/way-in.ts'
import { type UpstreamProviderInput, upstreamProviderInput } from './inputs.ts'

/** What the log keeps of it: not the client secret. */
const WAS = { preset: true, name: true, issuer: true, clientId: true, scope: true, enabled: true, keepTokens: true } as const

/**
 * Nobody comes from there any more, and the tokens that were kept are gone. Its users stay: they come back when the same issuer is
 * added again. Throws `forbidden`, `not_found`, `invalid` when nobody could sign in any more.
 */
export async function deleteUpstreamProvider(ctx: ManagementContext, input: UpstreamProviderInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const { id } = parseInput(upstreamProviderInput, input)
  const projectId = ctx.project.id
  const where = { projectId, id }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const found = await tx.upstreamProvider.findFirst({ where, select: WAS })
    if (!found) throw notFound('Provider')
    const { preset, name, ...was } = found
    await tx.upstreamProvider.deleteMany({ where })
    if (was.enabled)
      await requireWayIn(tx, projectId, await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: wayInColumns }))
    await tx.upstreamToken.deleteMany({ where: { projectId, providerId: id } })
    await tx.upstreamSignIn.deleteMany({ where: { projectId, providerId: id } })
    await recordAudit(tx, auditSource(ctx), { action: 'upstream_provider.deleted', providerId: id, preset, name, changes: removalOf(was) })
  })
}
