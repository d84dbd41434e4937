import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { removalOf } from '../changes.ts'
import { auditSource, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type DeleteTrustedIssuerInput, deleteTrustedIssuerInput } from './inputs.ts'

/** What the log keeps of it; keys are public. */
const WAS = { kind: true, issuer: true, jwksUri: true, jwks: true, audience: true, rules: true, linkByEmail: true } as const

/**
 * Nothing that it signed counts from now on, and the tokens of its workloads end. Users whom it named stay who they are here, and
 * their tokens live until they expire. Throws `forbidden`, `not_found`.
 */
export async function deleteTrustedIssuer(ctx: ManagementContext, input: DeleteTrustedIssuerInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const { id } = parseInput(deleteTrustedIssuerInput, input)
  const where = { projectId: ctx.project.id, id }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const trusted = await tx.trustedIssuer.findFirst({ where, select: WAS })
    if (!trusted) throw notFound('Trusted issuer')
    const { kind, issuer, rules, ...was } = trusted
    await tx.trustedIssuer.deleteMany({ where })
    await recordAudit(tx, auditSource(ctx), {
      action: 'trusted_issuer.deleted',
      trustedIssuerId: id,
      kind,
      issuer,
      changes: removalOf({ ...was, rules: JSON.parse(rules) }),
    })
  })
}
