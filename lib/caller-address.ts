import { isIPv6 } from 'node:net'
import { env } from '#lib/env.ts'

/**
 * The caller's address as the outermost trusted proxy saw it, IPv6 cut to /64; undefined without trusted proxies.
 * Counted from the right: what stands further left the caller wrote himself.
 */
export function addressFrom(header: (name: string) => string | null | undefined): string | undefined {
  const proxies = env().TRUST_PROXY
  if (proxies === 0) return undefined
  const hops = (header('x-forwarded-for') ?? '').split(',').map((hop) => hop.trim())
  const address = hops.at(-proxies)
  if (!address || address.length > 64 || address.includes('%')) return undefined
  return isIPv6(address) ? networkOf(address) : address
}

/** One customer of one provider has 2^64 addresses: they count as one. */
function networkOf(address: string): string {
  const canonical = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(canonical)
  if (mapped)
    return [mapped[1], mapped[2]].flatMap((half) => [Number.parseInt(half ?? '', 16) >> 8, Number.parseInt(half ?? '', 16) & 255]).join('.')
  const [head = '', tail] = canonical.split('::')
  const left = head === '' ? [] : head.split(':')
  const right = tail ? tail.split(':') : []
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0')
  return `${[...left, ...zeros, ...right].slice(0, 4).join(':')}::/64`
}
