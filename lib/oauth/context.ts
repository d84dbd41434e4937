import type { ClientMetadata } from './client-metadata.ts'
import type { ActorKind } from './events.ts'
import type { JsonWebKeySet } from './json-web-key.ts'
import type { PageName } from './page-name.ts'
import type { ProviderMetadata } from './provider-metadata.ts'
import type { OAuthStore } from './store.ts'
import type { UiLocale } from './ui-locales.ts'

/** A project as it speaks to the world: one immutable snapshot, never a promise about a token. */
export type Issuer = {
  /** The stored string, byte for byte. Every URL we emit is built from it. */
  readonly url: string
  readonly projectId: string
  readonly projectName: string
  readonly slug: string
  readonly registrationMode: 'guarded' | 'open' | 'off'
  readonly issParameter: boolean
  readonly signingAlgorithm: SigningAlgorithm
  readonly accessTokenTtlSeconds: number
  readonly refreshIdleSeconds: number
  readonly refreshAbsoluteSeconds: number
  readonly clientCredentials: boolean
  readonly tokenExchange: boolean
  readonly signUpOpen: boolean
  readonly offerAllScopes: boolean
  /** Whose client ID metadata documents are believed: anybody's, those on `documentHosts`, nobody's. */
  readonly documentPolicy: 'open' | 'allow-list' | 'deny'
  readonly documentHosts: readonly string[]
  /** Whether `cursor://` and its like may be registered. */
  readonly privateUseSchemes: boolean
  /** Origins whose scripts may call; empty: any. */
  readonly allowedOrigins: readonly string[]
  /** As responses spell it: some resource servers compare case. */
  readonly tokenType: 'bearer' | 'Bearer'
  readonly offlineAccessRequired: boolean
  /** ID-JAG (Enterprise-Managed Authorization). */
  readonly enterpriseAuthorization: boolean
  readonly workloadIdentity: boolean
  readonly pushedRequests: boolean
  /** `nonce`: on, and every proof must carry a nonce of ours. */
  readonly dpop: 'off' | 'on' | 'nonce'
  readonly deviceGrant: boolean
  readonly openidConnect: boolean
  readonly signInWays: SignInWays
  readonly brand: Brand
  /** What of a user's attributes goes into access tokens. */
  readonly claimMappings: readonly ClaimMapping[]
  readonly suspended: boolean
  readonly trustedIssuers: readonly TrustedIssuer[]
  /** Never empty; exactly one is the default. */
  readonly resources: readonly ProtectedResource[]
  /** In the order lists and consent show them. `offline_access` is not among them: the protocol adds it. */
  readonly scopes: readonly ProjectScope[]
}

/** Who else may say who somebody is, and for which grant. */
export type TrustedIssuer = {
  readonly kind: 'subject-token' | 'id-jag' | 'workload'
  /** `iss`, byte for byte. */
  readonly issuer: string
  readonly jwksUri: string | null
  readonly jwks: JsonWebKeySet | null
  /** `aud` that a subject token must have; null: this issuer's URL. */
  readonly audience: string | null
  /** A token with all these claims may have these scopes. Empty: any scope of the project. */
  readonly rules: readonly { readonly claims: Readonly<Record<string, string>>; readonly scopes: readonly string[] }[]
  readonly linkByEmail: boolean
}

/** How resource owners prove who they are; at least one of them. */
export type SignInWays = {
  readonly password: boolean
  /** A code and a link by e-mail. */
  readonly email: boolean
  readonly passkey: boolean
  /** The customer's own sign-in page. */
  readonly handoffUrl: string | null
  readonly providers: readonly { readonly id: string; readonly preset: ProviderPreset; readonly name: string }[]
}

export type ProviderPreset = 'oidc' | 'google' | 'github' | 'entra' | 'okta'

/** How a project's pages and mails look. */
export type Brand = {
  /** `#rrggbb` */
  readonly accentColor: string | null
  /** SHA-256 of the stored logo, hex: part of its URL. */
  readonly logoHash: string | null
  readonly supportUrl: string | null
  readonly policyUrl: string | null
  readonly termsUrl: string | null
}

/** `claim`: a URI of the customer's; `from`: the name of an attribute. */
export type ClaimMapping = { readonly claim: string; readonly from: string }

export type SigningAlgorithm = 'ES256' | 'RS256'
export type ProtectedResource = {
  readonly identifier: string
  readonly name: string
  readonly isDefault: boolean
  /** Other names that clients ask for it by. Tokens carry the identifier all the same. */
  readonly aliases: readonly string[]
}

/** How much harm somebody could do with it, in the eyes of whoever runs the project. */
export type ScopeRisk = 'low' | 'medium' | 'high'

export type ProjectScope = {
  readonly name: string
  readonly description: string
  readonly risk: ScopeRisk
  /** A person who allows a request that asks for it cannot leave it out. */
  readonly isRequired: boolean
  readonly isDefault: boolean
}

