import type { Browser, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { randomToken } from '#lib/oauth/opaque-token.ts'
import { cookie, readCookie } from './cookies.ts'
import { findSession } from './session.ts'

const BROWSER_DAYS = 30

/** What a request's cookies say about the browser, for one project. The session is looked up at most once. */
export function browserOf(cookieHeader: string | null, { projectId, slug }: { projectId: string; slug: string }): Browser {
  const browser = readCookie(cookieHeader, 'browser', slug)
  const session = readCookie(cookieHeader, 'session', slug)
  const sessionHash = session && sha256Hex(session)
  let found: Promise<ResourceOwnerSession | null> | undefined
  return {
    hash: browser && sha256Hex(browser),
    sessionHash,
    issue: () => {
      const value = randomToken()
      return { hash: sha256Hex(value), setCookie: cookie('browser', slug, value, BROWSER_DAYS * 86_400) }
    },
    session: () => {
      found ??= sessionHash ? findSession(projectId, sessionHash) : Promise.resolve(null)
      return found
    },
  }
}
