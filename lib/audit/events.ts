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
  | { readonly action: 'user.created' | 'user.disabled'; readonly userId: string }
  /** On the way to a client, whose request it was. */
  | {
      readonly action: 'user.signed_up' | 'user.signed_in'
      readonly userId: string
      readonly clientId: string
      readonly requestId: string
      /** password | email | passkey | upstream | handoff | reviewer */
      readonly way: string
    }
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

function stepOf(action: ManagementAction): EventFields['step'] {
  if (action === 'grant.revoked') return 'revoke'
  return /^user\.(signed_up|signed_in|sign_in_throttled)$/.test(action) ? 'sign-in' : 'manage'
}
