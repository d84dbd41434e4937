/** Tokens of both while people move. What is read before the signature is checked chooses keys and nothing else. */
export const TWO_ISSUERS = `import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'

const keysAt = (url) => createRemoteJWKSet(new URL(url))

const trusted = {
  'https://auth.example.com/p/notes': {
    keys: keysAt('https://auth.example.com/p/notes/.well-known/jwks.json'),
    audience: 'https://mcp.example.com/mcp',
    algorithms: ['ES256'],
    typ: 'at+jwt',
  },
  'https://login.old.example': {
    keys: keysAt('https://login.old.example/.well-known/jwks.json'),
    audience: 'https://mcp.example.com/mcp', // as the old issuer writes it
    algorithms: ['RS256'],
  },
}

export async function verify(token) {
  const { iss } = decodeJwt(token)
  if (!Object.hasOwn(trusted, iss)) throw new Error('A token of another issuer')
  const { keys, ...expected } = trusted[iss]
  const { payload } = await jwtVerify(token, keys, { issuer: iss, clockTolerance: 60, ...expected })
  return payload
}`

/** RFC 9728 §2: clients take the first entry that they can work with, and some the first alone. */
export const BOTH_IN_METADATA = `{
  "resource": "https://mcp.example.com/mcp",
  "authorization_servers": ["https://auth.example.com/p/notes", "https://login.old.example"],
  "scopes_supported": ["notes:read", "notes:write"],
  "bearer_methods_supported": ["header"]
}`
