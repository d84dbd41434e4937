import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type CreateResourceAliasInput, createResourceAliasInput } from './inputs.ts'
import { knownNames, requireNewName } from './names.ts'

const MAX_ALIASES = 50

/**
 * From now on clients may also ask for the resource by this name; tokens carry its identifier. The name must be the project's own: whoever
 * serves it is handed tokens that are good at the resource. Throws `forbidden`, `invalid`, `not_found`, `conflict` when it stands for something already.
 */
export async function createResourceAlias(ctx: ManagementContext, input: CreateResourceAliasInput): Promise<{ alias: string }> {
  requirePermission(ctx, 'resource:write')
  const { identifier, alias } = parseInput(createResourceAliasInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const known = await knownNames(tx, projectId)
    if (!known.resources.includes(identifier)) throw notFound('Resource')
    requireNewName(alias, known)
    if (known.aliases.length >= MAX_ALIASES) throw conflict(`A project has at most ${MAX_ALIASES} aliases`)
    await tx.resourceAlias.create({ data: { projectId, alias, identifier } })
    await recordAudit(tx, auditSource(ctx), { action: 'resource_alias.created', resource: identifier, alias })
  })
  return { alias }
}
