/** The two clients with a directory: where their documents stand, and where their users are sent back to. */
export const FAMILIES = [
  {
    id: 'claude',
    name: 'Claude',
    documentHost: 'claude.ai',
    callbacks: ['https://claude.ai/api/mcp/auth_callback', 'https://claude.com/api/mcp/auth_callback'],
  },
  {
    id: 'chatgpt',
    name: 'ChatGPT',
    documentHost: 'chatgpt.com',
    callbacks: ['https://chatgpt.com/connector_platform_oauth_redirect'],
  },
] as const
export type Family = (typeof FAMILIES)[number]
