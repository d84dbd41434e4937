import { randomUUID } from 'node:crypto'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { seal } from '#lib/keys/seal.ts'
import { isFetchable } from '#lib/outbound/target.ts'
import { auditSource, conflict, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type CreateUpstreamProviderInput, createUpstreamProviderInput } from './inputs.ts'

const MAX_PROVIDERS = 20

/**
 * From now on people may come from this identity provider. Its secret is sealed and never shown again.
 * Throws `forbidden`, `invalid`, `conflict` when it is there already.
 */
export async function createUpstreamProvider(ctx: ManagementContext, input: CreateUpstreamProviderInput): Promise<{ id: string }> {
  requirePermission(ctx, 'project:write')
  const { clientSecret, ...given } = parseInput(createUpstreamProviderInput, input)
  const wanted = { ...given, id: given.id ?? randomUUID() }
  const { id, preset, name, issuer } = wanted
  const projectId = ctx.project.id
  requireReachable(issuer, ctx)
  const sealedSecret = seal(clientSecret, { projectId, kind: 'upstream-provider', id })

  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const others = await tx.upstreamProvider.findMany({ where: { projectId }, select: { id: true, issuer: true } })
    if (others.some((other) => other.id === id)) throw conflict('This provider is there already')
    // Two with one issuer would name the same people; which of them keeps whose tokens would be chance.
    if (others.some((other) => other.issuer === issuer)) throw conflict('There is a provider with this issuer already')
    if (others.length >= MAX_PROVIDERS) throw conflict(`A project has at most ${MAX_PROVIDERS} providers`)
    await tx.upstreamProvider.create({ data: { projectId, ...wanted, sealedSecret } })
    const { clientId, scope, keepTokens } = wanted
    await recordAudit(tx, auditSource(ctx), {
      ...{ action: 'upstream_provider.created', providerId: id, preset, name },
      changes: { issuer, clientId, scope, keepTokens },
    })
  })
  return { id }
}

function requireReachable(issuer: string | null, ctx: ManagementContext): void {
  if (issuer === null) return
  if (issuer === ctx.project.issuer) throw invalid({ issuer: 'This is the project itself' })
  const developmentLoopback = env().OUTBOUND_LOOPBACK === 'on'
  if (!isFetchable(`${issuer}/`, { developmentLoopback }) && !isFetchable(issuer, { developmentLoopback })) {
    throw invalid({ issuer: 'It must be on the public internet, by https' })
  }
}
