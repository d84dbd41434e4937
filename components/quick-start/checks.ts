import { challenge, discoveryUrl, metadataUrls, resourceMetadata, type SnippetValues, scopeList } from '../projects/snippets.ts'

/** One question to a server, and the answer of one that does it right. */
export type Check = { readonly title: string; readonly command: string; readonly expected: string; readonly otherwise: string }

const MCP_BODY = `{"jsonrpc":"2.0","id":1,"method":"tools/list"}`

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
    title: '1. The MCP server asks for a token',
    command: `curl -si -X POST ${values.resource} -H "Content-Type: application/json" -d '${MCP_BODY}'`,
    expected: `HTTP/1.1 401 Unauthorized\n${challenge(values)}`,
    otherwise:
      '200: the server answers anybody. 401 without the header: clients do not know where to go. 403 or HTML: something in front of the server answers.',
  },
  {
    title: '2. Its metadata names this issuer',
    command: [...new Set(metadataUrls(values.resource))].map((url) => `curl -s ${url}`).join('\n'),
    expected: resourceMetadata(values),
    otherwise: 'Compare resource and authorization_servers letter by letter: a slash too many is another resource, or another issuer.',
  },
  {
    title: '3. The issuer answers',
    command: `curl -s ${discoveryUrl(values.issuer)}\ncurl -s ${values.issuer}/.well-known/jwks.json`,
    expected: `{"issuer":"${values.issuer}","authorization_endpoint":…,"code_challenge_methods_supported":["S256"],…}\n{"keys":[{"kty":…,"alg":"${values.algorithm}","use":"sig",…}]}`,
    otherwise: 'Nothing: the issuer cannot be reached from where you are. Hosted clients ask from the public internet.',
  },
  {
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
  off: '403: registration is off in this project. Create the client by hand.',
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
  -d '${MCP_BODY}'
`
