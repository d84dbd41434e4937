import { randomUUID } from 'node:crypto'
import type { OAuthContext, ResourceOwnerSession } from './context.ts'
import type { OAuthEvent } from './events.ts'
import { sha256Hex } from './hash.ts'
import { mintCode } from './opaque-token.ts'
import type { Approval, AuthorizationRequest } from './store.ts'

/** An approval on its way into the store. `code`: for the client, unless a device asked. */
export type NewApproval = { readonly code: string; readonly approval: Approval; readonly event: OAuthEvent }

/** What is allowed, with a new grant and its code. `remembered`: the person said so before and is not asked again. */
export function newApproval(
  request: AuthorizationRequest,
  owner: ResourceOwnerSession,
  { scope, remembered }: { scope: string; remembered: boolean },
  { pepper }: OAuthContext,
): NewApproval {
  const grantId = randomUUID()
  const code = mintCode(pepper)
  const { userId, authTime } = owner
  return {
    code,
    approval: { grantId, codeHash: request.deviceCodeHash ?? sha256Hex(code), userId, authTime, scope },
    event: {
      ...eventOf(request, owner),
      action: 'grant.approved',
      grantId,
      detail: { asked: request.scope, granted: scope, resource: request.resources, ...(remembered ? { remembered } : {}) },
    },
  }
}

/** What a person decided about a request. */
export const eventOf = ({ clientId, idHash }: AuthorizationRequest, { userId }: ResourceOwnerSession) =>
  ({ step: 'consent', actorKind: 'user', actorId: userId, clientId, userId, requestId: idHash }) as const
