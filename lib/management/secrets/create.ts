import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, type ManagementContext, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { newSecret } from '../secret.ts'
import { type CreateProjectSecretInput, createProjectSecretInput } from './inputs.ts'
import { requireRoomForSecret } from './living.ts'

/**
 * One more secret, beside those that live. Returns it, once: only its hash is kept.
 * Throws `forbidden`, `reauthenticate`, `invalid`, `conflict` when there are ten of its kind.
 */
export async function createProjectSecret(
  ctx: ManagementContext,
  input: CreateProjectSecretInput,
): Promise<{ secretId: string; secret: string }> {
  requirePermission(ctx, 'secret:write')
  requireRecentAuthentication(ctx)
  const { kind, name } = parseInput(createProjectSecretInput, input)
  const projectId = ctx.project.id
  const secretId = uuidv7()
  const { secret, secretHash, lastFour } = newSecret(kind)

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    await requireRoomForSecret(tx, projectId, kind, await databaseTime(tx))
    await tx.projectSecret.create({ data: { projectId, id: secretId, kind, name, secretHash, lastFour } })
    await recordAudit(tx, auditSource(ctx), { action: 'secret.created', secret: kind, secretId, changes: { name } })
  })
  return { secretId, secret }
}
