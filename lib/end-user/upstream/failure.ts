import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { OAuthContext } from '#lib/oauth/context.ts'
import { OAuthError } from '#lib/oauth/errors.ts'
import type { SignInProblem } from '../attempt.ts'
import type { ProviderFault, ProviderFaultKind } from './fault.ts'
import type { Provider } from './provider.ts'

const PROBLEMS: Readonly<Record<ProviderFaultKind, SignInProblem>> = {
  refused: 'provider_refused',
  unreachable: 'provider_unreachable',
  nonsense: 'provider_nonsense',
  misconfigured: 'provider_nonsense',
}

export const problemOf = ({ kind }: ProviderFault): SignInProblem => PROBLEMS[kind]

/**
 * Counted always. What the customer must mend stands in the log too, but only so often: anybody may try to sign in, and a flood
 * of tries must leave no flood of rows.
 */
export async function noteFault({ kind, why }: ProviderFault, { id: providerId }: Provider, ctx: OAuthContext): Promise<void> {
  ctx.count(`rejected:upstream:${why}`)
  if (kind === 'refused' || !(await isWithinLimit(ctx))) return
  const { issuer, address } = ctx
  await inTransaction((tx) =>
    recordAudit(
      tx,
      { projectId: issuer.projectId, address, actor: { kind: 'system' } },
      { action: 'upstream.failed', providerId, kind, reason: why },
    ),
  )
}

async function isWithinLimit(ctx: OAuthContext): Promise<boolean> {
  try {
    await ctx.limit('upstream_fault', ctx.issuer.projectId)
    return true
  } catch (error) {
    if (error instanceof OAuthError && error.reason.kind === 'too_many_requests') return false
    throw error
  }
}
