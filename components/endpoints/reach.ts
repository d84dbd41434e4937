import type { Entry } from '#lib/oauth/reference/entry.ts'

/**
 * Whether this page may ask an endpoint: `backend`: on another host it is for servers alone; `not-listed`: the project answers only
 * scripts of the origins it lists; `not-opened`: this page's policy does not name the issuer's host yet.
 */
export type Reach = 'open' | 'backend' | 'not-listed' | 'not-opened'

type Place = {
  readonly issuer: string
  /** Of this page. */
  readonly origin: string
  readonly allowedOrigins: readonly string[]
  /** Whether this page was loaded for that issuer. */
  readonly opened: boolean
}

export function reachOf({ cors, body }: Pick<Entry, 'cors' | 'body'>, { issuer, origin, allowedOrigins, opened }: Place): Reach {
  // A browser goes to a page, whatever host it is on.
  if (body === 'query' || new URL(issuer).origin === origin) return 'open'
  if (!cors) return 'backend'
  if (allowedOrigins.length > 0 && !allowedOrigins.includes(origin)) return 'not-listed'
  return opened ? 'open' : 'not-opened'
}
