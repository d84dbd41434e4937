import type { TokenEndpointAuthMethod } from './client-metadata.ts'
import type { EventFields, OAuthEvent } from './events.ts'
import type { JsonWebKeySet } from './json-web-key.ts'

/** RFC 7591 metadata as we keep it. */
export type Client = {
  readonly clientId: string
  readonly name: string
  /** `document`: its client_id is the URL of its metadata. */
  readonly source: 'registered' | 'manual' | 'builtin' | 'document'
  readonly trusted: boolean
  readonly applicationType: 'native' | 'web'
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod
  /** All it may use, the one above first: documents offer several. */
  readonly tokenEndpointAuthMethods: readonly TokenEndpointAuthMethod[]
  /** For private_key_jwt: the keys themselves, or where they are. */
  readonly jwks: JsonWebKeySet | null
  readonly jwksUri: string | null
  /** RFC 9449 §5.2: never a token without a proof. */
  readonly dpopBoundAccessTokens: boolean
  /** SHA-256 of the secret, hex; every one that counts now: the current and, within its overlap, the previous. */
  readonly secretHashes: readonly string[]
  readonly redirectUris: readonly string[]
  readonly grantTypes: readonly string[]
  /** A ceiling set by an operator or at registration; null: any scope of the project, also later ones. */
  readonly scope: string | null
  readonly clientUri: string | null
  readonly logoUri: string | null
  /** Over what a user consents to: a changed client is asked about again. */
  readonly metadataHash: string
  /** When its document was last read; null for a client without one. */
  readonly documentReadAt: Date | null
  /** Copies of it that were read before this count only where it cannot be read now. */
  readonly documentStaleAt?: Date
  readonly revoked: boolean
}

declare const authenticated: unique symbol

/** Only `authenticateClient` makes one. */
export type AuthenticatedClient = Client &
  ReadAt & {
    readonly [authenticated]: true
    /** How this request proved it; `none`: it only said who it is. */
    readonly authenticatedBy: 'none' | 'secret' | 'assertion'
  }

export type NewClient = Omit<Client, 'secretHashes' | 'revoked' | 'trusted' | 'documentReadAt' | 'documentStaleAt'> & {
  readonly secretHash: string | null
  readonly secretLastFour: string | null
  /** SHA-256 of the registration access token, hex (RFC 7592). */
  readonly registrationTokenHash: string | null
}

/** A living client that registered itself, as its own token found it (RFC 7592). */
export type RegisteredClient = Client & ReadAt & { readonly createdAt: Date }

/** What a replacement of a registration was decided upon: another one in between makes it void. */
export type RegistrationBefore = {
  readonly clientId: string
  readonly metadataHash: string
  readonly secretHash: string | null
}

export type NewRegistration = Pick<
  NewClient,
  | 'name'
  | 'applicationType'
  | 'tokenEndpointAuthMethod'
  | 'tokenEndpointAuthMethods'
  | 'redirectUris'
  | 'grantTypes'
  | 'clientUri'
  | 'logoUri'
  | 'jwks'
  | 'jwksUri'
  | 'dpopBoundAccessTokens'
  | 'metadataHash'
> & {
  /** The one before, with its overlap; none; or this one and no other. */
  readonly secret: 'kept' | null | { readonly secretHash: string; readonly secretLastFour: string }
}

/** RFC 9126 §2, checked. */
export type PushedRequest = {
  /** SHA-256 of its request_uri, hex. */
  readonly idHash: string
  readonly clientId: string
  /** Form-encoded, without credentials. */
  readonly parameters: string
  readonly lifetimeSeconds: number
}

/** RFC 6749 §4.1.1, checked, waiting for sign-in or consent. */
export type AuthorizationRequest = {
  /** SHA-256 of the handle in our page's URL, hex. */
  readonly idHash: string
  readonly issuer: string
  readonly clientId: string
  /** As sent, or the only registered one. */
  readonly redirectUri: string
  /** Whether the client sent it: then the token request must repeat it (RFC 6749 §4.1.3). */
  readonly redirectUriSent: boolean
  readonly scope: string
  /** Registered identifiers, never empty. */
  readonly resources: readonly string[]
  readonly state: string | null
  readonly codeChallenge: string
  /** Of the client as it asked; approval wants the same. */
  readonly metadataHash: string
  /** OpenID Connect Core §3.1.2.1. */
  readonly nonce: string | null
  /** RFC 9449 §10: thumbprint of the key that the code is bound to. */
  readonly dpopJkt: string | null
  /** Set where a device asked (RFC 8628): SHA-256 of its code, hex. */
  readonly deviceCodeHash: string | null
  readonly loginHint: string | null
  /** SHA-256 of the opening browser's cookie, hex. */
  readonly browserHash: string
}

