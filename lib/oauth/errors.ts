/** Every `error` this server puts on the wire, by the document that names it. */
export type OAuthErrorCode =
  // RFC 6749 §4.1.2.1, §5.2
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'server_error'
  | 'temporarily_unavailable'
  // RFC 8707 §2
  | 'invalid_target'
  // RFC 7591 §3.2.2
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  // RFC 6750 §3.1
  | 'invalid_token'
  // OpenID Connect Core §3.1.2.6, §6
  | 'login_required'
  | 'consent_required'
  | 'request_not_supported'
  | 'invalid_request_uri'
  // RFC 8628 §3.5
  | 'authorization_pending'
  | 'slow_down'
  | 'expired_token'
  // RFC 9449 §5, §8
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  // RFC 6750 §3.1, at userinfo
  | 'insufficient_scope'

/** Why, for the trace and the audit log. Never sent: it would tell a prober which check failed. */
export type Reason =
  | { kind: 'malformed_request'; what?: string }
  | { kind: 'client_unknown' | 'client_revoked' | 'client_changed'; clientId?: string }
  | { kind: 'client_secret_wrong' | 'client_secret_missing' | 'client_secret_unexpected'; clientId: string }
  | { kind: 'client_assertion_refused'; clientId: string; why: string }
  | { kind: 'client_keys_unavailable' }
  | { kind: 'client_document_unavailable' | 'client_document_invalid' | 'client_document_not_trusted' }
  | { kind: 'assertion_refused'; why: string }
  | { kind: 'dpop_refused'; why: string }
  | { kind: 'upstream_unavailable' }
  | { kind: 'handoff_refused'; why: string }
  | { kind: 'devices_full' | 'access_token_refused' }
  | { kind: 'device_pending' | 'device_slow_down' | 'device_denied' | 'device_expired' }
  | { kind: 'registration_token_wrong' }
  | { kind: 'client_ids_differ' | 'credentials_missing' }
  | { kind: 'grant_type_not_allowed'; clientId: string }
  | { kind: 'project_suspended' | 'switched_off' }
  | { kind: 'code_malformed' | 'code_unknown' }
  | { kind: 'code_of_other_client' | 'redirect_uri_mismatch' | 'pkce_mismatch' | 'issuer_mismatch'; grantId: string }
  | { kind: 'code_expired' | 'code_raced' | 'code_replayed' | 'code_revoked'; grantId: string }
  | { kind: 'refresh_malformed' | 'refresh_unknown' }
  | { kind: 'refresh_of_other_client' | 'refresh_expired' | 'refresh_revoked' | 'refresh_reused'; grantId: string }
  | { kind: 'scope_not_granted' | 'resource_not_granted' | 'resource_malformed' }
  /** `asked`: as `resourceKey` writes it. */
  | { kind: 'resource_unknown'; asked?: string }
  | { kind: 'secret_missing' | 'secret_wrong' }
  | { kind: 'registration_full' | 'redirect_uri_refused' | 'metadata_refused' }
  | { kind: 'subject_token_refused'; why: string }
  /** `first`: the one that crossed the line; those that follow in the window are only counted. */
  | { kind: 'too_many_requests'; bucket: string; first: boolean }

/**
 * An answer the protocol defines, thrown where the check failed.
 * `code` and `description` go to the client, `reason` stays inside.
 */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode
  readonly description: string
  readonly reason: Reason
  /** HTTP status where the error is answered as JSON. */
  readonly status: number
  /** Further response headers, such as `WWW-Authenticate` or `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>

  constructor(code: OAuthErrorCode, description: string, reason: Reason, wire: { status?: number; headers?: Record<string, string> } = {}) {
    super(`${code}: ${reason.kind}`)
    this.name = 'OAuthError'
    this.code = code
    this.description = description
    this.reason = reason
    this.status = wire.status ?? 400
    this.headers = wire.headers ?? {}
  }
}

/** May be precise: it helps the developer and tells an attacker nothing. Never echoes input. */
export const invalidRequest = (description: string): OAuthError =>
  new OAuthError('invalid_request', description, { kind: 'malformed_request', what: description })

/** RFC 6749 §5.2. One sentence for every cause, so that unknown, expired and used look alike. */
export const invalidGrant = (reason: Reason): OAuthError =>
  new OAuthError('invalid_grant', 'The grant is invalid, expired, revoked or was issued to another client', reason)

/** RFC 6749 §5.2: 401, with a challenge when the client used the Authorization header. */
export const invalidClient = (reason: Reason, challenge: boolean): OAuthError =>
  new OAuthError('invalid_client', 'Client authentication failed', reason, {
    status: 401,
    headers: challenge ? { 'www-authenticate': 'Basic realm="oauth", charset="UTF-8"' } : {},
  })

/** The document of a client cannot be read now. Not `invalid_client`: that would make it throw its connection away. */
export const documentUnavailable = (): OAuthError =>
  new OAuthError(
    'temporarily_unavailable',
    'The metadata document of the client cannot be read, try again later',
    { kind: 'client_document_unavailable' },
    { status: 503, headers: { 'retry-after': '30' } },
  )

export const unauthorizedClient = (reason: Reason): OAuthError =>
  new OAuthError('unauthorized_client', 'This client may not use this grant type', reason)

/** RFC 8707 §2. */
export const invalidTarget = (reason: Reason): OAuthError =>
  new OAuthError('invalid_target', 'The resource is not one this authorization server issues tokens for', reason)

/** RFC 6749 §5.2. */
export const unsupportedGrantType = (): OAuthError =>
  new OAuthError('unsupported_grant_type', 'This authorization server does not support the grant type', {
    kind: 'malformed_request',
    what: 'grant_type',
  })

export const invalidScope = (reason: Reason): OAuthError =>
  new OAuthError('invalid_scope', 'No scope that may be granted was asked for', reason)

/** A well-formed request, too often. RFC 6585 §4; OAuth names no code for it, `temporarily_unavailable` is the closest. */
export const tooManyRequests = (bucket: string, retryAfterSeconds: number, first: boolean): OAuthError =>
  new OAuthError(
    'temporarily_unavailable',
    'Too many requests, try again later',
    { kind: 'too_many_requests', bucket, first },
    { status: 429, headers: { 'retry-after': String(retryAfterSeconds) } },
  )
