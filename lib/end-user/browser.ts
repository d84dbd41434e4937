import { randomBytes } from 'node:crypto'
import type { Browser, ResourceOwnerSession } from '#lib/oauth/context.ts'
import { cookie, readCookie } from './cookies.ts'
import { findSession, hashOf } from './session.ts'

const BROWSER_DAYS = 30

/** What a request's cookies say about the browser, for one project. The session is looked up at most once. */
export function browserOf(cookieHeader: string | null, { projectId, slug }: { projectId: string; slug: string }): Browser {
  const browser = readCookie(cookieHeader, 'browser', slug)
  const session = readCookie(cookieHeader, 'session', slug)
  const sessionHash = session && hashOf(session)
  let found: Promise<ResourceOwnerSession | null> | undefined
  return {
    hash: browser && hashOf(browser),
    sessionHash,
    issue: () => {
      const value = randomBytes(32).toString('base64url')
      return { hash: hashOf(value), setCookie: cookie('browser', slug, value, BROWSER_DAYS * 86_400) }
    },
    session: () => {
      found ??= sessionHash ? findSession(projectId, sessionHash) : Promise.resolve(null)
      return found
    },
  }
}
