import type { Transaction } from '#lib/db/transaction.ts'
import type { RevocationReason } from '#lib/oauth/store.ts'
import type { ManagementContext } from '../context.ts'

/** Whose grants. */
type Of = { readonly id: string } | { readonly clientId: string } | { readonly userId: string }

/**
 * Revokes the living grants and their refresh families; codes die with their grant. What was remembered is forgotten, first: an approval
 * from memory that is under way is waited for, and ended too. Returns how many grants lived.
 */
export async function endGrants(tx: Transaction, ctx: ManagementContext, of: Of, reason: RevocationReason): Promise<number> {
  const [id, clientId, userId] = ['id' in of ? of.id : null, 'clientId' in of ? of.clientId : null, 'userId' in of ? of.userId : null]
  await tx.$executeRaw`
    DELETE FROM remembered_consent
    WHERE project_id = ${ctx.project.id}::uuid
    AND (${id}::uuid IS NULL OR (user_id, client_id) = (
      SELECT user_id, client_id FROM oauth_grant WHERE project_id = ${ctx.project.id}::uuid AND id = ${id}::uuid))
    AND (${clientId}::text IS NULL OR client_id = ${clientId}::text)
    AND (${userId}::text IS NULL OR user_id = ${userId}::text)`
  // By way of the grants, whose indexes lead to a client's and a user's families.
  await tx.$executeRaw`
    UPDATE refresh_family SET revoked_at = now()
    WHERE project_id = ${ctx.project.id}::uuid AND revoked_at IS NULL AND grant_id IN (
      SELECT id FROM oauth_grant WHERE project_id = ${ctx.project.id}::uuid
      AND (${id}::uuid IS NULL OR id = ${id}::uuid)
      AND (${clientId}::text IS NULL OR client_id = ${clientId}::text)
      AND (${userId}::text IS NULL OR user_id = ${userId}::text))`
  return tx.$executeRaw`
    UPDATE oauth_grant SET revoked_at = now(), revoked_reason = ${reason}
    WHERE project_id = ${ctx.project.id}::uuid AND revoked_at IS NULL
    AND (${id}::uuid IS NULL OR id = ${id}::uuid)
    AND (${clientId}::text IS NULL OR client_id = ${clientId}::text)
    AND (${userId}::text IS NULL OR user_id = ${userId}::text)`
}
