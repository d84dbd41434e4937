import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { keysOf, requireKeysUrl, requireScopes, requireStranger } from './checks.ts'
import { type CreateTrustedIssuerInput, createTrustedIssuerInput } from './inputs.ts'

const MAX_TRUSTED_ISSUERS = 50

/**
 * From now on this issuer may say who somebody is: for token exchange, for ID-JAGs or for workloads, each of them by itself.
 * Throws `forbidden`, `invalid`, `conflict` when it is trusted for that already.
 */
export async function createTrustedIssuer(ctx: ManagementContext, input: CreateTrustedIssuerInput): Promise<{ id: string }> {
  requirePermission(ctx, 'project:write')
  const wanted = parseInput(createTrustedIssuerInput, input)
  const { kind, issuer, audience, rules, linkByEmail } = wanted
  await requireStranger(issuer, ctx)
  requireKeysUrl(wanted.jwksUri)
  const jwks = keysOf(wanted.jwks)
  const [projectId, id] = [ctx.project.id, uuidv7()]

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const others = await tx.trustedIssuer.findMany({ where: { projectId }, select: { kind: true, issuer: true } })
    if (others.some((other) => other.kind === kind && other.issuer === issuer)) throw conflict('This issuer is trusted for that already')
    if (others.length >= MAX_TRUSTED_ISSUERS) throw conflict(`A project trusts at most ${MAX_TRUSTED_ISSUERS} issuers`)
    await requireScopes(tx, ctx, rules)
    const columns = { kind, issuer, jwks, jwksUri: wanted.jwksUri ?? null, audience: audience ?? null, linkByEmail }
    await tx.trustedIssuer.create({ data: { projectId, id, ...columns, rules: JSON.stringify(rules) } })
    await recordAudit(tx, auditSource(ctx), {
      ...{ action: 'trusted_issuer.created', trustedIssuerId: id, kind, issuer },
      changes: { jwksUri: columns.jwksUri, audience: columns.audience, rules, linkByEmail },
    })
  })
  return { id }
}
