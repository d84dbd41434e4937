import type { ChildProcess } from 'node:child_process'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { freePort } from './free-port.ts'
import { apart, authorizationUrlIn, end, npx, type Published, start } from './npm-package.ts'

const MCP_REMOTE: Published = { spec: 'mcp-remote@0.15.1', command: 'mcp-remote', since: 20 }
const INSPECTOR: Published = { spec: '@modelcontextprotocol/inspector@2.12.0', command: 'mcp-inspector', since: 22 }
const LIMIT_MS = 120_000

/** A person: opens the URL, signs in and allows, and answers where the client is called back. */
type SignIn = (authorizationUrl: string) => Promise<URL>

/** What one installation of a client remembers between its runs. */
export type Memory = Readonly<Record<string, string>>
export const newMemory = (): Memory =>
  apart(['MCP_REMOTE_CONFIG_DIR', 'MCP_STORAGE_DIR', 'MCP_INSPECTOR_SECRET_FILE', 'MCP_CATALOG_PATH', 'MCP_CLIENT_CONFIG_PATH'])

/** An MCP host that knows standard input only, with mcp-remote as its bridge to the server. Closed afterwards. */
export async function throughMcpRemote<Result>(
  serverUrl: string,
  memory: Memory,
  signIn: SignIn,
  use: (client: Client) => Promise<Result>,
): Promise<Result> {
  const [command, args] = npx(MCP_REMOTE, [serverUrl, String(await freePort()), '--transport', 'http-only'])
  const transport = new StdioClientTransport({ command, args, env: { ...memory }, stderr: 'pipe' })
  const client = new Client({ name: 'gatehouse-e2e', version: '1.0.0' })
  const refused = new Promise<never>((_, reject) => answerOnce(transport.stderr, signIn, reject))
  try {
    await Promise.race([client.connect(transport, { timeout: LIMIT_MS }), refused])
    return await use(client)
  } finally {
    await client.close()
  }
}

/** One call of the Inspector's command line; answers what it printed as JSON. Throws all of what it printed when it failed. */
export async function callWithInspector(serverUrl: string, tool: string, memory: Memory, signIn: SignIn): Promise<unknown> {
  const callback = `http://127.0.0.1:${await freePort()}/oauth/callback`
  const call = ['--server-url', serverUrl, '--transport', 'http', '--method', 'tools/call', '--tool-name', tool]
  const args = ['--cli', ...call, '--callback-url', callback, '--connect-timeout', '0', '--format', 'json']
  const inspector = start(INSPECTOR, args, { ...memory, MCP_INSPECTOR_SECRET_STORE: 'file', MCP_AUTO_OPEN_ENABLED: 'true' })
  const late = setTimeout(() => end(inspector), LIMIT_MS)
  try {
    const { status, stdout, stderr } = await ended(inspector, signIn)
    if (status !== 0) throw new Error(`the Inspector ended with ${status}: ${stdout}${stderr}`)
    return JSON.parse(stdout)
  } finally {
    clearTimeout(late)
    end(inspector)
  }
}

function ended(child: ChildProcess, signIn: SignIn): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' }
  child.stdout?.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()))
  child.stderr?.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    answerOnce(child.stdout, signIn, reject)
    answerOnce(child.stderr, signIn, reject)
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, ...printed }))
  })
}

/** Waits for the authorization URL, and calls the client back as the browser would. */
function answerOnce(printed: NodeJS.EventEmitter | null, signIn: SignIn, reject: (error: Error) => void): void {
  let text = ''
  let answered = false
  printed?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
    const url = authorizationUrlIn(text)
    if (!url || answered) return
    answered = true
    signIn(url)
      .then((callback) => fetch(callback))
      .catch(reject)
  })
}
