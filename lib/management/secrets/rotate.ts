import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { auditSource, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { newSecret } from '../secret.ts'
import { type RotateProjectSecretInput, rotateProjectSecretInput } from './inputs.ts'

/**
 * Returns the new secret, once: only its hash is kept. Older ones of the kind end after the overlap, or earlier if they were to end earlier.
 * Throws `forbidden`, `invalid`.
 */
export async function rotateProjectSecret(ctx: ManagementContext, input: RotateProjectSecretInput): Promise<{ secret: string }> {
  requirePermission(ctx, 'secret:write')
  const { kind, overlapHours } = parseInput(rotateProjectSecretInput, input)
  const projectId = ctx.project.id
  const id = uuidv7()
  const { secret, secretHash, lastFour } = newSecret(kind)

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const ends = hoursLater(await databaseTime(tx), overlapHours)
    await tx.projectSecret.updateMany({
      where: { projectId, kind, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: ends } }] },
      data: { expiresAt: ends },
    })
    await tx.projectSecret.create({ data: { projectId, id, kind, secretHash, lastFour } })
    await recordAudit(tx, auditSource(ctx), { action: 'secret.rotated', secret: kind, secretId: id })
  })
  return { secret }
}
