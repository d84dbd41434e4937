import { z } from 'zod'
import { parseUrl } from '#lib/oauth/url.ts'
import { displayName } from '../fields.ts'

const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/

/** RFC 8707 §2 and RFC 9728 §1.2: what is wrong with a resource identifier, as a sentence; null when nothing is. */
function resourceProblem(text: string): string | null {
  const url = /[\s\\*]/.test(text) || !/^https?:\/\/[^/]/i.test(text) ? null : parseUrl(text)
  if (!url) return 'A full URL such as https://mcp.example.com/mcp'
  if (url.username || url.password) return 'A URL without a user name'
  if (text.includes('#')) return 'A URL without a fragment'
  if (text.includes('?')) return 'A URL without a query'
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) return 'https, unless the host is localhost, 127.0.0.1 or [::1]'
  return null
}

/** Scheme and host in lower case, no default port; the path stays as it is, because a server compares `aud` byte for byte. */
function canonical(text: string): string {
  const url = new URL(text)
  return url.origin + (url.pathname === '/' && !text.endsWith('/') ? '' : url.pathname)
}

/** The URL of an MCP server, in canonical form. Tokens carry it as `aud`. */
export const resourceIdentifier = z
  .string()
  .trim()
  .max(2000, 'At most 2,000 characters')
  .transform((text, check) => {
    const problem = resourceProblem(text)
    if (problem === null) return canonical(text)
    check.addIssue({ code: 'custom', message: problem, input: text })
    return z.NEVER
  })

export const createResourceInput = z.object({ identifier: resourceIdentifier, name: displayName })
export type CreateResourceInput = z.input<typeof createResourceInput>

export const deleteResourceInput = z.object({ identifier: z.string().min(1).max(2048) })
export type DeleteResourceInput = z.input<typeof deleteResourceInput>
