/**
 * A recorded client as data: what it asks, in which order and spelling, and what it insists on. Addresses are templates with
 * `{origin}` and `{path}` of the issuer and `{resource-path}` of the MCP server; redirect URIs may hold `{port}`, chosen at each run.
 */
export type Profile = {
  /** kebab-case. */
  readonly id: string
  readonly name: string
  /** One sentence: what is peculiar about it. */
  readonly about: string
  /** Sent with every request of its own. */
  readonly headers: Readonly<Record<string, string>>
  /** It runs in a browser as a script of this origin: it asks before it sends, and reads only what it is allowed to. */
  readonly scriptOrigin?: string
  /** Refuses members that are null or empty. */
  readonly strictSchemas?: boolean
  readonly resource: ResourceHabits
  readonly discovery: DiscoveryHabits
  readonly identity: Identity
  readonly authorization: AuthorizationHabits
  readonly token: TokenHabits
}

export type ResourceHabits = {
  /** Where it looks for the resource's metadata: where the 401 says, below the path, at the root. The first that is there counts. */
  readonly order: readonly ('challenge' | 'path' | 'root')[]
  /** `prefix`: the metadata may be about a parent of the URL. */
  readonly match: 'identical' | 'prefix'
}

export type DiscoveryHabits = {
  readonly order: readonly string[]
  readonly headFirst?: boolean
  /** After which answers it tries the next address; any other ends the connection. */
  readonly goesOnAfter: '4xx' | 'below-500' | 'not-200'
  readonly issuer: 'identical' | 'unchecked'
  /** Addresses it would believe instead of the issuer's own: nobody may speak there. */
  readonly believes?: readonly string[]
  /** Addresses it also asks; their answers must be JSON, found or not. */
  readonly probes?: readonly string[]
}

export type Identity =
  /** A client ID metadata document of its vendor. */
  | { readonly kind: 'vendor-document'; readonly url: string }
  /** A document of the vendor's shape that the run itself publishes: the vendor's own has redirect URIs or keys we do not have. */
  | { readonly kind: 'own-document'; readonly document: Readonly<Record<string, unknown>>; readonly keys: boolean }
  /** RFC 7591, without a secret unless the run was given one. */
  | { readonly kind: 'registration'; readonly metadata: Readonly<Record<string, unknown>>; readonly expects: readonly Expectation[] }
  /** Made by the operator and typed into the client. */
  | { readonly kind: 'predefined'; readonly method: 'none' | 'client_secret_basic' | 'client_secret_post' }

export type Expectation = 'secret' | 'no-secret' | 'refresh-token-grant' | 'scope' | 'every-redirect-uri'

export type AuthorizationHabits = {
  readonly redirectUri: string
  readonly scope: ScopeHabits
  /** As the metadata of the resource spells it, twice, as a URL parser does (an origin gets a slash), or not at all. */
  readonly resource: 'as-given' | 'twice' | 'href' | 'never'
  readonly stateCharacters: number
  /** With `offline_access` it asks for `prompt=consent`. */
  readonly promptsForOfflineAccess?: boolean
  /** RFC 9207. `dropped`: lost between browser and client, so that an announced `iss` is missed. */
  readonly iss: 'strict' | 'ignored' | 'dropped'
  /** Which redirect codes its callback survives. */
  readonly redirectStatuses: readonly number[]
}

export type ScopeHabits = {
  /** The first of these that names any scope. */
  readonly from: readonly ('challenge' | 'resource' | 'server' | 'registration')[]
  /** When none does. */
  readonly fallback: string | null
  /** `joined`: after a blank, also after nothing. Only where the server lists it. */
  readonly offlineAccess: 'never' | 'appended' | 'joined'
}

export type TokenHabits = {
  /** `as-registered` unless the server does not list it; or the first of Basic, post and none that both can. */
  readonly method: 'as-registered' | 'strongest' | 'private_key_jwt'
  readonly basic: 'raw' | 'percent-encoded'
  /** Also beside Basic. */
  readonly clientIdInBody: boolean
  readonly resource: boolean
  readonly tokenType: 'any-case' | 'lower-case'
  /** What it cannot do without, beside the access token. */
  readonly requires: readonly ('refresh_token' | 'expires_in' | 'scope')[]
  readonly refresh: { readonly scope: 'never' | 'granted' | 'granted-and-offline-access'; readonly atOnce: number }
}
