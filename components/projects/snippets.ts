/** What the snippets of one project are filled with. Never a secret: those are read from the environment. */
export type SnippetValues = {
  readonly name: string
  readonly issuer: string
  readonly resource: string
  readonly scopes: readonly string[]
  readonly algorithm: 'ES256' | 'RS256'
}

/** RFC 9728 §3.1: both places where clients look for a resource's metadata. The first names the resource's path. */
export function metadataUrls(resource: string): readonly [path: string, root: string] {
  const { origin, pathname } = new URL(resource)
  const root = `${origin}/.well-known/oauth-protected-resource`
  return [pathname === '/' ? root : root + pathname, root]
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

const scopeList = (values: SnippetValues) => values.scopes.join(' ')

/** RFC 9728 §5.1 and RFC 6750 §3. */
export const challenge = (values: SnippetValues): string =>
  `WWW-Authenticate: Bearer resource_metadata="${metadataUrls(values.resource)[0]}"${values.scopes.length > 0 ? `, scope="${scopeList(values)}"` : ''}`

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

export const expressSnippet = (values: SnippetValues): string => `import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const issuer = ${quoted(values.issuer)}
const resource = ${quoted(values.resource)}
const jwks = createRemoteJWKSet(new URL(issuer + '/.well-known/jwks.json'))
const challenge = ${quoted(challenge(values).replace('WWW-Authenticate: ', ''))}

export async function requireToken(req, res, next) {
  const [scheme = '', token = ''] = (req.headers.authorization ?? '').split(' ')
  if (scheme.toLowerCase() !== 'bearer' || !token) return res.set('WWW-Authenticate', challenge).status(401).end()
  try {
    const { payload } = await jwtVerify(token, jwks, {
      issuer,
      audience: resource,
      algorithms: ['${values.algorithm}'],
      typ: 'at+jwt',
    })
    req.auth = { token, clientId: payload.client_id, scopes: String(payload.scope).split(' '), extra: { user: payload.sub } }
    next()
  } catch {
    res.set('WWW-Authenticate', challenge + ', error="invalid_token"').status(401).end()
  }
}

const metadata = ${resourceMetadata(values)}

const app = express()
app.get(${quoted(new URL(metadataUrls(values.resource)[0]).pathname)}, (req, res) => res.json(metadata))
app.get('/.well-known/oauth-protected-resource', (req, res) => res.json(metadata))
app.post(${quoted(new URL(values.resource).pathname)}, requireToken, handleMcp)
`

export const sdkSnippet = (
  values: SnippetValues,
): string => `import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js'
import { getOAuthProtectedResourceMetadataUrl, mcpAuthMetadataRouter } from '@modelcontextprotocol/sdk/server/auth/router.js'
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js'
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
    }).catch(() => {
      throw new InvalidTokenError('The token is not valid here')
    })
    return {
      token,
      clientId: String(payload.client_id),
      scopes: String(payload.scope).split(' '),
      expiresAt: payload.exp,
      resource: new URL(resource),
      extra: { user: payload.sub },
    }
  },
}

const app = express()
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata,
    resourceServerUrl: new URL(resource),
    scopesSupported: [${values.scopes.map(quoted).join(', ')}],
    resourceName: ${quoted(values.name)},
  }),
)
app.post(
  ${quoted(new URL(values.resource).pathname)},
  requireBearerAuth({ verifier, resourceMetadataUrl: getOAuthProtectedResourceMetadataUrl(new URL(resource)) }),
  handleMcp,
)
`

export const fastMcpSnippet = (values: SnippetValues): string => `from fastmcp import FastMCP
from fastmcp.server.auth import RemoteAuthProvider
from fastmcp.server.auth.providers.jwt import JWTVerifier
from pydantic import AnyHttpUrl

verifier = JWTVerifier(
    jwks_uri="${values.issuer}/.well-known/jwks.json",
    issuer="${values.issuer}",
    audience="${values.resource}",
    algorithm="${values.algorithm}",
)

auth = RemoteAuthProvider(
    token_verifier=verifier,
    authorization_servers=[AnyHttpUrl("${values.issuer}")],
    base_url="${new URL(values.resource).origin}",
)

mcp = FastMCP(name=${JSON.stringify(values.name)}, auth=auth)

if __name__ == "__main__":
    mcp.run(transport="http", path="${new URL(values.resource).pathname}")
`

export const discoverySnippet = (values: SnippetValues): string => `curl -s ${discoveryUrl(values.issuer)}
curl -s ${values.issuer}/.well-known/jwks.json
`

export const registerSnippet = (values: SnippetValues): string => `curl -s ${values.issuer}/api/oauth/register \\
  -H "Authorization: Bearer $GATEHOUSE_REGISTRATION_SECRET" \\
  -H "Content-Type: application/json" \\
  -d '{
    "client_name": "My agent",
    "redirect_uris": ["http://127.0.0.1:8976/callback"],
    "token_endpoint_auth_method": "none"
  }'
`

export const exchangeSnippet = (values: SnippetValues): string => `curl -s ${values.issuer}/api/oauth/token/exchange \\
  -H "Authorization: Bearer $GATEHOUSE_SERVER_SECRET" \\
  -H "Content-Type: application/json" \\
  -d '{
    "user_id": "the id your backend knows this user by",
    "scope": "${scopeList(values)}",
    "resource": "${values.resource}"
  }'
`
