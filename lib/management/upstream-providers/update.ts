import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { seal } from '#lib/keys/seal.ts'
import { changesOf } from '../changes.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { requireWayIn, wayInColumns } from '../projects/way-in.ts'
import { type UpdateUpstreamProviderInput, updateUpstreamProviderInput } from './inputs.ts'

/**
 * Changes what is given. Which provider it is stays: people are known by its issuer. Tokens that were kept go when they are not to be
 * kept any more, and when another client id is used, to which they do not belong.
 * Throws `forbidden`, `not_found`, `invalid` when nobody could sign in any more.
 */
export async function updateUpstreamProvider(ctx: ManagementContext, input: UpdateUpstreamProviderInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const { id, clientSecret, ...wanted } = parseInput(updateUpstreamProviderInput, input)
  const projectId = ctx.project.id
  const where = { projectId, id }
  const sealed = clientSecret === undefined ? {} : { sealedSecret: seal(clientSecret, { projectId, kind: 'upstream-provider', id }) }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const found = await tx.upstreamProvider.findFirst({ where })
    if (!found) throw notFound('Provider')
    const { preset, name, clientId, scope, keepTokens, enabled } = found
    const { after, changes } = changesOf({ name, clientId, scope, keepTokens, enabled }, wanted)
    const recorded = clientSecret === undefined ? changes : { ...changes, clientSecret: 'replaced' }
    if (Object.keys(recorded).length === 0) return
    await tx.upstreamProvider.updateMany({ where, data: { ...after, ...sealed } })
    if (after.enabled === false) {
      await requireWayIn(tx, projectId, await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: wayInColumns }))
    }
    if (after.keepTokens === false || after.clientId !== undefined) {
      await tx.upstreamToken.deleteMany({ where: { projectId, providerId: id } })
    }
    await recordAudit(tx, auditSource(ctx), { action: 'upstream_provider.updated', providerId: id, preset, name, changes: recorded })
  })
}
