import { z } from 'zod'

/** What an MCP server is asked from outside: whether it wants a token, and what its metadata says. */
export const SERVER_CHECKS = ['challenge', 'metadata'] as const
export type ServerCheck = (typeof SERVER_CHECKS)[number]

export const runCheckInput = z.object({
  check: z.enum(SERVER_CHECKS),
  /** One of the project's resources, as it is stored: nothing else is called. */
  resource: z.string().min(1).max(2048),
})
export type RunCheckInput = z.input<typeof runCheckInput>

/** The first thing that a client asks of an MCP server. */
export const TOOLS_LIST = '{"jsonrpc":"2.0","id":1,"method":"tools/list"}'

/** RFC 9728 §3.1: both places where clients look for a resource's metadata. The first names the resource's path. */
export function metadataUrls(resource: string): readonly [path: string, root: string] {
  const { origin, pathname } = new URL(resource)
  const root = `${origin}/.well-known/oauth-protected-resource`
  return [pathname === '/' ? root : root + pathname, root]
}
