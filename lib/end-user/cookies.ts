import { env } from '#lib/env.ts'

/** Path issuers share one host, so the project is in the name: a session of one is nobody at another. */
export type CookieKind = 'browser' | 'session'

/**
 * `__Host-` binds a cookie to this exact host, https and path `/` (RFC 6265bis §4.1.3).
 * On an http origin (localhost) without prefix and Secure: Safari and cookie-jar scripts drop Secure cookies there.
 */
const nameOf = (kind: CookieKind, slug: string): string => `${env().secureCookies ? '__Host-' : ''}gatehouse-${kind}-${slug}`

/** The value of our cookie in a `Cookie` header; null when absent or not of the form we set. */
export function readCookie(header: string | null, kind: CookieKind, slug: string): string | null {
  const start = `${nameOf(kind, slug)}=`
  const pair = header?.split(/;\s*/).find((candidate) => candidate.startsWith(start))
  const value = pair?.slice(start.length) ?? ''
  return /^[A-Za-z0-9_-]{43}$/.test(value) ? value : null
}

/** A `Set-Cookie` header. Lax: the browser comes to us by a link of the client's. `maxAgeSeconds` 0 removes it. */
export function cookie(kind: CookieKind, slug: string, value: string, maxAgeSeconds: number): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax', `Max-Age=${maxAgeSeconds}`]
  if (env().secureCookies) attributes.push('Secure')
  return [`${nameOf(kind, slug)}=${value}`, ...attributes].join('; ')
}
