import type { ActorKind, EventFields } from '#lib/oauth/events.ts'

/** Who did it, and from where if that is known. */
export type Actor = { readonly kind: ActorKind; readonly id?: string }

/** Old and new values of what changed, by field. Never a secret or a hash of one. */
type Changes = { readonly changes?: Readonly<Record<string, unknown>> }

/** What members, end users and timers do: `<noun>.<past participle>`. The protocol's own events are in oauth/events.ts. */
export type ManagementEvent =
  | { readonly action: 'project.created'; readonly name: string; readonly slug: string }
  | ({ readonly action: 'project.updated' } & Changes)
  | { readonly action: 'project.deleted'; readonly name: string; readonly slug: string }
  | { readonly action: 'test_project.created'; readonly name: string; readonly slug: string }
  /** `from`: slug of the test project. */
  | ({ readonly action: 'settings.promoted'; readonly from: string } & Changes)
  | ({
      readonly action: 'secret.created' | 'secret.renamed' | 'secret.rotated' | 'secret.revoked'
      readonly secret: 'registration' | 'server'
      readonly secretId: string
    } & Changes)
  | ({
      readonly action:
        | 'client.created'
        | 'client.updated'
        | 'client.blocked'
        | 'client.unblocked'
        | 'client.revoked'
        | 'client.secret_rotated'
        | 'client.document_expired'
        | 'client.previous_secret_ended'
      readonly clientId: string
      readonly name: string
    } & Changes)
  | {
      readonly action: 'user.created' | 'user.email_verified' | 'user.password_reset_sent' | 'user.deleted'
      readonly userId: string
    }
  /** By a member, for them. */
  | ({ readonly action: 'user.signed_out' | 'user.disabled' | 'user.enabled'; readonly userId: string } & Changes)
  /** Which, and not the values, which are the user's. `emailVerified`: of a new address. */
  | { readonly action: 'user.updated'; readonly userId: string; readonly names: readonly string[]; readonly emailVerified?: boolean }
  | ({ readonly action: 'user.attributes_set'; readonly userId: string; readonly names: readonly string[] } & Changes)
  /** On the way to a client, whose request it was. */
  | {
      readonly action: 'user.signed_up' | 'user.signed_in'
      readonly userId: string
      /** Absent when somebody signed in for the sake of a page of ours. */
      readonly clientId?: string
      readonly requestId?: string
      /** password | email | passkey | upstream | handoff | reviewer */
      readonly way: string
    }
  /** A sign-in at the customer's own page: a browser was sent there; their backend said who it is; it did not, or not well. */
  | {
      readonly action: 'handoff.started' | 'handoff.confirmed' | 'handoff.refused'
      readonly userId?: string
      readonly clientId?: string
      readonly requestId?: string
      readonly reason?: string
      /** What the backend says of a refusal of its own. */
      readonly says?: string
      readonly scope?: string
    }
  /** A provider that users come from did not do its part: it was silent, or said what cannot be right. */
  | { readonly action: 'upstream.failed'; readonly providerId: string; readonly kind: string; readonly reason: string }
  /** The customer's server got a user's token of that provider. */
  | { readonly action: 'upstream_token.fetched'; readonly userId: string; readonly providerId: string }
  /** By themselves. Addresses are not told: the log outlives accounts. */
  | {
      readonly action:
        | 'user.email_confirmed'
        | 'user.email_changed'
        | 'user.password_changed'
        | 'user.password_reset'
        | 'user.signed_out_everywhere'
      readonly userId: string
    }
  /** By themselves. `name`: as they called it. */
  | { readonly action: 'passkey.added' | 'passkey.removed'; readonly userId: string; readonly name: string }
  /** Its counter did not grow: there may be a copy of the key. */
  | {
      readonly action: 'passkey.suspicious'
      readonly userId: string
      readonly name: string
      readonly counter: number
      readonly lastCounter: number
    }
  /** One of the project's mails was sent to the member who asked for it. */
  | { readonly action: 'mail.tested'; readonly kind: string }
  /** The user's id, not the address. */
  | ({ readonly action: 'reviewer.set' | 'reviewer.cleared'; readonly userId: string; readonly expiresAt?: string } & Changes)
  /** Without a user: the address tried names nobody. Never the address itself. */
  | { readonly action: 'user.sign_in_throttled'; readonly userId?: string }
  | {
      readonly action: 'grant.revoked'
      readonly grantId: string
      readonly clientId: string
      readonly userId: string
      readonly reason: 'user' | 'member' | 'client_revoked'
    }
  | { readonly action: 'key.rotated' | 'key.revoked'; readonly kid: string; readonly successor: string }
  | ({ readonly action: 'scope.created' | 'scope.updated' | 'scope.deleted'; readonly scope: string } & Changes)
  | ({ readonly action: 'resource.created' | 'resource.updated' | 'resource.deleted'; readonly resource: string } & Changes)
  /** `alias`: another name that clients ask for it by. */
  | { readonly action: 'resource_alias.created' | 'resource_alias.deleted'; readonly resource: string; readonly alias: string }
  | ({ readonly action: 'scope.reordered' } & Changes)
  /** A look for the record that proves a host. `reason`: why it proves nothing. Lost: the issuer on it answers no more. */
  | {
      readonly action: 'domain.claimed' | 'domain.verified' | 'domain.checked' | 'domain.missing' | 'domain.lost' | 'domain.removed'
      readonly host: string
      readonly reason?: string
    }
  | ({ readonly action: 'issuer.made_primary'; readonly issuer: string } & Changes)
  | ({
      readonly action: 'trusted_issuer.created' | 'trusted_issuer.updated' | 'trusted_issuer.deleted'
      readonly trustedIssuerId: string
      readonly kind: string
      readonly issuer: string
    } & Changes)
  | ({
      readonly action: 'upstream_provider.created' | 'upstream_provider.updated' | 'upstream_provider.deleted'
      readonly providerId: string
      readonly preset: string
      readonly name: string
    } & Changes)
  /** In the organisation's log. */
  | ({ readonly action: 'api_key.created' | 'api_key.revoked'; readonly apiKeyId: string; readonly name: string } & Changes)
  /** By themselves, told in the log of the first organisation they belong to. */
  | { readonly action: 'member.signed_in' /** password | passkey | github | google | oidc */; readonly way: string }
  | {
      readonly action: 'member.second_factor_enabled' | 'member.second_factor_disabled' | 'member.password_changed' | 'member.email_changed'
    }
  | { readonly action: 'member.passkey_added' | 'member.passkey_removed'; readonly name: string }
  | { readonly action: 'member.sessions_ended'; readonly count: number }
  /** Names of the filters only: what was searched for may be an address. */
  | { readonly action: 'audit_log.exported'; readonly format: 'json' | 'csv' | 'jsonl'; readonly filters: readonly string[] }
  | { readonly action: 'saved_view.created' | 'saved_view.deleted'; readonly viewId: string; readonly name: string }
  /** `reason`: why it was switched off without anybody. `count`: so many deliveries go out again. */
  | ({
      readonly action:
        | 'webhook_endpoint.created'
        | 'webhook_endpoint.updated'
        | 'webhook_endpoint.deleted'
        | 'webhook_endpoint.secret_rotated'
        | 'webhook_endpoint.tested'
        | 'webhook_endpoint.replayed'
        | 'webhook_endpoint.disabled'
      readonly endpointId: string
      readonly url: string
      readonly reason?: string
      readonly count?: number
    } & Changes)
  /** In the organisation's log. */
  | { readonly action: 'organisation.created' | 'organisation.deleted'; readonly name: string }
  | ({ readonly action: 'organisation.updated' } & Changes)
  | ({
      readonly action: 'member.joined' | 'member.role_changed' | 'member.removed' | 'member.left'
      readonly memberId: string
      readonly email: string
      readonly role?: string
      /** How they came. */
      readonly invitationId?: string
    } & Changes)
  | {
      readonly action: 'invitation.created' | 'invitation.resent' | 'invitation.revoked'
      readonly invitationId: string
      readonly email: string
      readonly role: string
    }
  /** A signed-in member tried what its role does not allow; with `project` one of another organisation, told in the member's own. */
  | { readonly action: 'authz.denied'; readonly permission: string; readonly project?: string }

