import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read } from '#lib/db/transaction.ts'
import { forgetKeys } from '#lib/keys/key-set.ts'
import { rotateSigningKey } from '#lib/keys/rotate.ts'
import { keepIdTokenKeys, makeIdTokenKeys, type NewIdTokenKeys } from '#lib/keys/signing-key.ts'
import { mailDelivery } from '#lib/mail/delivery.ts'
import { changesOf } from '../changes.ts'
import { auditSource, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from './generation.ts'
import { type UpdateProjectInput, updateProjectInput } from './inputs.ts'
import { columnsOf, settingsColumns } from './settings.ts'
import { requireWayIn } from './way-in.ts'

const NO_MAIL = 'This installation can not send mail: whoever runs it has to set SMTP_URL and MAIL_FROM'

/**
 * Changes what is given and leaves the rest; seen by every process within seconds.
 * OpenID Connect gets its keys with the switch. A new algorithm is prepared now and signs after the next rotation, once every cached JWKS has its key.
 * Throws `forbidden`, `invalid`.
 */
export async function updateProject(ctx: ManagementContext, input: UpdateProjectInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const wanted = columnsOf(parseInput(updateProjectInput, input))
  if (wanted.signInEmail && mailDelivery() === 'none') throw invalid({ signInEmail: NO_MAIL })

  const idTokenKeys = wanted.openidConnect ? await missingIdTokenKeys(ctx.project.id) : null
  const changed = await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const where = { id: ctx.project.id }
    const before = await tx.project.findUniqueOrThrow({ where, select: { name: true, ...settingsColumns } })
    const { after, changes } = changesOf(before, wanted)
    if (Object.keys(changes).length === 0) return changes
    requireOrderOfLives({ ...before, ...after })
    await requireWayIn(tx, ctx.project.id, { ...before, ...after })
    await tx.project.update({ where, data: after })
    if ('openidConnect' in changes && idTokenKeys) await keepIdTokenKeys(tx, ctx.project.id, idTokenKeys)
    await recordAudit(tx, auditSource(ctx), { action: 'project.updated', changes })
    return changes
  })
  if ('openidConnect' in changed) forgetKeys(ctx.project.id)
  if ('signingAlgorithm' in changed) await rotateSigningKey(auditSource(ctx))
}

type Lives = { readonly refreshIdleSeconds: number; readonly refreshAbsoluteSeconds: number }

/** A refresh token that may wait longer than all its like live would only seem to. */
function requireOrderOfLives({ refreshIdleSeconds, refreshAbsoluteSeconds }: Lives): void {
  if (refreshIdleSeconds <= refreshAbsoluteSeconds) return
  throw invalid({ refreshIdleSeconds: 'An unused refresh token can not live longer than the whole sign-in' })
}

/** Null where the project has some: they stay when OpenID Connect is switched off. */
export async function missingIdTokenKeys(projectId: string): Promise<NewIdTokenKeys | null> {
  const known = await read((db) => db.signingKey.count({ where: { projectId, purpose: 'id-token', state: 'current' } }))
  return known > 0 ? null : makeIdTokenKeys(projectId)
}
