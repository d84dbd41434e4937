import { metadataUrls } from '#lib/management/checks/inputs.ts'

/** What the snippets of one project are filled with. Never a secret: those are read from the environment. */
export type SnippetValues = {
  readonly name: string
  readonly issuer: string
  readonly resource: string
  readonly scopes: readonly string[]
  readonly algorithm: 'ES256' | 'RS256'
}

/** RFC 8414 §3: the well-known part stands before the issuer's path. */
export function discoveryUrl(issuer: string): string {
  const { origin, pathname } = new URL(issuer)
  return `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`
}

/** RFC 9728 §2, without `offline_access`: that is between client and authorization server. */
export const resourceMetadata = ({ name, issuer, resource, scopes }: SnippetValues): string =>
  JSON.stringify(
    { resource, authorization_servers: [issuer], scopes_supported: scopes, bearer_methods_supported: ['header'], resource_name: name },
    null,
    2,
  )

export const scopeList = (values: SnippetValues) => values.scopes.join(' ')

/** RFC 9728 §5.1 and RFC 6750 §3. */
export const challenge = (values: SnippetValues): string =>
  `WWW-Authenticate: Bearer resource_metadata="${metadataUrls(values.resource)[0]}"${values.scopes.length > 0 ? `, scope="${scopeList(values)}"` : ''}`

/** The challenge without the header's name. */
export const challengeValue = (values: SnippetValues): string => challenge(values).replace('WWW-Authenticate: ', '')

/** Where a server listens on this machine; behind a proxy that speaks https it may be any. */
export const portOf = (resource: string): string => {
  const { protocol, port } = new URL(resource)
  return port || (protocol === 'http:' ? '80' : '3000')
}

/** RFC 9728 §3.1: their paths, once where they are one. */
export const metadataPaths = (resource: string): string[] => [...new Set(metadataUrls(resource).map((url) => new URL(url).pathname))]

/** As a string of JavaScript. */
export const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

export const expressSnippet = (values: SnippetValues): string => `import cors from 'cors'
import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'
import { handleMcp } from './mcp.js' // your MCP server

const issuer = ${quoted(values.issuer)}
const resource = ${quoted(values.resource)}
const jwks = createRemoteJWKSet(new URL(issuer + '/.well-known/jwks.json'))
const challenge = ${quoted(challengeValue(values))}

export async function requireToken(req, res, next) {
  const [scheme = '', token = ''] = (req.headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || !token) return res.set('WWW-Authenticate', challenge).status(401).end()
  try {
    const { payload } = await jwtVerify(token, jwks, {
      issuer,
      audience: resource,
      algorithms: ['${values.algorithm}'],
      typ: 'at+jwt',
      clockTolerance: 60,
    })
    req.auth = { token, clientId: payload.client_id, scopes: String(payload.scope).split(' '), extra: { user: payload.sub } }
    next()
  } catch {
    res.set('WWW-Authenticate', challenge + ', error="invalid_token"').status(401).end()
  }
}

const metadata = ${resourceMetadata(values)}

const app = express()
app.use(cors({ exposedHeaders: ['WWW-Authenticate', 'Mcp-Session-Id'] }))
app.get(${quoted(new URL(metadataUrls(values.resource)[0]).pathname)}, (req, res) => res.json(metadata))
app.get('/.well-known/oauth-protected-resource', (req, res) => res.json(metadata))
app.post(${quoted(new URL(values.resource).pathname)}, requireToken, express.json(), handleMcp)
app.listen(${portOf(values.resource)})
`