/** RFC 9068 §2.2, in wire names. Times are seconds since the epoch, on the database's clock. */
export type AccessTokenClaims = {
  readonly iss: string
  readonly aud: string | readonly string[]
  readonly sub: string
  readonly client_id: string
  readonly scope: string
  readonly jti: string
  readonly iat: number
  readonly exp: number
  readonly auth_time?: number
  /** Which grant it came from (Grant Management for OAuth 2.0); absent for client_credentials and exchange. */
  readonly grant_id?: string
  /** RFC 8693 §4.1. */
  readonly act?: Actor
  /** RFC 9449 §6.1: the key that the token is bound to. */
  readonly cnf?: { readonly jkt: string }
  /** Of a workload, whose `sub` and `client_id` are made of these: what its own issuer calls it. */
  readonly workload?: { readonly iss: string; readonly sub: string }
  readonly [claim: string]: unknown
}

/** OpenID Connect Core §2, §5.1, in wire names. */
export type IdTokenClaims = {
  readonly iss: string
  readonly sub: string
  /** The client. */
  readonly aud: string
  readonly iat: number
  readonly exp: number
  readonly auth_time: number
  readonly nonce?: string
  readonly at_hash: string
  readonly email?: string
  readonly email_verified?: boolean
  readonly name?: string
  /** What the project's `claimMappings` add. */
  readonly [claim: string]: unknown
}

/**
 * Asks the customer's own sign-in page who somebody is (JWT, `typ: gatehouse-handoff+jwt`). What a client wants stands one level down:
 * a resource server that checks no `typ` must not find the `scope` of an access token in here.
 */
export type HandoffClaims = {
  readonly iss: string
  /** The page's whole URL. Its origin alone may well be the identifier of a resource. */
  readonly aud: string
  /** Names the hand-off. */
  readonly jti: string
  readonly iat: number
  readonly exp: number
  /** Where the browser may go when nobody signs in: there it is told so. */
  readonly return_to: string
  /** Absent when somebody signs in for the sake of a page of ours. `verified` false: the name is what a stranger calls itself. */
  readonly client?: {
    readonly id: string
    readonly name: string
    readonly verified: boolean
    /** Host or scheme that the answer goes to; null: another device. */
    readonly redirect_host: string | null
  }
  readonly requested?: { readonly scope: string; readonly resource: readonly string[] }
  readonly login_hint?: string
  /** `login`: ask for the credentials again; `select_account`: do not take whoever is signed in for granted. */
  readonly prompt?: 'login' | 'select_account'
}

/** RFC 8693 §4.1: who acts for the subject, and for whom that one acted before. */
export type Actor = { readonly sub: string; readonly iss?: string; readonly client_id?: string; readonly act?: Actor }

/** One HTTP request as the protocol sees it: parsed by no framework. */
export type OAuthRequest = {
  readonly method: string
  /** Below the issuer, raw and undecoded. */
  readonly path: string
  /** Raw, without the question mark. */
  readonly query: string
  readonly headers: { get(name: string): string | null }
  /** Read already, at most the endpoint's cap. Empty for GET and HEAD. */
  readonly body: Uint8Array
}

/** What a handler answers; `lib/http` alone turns it into bytes. */
export type OAuthResult =
  | { readonly kind: 'json'; readonly status: number; readonly body: object; readonly headers?: Readonly<Record<string, string>> }
  /** 204. */
  | { readonly kind: 'empty' }
  /** Public, cacheable JSON with an ETag: metadata and JWKS. */
  | { readonly kind: 'document'; readonly document: PublicDocument }
  /** Public, and never another one at its URL. */
  | { readonly kind: 'picture'; readonly mediaType: string; readonly bytes: Buffer }
  /** A local HTML page. The redirect URI is not proven, so nothing is sent anywhere. */
  | { readonly kind: 'page'; readonly status: number; readonly says: PageName; readonly retryAfterSeconds?: number }
  /** 302 to a proven redirect URI of the client, with a code or an error; or to the customer's own sign-in page. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** To somebody else's site, after a form of ours: browsers apply its `form-action` to every redirect that follows it, also to theirs. */
  | { readonly kind: 'leave'; readonly to: string; readonly whither: string }
  /** 302 to a page of this issuer. */
  | {
      readonly kind: 'interact'
      readonly to: string
      readonly setCookies: readonly string[]
      /** Of the client: the languages it would like that page to speak, as it sent them. */
      readonly uiLocales?: string
    }

export type PublicDocument = { readonly body: Buffer; readonly etag: string }

/** The browser in front of us, known by two cookies. */
export type Browser = {
  /** SHA-256, hex, of the browser cookie; null when it has none yet. */
  readonly hash: string | null
  /** SHA-256, hex, of the session cookie, whether or not it opens a session; null when it has none. */
  readonly sessionHash: string | null
  /** A cookie for a browser that has none. */
  issue(): { hash: string; setCookie: string }
  /** Who is signed in at this project, if anybody. */
  session(): Promise<ResourceOwnerSession | null>
}

