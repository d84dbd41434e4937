/** Pages a member may be sent back to once they have logged in. */
const PAGES = /^\/(?:projects|organisation|profile)(?:\/|$)/
/** What stands below a page and is none: files, and what scripts ask for. */
const NO_PAGE = /\/(?:export|tail|logo)$/
const ANY_ORIGIN = 'http://here.invalid'

/**
 * A path with its query from an address or a form, where anybody may have written it; null for what is no page of the dashboard.
 * Read as a browser reads it, so that `//evil.example`, `/\evil.example` and `/projects/..//evil.example` lead nowhere else.
 */
export function returnPath(asked: string | undefined): string | null {
  const url = parsed(asked ?? '')
  if (url?.origin !== ANY_ORIGIN || !PAGES.test(url.pathname)) return null
  url.searchParams.delete('_rsc') // how the router asks, not a person
  return url.pathname.replace(NO_PAGE, '') + url.search
}

/** Where to log in to go on there. `ended`: there was a session, and it counts no more. */
export function loginPath(next: string | null, ended: boolean): string {
  const query = new URLSearchParams({ ...(ended ? { done: 'ended' } : {}), ...(next === null ? {} : { next }) })
  return query.size > 0 ? `/login?${query}` : '/login'
}

/** Where to answer with the second factor to go on there. */
export const secondFactorPath = (next: string | null): string =>
  next === null ? '/login/second-factor' : `/login/second-factor?${new URLSearchParams({ next })}`

function parsed(asked: string): URL | null {
  try {
    return new URL(asked, ANY_ORIGIN)
  } catch {
    return null
  }
}
