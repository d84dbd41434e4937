import { challengeValue, discoveryUrl, metadataPaths, portOf, quoted, resourceMetadata, type SnippetValues } from '../projects/snippets.ts'

const pathOf = (values: SnippetValues): string => new URL(values.resource).pathname

export const sdkSnippet = (
  values: SnippetValues,
): string => `import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js'
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import cors from 'cors'
import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = ${quoted(values.issuer)}
const resource = ${quoted(values.resource)}
const oauthMetadata = await fetch(${quoted(discoveryUrl(values.issuer))}).then((response) => response.json())
const jwks = createRemoteJWKSet(new URL(oauthMetadata.jwks_uri))

const verifier = {
  async verifyAccessToken(token) {
    const { payload } = await jwtVerify(token, jwks, {
      issuer,
      audience: resource,
      algorithms: ['${values.algorithm}'],
      typ: 'at+jwt',
      clockTolerance: 60,
    }).catch(() => {
      throw new InvalidTokenError('The token is not valid here')
    })
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope ?? '').split(' '),
      expiresAt: payload.exp,
      resource: new URL(resource),
      extra: { user: payload.sub },
    }
  },
}

const app = express()
app.use(cors({ exposedHeaders: ['WWW-Authenticate', 'Mcp-Session-Id'] }))
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata,
    resourceServerUrl: new URL(resource),
    scopesSupported: [${values.scopes.map(quoted).join(', ')}],
    resourceName: ${quoted(values.name)},
  }),
)
// Some clients ask at the root only.
app.get('/.well-known/oauth-protected-resource', (req, res) => {
  res.json(${indented(resourceMetadata(values), 2)})
})
app.post(
  ${quoted(pathOf(values))},
  requireBearerAuth({ verifier, resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(new URL(resource)) }),
  express.json(),
  async (req, res) => {
    const server = new McpServer({ name: ${quoted(values.name)}, version: '1.0.0' })
    server.registerTool('whoami', { description: 'Who is signed in' }, ({ authInfo }) => ({
      content: [{ type: 'text', text: String(authInfo?.extra?.user) }],
    }))
    const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
    res.on('close', () => server.close())
    await server.connect(transport)
    await transport.handleRequest(req, res, req.body)
  },
)
app.listen(${portOf(values.resource)})
`

const indented = (text: string, spaces: number): string => text.replaceAll('\n', `\n${' '.repeat(spaces)}`)

/** One module for both frameworks that speak the web's Request. */
export const tokenModule = (values: SnippetValues): string => `import { createRemoteJWKSet, jwtVerify } from 'jose'

const jwks = createRemoteJWKSet(new URL(${quoted(`${values.issuer}/.well-known/jwks.json`)}))
const challenge = ${quoted(challengeValue(values))}
const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Expose-Headers': 'WWW-Authenticate, Mcp-Session-Id' }

export const metadata = ${resourceMetadata(values)}

/** The token's claims, or the answer for somebody without a valid one. */
export async function authenticate(request) {
  const [scheme = '', token = ''] = (request.headers.get('authorization') ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || !token) return refuse(challenge)
  try {
    const { payload } = await jwtVerify(token, jwks, {
      issuer: ${quoted(values.issuer)},
      audience: ${quoted(values.resource)},
      algorithms: ['${values.algorithm}'],
      typ: 'at+jwt',
      clockTolerance: 60,
    })
    return payload
  } catch {
    return refuse(challenge + ', error="invalid_token"')
  }
}

const refuse = (header) => new Response(null, { status: 401, headers: { ...cors, 'WWW-Authenticate': header } })
`

/** Both paths are one route: what comes after the well-known part is optional. */
export const nextMetadataRoute = (): string => `import { metadata } from '@/lib/token'

export const GET = () => Response.json(metadata, { headers: { 'Access-Control-Allow-Origin': '*' } })
`

export const nextMcpRoute = (): string => `import { authenticate } from '@/lib/token'
import { handleMcp } from '@/lib/mcp' // your MCP server: takes a Request, gives a Response

export async function POST(request) {
  const claims = await authenticate(request)
  if (claims instanceof Response) return claims
  return handleMcp(request, { user: claims.sub, scopes: String(claims.scope ?? '').split(' ') })
}
`

/** Where Next.js looks for the route of the resource. */
export const nextRouteFile = (values: SnippetValues): string => `app${pathOf(values) === '/' ? '' : pathOf(values)}/route.js`

export const honoSnippet = (values: SnippetValues): string => `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { handleMcp } from './mcp.js' // your MCP server: takes a Request, gives a Response
import { authenticate, metadata } from './token.js'

const app = new Hono()
app.use(cors({ origin: '*', exposeHeaders: ['WWW-Authenticate', 'Mcp-Session-Id'] }))
${metadataPaths(values.resource)
  .map((path) => `app.get(${quoted(path)}, (c) => c.json(metadata))`)
  .join('\n')}
app.post(${quoted(pathOf(values))}, async (c) => {
  const claims = await authenticate(c.req.raw)
  if (claims instanceof Response) return claims
  return handleMcp(c.req.raw, { user: claims.sub, scopes: String(claims.scope ?? '').split(' ') })
})

serve({ fetch: app.fetch, port: ${portOf(values.resource)} })
`
