import type { Issuer, OAuthContext } from './context.ts'
import { invalidTarget, type Reason } from './errors.ts'
import { parseUrl } from './url.ts'

const MAX_RESOURCES = 8
const MAX_CHARACTERS = 2048

/** http(s) with a host and without userinfo, as sent: a parser would repair `https:///host` and drop an empty user and a final NUL. */
const ABSOLUTE = /^https?:\/\/[^\s\p{Cc}\\/?@]+(?:[/?][^\s\p{Cc}\\]*)?$/iu

/**
 * RFC 8707 §2: the registered identifiers that a request's `resource` parameters name, in their order.
 * Takes every form clients send: repeated, joined by commas, a JSON array.
 * Each element must be registered. None sent: the project's default resource.
 * Throws `invalid_target`.
 */
export function requestedResources(values: readonly string[], issuer: Issuer): string[] {
  const sent = values.flatMap(elementsOf)
  if (sent.length === 0) return [defaultResource(issuer)]
  if (sent.length > MAX_RESOURCES) throw invalidTarget({ kind: 'resource_malformed' })
  return [...new Set(sent.map((resource) => registeredResource(resource, issuer)))]
}

/** The part of a grant's resources a token request asks for; none asked: all of them. Throws `invalid_target`. */
export function narrowResources(values: readonly string[], granted: readonly string[], issuer: Issuer): string[] {
  const living = granted.filter((resource) => issuer.resources.some(({ identifier }) => identifier === resource))
  if (living.length === 0) throw invalidTarget({ kind: 'resource_unknown' })
  if (values.length === 0) return living
  const asked = requestedResources(values, issuer)
  if (asked.some((resource) => !living.includes(resource))) throw invalidTarget({ kind: 'resource_not_granted' })
  return asked
}

function defaultResource(issuer: Issuer): string {
  const resource = issuer.resources.find(({ isDefault }) => isDefault) ?? issuer.resources[0]
  if (!resource) throw invalidTarget({ kind: 'resource_unknown' })
  return resource.identifier
}

/** A comma may be part of a URI: it separates only where every part is an absolute URI. */
function elementsOf(value: string): string[] {
  if (value.startsWith('[')) return jsonElements(value)
  const parts = value.split(',').map((part) => part.trim())
  return parts.length > 1 && parts.every((part) => /^https?:\/\//i.test(part)) ? parts : [value]
}

function jsonElements(value: string): string[] {
  let parsed: unknown
  try {
    parsed = JSON.parse(value)
  } catch {
    throw invalidTarget({ kind: 'resource_malformed' })
  }
  const elements = Array.isArray(parsed) ? parsed.filter((element) => typeof element === 'string') : []
  if (!Array.isArray(parsed) || elements.length !== parsed.length || elements.length === 0)
    throw invalidTarget({ kind: 'resource_malformed' })
  return elements
}

function registeredResource(sent: string, issuer: Issuer): string {
  const key = resourceKey(sent)
  if (key === null) throw invalidTarget({ kind: 'resource_malformed' })
  const registered =
    issuer.resources.find(({ identifier }) => identifier === sent) ??
    issuer.resources.find(({ identifier }) => resourceKey(identifier) === key) ??
    issuer.resources.find(({ aliases }) => aliases.some((alias) => resourceKey(alias) === key))
  if (!registered) throw invalidTarget({ kind: 'resource_unknown', asked: key })
  return registered.identifier
}

/** So that whoever runs the project sees what clients ask for in vain, and can make it an alias. Other refusals are not its matter. */
export function noteUnknownResource(reason: Reason, clientId: string | undefined, ctx: Pick<OAuthContext, 'count'>): void {
  if (reason.kind === 'resource_unknown' && reason.asked !== undefined) ctx.count('resource.unknown', clientId, reason.asked)
}

/**
 * What two spellings of one resource have in common: scheme and host in lower case, no default port, no trailing slash.
 * Null for what is no absolute http(s) URI without fragment and userinfo.
 */
export function resourceKey(text: string): string | null {
  if (text.length > MAX_CHARACTERS || !ABSOLUTE.test(text) || text.includes('#')) return null
  const url = parseUrl(text)
  return url && `${url.origin}${url.pathname.replace(/\/$/, '')}${url.search}`
}

/** A resource as people know it: its name, or its identifier once the project has deleted it. */
export const resourceName = (identifier: string, issuer: Issuer): string =>
  issuer.resources.find((resource) => resource.identifier === identifier)?.name ?? identifier
