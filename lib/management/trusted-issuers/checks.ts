import { read, type Transaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { parseJsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import { parseUrl } from '#lib/oauth/url.ts'
import { invalid, type ManagementContext } from '../context.ts'

/** What schemas cannot tell of a trusted issuer. Each throws `invalid`. */

/** Somebody else, known by a URL that nobody can change on the way. A project may speak as several issuers: it needs to trust none of them. */
export async function requireStranger(issuer: string, ctx: ManagementContext): Promise<void> {
  if (!isSafe(issuer) && !issuer.startsWith('spiffe:')) throw invalid({ issuer: 'An https URL' })
  const own = await read((db) => db.issuer.count({ where: { projectId: ctx.project.id, url: issuer } }))
  if (own > 0) throw invalid({ issuer: 'This is the project itself' })
}

/** Keys that come over http are anybody's; on this machine, for development, there is nobody. */
export function requireKeysUrl(jwksUri: string | undefined): void {
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
export function keysOf(jwks: string | Record<string, unknown> | undefined): string | null {
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
export async function requireScopes(
  tx: Transaction,
  ctx: ManagementContext,
  rules: readonly { readonly scopes: readonly string[] }[],
): Promise<void> {
  const scopes = await tx.scope.findMany({ where: { projectId: ctx.project.id }, select: { name: true } })
  const known = new Set(scopes.map(({ name }) => name))
  const stranger = rules.findIndex((rule) => rule.scopes.some((scope) => !known.has(scope)))
  if (stranger >= 0) throw invalid({ [`rules.${stranger}.scopes`]: 'Only scopes of this project' })
}
