import type { Issuer } from '../context.ts'
import type { endpoints } from '../endpoints.ts'
import type { OAuthErrorCode } from '../errors.ts'

/** `not_found`: what is switched off, or was never there. No document names it. */
export type WireError = OAuthErrorCode | 'not_found'

/** How whoever calls proves who it is; of several, one. */
export type Caller =
  | 'nobody'
  | 'browser'
  | 'client'
  | 'confidential-client'
  | 'assertion'
  | 'registration-secret'
  | 'registration-token'
  | 'server-secret'
  | 'access-token'

/** One parameter of a query or form, or one member of a JSON body. */
export type Field = {
  readonly name: string
  /** As its reader would say it. */
  readonly type: string
  readonly required: boolean
  /** One sentence without its full stop. What stands between backticks is code. */
  readonly words: string
  /** Must not be shown while it is typed, nor kept. */
  readonly secret?: true
  /** A member of a JSON body that is no string. */
  readonly json?: true
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json }

/** What a project must have on. */
export type Switch =
  | keyof Pick<
      Issuer,
      | 'registrationMode'
      | 'clientCredentials'
      | 'tokenExchange'
      | 'enterpriseAuthorization'
      | 'workloadIdentity'
      | 'pushedRequests'
      | 'deviceGrant'
      | 'openidConnect'
    >
  | 'handoffUrl'
  | 'keepTokens'

export type Group = 'Discovery' | 'Registration' | 'Authorization' | 'Tokens' | 'Your backend'

/** One thing that can be asked of an issuer. Plain data: pages, the console in the browser and the tests read it. */
export type Entry = {
  /** Its place on the page. */
  readonly id: string
  /** Its name on the surface. */
  readonly endpoint: keyof typeof endpoints | 'handoff' | 'upstreamToken'
  readonly group: Group
  readonly title: string
  /** The first is the example's; the others do the same. */
  readonly methods: readonly ('GET' | 'POST' | 'PUT' | 'DELETE')[]
  /** Below the issuer; `{client_id}` stands for one segment. */
  readonly path: string
  /** Whether scripts of other origins may read the answer. */
  readonly cors: boolean
  readonly sources: readonly Source[]
  readonly summary: string
  readonly callers: readonly Caller[]
  readonly body: 'none' | 'query' | 'form' | 'json'
  readonly fields: readonly Field[]
  readonly example: Example
  readonly answer: Answer
  /** Besides what every endpoint may say. */
  readonly errors: readonly WireError[]
  readonly needs?: Switch
}

/** `{name}` in any text stands for a value that the reader has. `bearer` is what follows the scheme. */
export type Example = { readonly bearer?: string; readonly fields: Readonly<Record<string, Json>> }

/** `body` null: none; for a redirect `location` instead. */
export type Answer = {
  readonly status: number
  readonly body: { readonly [member: string]: Json } | null
  readonly location?: string
}

export type Source = { readonly label: string; readonly url: string }

/** `rfc(6749, '4.1.3')` */
export const rfc = (number: number, section?: string): Source => ({
  label: `RFC ${number}${section ? ` §${section}` : ''}`,
  url: `https://www.rfc-editor.org/rfc/rfc${number}${section ? `#section-${section}` : ''}`,
})

/** OpenID Connect Core 1.0. */
export const openid = (section: string, anchor: string): Source => ({
  label: `OpenID Connect Core §${section}`,
  url: `https://openid.net/specs/openid-connect-core-1_0.html#${anchor}`,
})

/** RFC 8707 and the scope of RFC 6749 §3.3, wherever a token is asked for. */
export const SCOPE: Field = {
  ...{ name: 'scope', type: 'space-separated list', required: false },
  words: 'What the token may do; left out: the project’s default scopes',
}
export const RESOURCE: Field = {
  ...{ name: 'resource', type: 'URL, may repeat', required: false },
  words: 'The MCP server the token is for, as the project knows it; left out: the project’s default',
}

/** RFC 6749 §2.3, RFC 7523 §2.2. `client_secret` may come as HTTP Basic instead. */
export const CLIENT_AUTHENTICATION: readonly Field[] = [
  { name: 'client_id', type: 'string', required: true, words: 'The client; left out where HTTP Basic or the assertion names it' },
  {
    name: 'client_secret',
    type: 'string',
    required: false,
    secret: true,
    words: 'Of a client that has one, unless it is sent as HTTP Basic',
  },
  {
    ...{ name: 'client_assertion', type: 'JWT', required: false, secret: true },
    words: 'Of a client with `private_key_jwt`: signed by its key, good once',
  },
  {
    ...{ name: 'client_assertion_type', type: 'string', required: false },
    words: 'With an assertion: `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`',
  },
]

/** What any endpoint may answer, whatever was asked. */
export const COMMON_ERRORS: readonly WireError[] = ['invalid_request', 'temporarily_unavailable', 'server_error', 'not_found']

/** RFC 9449 §5, §8: of every endpoint that reads a DPoP proof. */
export const DPOP_ERRORS = ['invalid_dpop_proof', 'use_dpop_nonce'] as const satisfies readonly WireError[]