/** A signed-in resource owner. */
export type ResourceOwnerSession = {
  readonly userId: string
  /** Null: they came from a provider that verified none. */
  readonly email: string | null
  readonly name: string | null
  readonly authTime: Date
  /** The most they may allow a client, space-separated, as whoever signed them in said; null: no such limit. */
  readonly scopeCeiling: string | null
}

/** A client ID metadata document, checked. `ageSeconds`: since it was last read or found unchanged; up to 7 days where its host fails. */
export type ClientDocument = { readonly metadata: ClientMetadata; readonly ageSeconds: number }

/** What strangers publish for us to read: fetched by the one outbound fetcher, cached within bounds, throttled. */
export type World = {
  /** Whether http on this machine counts as public, for development. */
  readonly developmentLoopback: boolean
  /** Whether it would be tried, from the URL's text alone; a name that leads nowhere public is found out later. */
  mayFetch(url: string): boolean
  /**
   * `unavailable`: try again later; `invalid`: its owner must mend it. `maxAgeSeconds`: an older copy is read anew first, and is still the
   * answer where that fails.
   */
  clientDocument(url: string, maxAgeSeconds?: number): Promise<ClientDocument | 'unavailable' | 'invalid'>
  /** A stranger's keys, RFC 7517 §5. A cached set without `kid` is fetched anew, at most once a minute. Null: they cannot be had. */
  keys(jwksUri: string, kid: string | undefined): Promise<JsonWebKeySet | null>
  /** What an identity provider says of itself, by its issuer. `unavailable`: try again later; `invalid`: its owner must mend it. */
  provider(issuer: string): Promise<ProviderMetadata | 'unavailable' | 'invalid'>
  /** One call to an identity provider that the project has chosen: nothing of it is cached, no redirect followed. Null: no answer came. */
  ask(question: OutboundQuestion): Promise<OutboundAnswer | null>
}

/** A GET, or with `form` a POST. `headers` in lower case. */
export type OutboundQuestion = {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
  readonly form?: Readonly<Record<string, string>>
}
export type OutboundAnswer = { readonly status: number; readonly mediaType: string | undefined; readonly body: Uint8Array }

/** Buckets of `lib/issuer/limits.ts`, which holds their figures. */
export type LimitBucket =
  | 'register'
  | 'register_project'
  | 'registration_change'
  | 'authorize'
  | 'authorize_project'
  | 'push'
  | 'push_project'
  | 'client_auth_failed'
  | 'introspect'
  | 'exchange'
  | 'sign_in'
  | 'sign_in_account'
  | 'mail'
  | 'mail_account'
  | 'mail_recipient'
  | 'reviewer'
  | 'upstream_fault'
  | 'device_code'
  | 'device_code_project'

/**
 * One request's world. The project is bound: no function takes a project id,
 * because store, issuer and keys already belong to it.
 */
export type OAuthContext = {
  readonly issuer: Issuer
  readonly store: OAuthStore
  readonly browser: Browser
  readonly world: World
  /** Ours, fresh per request (UUID): settles a COMMIT whose answer was lost. */
  readonly requestId: string
  /** Canonical client address, IPv6 cut to /64. For limits and the audit log only. */
  readonly address: string
  /** The language for whoever sits in front of the browser. */
  readonly locale: UiLocale
  /** HMAC key for refresh tokens, codes and CSRF tokens; lives outside the database. */
  readonly pepper: Uint8Array
  /** Signs an access token (`typ: at+jwt`) with the project's current key. */
  sign(claims: AccessTokenClaims): Promise<string>
  /** Signs an id_token (`typ: JWT`, RS256) with the key that the project keeps for nothing else. Only where OpenID Connect is on. */
  signIdToken(claims: IdTokenClaims): Promise<string>
  /** Signs a request to the customer's own sign-in page with the project's current key, under a `typ` of its own. */
  signHandoff(claims: HandoffClaims): Promise<string>
  /** Checks signature, `typ`, `iss` of one of our own access tokens; expiry is the caller's, on the database's clock. */
  verify(accessToken: string): Promise<AccessTokenClaims | null>
  /** The project's public keys, RFC 7517. */
  jwks(): Promise<PublicDocument>
  /** Takes one from the bucket or throws `tooManyRequests`. */
  limit(bucket: LimitBucket, key: string): Promise<void>
  /**
   * A bounded counter per project, client, hour and kind: for what proves no credential. `named`: what a stranger asked for, which is
   * told apart up to a few a project and hour.
   */
  count(kind: string, clientId?: string, named?: string): void
  /** Off the hot path and lossy on a crash: for reads that change nothing. */
  stream(event: { action: 'metadata.fetched' | 'token.introspected'; actorKind: ActorKind; actorId?: string; clientId?: string }): void
}
