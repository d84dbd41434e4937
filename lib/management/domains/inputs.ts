import { z } from 'zod'
import { parseUrl } from '#lib/oauth/url.ts'
import { isPublicSuffix } from './public-suffixes.ts'

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/
/** RFC 6761, RFC 6762, RFC 8375, and what networks call themselves: nobody outside can look for a record there. */
const PRIVATE_NAME = /(?:^|\.)(?:localhost|local|internal|intranet|home\.arpa|lan|corp|test|invalid|onion|arpa)$/

/** What is wrong with a host as a sentence; null when nothing is. It is in lower case and ASCII. */
function hostProblem(host: string): string | null {
  const labels = host.split('.')
  // The last label of a name is never a number: what ends in one is an address (WHATWG URL §3.6).
  if (host.startsWith('[') || /^(?:\d+|0x[0-9a-f]*)$/.test(labels.at(-1) ?? '')) return 'A host name, not an address'
  if (host.length > 240 || !labels.every((label) => LABEL.test(label))) return 'A host name such as login.example.com'
  if (PRIVATE_NAME.test(host)) return 'A name of the public internet: this one cannot be looked up'
  return isPublicSuffix(host) ? 'A host of your own: anybody may have a name below this one' : null
}

/** Lower case, IDNA to ASCII, without a final dot; null for what is more than a host. */
function asciiHost(text: string): string | null {
  const typed = text
    .replace(/^https:\/\//i, '')
    .replace(/\/$/, '')
    .replace(/\.$/, '')
  if (typed === '' || /[\s\\/?#@:%]/.test(typed.replace(/^\[.*\]$/, ''))) return null
  return parseUrl(`https://${typed}`)?.hostname ?? null
}

/** A host name as people type it: with its scheme, in any case, in any script. */
export const hostName = z
  .string()
  .trim()
  .max(300, 'At most 300 characters')
  .transform((text, check) => {
    const host = asciiHost(text)
    const problem = host === null ? 'Only a host name such as login.example.com' : hostProblem(host)
    if (host !== null && problem === null) return host
    check.addIssue({ code: 'custom', message: problem ?? '', input: text })
    return z.NEVER
  })

const storedHost = z.string().min(1).max(253)

export const listDomainsInput = z.object({})

export const claimDomainInput = z.object({ host: hostName })
export type ClaimDomainInput = z.input<typeof claimDomainInput>

export const checkDomainInput = z.object({ host: storedHost })
export type CheckDomainInput = z.input<typeof checkDomainInput>

export const removeDomainInput = z.object({ host: storedHost })
export type RemoveDomainInput = z.input<typeof removeDomainInput>

export const listIssuersInput = z.object({})

export const setPrimaryIssuerInput = z.object({ url: z.string().min(1).max(2048) })
export type SetPrimaryIssuerInput = z.input<typeof setPrimaryIssuerInput>
