import type { Values } from '#lib/oauth/reference/call.ts'

/** The issuer that examples name. */
export const DOCS_ISSUER = 'https://auth.example.com/p/notes'

/** What else they name; whatever only a reader can have stays a variable. */
export const DOCS_VALUES: Values = {
  ...{ resource: 'https://mcp.example.com/mcp', scope: 'read write', redirect_uri: 'https://client.example.com/callback', state: 'xyz' },
}
