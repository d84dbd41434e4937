import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { customIssuer, type RecordProblem, recordNameOf } from './record.ts'

export type ListedDomain = {
  readonly host: string
  /** What it is an issuer as, once it is proven. */
  readonly issuer: string
  readonly record: { readonly name: string; readonly type: 'TXT'; readonly value: string }
  /** Proven, and the issuer answers there. */
  readonly verified: boolean
  /** Since when the record proves it; with a problem, since when it has been missed. */
  readonly verifiedAt: Date | null
  readonly lastCheckedAt: Date | null
  readonly problem: RecordProblem | null
  readonly createdAt: Date
}

/** The oldest claim first. */
export async function listDomains(ctx: ManagementContext): Promise<ListedDomain[]> {
  requirePermission(ctx, 'project:read')
  const domains = await read((db) =>
    db.customDomain.findMany({ where: { projectId: ctx.project.id }, orderBy: [{ createdAt: 'asc' }, { host: 'asc' }] }),
  )
  return domains.map(({ host, challenge, verifiedAt, lastCheckedAt, problem, createdAt }) => ({
    ...{ host, issuer: customIssuer(host), verified: verifiedAt !== null, verifiedAt, lastCheckedAt, createdAt },
    problem: problem as RecordProblem | null,
    record: { name: recordNameOf(host), type: 'TXT', value: challenge },
  }))
}
