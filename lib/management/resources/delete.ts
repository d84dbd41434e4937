import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { removalOf } from '../changes.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type DeleteResourceInput, deleteResourceInput } from './inputs.ts'

/**
 * No token is issued for it from now on, under none of its names; grants that have it lose it at their next refresh.
 * Throws `forbidden`, `not_found`, `conflict` for the default one, so that the last one stays too.
 */
export async function deleteResource(ctx: ManagementContext, input: DeleteResourceInput): Promise<void> {
  requirePermission(ctx, 'resource:write')
  const { identifier } = parseInput(deleteResourceInput, input)
  const where = { projectId: ctx.project.id, identifier }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const resource = await tx.resource.findFirst({ where, select: { name: true, isDefault: true } })
    if (!resource) throw notFound('Resource')
    if (resource.isDefault) throw conflict('The default resource cannot be deleted')
    const aliases = (await tx.resourceAlias.findMany({ where, select: { alias: true }, orderBy: { alias: 'asc' } })).map(
      ({ alias }) => alias,
    )
    await tx.resourceAlias.deleteMany({ where })
    await tx.resource.deleteMany({ where })
    await recordAudit(tx, auditSource(ctx), {
      action: 'resource.deleted',
      resource: identifier,
      changes: removalOf({ name: resource.name, aliases }),
    })
  })
}
