import type { Issuer } from '#lib/oauth/context.ts'

const EXPOSED = { 'access-control-expose-headers': 'WWW-Authenticate, Retry-After, DPoP-Nonce' } as const

/**
 * Any origin, never with credentials: there is no cookie authority on these endpoints, so a list would add no safety and
 * shut out clients nobody has heard of yet.
 */
export const CORS = { 'access-control-allow-origin': '*', ...EXPOSED } as const

/** A project's own list: compared byte for byte, so that no origin is answered that its owner did not write down. */
const FOR_OTHERS = { vary: 'Origin' } as const

export type CorsHeaders = Readonly<Record<string, string>>

/** What scripts of `origin` may read; `issuer` null: of no project. */
export function corsFor(issuer: Issuer | null, origin: string | null): CorsHeaders {
  if (!issuer || issuer.allowedOrigins.length === 0) return CORS
  if (origin === null || !issuer.allowedOrigins.includes(origin)) return FOR_OTHERS
  return { ...FOR_OTHERS, 'access-control-allow-origin': origin, ...EXPOSED }
}

/** What a preflight adds, where it allows anything. The official SDK sends MCP-Protocol-Version, which alone makes every request preflighted. */
export const preflight = (cors: CorsHeaders, methods: readonly string[]): CorsHeaders =>
  'access-control-allow-origin' in cors
    ? {
        ...cors,
        'access-control-allow-methods': methods.join(', '),
        'access-control-allow-headers': 'Authorization, Content-Type, MCP-Protocol-Version, MCP-Session-ID, DPoP',
        'access-control-max-age': '86400',
      }
    : cors
