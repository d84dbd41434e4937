import { statement } from '#lib/db/transaction.ts'
import type { OAuthContext } from '#lib/oauth/context.ts'
import type { Destination } from './destination.ts'

/** So that the form can show it again: an address has no place in a URL. */
export async function rememberAddress(destination: Destination, email: string, { issuer }: OAuthContext): Promise<void> {
  if ('place' in destination || destination.pending.loginHint === email) return
  await statement(
    'remember_login_hint',
    'UPDATE authorization_request SET login_hint = $3 WHERE project_id = $1 AND id_hash = $2 AND answered_at IS NULL',
    [issuer.projectId, destination.pending.idHash, email],
    { repeatable: true },
  )
}
