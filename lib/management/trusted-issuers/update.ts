import type { z } from 'zod'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { changesOf } from '../changes.ts'
import { auditSource, invalid, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { keysOf, requireKeysUrl, requireScopes } from './checks.ts'
import { type UpdateTrustedIssuerInput, updateTrustedIssuerInput } from './inputs.ts'

type Wanted = z.output<typeof updateTrustedIssuerInput>

/**
 * Who it is and what for stays: another is trusted anew. Counts for the next token that it signs for; tokens that are out live on.
 * Throws `forbidden`, `invalid`, `not_found`.
 */
export async function updateTrustedIssuer(ctx: ManagementContext, input: UpdateTrustedIssuerInput): Promise<void> {
  requirePermission(ctx, 'project:write')
  const wanted = parseInput(updateTrustedIssuerInput, input)
  requireKeysUrl(wanted.jwksUri)
  const where = { projectId: ctx.project.id, id: wanted.id }

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const trusted = await tx.trustedIssuer.findFirst({ where })
    if (!trusted) throw notFound('Trusted issuer')
    const { kind, issuer, ...old } = trusted
    requireFitting(kind, wanted)
    if (wanted.rules) await requireScopes(tx, ctx, wanted.rules)
    const { jwks, jwksUri, audience, rules, linkByEmail } = old
    const { after, changes } = changesOf({ jwks, jwksUri, audience, rules, linkByEmail }, columnsOf(wanted))
    if (Object.keys(changes).length === 0) return
    await tx.trustedIssuer.updateMany({ where, data: after })
    await recordAudit(tx, auditSource(ctx), {
      ...{ action: 'trusted_issuer.updated', trustedIssuerId: wanted.id, kind, issuer },
      changes: { ...changes, ...(changes.rules ? { rules: { before: JSON.parse(rules), after: wanted.rules } } : {}) },
    })
  })
}

/** The same as when it was first trusted. */
function requireFitting(kind: string, { audience, rules, linkByEmail }: Wanted): void {
  // Of a platform's issuer everybody may be a customer.
  if (kind === 'workload' && rules?.length === 0) {
    throw invalid({ rules: 'At least one rule: without it every workload of this issuer could come' })
  }
  if (kind === 'workload' && linkByEmail) throw invalid({ linkByEmail: 'A workload is nobody' })
  if (kind !== 'subject-token' && audience) {
    throw invalid({ audience: 'Assertions must name this project: the audience can be chosen for subject tokens only' })
  }
}

const columnsOf = ({ jwks, jwksUri, audience, rules, linkByEmail }: Wanted) => ({
  ...(jwks === undefined ? {} : { jwks: keysOf(jwks), jwksUri: null }),
  ...(jwksUri === undefined ? {} : { jwksUri, jwks: null }),
  audience,
  linkByEmail,
  rules: rules && JSON.stringify(rules),
})
