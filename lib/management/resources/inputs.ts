import { z } from 'zod'
import { resourceKey } from '#lib/oauth/resource.ts'
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

/** What becomes of a URL as somebody types it, and why; for the line below the field. */
export type Spelling =
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'identifier'; readonly identifier: string; readonly notes: readonly string[] }

export function spellingOf(typed: string): Spelling {
  const text = typed.trim()
  const message = resourceProblem(text)
  if (message !== null) return { kind: 'problem', message }
  const identifier = canonical(text)
  const { host } = new URL(identifier)
  const [, sentHost = ''] = /^https?:\/\/([^/]*)/i.exec(text) ?? []
  const notes = [
    ...(/[A-Z]/.test(text.slice(0, text.indexOf('://') + 3 + sentHost.length)) ? ['Scheme and host become lower case.'] : []),
    ...(/:(?:443|80)$/.test(sentHost) && !/:\d+$/.test(host) ? ['The default port is left out.'] : []),
    ...(identifier.endsWith('/') ? ['It ends in a slash: your server must expect aud with that slash.'] : []),
  ]
  return { kind: 'identifier', identifier, notes }
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

/** Whatever a client may ask for, in the one spelling that stands for all that differ by slash, case or port. */
const resourceAlias = z
  .string()
  .trim()
  .max(2000, 'At most 2,000 characters')
  .transform((text, check) => {
    const key = resourceKey(text)
    if (key !== null) return key
    check.addIssue({ code: 'custom', message: 'A full URL without a fragment, as the client sends it', input: text })
    return z.NEVER
  })

/** As it is stored, or an older spelling of it. */
const identifier = z.string().min(1).max(2048)

export const listResourcesInput = z.object({})

export const createResourceInput = z.object({ identifier: resourceIdentifier, name: displayName })
export type CreateResourceInput = z.input<typeof createResourceInput>

export const updateResourceInput = z.object({
  identifier,
  name: displayName.optional(),
  /** What a client gets that names no resource. There is always one, so it can be given and not taken away. */
  isDefault: z.literal(true, 'Another resource has to become the default one').optional(),
})
export type UpdateResourceInput = z.input<typeof updateResourceInput>

export const deleteResourceInput = z.object({ identifier })
export type DeleteResourceInput = z.input<typeof deleteResourceInput>

export const createResourceAliasInput = z.object({ identifier, alias: resourceAlias })
export type CreateResourceAliasInput = z.input<typeof createResourceAliasInput>

export const deleteResourceAliasInput = z.object({ identifier, alias: z.string().min(1).max(2048) })
export type DeleteResourceAliasInput = z.input<typeof deleteResourceAliasInput>

export const listUnknownResourcesInput = z.object({})
