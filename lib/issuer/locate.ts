/** The two inserted forms of RFC 8414 §3.1: the document's name comes before the issuer's path. */
const INSERTED = /^(\/\.well-known\/(?:oauth-authorization-server|openid-configuration))(\/p\/[a-z0-9-]+)$/
/** Strict, because `%2F` and its like reach us undecoded: a slug is what a project may be called, nothing else. */
const PATH_ISSUER = /^(\/p\/[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?)((?:\/.*)?)$/

export type Location = {
  /** The issuer spoken to. It may not exist. */
  readonly issuer: string
  /** What is left of the path below it, always with a leading slash. */
  readonly path: string
}

/**
 * Which issuer a URL speaks to, from its text alone; null when it speaks to none.
 * On the shared host only path issuers live, so its root is nobody; on any other host the issuer is the host.
 *
 * @param origin what the client called, such as `https://auth.example.com`
 * @param path raw and undecoded, without query
 * @param sharedOrigin `BASE_URL`
 */
export function locate(origin: string, path: string, sharedOrigin: string): Location | null {
  if (origin !== sharedOrigin) return { issuer: origin, path: withoutTrailingSlash(path) }
  const [, document, inserted] = INSERTED.exec(withoutTrailingSlash(path)) ?? []
  if (document && inserted) return { issuer: `${sharedOrigin}${inserted}`, path: document }
  const [, prefix, rest] = PATH_ISSUER.exec(path) ?? []
  if (!prefix) return null
  return { issuer: `${sharedOrigin}${prefix}`, path: withoutTrailingSlash(rest || '/') }
}

const withoutTrailingSlash = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

/** `path` below the issuer's own, without the host: the browser stays on the origin it called. */
export const pathOf = (issuerUrl: string, path: string): string => new URL(issuerUrl).pathname.replace(/\/$/, '') + path
