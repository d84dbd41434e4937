import type { Issuer } from './context.ts'
import { invalidScope } from './errors.ts'

/** Asks for a refresh token (OpenID Connect Core §11). Listed by the authorization server only, never by a resource. */
export const OFFLINE_ACCESS = 'offline_access'

/** Makes a request one of OpenID Connect (Core §3.1.2.1): an id_token, and userinfo. */
export const OPENID = 'openid'
export const PROFILE = 'profile'
export const EMAIL = 'email'

/** OpenID Connect Core §5.4, as far as we have something to tell: in words, for the consent page. */
export const OPENID_DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  [OPENID, 'Know that it is you'],
  [PROFILE, 'See your name'],
  [EMAIL, 'See your e-mail address'],
])

/** OpenID Connect's names count as not sent where nothing comes of them: mcp-remote falls back to them. */
const OPENID_SCOPES = new Set([OPENID, PROFILE, EMAIL, 'address', 'phone'])

/** About the connection, not about data: they go along with whatever is allowed. */
export const GOES_ALONG = [OPENID, OFFLINE_ACCESS]

/** Scopes a person decides about, one checkbox each. */
export const decidableScopes = (scope: string): string[] => scope.split(' ').filter((name) => name && !GOES_ALONG.includes(name))

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

/** What is left of these to a person whose session may not allow everything. */
export const withinCeiling = (names: readonly string[], ceiling: string | null): string[] =>
  ceiling === null ? [...names] : names.filter((name) => ceiling.split(' ').includes(name))

/** Everything the project can grant, as registration answers and metadata list it. */
export const projectScopes = (issuer: Pick<Issuer, 'scopes' | 'openidConnect'>): string[] => [
  ...issuer.scopes.map((scope) => scope.name),
  ...(issuer.openidConnect ? OPENID_DESCRIPTIONS.keys() : []),
  OFFLINE_ACCESS,
]

/** Names and words of all that a person may have allowed, in the order in which they are shown. */
export const describedScopes = (issuer: Issuer): readonly (readonly [name: string, description: string])[] => [
  ...OPENID_DESCRIPTIONS,
  ...issuer.scopes.map(({ name, description }) => [name, description] as const),
]

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
 * As `grantableScopes`, where a person is asked: with what OpenID Connect adds. Its names are granted only to whoever asks for
 * `openid`, and then asking for nothing else yields nothing else: the default set is for who asked for nothing.
 */
export function consentableScopes(requested: readonly string[], issuer: Issuer, ceiling: string | null): string[] {
  const allowed = new Set(ceiling === null ? projectScopes(issuer) : ceiling.split(' '))
  if (!issuer.openidConnect || !requested.includes(OPENID) || !allowed.has(OPENID)) return grantableScopes(requested, issuer, ceiling)
  const wanted = new Set(requested.filter((scope) => allowed.has(scope)))
  return projectScopes(issuer).filter((scope) => wanted.has(scope))
}

/**
 * As `grantableScopes`, for who acts on somebody's word: `limit` is what that word covers (null: everything), and what is granted
 * when nothing was asked for. Never `offline_access`: the word is good once.
 * Throws `invalid_scope` when nothing is left.
 */
export function scopesWithin(
  requested: readonly string[],
  limit: readonly string[] | null,
  issuer: Issuer,
  ceiling: string | null,
): string[] {
  const wanted = requested.length > 0 ? requested : (limit ?? [])
  const granted = grantableScopes(wanted, issuer, ceiling).filter((scope) => scope !== OFFLINE_ACCESS && (limit?.includes(scope) ?? true))
  if (granted.length === 0 && limit !== null) throw invalidScope({ kind: 'scope_not_granted' })
  return granted
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
