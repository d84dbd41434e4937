/** Which part of a connection an event belongs to; traces are cut along it. */
export type Step = 'manage' | 'register' | 'device' | 'authorize' | 'sign-in' | 'consent' | 'token' | 'exchange' | 'revoke' | 'introspect'

export type ActorKind = 'member' | 'api-key' | 'user' | 'client' | 'backend' | 'command-line' | 'system'

/** What every event carries. `detail` holds ids, hashes of public documents and reason codes: never a secret or a hash of one. */
export type EventFields = {
  readonly step: Step
  readonly actorKind: ActorKind
  readonly actorId?: string
  readonly clientId?: string
  readonly userId?: string
  readonly grantId?: string
  /** SHA-256 of the authorization request's handle, hex. */
  readonly requestId?: string
  readonly reason?: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** What the protocol records, `<noun>.<past participle>`. One durable row each, in the statement that made the change. */
export type OAuthAction =
  | 'client.registered'
  | 'client.updated'
  | 'client.deleted'
  | 'client.document_changed'
  | 'registration_token.misused'
  | 'authorization.pushed'
  | 'device.requested'
  | 'device.denied'
  | 'identity.linked'
  | 'assertion.issued'
  | 'assertion.refused'
  | 'assertion.replayed'
  | 'authorization.requested'
  | 'grant.approved'
  | 'grant.denied'
  | 'grant.revoked'
  | 'token.issued'
  | 'token.revoked'
  | 'code.replayed'
  | 'code.misused'
  | 'refresh.rotated'
  | 'refresh.retried'
  | 'refresh.reused'
  | 'refresh.misused'
  | 'revoke.foreign'
  | 'exchange.issued'
  | 'exchange.refused'
  | 'credential.misused'
  | 'cross_tenant.used'

export type OAuthEvent = EventFields & { readonly action: OAuthAction }
