import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import type { AccessToken } from './access-token.ts'

export const SCOPES = ['read', 'write'] as const

/** What a call of each tool needs; the HTTP layer asks before the call arrives here. */
export const SCOPE_OF_TOOL: Readonly<Record<string, (typeof SCOPES)[number]>> = { whoami: 'read', add_note: 'write' }

/** Of each user, kept while this process lives. */
export type Notebook = Map<string, string[]>

const MAX_NOTES = 100

/** An MCP server for one request of one user; the notebook is what outlives it. */
export function createTools(token: AccessToken, notebook: Notebook): McpServer {
  const server = new McpServer({ name: 'gatehouse-sample', version: '1.0.0' })

  server.registerTool('whoami', { description: 'Tells who you are signed in as, through which client and with which scopes' }, () =>
    text(JSON.stringify({ sub: token.subject, client_id: token.clientId, scope: token.scopes.join(' ') })),
  )
  server.registerTool(
    'add_note',
    { description: 'Keeps a note for you', inputSchema: { note: z.string().min(1).max(1000) } },
    ({ note }) => {
      const notes = [...(notebook.get(token.subject) ?? []), note].slice(-MAX_NOTES)
      notebook.set(token.subject, notes)
      return text(`Noted. You have ${notes.length} ${notes.length === 1 ? 'note' : 'notes'}.`)
    },
  )
  return server
}

const text = (content: string) => ({ content: [{ type: 'text' as const, text: content }] })
