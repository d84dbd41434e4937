/**
 * Any origin, never with credentials: there is no cookie authority on these endpoints, so a list would add no safety and
 * shut out clients nobody has heard of yet.
 */
export const CORS = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'WWW-Authenticate, Retry-After, DPoP-Nonce',
} as const

/** What a preflight adds. The official SDK sends MCP-Protocol-Version, which alone makes every request preflighted. */
export const preflight = (methods: readonly string[]) => ({
  ...CORS,
  'access-control-allow-methods': methods.join(', '),
  'access-control-allow-headers': 'Authorization, Content-Type, MCP-Protocol-Version, MCP-Session-ID, DPoP',
  'access-control-max-age': '86400',
})
