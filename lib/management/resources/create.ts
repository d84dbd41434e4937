import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type CreateResourceInput, createResourceInput } from './inputs.ts'
import { knownNames, requireNewName } from './names.ts'

const MAX_RESOURCES = 50

/** One more MCP server of this project. Throws `forbidden`, `invalid`, `conflict` when it is registered already, also as an alias. */
export async function createResource(ctx: ManagementContext, input: CreateResourceInput): Promise<{ identifier: string }> {
  requirePermission(ctx, 'resource:write')
  const { identifier, name } = parseInput(createResourceInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const known = await knownNames(tx, projectId)
    requireNewName(identifier, known)
    if (known.resources.length >= MAX_RESOURCES) throw conflict(`A project has at most ${MAX_RESOURCES} resources`)
    await tx.resource.create({ data: { projectId, identifier, name, isDefault: known.resources.length === 0 } })
    await recordAudit(tx, auditSource(ctx), { action: 'resource.created', resource: identifier, changes: { name } })
  })
  return { identifier }
}