export type StoredAuthorizationRequest = AuthorizationRequest & {
  /** A sign-in before this moment does not count; null: any. */
  readonly authTimeFrom: Date | null
  readonly answered: boolean
  readonly expired: boolean
}

/** What a person allowed. `codeHash`: SHA-256 of the code that the client, or the device, redeems for it, hex. */
export type Approval = {
  readonly grantId: string
  readonly codeHash: string
  readonly userId: string
  readonly authTime: Date
  readonly scope: string
}

/** What somebody has allowed a client and not taken back. */
export type LivingGrant = { readonly redirectUri: string; readonly resources: readonly string[]; readonly scope: string }

export type AuthorizationCode = {
  readonly grantId: string
  readonly issuer: string
  readonly clientId: string
  readonly userId: string
  readonly redirectUri: string
  readonly redirectUriSent: boolean
  readonly codeChallenge: string
  readonly nonce: string | null
  readonly dpopJkt: string | null
  readonly scope: string
  readonly resources: readonly string[]
  readonly authTime: Date
  /** JSON object, as it is now; null for a user without a row. */
  readonly userAttributes: string | null
  readonly redeemed: boolean
  readonly expired: boolean
  /** Grant revoked, or its user disabled or signed out everywhere since (`valid_from`). */
  readonly revoked: boolean
}

export type RefreshFamily = {
  readonly id: string
  readonly grantId: string
  readonly issuer: string
  readonly clientId: string
  readonly userId: string
  readonly scope: string
  readonly resources: readonly string[]
  readonly authTime: Date
  /** JSON object, as it is now; null for a user without a row. */
  readonly userAttributes: string | null
  readonly nonce: string | null
  /** RFC 9449 §5: only proofs of this key refresh it. */
  readonly dpopJkt: string | null
  readonly generation: number
  /** base64url; of the current token. */
  readonly salt: string
  readonly currentHash: string
  readonly previousHash: string | null
  /** Within the grace of the previous token, on the database's clock. */
  readonly previousValid: boolean
  readonly expired: boolean
  /** The family, or its user disabled or signed out everywhere since (`valid_from`). */
  readonly revoked: boolean
}

export type NewRefreshFamily = {
  readonly id: string
  readonly salt: string
  readonly currentHash: string
  readonly idleSeconds: number
  readonly absoluteSeconds: number
  readonly dpopJkt: string | null
}

/** `readAt` is the database's now(): the only clock the protocol has. */
export type ReadAt = { readonly readAt: Date }

/** What one round trip brought: a client, and what it wants to spend. */
export type ClientWith<Found> = { readonly client: (Client & ReadAt) | null; readonly found: (Found & ReadAt) | null }

/** What OpenID Connect may tell of a user of the project's own pool. */
export type Person = { readonly email: string | null; readonly emailVerified: boolean; readonly name: string | null }

/** RFC 8628 §3.1, checked, waiting for somebody to type its user code and decide. */
export type DeviceAuthorization = {
  /** SHA-256 of the device code, hex. */
  readonly deviceCodeHash: string
  /** HMAC of the user code. */
  readonly userCodeHash: string
  readonly issuer: string
  readonly clientId: string
  readonly scope: string
  /** Registered identifiers, never empty. */
  readonly resources: readonly string[]
}

/** RFC 8628 §3.5. `approved`: its code is there to be redeemed. `unknown`: not of this project, or long forgotten. */
export type DevicePoll =
  | { readonly outcome: 'pending' | 'slow_down' | 'approved' | 'denied' | 'expired' | 'unknown' }
  | { readonly outcome: 'other_client'; readonly clientId: string }

/** As much of an access token of ours as decides whether it still counts. */
export type IssuedToken = {
  readonly jti: string
  readonly grantId: string | null
  readonly clientId: string
  /** Null for a client that acts for itself. */
  readonly userId: string | null
  readonly issuedAt: Date
  readonly expiresAt: Date
  /** Of a workload, which is no registered client: who vouched for it. */
  readonly workloadIssuer?: string
}

/** Somebody as another issuer knows them. `email`: one that may name a user of the project's own pool; null: none does. */
export type ExternalIdentity = { readonly issuer: string; readonly subject: string; readonly email: string | null }

