import { parseUrl } from './url.ts'

const MAX_CHARACTERS = 2048

/** Schemes that run or read something instead of handing a code to a client. Everything a browser treats so, in lower case. */
const DANGEROUS_SCHEMES = new Set(
  'javascript data vbscript blob file filesystem about view-source ws wss ftp ftps mailto tel sms jar chrome chrome-extension moz-extension resource intent content http https'.split(
    ' ',
  ),
)

/** `http`, a loopback host in one of its three spellings, maybe a port, then the rest as it stands. */
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9]\d{0,4}))?((?:[/?].*)?)$/s

/** A loopback redirect URI, cut into the parts that must be equal; null for any other URI. */
export function parseLoopback(uri: string): { host: string; rest: string } | null {
  const [, host, port, rest] = LOOPBACK.exec(uri) ?? []
  if (host === undefined || rest === undefined || Number(port ?? 80) > 65_535) return null
  return { host, rest }
}

/**
 * Which registered URI proves the one that was sent, if any.
 * Raw strings are compared: a URL parser would repair `https:\\host`, `HOST` and `127.1` into matches.
 * RFC 8252 §7.3: a loopback client picks its port at run time, so the port is the one part that may differ.
 */
export function matchesRegistered(sent: string, registered: readonly string[]): boolean {
  if (!isSafeToEmit(sent)) return false
  if (registered.includes(sent)) return true
  const loopback = parseLoopback(sent)
  if (!loopback) return false
  return registered.some((uri) => {
    const candidate = parseLoopback(uri)
    return candidate !== null && candidate.host === loopback.host && candidate.rest === loopback.rest
  })
}

/** Asked again wherever a `Location` is written, in case a bad one was ever stored. */
export function isSafeToEmit(uri: string): boolean {
  return uri.length <= MAX_CHARACTERS && !/[^\x21-\x7e]/.test(uri) && checkRedirectUri(uri) === null
}

/**
 * RFC 7591 §2, RFC 8252 §7, RFC 9700 §2.1: why a URI may not be registered, as a sentence for the developer; null when it may.
 * Allowed: https with any public host, http on a loopback address, private-use schemes such as `cursor://` and `com.acme.app:/`.
 */
export function checkRedirectUri(uri: string): string | null {
  if (uri.length > MAX_CHARACTERS) return 'A redirect URI must have at most 2048 characters'
  if (/[^\x21-\x7e]|[\\<>"`{}|^]/.test(uri)) return 'A redirect URI must be plain ASCII without blanks, control characters or backslashes'
  if (uri.includes('#')) return 'A redirect URI must not have a fragment'
  if (uri.includes('*')) return 'A redirect URI must not have a wildcard'
  const scheme = /^([a-z][a-z0-9+.-]*):\//.exec(uri)?.[1]
  if (!scheme) return 'A redirect URI must start with a lower-case scheme followed by :/'
  if (scheme === 'https') return checkHttps(uri)
  if (scheme === 'http') return parseLoopback(uri) ? null : 'A redirect URI with http must be on localhost, 127.0.0.1 or [::1]'
  return DANGEROUS_SCHEMES.has(scheme) ? 'A redirect URI must not use this scheme' : null
}

function checkHttps(uri: string): string | null {
  const url = /^https:\/\/[^/?@]+(?:[/?]|$)/.test(uri) ? parseUrl(uri) : null
  if (!url) return 'A redirect URI must name a host and no user'
  const { hostname, port, username, password } = url
  if (username || password) return 'A redirect URI must name a host and no user'
  if (port === '0' || /:(?:[/?]|$)/.test(uri.slice('https://'.length))) return 'A redirect URI has an invalid port'
  if (hostname.endsWith('.')) return 'A redirect URI must not have a host with a trailing dot'
  if (isNonPublicAddress(hostname)) return 'A redirect URI must not point to a private address'
  return null
}

/** Of an address literal as the URL parser spells it. Names are not resolved: a browser goes there, not we. */
function isNonPublicAddress(hostname: string): boolean {
  if (hostname.startsWith('[')) return !/^\[[23][0-9a-f]{3}:/.test(hostname) || /^\[(?:2001:db8|2002):/.test(hostname)
  const octets = /^(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(hostname)?.slice(1).map(Number)
  if (!octets) return false
  const [a = 0, b = 0] = octets
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19))
  )
}

/** Of a URI that may be registered: neither https nor a loopback one, but `cursor://` or its like (RFC 8252 §7.1). */
export const hasPrivateUseScheme = (uri: string): boolean => !/^https?:/.test(uri)

/**
 * The same URI with its host as A-label, which is what browsers send and what is compared later (RFC 5890).
 * Untouched when it is ASCII already; null when more than the host is not ASCII.
 */
export function toAsciiRedirectUri(uri: string): string | null {
  if (!/[\u0080-\uffff]/.test(uri)) return uri
  const [, head, authority, rest] = /^(https:\/\/)([^/?#@\\]+)((?:[/?#][^\x80-\uffff]*)?)$/s.exec(uri) ?? []
  const url = head && authority && rest !== undefined ? parseUrl(uri) : null
  return url && `${head}${url.host}${rest}`
}

/** Who will receive the code, for people: the host, or the scheme of a native app. */
export function redirectDisplay(uri: string): string {
  if (/^https?:/.test(uri)) return new URL(uri).host
  return `${uri.slice(0, uri.indexOf(':'))}:`
}

/**
 * The CSP `form-action` source that lets a form post end at this URI: its origin, or its scheme.
 * CSP has no IPv6 hosts, so `http://[::1]` takes the scheme.
 */
export function formActionSource(uri: string): string {
  if (uri.startsWith('http://[')) return 'http:'
  if (/^https?:/.test(uri)) return new URL(uri).origin
  return redirectDisplay(uri)
}
