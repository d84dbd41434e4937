import { isIP } from 'node:net'
import { env } from '#lib/env.ts'

type Headers = { get(name: string): string | null }

/**
 * The origin the client called, to find an issuer by: never to build a URL from.
 * `X-Forwarded-Host` counts only behind declared proxies. The scheme is BASE_URL's: one installation has one.
 */
export function externalOrigin(headers: Headers): string {
  const { BASE_URL, TRUST_PROXY } = env()
  const forwarded = TRUST_PROXY > 0 ? fromRight(headers.get('x-forwarded-host'), 1) : null
  const host = (forwarded ?? headers.get('host') ?? '').toLowerCase()
  const secure = BASE_URL.startsWith('https:')
  return `${secure ? 'https' : 'http'}://${host.replace(secure ? /:443$/ : /:80$/, '')}`
}

/**
 * Where a request came from: behind n proxies the n-th address from the right of `X-Forwarded-For`, else the socket's.
 * Text before that was written by the client and proves nothing. IPv6 is cut to its /64, which one customer has to himself.
 */
export function clientAddress(headers: Headers, socketAddress: string | undefined): string {
  const { TRUST_PROXY } = env()
  const forwarded = TRUST_PROXY > 0 ? fromRight(headers.get('x-forwarded-for'), TRUST_PROXY) : null
  return canonicalAddress(forwarded ?? socketAddress ?? '')
}

function fromRight(list: string | null, position: number): string | null {
  return list?.split(',').at(-position)?.trim() || null
}

/** `::ffff:a.b.c.d` is IPv4; other IPv6 addresses are spelled out and cut; what is no address is `unknown`. */
export function canonicalAddress(text: string): string {
  const address = text
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^([\d.]+):\d+$/, '$1') // some proxies append the port
    .replace(/%.*$/, '')
    .replace(/^::ffff:(?=\d+\.)/i, '')
  if (isIP(address) === 4) return address
  if (isIP(address) !== 6) return 'unknown'
  const [head = '', tail] = address.toLowerCase().split('::')
  const left = head.split(':').filter(Boolean)
  const right = tail?.split(':').filter(Boolean) ?? []
  const zeros = tail === undefined ? [] : new Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0')
  return `${[...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`
}
