import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { auditSource, conflict, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type ClaimDomainInput, claimDomainInput } from './inputs.ts'
import { newChallenge, recordNameOf } from './record.ts'
import { isTaken } from './speak.ts'

const MAX_DOMAINS = 20

export type ClaimedDomain = {
  readonly host: string
  readonly record: { readonly name: string; readonly type: 'TXT'; readonly value: string }
}

/**
 * Says that a host is the project's; nothing speaks there until its owner has put the record into the DNS. Others may claim it too: the
 * first proof wins. Throws `forbidden`, `invalid`, `conflict` when it is claimed here or speaks for a project already.
 */
export async function claimDomain(ctx: ManagementContext, input: ClaimDomainInput): Promise<ClaimedDomain> {
  requirePermission(ctx, 'project:write')
  const { host } = parseInput(claimDomainInput, input)
  if (isOurs(host)) throw invalid({ host: 'This name belongs to this installation' })
  const [projectId, challenge] = [ctx.project.id, newChallenge()]

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const claimed = await tx.customDomain.findMany({ where: { projectId }, select: { host: true } })
    if (claimed.some((other) => other.host === host)) throw conflict('This domain is claimed already')
    if (claimed.length >= MAX_DOMAINS) throw conflict(`A project has at most ${MAX_DOMAINS} domains`)
    if (await isTaken(tx, host)) throw conflict('Another project speaks at this domain')
    await tx.customDomain.create({ data: { projectId, host, challenge } })
    await recordAudit(tx, auditSource(ctx), { action: 'domain.claimed', host })
  })
  return { host, record: { name: recordNameOf(host), type: 'TXT', value: challenge } }
}

/** The dashboard's own host, the one that issuers have names below, and every name below either. */
function isOurs(host: string): boolean {
  const { BASE_URL, ISSUER_HOST } = env()
  const own = [new URL(BASE_URL).hostname, ...(ISSUER_HOST === undefined ? [] : [ISSUER_HOST.replace(/:\d+$/, '')])]
  return own.some((name) => host === name || host.endsWith(`.${name}`))
}
