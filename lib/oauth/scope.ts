import type { Issuer } from './context.ts'
import { invalidScope } from './errors.ts'

/** Asks for a refresh token (OpenID Connect Core §11). Listed by the authorization server only, never by a resource. */
export const OFFLINE_ACCESS = 'offline_access'

/** OpenID Connect's names count as not sent while a project has no OpenID Connect: mcp-remote falls back to them. */
const OPENID_SCOPES = new Set(['openid', 'profile', 'email', 'address', 'phone'])

const MAX_SCOPE_CHARACTERS = 4096

/**
 * Splits a scope parameter: trimmed, blanks collapsed, doubles dropped (claude.ai sends a leading blank).
 * Throws `invalid_scope` for characters RFC 6749 §3.3 does not allow and for more than 4 KB.
 */
export function parseScope(text: string | undefined): string[] {
  if (!text) return []
  if (text.length > MAX_SCOPE_CHARACTERS || !/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(text)) {
    throw invalidScope({ kind: 'malformed_request', what: 'scope' })
  }
  return [...new Set(text.split(' ').filter(Boolean))]
}

/** Everything the project can grant, as registration answers and metadata list it. */
export const projectScopes = (issuer: Issuer): string[] => [...issuer.scopes.map((scope) => scope.name), OFFLINE_ACCESS]

/** What is granted when nothing was asked for. */
export const defaultScopes = (issuer: Issuer): string[] => issuer.scopes.filter((scope) => scope.isDefault).map((scope) => scope.name)

/**
 * The part of a request that may be granted: known to the project and within the client's ceiling.
 * Nothing asked for (or only `offline_access` and OpenID names): the project's default set.
 * Throws `invalid_scope` when something was asked for and nothing of it may be granted.
 */
export function grantableScopes(requested: readonly string[], issuer: Issuer, ceiling: string | null): string[] {
  const allowed = new Set(ceiling === null ? projectScopes(issuer) : ceiling.split(' '))
  const asked = requested.filter((scope) => scope !== OFFLINE_ACCESS && !OPENID_SCOPES.has(scope))
  const known = new Set(issuer.scopes.map((scope) => scope.name))
  const granted = (asked.length === 0 ? defaultScopes(issuer) : asked).filter((scope) => known.has(scope) && allowed.has(scope))
  if (granted.length === 0 && (asked.length > 0 || issuer.scopes.length > 0)) throw invalidScope({ kind: 'scope_not_granted' })
  return requested.includes(OFFLINE_ACCESS) && allowed.has(OFFLINE_ACCESS) ? [...granted, OFFLINE_ACCESS] : granted
}

/**
 * The scope of a refreshed or exchanged token: what was asked for, all of it within what was granted.
 * A superfluous `offline_access` or OpenID name is tolerated (Codex appends it).
 * Throws `invalid_scope` otherwise (RFC 6749 §6).
 */
export function narrowScopes(requested: readonly string[], granted: readonly string[]): string[] {
  const asked = requested.filter((scope) => granted.includes(scope) || (scope !== OFFLINE_ACCESS && !OPENID_SCOPES.has(scope)))
  if (asked.length === 0) return [...granted]
  if (asked.some((scope) => !granted.includes(scope))) throw invalidScope({ kind: 'scope_not_granted' })
  return asked
}
