import type { Issuer, TrustedIssuer } from '../context.ts'
import type { JsonWebKeySet } from '../json-web-key.ts'

/** What a client registers unless a test says otherwise. */
export const REDIRECT_URI = 'https://client.example.com/cb'

/** What a test may say of a request. The body is sent as it stands. */
export type Init = {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
}

export type Where = {
  /** Which of two processes on one database; 1 where there is only one. */
  readonly instance?: 1 | 2
}

export type Method = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'
export type TestClient = {
  readonly clientId: string
  readonly clientSecret: string | null
  readonly method: Method
  readonly redirectUri: string
  /** For private_key_jwt: a fresh one for each request. */
  readonly assertion?: () => Promise<string>
}
export type TestUser = { readonly id: string; readonly email: string; readonly password: string }

export type ClientOptions = {
  readonly method?: Method
  /** For private_key_jwt, one of the two. */
  readonly jwks?: JsonWebKeySet
  readonly jwksUri?: string
  readonly grantTypes?: readonly string[]
  readonly redirectUris?: readonly string[]
  /** A ceiling. */
  readonly scope?: string
  readonly dpopBoundAccessTokens?: boolean
}

/** What an operator can switch. */
export type Settings = Pick<
  Issuer,
  | 'registrationMode'
  | 'issParameter'
  | 'clientCredentials'
  | 'tokenExchange'
  | 'offerAllScopes'
  | 'suspended'
  | 'accessTokenTtlSeconds'
  | 'documentPolicy'
  | 'documentHosts'
  | 'privateUseSchemes'
  | 'allowedOrigins'
  | 'tokenType'
  | 'offlineAccessRequired'
  | 'enterpriseAuthorization'
  | 'workloadIdentity'
  | 'pushedRequests'
  | 'dpop'
  | 'deviceGrant'
  | 'openidConnect'
  | 'claimMappings'
>

/** One row of the audit log. */
export type AuditRow = {
  readonly action: string
  readonly actorKind: string
  readonly actorId?: string | undefined
  readonly clientId?: string | undefined
  readonly userId?: string | undefined
  readonly grantId?: string | undefined
  readonly reason?: string | undefined
  readonly detail?: Readonly<Record<string, unknown>> | undefined
}

/** A form of the sign-in or consent page, as it came. */
export type PageForm = { readonly fields: Readonly<Record<string, string>>; readonly scopes: readonly string[] }

/** A cookie jar that knows our pages. */
export type TestBrowser = {
  /** `Cookie` header of what it holds. */
  cookies(): string
  /** An absolute URL of the project; redirects are not followed. */
  get(url: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  /** Posts a form to a path below the issuer, with the Origin a browser would send unless `headers` says otherwise. */
  post(
    path: string,
    fields: Readonly<Record<string, string | readonly string[]>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Response>
  /** The form of the consent page at this URL. */
  form(url: string): Promise<PageForm>
  /** Fills in the sign-in page at this URL; answers where it leads. */
  signIn(url: string, user: TestUser): Promise<string>
}

/** How a stranger's issuer is trusted; the keys inline or by their URL. */
export type Trust = Pick<TrustedIssuer, 'kind' | 'issuer'> & Partial<Omit<TrustedIssuer, 'kind' | 'issuer'>>

export type TestProject = {
  readonly issuer: string
  readonly slug: string
  readonly resource: string
  readonly registrationSecret: string
  readonly serverSecret: string
  /** A path below the issuer, or an absolute URL of the same host. */
  fetch(path: string, init?: Init, where?: Where): Promise<Response>
  browser(): TestBrowser
  /** Made by the operator, so pre-registered. */
  client(options?: ClientOptions): Promise<TestClient>
  user(): Promise<TestUser>
  configure(settings: Partial<Settings>): Promise<void>
  addResource(identifier: string): Promise<void>
  removeResource(identifier: string): Promise<void>
  addAlias(identifier: string, alias: string): Promise<void>
  addScope(name: string, isDefault: boolean, isRequired?: boolean): Promise<void>
  rotateSecret(kind: 'registration' | 'server', overlapHours: number): Promise<string>
  revokeClient(clientId: string): Promise<void>
  rotateClientSecret(clientId: string, overlapHours: number): Promise<string>
  setGrantTypes(clientId: string, grantTypes: readonly string[]): Promise<void>
  disableUser(userId: string): Promise<void>
  trust(issuer: Trust): Promise<void>
  distrust(kind: Trust['kind'], issuer: string): Promise<void>
  verifyEmail(userId: string): Promise<void>
  setAttributes(userId: string, attributes: Readonly<Record<string, unknown>>): Promise<void>
  endGrant(grantId: string): Promise<void>
  /** For everything that is stored of this project, so much time has passed. Tokens that are out keep their `exp`. */
  advance(seconds: number): Promise<void>
  audit(): Promise<readonly AuditRow[]>
  /** What was counted until now: kinds. */
  counted(): Promise<ReadonlySet<string>>
  /** The same project as it speaks at another issuer of its own: below the same host, or on a host of its own. */
  twin(host?: string): Promise<TestProject>
  /** Equal before and after: nothing in the project's tables changed, counters apart. */
  snapshot(): Promise<string>
}

/** `body` that is no text is sent as JSON. Header names in lower case; one with an `etag` answers 304 to whoever has it. */
export type Published = {
  readonly body: string | object
  readonly contentType?: string
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
}

/** A stranger's web site that the server under test can fetch from. What was not published is a 404. */
export type TestSite = {
  url(path: string): string
  publish(path: string, what: Published): void
  /** How often it was fetched until now, found or not. */
  requests(path: string): number
}

export type Target = {
  readonly door: 'in-process' | 'node' | 'next'
  readonly instances: 1 | 2
  project(settings?: Partial<Settings>): Promise<TestProject>
  site(): Promise<TestSite>
  /** Notes what must be found nowhere. */
  remember(...secrets: readonly (string | null | undefined)[]): void
  /** Where one of the remembered secrets, as it is, base64 or URL-encoded, stands in a table or a log. */
  leaks(): Promise<readonly string[]>
  close(): Promise<void>
}

/**
 * Unset: the protocol in this process, over the memory store and a clock that stands still.
 * `GATEHOUSE_TARGET=http://localhost:PORT`: a running server, whose database, BASE_URL and secrets this environment has too.
 * `GATEHOUSE_SECOND`: another process on the same database and BASE_URL. `GATEHOUSE_LOG`: what they print, files separated by colons.
 */
export async function openTarget(): Promise<Target> {
  const { GATEHOUSE_TARGET, GATEHOUSE_SECOND, GATEHOUSE_LOG } = process.env
  // Loaded when chosen: each brings half of the program along.
  if (!GATEHOUSE_TARGET) return (await import('./in-process.ts')).inProcess()
  const { overHttp } = await import('./over-http.ts')
  return overHttp([GATEHOUSE_TARGET, ...(GATEHOUSE_SECOND ? [GATEHOUSE_SECOND] : [])], GATEHOUSE_LOG?.split(':').filter(Boolean) ?? [])
}
