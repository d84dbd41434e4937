import type { ManagementAction } from '#lib/audit/events.ts'
import type { OAuthAction } from '#lib/oauth/events.ts'
import type { OUTCOMES } from './inputs.ts'

export type Outcome = (typeof OUTCOMES)[number]

/** Somebody was told no, or should have been; or what has to work ceased to. */
const REFUSED = [
  ...(['registration_token.misused', 'device.denied', 'grant.denied', 'assertion.refused', 'assertion.replayed'] as const),
  ...(['code.replayed', 'code.misused', 'refresh.reused', 'refresh.misused', 'credential.misused', 'cross_tenant.used'] as const),
  ...(['exchange.refused', 'revoke.foreign', 'upstream.failed', 'handoff.refused', 'passkey.suspicious'] as const),
  ...(['user.sign_in_throttled', 'authz.denied', 'domain.missing', 'domain.lost', 'webhook_endpoint.disabled'] as const),
] satisfies readonly (ManagementAction | OAuthAction)[]

export const REFUSED_ACTIONS: readonly string[] = REFUSED

/** A grant that ended because its code or its refresh token came back. */
export const REFUSED_REASONS: readonly string[] = ['code_replayed', 'refresh_reused']

export const outcomeOf = ({ action, reason }: { readonly action: string; readonly reason: string | null }): Outcome =>
  REFUSED_ACTIONS.includes(action) || (reason !== null && REFUSED_REASONS.includes(reason)) ? 'refused' : 'ok'

/** The same as a condition. A reason that is NULL compares with nothing, so `ok` names it. */
export const whereOutcome = (outcome: Outcome) =>
  outcome === 'refused'
    ? { OR: [{ action: { in: [...REFUSED_ACTIONS] } }, { reason: { in: [...REFUSED_REASONS] } }] }
    : { action: { notIn: [...REFUSED_ACTIONS] }, OR: [{ reason: null }, { reason: { notIn: [...REFUSED_REASONS] } }] }
