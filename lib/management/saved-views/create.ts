import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { auditSource, conflict, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type CreateSavedViewInput, createSavedViewInput } from './inputs.ts'

const MAX_VIEWS = 50

/** Whoever reads the log may keep a way to look at it, for all who do. Throws `conflict` for the fifty-first, `invalid` for a name that is taken. */
export async function createSavedView(ctx: ManagementContext, input: CreateSavedViewInput): Promise<{ id: string }> {
  requirePermission(ctx, 'audit:read')
  const { name, query } = parseInput(createSavedViewInput, input)
  const id = uuidv7()
  const projectId = ctx.project.id
  await inTransaction(async (tx) => {
    const names = await tx.savedView.findMany({ where: { projectId }, select: { name: true } })
    if (names.length >= MAX_VIEWS) throw conflict(`A project has at most ${MAX_VIEWS} saved views: delete one first`)
    if (names.some((view) => view.name === name)) throw invalid({ name: 'A view of this name exists' })
    await tx.savedView.create({ data: { projectId, id, name, query, createdBy: ctx.actor.id } })
    await recordAudit(tx, auditSource(ctx), { action: 'saved_view.created', viewId: id, name })
  })
  return { id }
}
