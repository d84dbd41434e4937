import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { forbidden } from '#lib/oauth/interaction.ts'
import type { Parameters } from '#lib/oauth/parameters.ts'
import { toPlace } from '../destination.ts'
import { openOwnerForm } from '../owner/form.ts'

/** Which of a user's grants: that one, those of one client, or (both null) all. */
type Chosen = { readonly grantId: string | null; readonly clientId: string | null }

/** What a button of the connected apps page means; null for one that it does not have. */
const INTENTS: Readonly<Record<string, (parameters: Parameters) => Chosen | null>> = {
  disconnect: (parameters) => {
    const grantId = parameters.get('grant') ?? ''
    return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(grantId) ? { grantId, clientId: null } : null
  },
  'disconnect-app': (parameters) => {
    const clientId = parameters.get('client')
    return clientId === undefined ? null : { grantId: null, clientId }
  },
  'disconnect-all': () => ({ grantId: null, clientId: null }),
}

/**
 * The forms of the connected apps page: `csrf`, `intent`, and `grant` or `client`. What was chosen ends with all its tokens, and its
 * clients have to ask again (ASVS 10.4.9, 10.7.3). Back to that page.
 */
export async function connectedApps(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const form = await openOwnerForm(request, ctx, { place: 'connected-apps' })
  if ('kind' in form) return form
  const { owner, parameters } = form
  const intent = parameters.get('intent') ?? ''
  const chosen = Object.hasOwn(INTENTS, intent) ? (INTENTS[intent]?.(parameters) ?? null) : null
  if (!chosen) return forbidden(ctx)

  const { userId } = owner
  const { issuer, address } = ctx
  const source = { projectId: issuer.projectId, address, actor: { kind: 'user', id: userId } } as const
  const ended = await inTransaction(async (tx) => {
    const grants = await disconnect(tx, issuer.projectId, userId, chosen)
    for (const grant of grants) await recordAudit(tx, source, { action: 'grant.revoked', ...grant, userId, reason: 'user' })
    return grants.length
  })
  return toPlace(issuer, 'connected-apps', ended > 0 ? { done: intent } : {})
}

/** Answers what it ended. Forgets first: an approval from memory that is under way is waited for, and ended too. */
async function disconnect(
  tx: Transaction,
  projectId: string,
  userId: string,
  { grantId, clientId }: Chosen,
): Promise<{ grantId: string; clientId: string }[]> {
  await tx.$executeRaw`
    DELETE FROM remembered_consent
    WHERE project_id = ${projectId}::uuid AND user_id = ${userId} AND (${clientId}::text IS NULL OR client_id = ${clientId}::text)
      AND (${grantId}::uuid IS NULL OR client_id = (
        SELECT client_id FROM oauth_grant WHERE project_id = ${projectId}::uuid AND id = ${grantId}::uuid AND user_id = ${userId}))`
  await tx.$executeRaw`
    UPDATE refresh_family SET revoked_at = now()
    WHERE project_id = ${projectId}::uuid AND revoked_at IS NULL AND grant_id IN (
      SELECT id FROM oauth_grant WHERE project_id = ${projectId}::uuid AND user_id = ${userId}
        AND (${grantId}::uuid IS NULL OR id = ${grantId}::uuid) AND (${clientId}::text IS NULL OR client_id = ${clientId}::text))`
  return tx.$queryRaw<{ grantId: string; clientId: string }[]>`
    UPDATE oauth_grant SET revoked_at = now(), revoked_reason = 'user'
    WHERE project_id = ${projectId}::uuid AND user_id = ${userId} AND revoked_at IS NULL
      AND (${grantId}::uuid IS NULL OR id = ${grantId}::uuid) AND (${clientId}::text IS NULL OR client_id = ${clientId}::text)
    RETURNING id AS "grantId", client_id AS "clientId"`
}
