import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type CreateScopeInput, createScopeInput } from './inputs.ts'

/** Metadata and consent list every scope: more would make both unreadable. */
const MAX_SCOPES = 100

/** Shown last. Throws `forbidden`, `invalid`, `conflict` when the name is taken. */
export async function createScope(ctx: ManagementContext, input: CreateScopeInput): Promise<{ name: string }> {
  requirePermission(ctx, 'scope:write')
  const { name, ...fields } = parseInput(createScopeInput, input)
  const projectId = ctx.project.id

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const others = await tx.scope.findMany({ where: { projectId }, select: { name: true, position: true } })
    if (others.some((scope) => scope.name === name)) throw conflict('A scope with this name exists already')
    if (others.length >= MAX_SCOPES) throw conflict(`A project has at most ${MAX_SCOPES} scopes`)
    const position = Math.max(-1, ...others.map((scope) => scope.position)) + 1
    await tx.scope.create({ data: { projectId, name, ...fields, position } })
    await recordAudit(tx, auditSource(ctx), { action: 'scope.created', scope: name, changes: fields })
  })
  return { name }
}
