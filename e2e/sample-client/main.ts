// `npm run connect`: connects the official SDK's client to an MCP server, as Claude or Cursor would.
import { createServer } from 'node:http'
import { parseArgs } from 'node:util'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { MemoryProvider, withRegistrationSecret } from './provider.ts'

const USAGE = `Usage: npm run connect -- [--server http://localhost:3001/mcp] [--client-id ID]

Registers (with GATEHOUSE_REGISTRATION_SECRET in the environment, when the project is guarded) or uses the client given,
prints the page to sign in at, and calls the tools whoami and, after a refresh, whoami again.`

const { values } = parseArgs({
  options: { server: { type: 'string', default: 'http://localhost:3001/mcp' }, 'client-id': { type: 'string' }, help: { type: 'boolean' } },
})
if (values.help) {
  console.log(USAGE)
  process.exit(0)
}

const { url: redirectUrl, code, close } = await listenForCode()
const provider = new MemoryProvider(
  redirectUrl,
  (url) => console.log(`\nOpen this page, sign in and allow:\n\n  ${url}\n`),
  values['client-id'],
)
const transport = () =>
  new StreamableHTTPClientTransport(new URL(values.server), {
    authProvider: provider,
    fetch: withRegistrationSecret(process.env.GATEHOUSE_REGISTRATION_SECRET),
  })

await connect().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
close()

async function connect(): Promise<void> {
  const first = transport()
  const client = new Client({ name: 'sample-client', version: '1.0.0' })
  try {
    await client.connect(first)
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error
    await first.finishAuth(await code)
    await client.connect(transport())
  }
  console.log('Connected. whoami says:', await whoami(client))

  const { access_token: before, refresh_token, ...rest } = provider.tokens() ?? { access_token: '', token_type: '' }
  provider.saveTokens({ ...rest, access_token: 'expired', ...(refresh_token ? { refresh_token } : {}) })
  console.log('With a token made unusable, after a refresh, it says:', await whoami(client))
  console.log(`The access token ${before === provider.tokens()?.access_token ? 'stayed the same' : 'is a new one'}.`)
  await client.close()
}

async function whoami(client: Client): Promise<string> {
  const { content } = await client.callTool({ name: 'whoami', arguments: {} })
  const [first] = content as { text?: string }[]
  return first?.text ?? ''
}

/** A loopback redirect (RFC 8252 §7.3), waiting for one code. */
async function listenForCode(): Promise<{ url: string; code: Promise<string>; close: () => void }> {
  const { promise, resolve, reject } = withResolvers<string>()
  const server = createServer((req, res) => {
    const query = new URL(req.url ?? '/', 'http://localhost').searchParams
    res.writeHead(200, { 'content-type': 'text/plain' }).end('You can close this page.\n')
    const answer = query.get('code')
    if (answer) resolve(answer)
    else if (query.has('error')) reject(new Error(`Refused: ${query.get('error')} (${query.get('error_description')})`))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : 0
  return { url: `http://127.0.0.1:${port}/callback`, code: promise, close: () => server.close(() => undefined).closeAllConnections() }
}

function withResolvers<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: Error) => void = () => {}
  const promise = new Promise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}
