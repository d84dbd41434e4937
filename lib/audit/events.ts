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
  | { readonly action: 'secret.rotated' | 'secret.revoked'; readonly secret: 'registration' | 'server'; readonly secretId: string }
  | ({
      readonly action: 'client.created' | 'client.updated' | 'client.revoked' | 'client.secret_rotated'
      readonly clientId: string
      readonly name: string
    } & Changes)
  | { readonly action: 'user.created' | 'user.email_verified' | 'user.disabled'; readonly userId: string }
  | { readonly action: 'user.attributes_set'; readonly userId: string; readonly names: readonly string[] }
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
  | { readonly action: 'reviewer.set' | 'reviewer.cleared'; readonly userId: string; readonly expiresAt?: string }
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
  | ({
      readonly action: 'trusted_issuer.created' | 'trusted_issuer.deleted'
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
  /** A signed-in member tried what its role does not allow. */
  | { readonly action: 'authz.denied'; readonly permission: string }

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
