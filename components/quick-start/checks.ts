import { metadataUrls, type ServerCheck, TOOLS_LIST } from '#lib/management/checks/inputs.ts'
import { challenge, discoveryUrl, resourceMetadata, type SnippetValues, scopeList } from '../projects/snippets.ts'

/** One question to a server, and the answer of one that does it right. */
export type Check = {
  readonly id: ServerCheck | 'issuer' | 'registration'
  readonly title: string
  readonly command: string
  readonly expected: string
  readonly otherwise: string
}

/** What ChatGPT sends when it registers. */
const CHATGPT_BODY = {
  client_name: 'ChatGPT',
  redirect_uris: ['https://chatgpt.com/connector_platform_oauth_redirect'],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
  token_endpoint_auth_method: 'none',
}

export const checks = (values: SnippetValues, registrationMode: 'guarded' | 'open' | 'off'): readonly Check[] => [
  {
    id: 'challenge',
    title: '1. The MCP server asks for a token',
    command: `curl -si -X POST ${values.resource} -H "Content-Type: application/json" -d '${TOOLS_LIST}'`,
    expected: `HTTP/1.1 401 Unauthorized\n${challenge(values)}`,
    otherwise:
      '200: the server answers anybody. 401 without the header: clients do not know where to go. 403 or HTML: something in front of the server answers.',
  },
  {
    id: 'metadata',
    title: '2. Its metadata names this issuer',
    command: [...new Set(metadataUrls(values.resource))].map((url) => `curl -s ${url}`).join('\n'),
    expected: resourceMetadata(values),
    otherwise: 'Compare resource and authorization_servers letter by letter: a slash too many is another resource, or another issuer.',
  },
  {
    id: 'issuer',
    title: '3. The issuer answers',
    command: `curl -s ${discoveryUrl(values.issuer)}\ncurl -s ${values.issuer}/.well-known/jwks.json`,
    expected: `{"issuer":"${values.issuer}","authorization_endpoint":…,"code_challenge_methods_supported":["S256"],…}\n{"keys":[{"kty":…,"alg":"${values.algorithm}","use":"sig",…}]}`,
    otherwise: 'Nothing: the issuer cannot be reached from where you are. Hosted clients ask from the public internet.',
  },
  {
    id: 'registration',
    title: '4. A client can register',
    command: `curl -si ${values.issuer}/api/oauth/register \\\n${registrationMode === 'open' ? '' : '  -H "Authorization: Bearer $GATEHOUSE_REGISTRATION_SECRET" \\\n'}  -H "Content-Type: application/json" \\\n  -d '${JSON.stringify(CHATGPT_BODY)}'`,
    expected: 'HTTP/1.1 201 Created\n{"client_id":"…","client_name":"ChatGPT",…,"token_endpoint_auth_method":"none"}',
    otherwise: REGISTER_OTHERWISE[registrationMode],
  },
]

const REGISTER_OTHERWISE = {
  open: '429: too many registrations from this address; wait a minute. 400: the answer names the field.',
  guarded:
    '401: the registration secret is missing or wrong. Without it a client needs a metadata document of its own, or registration has to be open.',
  off: '404: registration is off in this project. Create the client by hand.',
} as const

export const exchangeSnippet = (values: SnippetValues): string => `curl -s ${values.issuer}/api/oauth/token/exchange \\
  -H "Authorization: Bearer $GATEHOUSE_SERVER_SECRET" \\
  -H "Content-Type: application/json" \\
  -d '{
    "user_id": "the id your backend knows this user by",
    "scope": "${scopeList(values)}",
    "resource": "${values.resource}"
  }'
`

/** With a token from above: the last check. */
export const callSnippet = (values: SnippetValues): string => `curl -si -X POST ${values.resource} \\
  -H "Authorization: Bearer $TOKEN" \\
  -H "Content-Type: application/json" -H "Accept: application/json, text/event-stream" \\
  -d '${TOOLS_LIST}'
`

/** The whole way by hand: what a client asks first, a token, and the call with it. */
export const curlSnippet = (values: SnippetValues): string => `# 1. Without a token: 401, and a header that names the metadata
curl -si -X POST ${values.resource} -H "Content-Type: application/json" -d '${TOOLS_LIST}'

# 2. The metadata names ${values.issuer}
${[...new Set(metadataUrls(values.resource))].map((url) => `curl -s ${url}`).join('\n')}

# 3. A token for a user of your backend: a JWT with alg ${values.algorithm} and typ at+jwt
TOKEN=$(${exchangeSnippet(values).trimEnd()} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')

# 4. With it: 200 and the list of tools
${callSnippet(values)}`
