import { isIP } from 'node:net'
import { OutboundRefused } from './refused.ts'

export type Target = { readonly url: URL; readonly hostname: string; readonly port: number }

/** Names that never lead to the public internet (RFC 6761, RFC 6762, RFC 8375, and what clouds call themselves). */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|home\.arpa|lan|corp|test|invalid|onion)$/

/** One label, or a name that is never of the public internet; in lower case. */
export const isPrivateName = (hostname: string): boolean => !hostname.includes('.') || PRIVATE_NAME.test(hostname)

export const isLoopbackName = (hostname: string): boolean => hostname === 'localhost' || hostname === '127.0.0.1'

/**
 * Where a stranger's URL leads, checked as text before any name is asked for: https, a public-looking host name, port 443.
 * `developmentLoopback`: https or http on `localhost` and 127.0.0.1 too, any port; for development only.
 * Throws `OutboundRefused`.
 */
export function targetOf(text: string, { developmentLoopback }: { developmentLoopback: boolean }): Target {
  // The raw text first: a URL parser repairs backslashes, tabs and dots into something that looks harmless.
  if (text.length > 2048 || !/^https?:\/\/[\x21-\x7e]+$/.test(text) || /[\\<>"`{}|^]/.test(text)) throw new OutboundRefused('url')
  if (text.includes('#') || !URL.canParse(text)) throw new OutboundRefused('url')
  const url = new URL(text)
  if (url.username || url.password || url.href !== text) throw new OutboundRefused('url')

  const hostname = url.hostname.replace(/\.$/, '')
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (developmentLoopback && isLoopbackName(hostname)) return { url, hostname, port }
  if (url.protocol !== 'https:' || port !== 443) throw new OutboundRefused('url')
  // Address literals skip the resolver, and with it the check of what it answered.
  if (isIP(hostname) || hostname.startsWith('[')) throw new OutboundRefused('address_literal')
  if (url.hostname.endsWith('.') || isPrivateName(hostname)) throw new OutboundRefused('private_name')
  return { url, hostname, port }
}

/** Whether the one fetcher would try it at all, judged by its text. */
export function isFetchable(text: string, options: { developmentLoopback: boolean }): boolean {
  try {
    targetOf(text, options)
    return true
  } catch (error) {
    if (error instanceof OutboundRefused) return false
    throw error
  }
}
