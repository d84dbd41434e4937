import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { newSecret } from '../secret.ts'
import { type RotateProjectSecretInput, rotateProjectSecretInput } from './inputs.ts'
import { living, requireRoomForSecret } from './living.ts'

/**
 * Replaces one secret by a new one of the same name and kind, and leaves all others alone. Returns the new one, once: only its hash is
 * kept. The old one ends after the overlap. Throws `forbidden`, `reauthenticate`, `invalid`, `not_found`, `conflict` when the old one is
 * about to end already or there is no room for two.
 */
export async function rotateProjectSecret(
  ctx: ManagementContext,
  input: RotateProjectSecretInput,
): Promise<{ secretId: string; secret: string }> {
  requirePermission(ctx, 'secret:write')
  requireRecentAuthentication(ctx)
  const { secretId: oldId, overlapHours } = parseInput(rotateProjectSecretInput, input)
  const projectId = ctx.project.id
  const secretId = uuidv7()

  const secret = await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const now = await databaseTime(tx)
    const old = await tx.projectSecret.findFirst({ where: { ...living(projectId, now), id: oldId } })
    if (!old) throw notFound('Secret')
    if (old.expiresAt !== null) throw conflict('This secret was replaced already and ends by itself')
    const kind = old.kind === 'server' ? 'server' : 'registration'
    const { secret, secretHash, lastFour } = newSecret(kind)
    await tx.projectSecret.updateMany({ where: { projectId, id: oldId }, data: { expiresAt: hoursLater(now, overlapHours) } })
    await requireRoomForSecret(tx, projectId, kind, now)
    await tx.projectSecret.create({ data: { projectId, id: secretId, kind, name: old.name, secretHash, lastFour } })
    await recordAudit(tx, auditSource(ctx), {
      ...{ action: 'secret.rotated', secret: kind, secretId },
      changes: { secretId: { before: oldId, after: secretId }, overlapHours },
    })
    return secret
  })
  return { secretId, secret }
}
