import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, statement, type Transaction } from '#lib/db/transaction.ts'
import type { AskText } from '#lib/outbound/text-records.ts'
import { databaseTime } from '../clock.ts'
import { type RecordProblem, recordProblem } from './record.ts'
import { fallSilentAt, speakAt } from './speak.ts'

/** Each time, so that one run stays short; the longest unchecked first. */
const AT_ONCE = 20
/** So long a record may be missing before nothing speaks at its host any more. Whoever tidies up a zone gets a working week's chance to see it. */
const GRACE_MS = 72 * 3_600_000

type Claim = { projectId: string; host: string; challenge: string }

/**
 * Looks again: at proven hosts once a day, where something is wrong every hour, at claims of the last week every ten minutes, at those
 * that were lost once a day. Several processes take different ones. How many were looked at. Throws `Unavailable`.
 */
export async function recheckDomains(ask?: AskText): Promise<number> {
  const { rows } = await statement<Claim>(
    'domains_to_recheck',
    `UPDATE custom_domain AS domain SET last_checked_at = now()
     FROM (SELECT d.project_id, d.host FROM custom_domain AS d JOIN project AS p ON p.id = d.project_id AND p.deleted_at IS NULL
       WHERE d.last_checked_at IS NULL OR d.last_checked_at < now() - CASE
         WHEN d.verified_at IS NOT NULL AND d.problem IS NOT NULL THEN interval '1 hour'
         WHEN d.verified_at IS NULL AND d.created_at > now() - interval '7 days' THEN interval '10 minutes'
         ELSE interval '1 day' END
       ORDER BY d.last_checked_at NULLS FIRST LIMIT ${AT_ONCE} FOR UPDATE OF d SKIP LOCKED) AS due
     WHERE domain.project_id = due.project_id AND domain.host = due.host
     RETURNING domain.project_id AS "projectId", domain.host, domain.challenge`,
    [],
  )
  await Promise.all(rows.map(async (claim) => settle(claim, await recordProblem(claim, ask))))
  return rows.length
}

/** What one look means for the claim as it stands by now. */
async function settle(claim: Claim, problem: RecordProblem | null): Promise<void> {
  const { projectId, host, challenge } = claim
  await inTransaction(async (tx) => {
    // First, as every change of a project: it queues them.
    const bumped = await tx.project.updateMany({ where: { id: projectId, deletedAt: null }, data: { generation: { increment: 1 } } })
    const domain = await tx.customDomain.findFirst({ where: { projectId, host, challenge }, select: { verifiedAt: true, problem: true } })
    if (bumped.count !== 1 || !domain) return
    if (problem === null) await found(tx, claim, domain)
    else if (problem !== 'no_answer') await missed(tx, claim, domain, problem)
    else if (domain.problem === null) await tx.customDomain.updateMany({ where: { projectId, host }, data: { problem } })
  })
}

type Domain = { readonly verifiedAt: Date | null; readonly problem: string | null }
const isGone = (problem: string | null): boolean => problem === 'record_missing' || problem === 'record_wrong'
const sourceOf = ({ projectId }: Claim) => ({ projectId, actor: { kind: 'system' } }) as const

async function found(tx: Transaction, claim: Claim, { verifiedAt, problem }: Domain): Promise<void> {
  const { projectId, host } = claim
  const stands = verifiedAt !== null && !isGone(problem)
  if (!stands && !(await speakAt(tx, projectId, host))) return
  await tx.customDomain.updateMany({
    where: { projectId, host },
    data: { problem: null, ...(stands ? {} : { verifiedAt: await databaseTime(tx) }) },
  })
  if (!stands) await recordAudit(tx, sourceOf(claim), { action: 'domain.verified', host })
}

/** The grace begins with the first look that misses it, so that an installation that slept for a week takes nothing away on waking. */
async function missed(tx: Transaction, claim: Claim, { verifiedAt, problem: before }: Domain, problem: RecordProblem): Promise<void> {
  const { projectId, host } = claim
  const where = { projectId, host }
  const now = await databaseTime(tx)
  if (verifiedAt === null) {
    await tx.customDomain.updateMany({ where, data: { problem } })
    return
  }
  if (!isGone(before)) {
    await tx.customDomain.updateMany({ where, data: { problem, verifiedAt: now } })
    await recordAudit(tx, sourceOf(claim), { action: 'domain.missing', host, reason: problem })
    return
  }
  const lost = now.getTime() - verifiedAt.getTime() > GRACE_MS
  await tx.customDomain.updateMany({ where, data: { problem, ...(lost ? { verifiedAt: null } : {}) } })
  if (!lost) return
  await fallSilentAt(tx, projectId, host)
  await recordAudit(tx, sourceOf(claim), { action: 'domain.lost', host, reason: problem })
}
