/** Which side failed: the provider said no, did not answer, answered what cannot be right, or does not take our credentials. */
export type ProviderFaultKind = 'refused' | 'unreachable' | 'nonsense' | 'misconfigured'

/** Nobody was signed in. `why` is a code of ours or one that a specification names: never a provider's own words. */
export class ProviderFault extends Error {
  readonly kind: ProviderFaultKind
  readonly why: string

  constructor(kind: ProviderFaultKind, why: string) {
    super(`identity provider ${kind}: ${why}`)
    this.name = 'ProviderFault'
    this.kind = kind
    this.why = why
  }
}

/** RFC 6749 §4.1.2.1, §5.2, OpenID Connect Core §3.1.2.6, and what GitHub says in their place. */
const KINDS: Readonly<Record<string, ProviderFaultKind>> = {
  access_denied: 'refused',
  login_required: 'refused',
  consent_required: 'refused',
  interaction_required: 'refused',
  account_selection_required: 'refused',
  invalid_grant: 'refused',
  bad_verification_code: 'refused',
  bad_refresh_token: 'refused',
  server_error: 'unreachable',
  temporarily_unavailable: 'unreachable',
  slow_down: 'unreachable',
  invalid_client: 'misconfigured',
  unauthorized_client: 'misconfigured',
  invalid_request: 'misconfigured',
  invalid_scope: 'misconfigured',
  unsupported_response_type: 'misconfigured',
  unsupported_grant_type: 'misconfigured',
  incorrect_client_credentials: 'misconfigured',
  redirect_uri_mismatch: 'misconfigured',
  application_suspended: 'misconfigured',
}

/** By the `error` that a provider sent. One that nobody has specified is not repeated. */
export const faultSaid = (error: unknown): ProviderFault =>
  typeof error === 'string' && Object.hasOwn(KINDS, error)
    ? new ProviderFault(KINDS[error] ?? 'nonsense', error)
    : new ProviderFault('nonsense', 'unknown_error')
