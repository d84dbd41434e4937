import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { type AccessToken, createVerifier, InvalidToken } from './access-token.ts'
import { createTools, type Notebook, SCOPE_OF_TOOL, SCOPES } from './tools.ts'

export type SampleServer = { readonly url: string; close(): Promise<void> }

/**
 * An MCP server (Streamable HTTP) on the loopback address whose tools need tokens of `issuer` for `resource`.
 * `port` 0 takes a free one; without `resource` it is `http://localhost:<port>/mcp`. `url` is where the server listens.
 */
export async function startSampleServer(options: { issuer: string; resource?: string; port?: number }): Promise<SampleServer> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 3001, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const resource = options.resource ?? `http://localhost:${port}/mcp`
  server.on('request', createApp(options.issuer, resource))
  return {
    url: `http://localhost:${port}${new URL(resource).pathname}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function createApp(issuer: string, resource: string): Express {
  const { origin, pathname } = new URL(resource)
  const metadataPath = `/.well-known/oauth-protected-resource${pathname === '/' ? '' : pathname}`
  const challenge = challengeFor(`${origin}${metadataPath}`)
  const verify = createVerifier({ issuer, resource })
  const notebook: Notebook = new Map()

  /** RFC 6750 §3.1: who sends no token is told where to get one, who sends a wrong one also what is wrong with it. */
  async function authenticate(req: Request, res: Response, next: NextFunction): Promise<void> {
    const token = bearerToken(req.headers.authorization)
    if (token === null) return refuse(res, 401, challenge({ scope: 'read' }))
    try {
      res.locals.token = await verify(token)
    } catch (error) {
      if (!(error instanceof InvalidToken)) throw error
      return refuse(res, 401, challenge({ error: 'invalid_token', error_description: error.message, scope: 'read' }))
    }
    next()
  }

  /** RFC 6750 §3.1, MCP "scope challenge handling": the scopes for this call and those it has already, so that a step-up loses none. */
  function requireScopes(req: Request, res: Response, next: NextFunction): void {
    const { scopes } = res.locals.token as AccessToken
    const needed = scopesFor(req.body)
    if (needed.every((scope) => scopes.includes(scope))) {
      next()
      return
    }
    const asked = SCOPES.filter((scope) => scopes.includes(scope) || needed.includes(scope))
    refuse(res, 403, challenge({ error: 'insufficient_scope', scope: asked.join(' ') }))
  }

  /** A server and a transport per request: no session to keep, none to steal. */
  async function answer(req: Request, res: Response): Promise<void> {
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    const server = createTools(res.locals.token as AccessToken, notebook)
    res.on('close', () => void server.close())
    // the SDK's types are not written for exactOptionalPropertyTypes
    await server.connect(transport as Parameters<typeof server.connect>[0])
    await transport.handleRequest(req, res, req.body)
  }

  const app = express().disable('x-powered-by')
  app.use(cors)
  // RFC 9728 §3.1 puts the resource's path behind the well-known part; some clients ask at the root only
  app.get([...new Set([metadataPath, '/.well-known/oauth-protected-resource'])], (_req, res) => {
    res.json({
      resource,
      authorization_servers: [issuer],
      scopes_supported: SCOPES,
      bearer_methods_supported: ['header'],
      resource_name: 'Gatehouse sample server',
    })
  })
  app.post(pathname, authenticate, express.json({ limit: '64kb' }), requireScopes, answer)
  app.all(pathname, authenticate, (_req, res) => void res.status(405).set('allow', 'POST').end())
  app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
    if ('status' in error && error.status === 413) return void res.status(413).end()
    if (error instanceof SyntaxError)
      return void res.status(400).json({ jsonrpc: '2.0', error: { code: -32700, message: 'Parse error' }, id: null })
    console.error(`The token could not be checked: ${error.message}`)
    res.status(503).set('retry-after', '5').end()
  })
  return app
}

/** Scripts of any origin may call, without cookies, and read where to authorize. */
function cors(req: Request, res: Response, next: NextFunction): void {
  res.set({ 'access-control-allow-origin': '*', 'access-control-expose-headers': 'WWW-Authenticate, Mcp-Session-Id' })
  if (req.method !== 'OPTIONS') {
    next()
    return
  }
  res.set({
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers': 'Authorization, Content-Type, Accept, MCP-Protocol-Version, Mcp-Session-Id, Last-Event-ID',
    'access-control-max-age': '86400',
  })
  res.status(204).end()
}

/** RFC 9110 §11.1: the scheme's name is case-insensitive. Null when no token was sent. */
function bearerToken(authorization: string | undefined): string | null {
  return /^bearer +([\w.~+/-]+=*) *$/i.exec(authorization ?? '')?.[1] ?? null
}

function challengeFor(metadataUrl: string) {
  return (parameters: Readonly<Record<string, string>>): string => {
    const all = { resource_metadata: metadataUrl, ...parameters }
    return `Bearer ${Object.entries(all)
      .map(([name, value]) => `${name}="${value.replace(/["\\]/g, '')}"`)
      .join(', ')}`
  }
}

function refuse(res: Response, status: 401 | 403, challenge: string): void {
  res.status(status).set('www-authenticate', challenge).end()
}

/** Of every tool call in the message, which may be a batch. An unknown tool needs none: the MCP server itself refuses it. */
function scopesFor(body: unknown): string[] {
  return [body].flat().flatMap((message) => {
    const { method, params } = (message ?? {}) as { method?: unknown; params?: { name?: unknown } }
    return method === 'tools/call' ? (SCOPE_OF_TOOL[String(params?.name)] ?? []) : []
  })
}
