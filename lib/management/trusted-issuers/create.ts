import type { z } from 'zod'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { env } from '#lib/env.ts'
import { parseJsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import { parseUrl } from '#lib/oauth/url.ts'
import { auditSource, conflict, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from '../projects/generation.ts'
import { type CreateTrustedIssuerInput, createTrustedIssuerInput } from './inputs.ts'

const MAX_TRUSTED_ISSUERS = 50

type Wanted = z.output<typeof createTrustedIssuerInput>

/**
 * From now on this issuer may say who somebody is: for token exchange, for ID-JAGs or for workloads, each of them by itself.
 * Throws `forbidden`, `invalid`, `conflict` when it is trusted for that already.
 */
export async function createTrustedIssuer(ctx: ManagementContext, input: CreateTrustedIssuerInput): Promise<{ id: string }> {
  requirePermission(ctx, 'project:write')
  const wanted = parseInput(createTrustedIssuerInput, input)
  const { kind, issuer, audience, rules, linkByEmail } = wanted
  requireUrls(wanted, ctx)
  const jwks = keysOf(wanted)
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

/** Keys that come over http are anybody's; on this machine, for development, there is nobody. */
function requireUrls({ issuer, jwksUri }: Wanted, ctx: ManagementContext): void {
  if (!isSafe(issuer) && !issuer.startsWith('spiffe:')) throw invalid({ issuer: 'An https URL' })
  if (issuer === ctx.project.issuer) throw invalid({ issuer: 'This is the project itself' })
  if (jwksUri !== undefined && !isSafe(jwksUri)) throw invalid({ jwksUri: 'An https URL' })
}

function isSafe(text: string): boolean {
  if (!/^[\x21-\x7e]+$/.test(text) || text.includes('#')) return false
  const url = parseUrl(text)
  if (!url || url.username || url.password) return false
  const { protocol, hostname } = url
  const isLoopback = hostname === 'localhost' || hostname === '127.0.0.1'
  return protocol === 'https:' || (protocol === 'http:' && isLoopback && env().OUTBOUND_LOOPBACK === 'on')
}

/** As JSON text, public parts only; null: they are at a URL. */
function keysOf({ jwks }: Wanted): string | null {
  if (jwks === undefined) return null
  const parsed = parseJsonWebKeySet(typeof jwks === 'string' ? jsonOf(jwks) : jwks)
  if (typeof parsed === 'string') throw invalid({ jwks: parsed })
  return JSON.stringify(parsed)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw invalid({ jwks: 'This is not JSON' })
  }
}

/** Only scopes the project has: a rule with others would silently allow them the day they are added. */
async function requireScopes(tx: Transaction, ctx: ManagementContext, rules: Wanted['rules']): Promise<void> {
  const scopes = await tx.scope.findMany({ where: { projectId: ctx.project.id }, select: { name: true } })
  const known = new Set(scopes.map(({ name }) => name))
  const stranger = rules.findIndex((rule) => rule.scopes.some((scope) => !known.has(scope)))
  if (stranger >= 0) throw invalid({ [`rules.${stranger}.scopes`]: 'Only scopes of this project' })
}