export type ManagementAction = ManagementEvent['action']

/** The row's columns for what has a column, `detail` for the rest. */
export function fieldsOf(event: ManagementEvent, actor: Actor): EventFields & { readonly action: ManagementAction } {
  const { action, ...rest } = event
  type Column = 'clientId' | 'userId' | 'grantId' | 'requestId' | 'reason'
  const { clientId, userId, grantId, requestId, reason, ...detail } = rest as Partial<Record<Column, string>>
  return {
    action,
    step: stepOf(action),
    actorKind: actor.kind,
    ...(actor.id === undefined ? {} : { actorId: actor.id }),
    ...(clientId === undefined ? {} : { clientId }),
    ...(userId === undefined ? {} : { userId }),
    ...(grantId === undefined ? {} : { grantId }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(reason === undefined ? {} : { reason }),
    ...(Object.keys(detail).length === 0 ? {} : { detail }),
  }
}

const BY_USERS =
  /^passkey\.|^user\.(signed_up|signed_in|sign_in_throttled|email_confirmed|email_changed|password_changed|password_reset|signed_out_everywhere)$/

function stepOf(action: ManagementAction): EventFields['step'] {
  if (action === 'grant.revoked') return 'revoke'
  if (action === 'upstream_token.fetched') return 'exchange'
  return BY_USERS.test(action) || /^(?:handoff|upstream)\./.test(action) ? 'sign-in' : 'manage'
}