export type RevocationReason = 'code_replayed' | 'refresh_reused' | 'token_revoked' | 'client_revoked' | 'user' | 'member'

export type SecretKind = 'registration' | 'server'
export type SecretCheck = ReadAt & { readonly state: 'live' | 'other_kind' | 'unknown' }

/**
 * One project's protocol state. The project was bound when the store was made; no method takes it.
 * Each method that changes something is one statement or one transaction, decides its own winner,
 * and writes its audit row with the change: if the row fails, the change fails.
 * Each may throw `Unavailable` (lib/db/transaction.ts), which becomes 503: never an OAuth error.
 */
export type OAuthStore = {
  /** Also revoked ones, so that the caller can say why. */
  findClient(clientId: string): Promise<(Client & ReadAt) | null>

  /**
   * Keeps a registration. `registrationSecretHash` null: none was sent (open mode).
   * A live secret marks the client trusted. `full`: the project holds its 1,000 never-used clients that nobody vouched for, and none of
   * them is older than ten minutes. Such a client that says more than 384 bytes of itself counts apart: together they hold 128 KB, and
   * the oldest give way at once. Of such clients only 100 an hour are recorded: what a stranger can do without end leaves counters.
   */
  createClient(
    client: NewClient,
    registrationSecretHash: string | null,
    event: OAuthEvent,
  ): Promise<{ outcome: 'created'; createdAt: Date; trusted: boolean } | { outcome: 'secret_unknown' } | { outcome: 'full' }>

  /** A living registered client, by its id and the SHA-256 of its registration access token; null for every other. */
  findRegistration(clientId: string, tokenHash: string): Promise<RegisteredClient | null>
  /**
   * Puts a whole registration in the place of the one that was read. `changed`: it is no longer that one, or is gone. `too_large`: nobody
   * vouched for it, nobody used it, and it would say more of itself than before and than 384 bytes. Recorded unless that is what it is.
   */
  replaceRegistration(before: RegistrationBefore, after: NewRegistration, event: OAuthEvent): Promise<'replaced' | 'changed' | 'too_large'>
  /** Ends the client with all its grants and tokens; its row stays, revoked. Recorded unless nobody vouched for it and nobody used it. */
  deleteRegistration(clientId: string, tokenHash: string, event: OAuthEvent): Promise<void>

  /**
   * Keeps what a document says, because a person is about to approve its client: until then a stranger's URL costs no row.
   * Writes `client.registered` for a new one and `client.document_changed` where another hash was kept; a revoked one stays as it is.
   */
  keepDocumentClient(client: Client, event: EventFields): Promise<void>

  /** The database's now(), for who needs nothing else of it. */
  now(): Promise<Date>

  pushRequest(request: PushedRequest, event: OAuthEvent): Promise<void>
  /**
   * Once, in all processes, and again for the same `requestId`. `unknown`: it has expired, or is another client's.
   * A client that asks for another's does not use it up.
   */
  takePushedRequest(
    idHash: string,
    clientId: string,
    requestId: string,
  ): Promise<{ outcome: 'taken'; parameters: string } | { outcome: 'used' | 'unknown' }>

  /** Lives ten minutes. `taken`: somebody holds that user code. `full`: too many wait. */
  createDeviceAuthorization(device: DeviceAuthorization, event: OAuthEvent): Promise<'created' | 'taken' | 'full'>
  /** By its user code, while it waits for an answer. */
  findWaitingDevice(userCodeHash: string): Promise<DeviceAuthorization | null>
  /**
   * Notes that the device asked. `slow_down`: it asked before its interval had passed, which is five seconds longer from now on.
   * Another client's is left alone.
   */
  pollDevice(deviceCodeHash: string, clientId: string): Promise<DevicePoll>

  /** Lives ten minutes. `authTimeFrom`: seconds before now that still count as a fresh sign-in; null: any. `full`: too many wait. */
  createAuthorizationRequest(request: AuthorizationRequest, maxAgeSeconds: number | null, event: OAuthEvent): Promise<'created' | 'full'>
  findAuthorizationRequest(idHash: string): Promise<StoredAuthorizationRequest | null>

  /**
   * Answers the request, makes the grant and its code (60 s), once. The client must still live; for a user who does not, it is `expired`. A device's request answers its device
   * too, which nobody must have done before; `codeHash` is then the device code's, and lives ten minutes.
   * `placeHash` (`placeToRemember`): remembers it there, in the place of what was remembered before; null, and a device's request: does not.
   */
  approveRequest(
    idHash: string,
    approval: Approval,
    placeHash: string | null,
    event: OAuthEvent,
  ): Promise<'approved' | 'already_answered' | 'expired' | 'client_gone' | 'client_changed'>
  /**
   * The same without asking: only where the user allowed all of `scope` there before, to this very client as it is now, has not been
   * made forget it, and signed in late enough for the request. False, and nothing changed, where any of that does not hold.
   */
  approveRemembered(idHash: string, approval: Approval, placeHash: string, event: OAuthEvent): Promise<boolean>
  /** A client's grants of that user that still live, newest first, at most 100. */
  findLivingGrants(clientId: string, userId: string): Promise<readonly LivingGrant[]>
  /** Forgets what its user had allowed the client before. A device is told, too, unless somebody else has answered it. */
  denyRequest(idHash: string, event: OAuthEvent): Promise<'denied' | 'already_answered' | 'expired'>

  /** Spent or not, expired or not. */
  findCode(codeHash: string): Promise<(AuthorizationCode & ReadAt) | null>
  findClientAndCode(clientId: string, codeHash: string): Promise<ClientWith<AuthorizationCode>>
  /**
   * Spends the code, starts its refresh family (null: none) and writes the audit row, together.
   * `raced`: spent less than 2 s ago by somebody else's request. Asking again with the same `requestId` answers `redeemed` again.
   */
  redeemCode(
    codeHash: string,
    requestId: string,
    family: NewRefreshFamily | null,
    event: OAuthEvent,
  ): Promise<'redeemed' | 'raced' | 'replayed' | 'expired' | 'revoked'>
  /** The grant, its codes and its refresh families; writes `grant.revoked` when it still lived. */
  revokeGrant(grantId: string, reason: RevocationReason, event: OAuthEvent): Promise<void>

  /** Null for a user that is not of the project's own pool. */
  findPerson(userId: string): Promise<Person | null>

  findRefreshFamily(familyId: string): Promise<(RefreshFamily & ReadAt) | null>
  findClientAndFamily(clientId: string, familyId: string): Promise<ClientWith<RefreshFamily>>
  /** Compare-and-swap on `presentedHash`: at most one of many callers gets `rotated`. The old token stays good for 60 s. */
  rotateRefreshToken(
    familyId: string,
    presentedHash: string,
    next: { hash: string; salt: string; idleSeconds: number },
    event: OAuthEvent,
  ): Promise<{ outcome: 'rotated'; readAt: Date } | { outcome: 'lost' }>

  /** Appends one durable row for something that changed nothing else (`refresh.retried`, `token.issued`, `exchange.issued`, `exchange.refused`). */
  record(event: OAuthEvent): Promise<void>
  /** A real credential where it does not belong: one row per credential and action, however often. */
  recordMisuse(credentialHash: string, event: OAuthEvent): Promise<void>

  /**
   * Is this the live secret of that kind? `other_kind`: live and ours, but meant for something else.
   * Notes `last_used_at`, at most once a minute.
   */
  checkSecret(kind: SecretKind, secretHash: string): Promise<SecretCheck>

  /**
   * Something signed by others that counts once, in all processes: true the first time, and again for the same `requestId`.
   * Forgotten after `expiresAt`.
   */
  useAssertion(idHash: string, expiresAt: Date, requestId: string): Promise<boolean>

  /**
   * Whose identity this is here: the user linked before, else the one of the pool whose own verified e-mail address it is, else
   * `newUserId`, for which no row is made. Two at once get the same. The first time it is written down, with the event and the user's id.
   * Null when that user is disabled.
   */
  linkIdentity(identity: ExternalIdentity, newUserId: string, event: OAuthEvent): Promise<string | null>

  /** Revokes one access token until it would have expired; writes `token.revoked` the first time only. */
  revokeToken(jti: string, expiresAt: Date, event: OAuthEvent): Promise<void>
  /**
   * False when the token, its grant, its client or its user is revoked, disabled or gone, or was cut off after `issuedAt`.
   * A workload's lives as long as the project trusts its issuer.
   */
  tokenLives(token: IssuedToken): Promise<boolean>
  /** A server secret and a token in one round trip. */
  checkSecretAndToken(serverSecretHash: string, token: IssuedToken): Promise<SecretCheck & { lives: boolean }>
}
