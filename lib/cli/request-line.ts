import type { IncomingMessage } from 'node:http'

/** Behind no declared proxy these come from the client itself and prove nothing. */
const FORWARDED = /^(forwarded|x-forwarded-.*|x-real-ip)$/
/** Words between Next and itself; CVE-2025-29927 was a client that said one of them. */
const FRAMEWORK_INTERNAL = /^(x-middleware-.*|x-invoke-.*|x-matched-path|x-nextjs-data)$/

/** Drops the headers that only a proxy or the framework itself may have written. */
export function dropUnproven(headers: IncomingMessage['headers'], proxies: number): void {
  for (const name of Object.keys(headers)) {
    if (FRAMEWORK_INTERNAL.test(name) || (proxies === 0 && FORWARDED.test(name))) delete headers[name]
  }
}

/**
 * The status for a request that reaches no handler, null for all others. An absolute-form or `//host` target would be taken for another
 * server's URL (RFC 9112 §3.2.2), a websocket or an image to resize would make us open connections for a stranger.
 */
export function refusalOf({ url = '', headers }: Pick<IncomingMessage, 'url' | 'headers'>, dev: boolean): 400 | 404 | null {
  if (!url.startsWith('/') || url.includes('\\')) return 400
  if (url.startsWith('//')) return 404
  if (dev) return null
  if (headers.upgrade?.toLowerCase() === 'websocket') return 400
  return /^\/(_next\/(image|data)|__next)/.test(url) ? 404 : null
}
