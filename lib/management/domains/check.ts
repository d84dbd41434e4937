import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read } from '#lib/db/transaction.ts'
import type { AskText } from '#lib/outbound/text-records.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type CheckDomainInput, checkDomainInput } from './inputs.ts'
import { type RecordProblem, recordProblem } from './record.ts'
import { speakAt } from './speak.ts'

export type CheckedDomain = { readonly host: string; readonly verified: boolean; readonly problem: RecordProblem | null }

/**
 * Looks for the record now. There, the project speaks as an issuer at the host from then on; a look that finds nothing takes nothing away,
 * that is for the regular ones. Throws `forbidden`, `not_found`, `conflict` when another project has proven the host before.
 */
export async function checkDomain(ctx: ManagementContext, input: CheckDomainInput, ask?: AskText): Promise<CheckedDomain> {
  requirePermission(ctx, 'project:write')
  const { host } = parseInput(checkDomainInput, input)
  const where = { projectId: ctx.project.id, host }
  const claimed = await read((db) => db.customDomain.findFirst({ where, select: { challenge: true } }))
  if (!claimed) throw notFound('Domain')
  const { challenge } = claimed
  const problem = await recordProblem({ host, challenge }, ask)

  return inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    // The look took seconds: what it was about may be gone, or claimed anew with another challenge.
    const before = await tx.customDomain.findFirst({ where: { ...where, challenge }, select: { verifiedAt: true, problem: true } })
    if (!before) throw notFound('Domain')
    const lastCheckedAt = await databaseTime(tx)
    if (problem !== null) {
      if (before.verifiedAt === null) await tx.customDomain.updateMany({ where, data: { lastCheckedAt, problem } })
      await recordAudit(tx, auditSource(ctx), { action: 'domain.checked', host, reason: problem })
      return { host, verified: before.verifiedAt !== null, problem }
    }
    if (!(await speakAt(tx, ctx.project.id, host))) throw conflict('Another project speaks at this domain')
    const stands = before.verifiedAt !== null && before.problem === null
    await tx.customDomain.updateMany({ where, data: { lastCheckedAt, problem, ...(stands ? {} : { verifiedAt: lastCheckedAt }) } })
    await recordAudit(tx, auditSource(ctx), { action: stands ? 'domain.checked' : 'domain.verified', host })
    return { host, verified: true, problem }
  })
}
