import { env } from '#lib/env.ts'
import { acceptedLocale, DEFAULT_LOCALE, localeFor, type UiLocale } from '#lib/oauth/ui-locales.ts'

type Headers = { get(name: string): string | null }

/** Holds a tag and nothing else: how a page looks, not who reads it. One for all projects of a host. */
const nameOf = (): string => `${env().secureCookies ? '__Host-' : ''}gatehouse-language`

/** The language for whoever sits in front of this browser: what they or their client chose, else what the browser asks for. */
export const spokenLocale = (headers: Headers): UiLocale =>
  localeFor(chosenTag(headers.get('cookie'))) ?? acceptedLocale(headers.get('accept-language')) ?? DEFAULT_LOCALE

/** A `Set-Cookie` header. `maxAgeSeconds` null: until the browser is closed. */
export function localeCookie(locale: UiLocale, maxAgeSeconds: number | null): string {
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Lax']
  if (maxAgeSeconds !== null) attributes.push(`Max-Age=${maxAgeSeconds}`)
  if (env().secureCookies) attributes.push('Secure')
  return [`${nameOf()}=${locale}`, ...attributes].join('; ')
}

function chosenTag(header: string | null): string | null {
  const start = `${nameOf()}=`
  const pair = header?.split(/;\s*/).find((candidate) => candidate.startsWith(start))
  return pair?.slice(start.length) ?? null
}
