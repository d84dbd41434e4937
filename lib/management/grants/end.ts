import type { Transaction } from '#lib/db/transaction.ts'
import type { RevocationReason } from '#lib/oauth/store.ts'
import type { ManagementContext } from '../context.ts'

/** Whose grants. */
type Of = { readonly ids: readonly string[] } | { readonly clientIds: readonly string[] } | { readonly userIds: readonly string[] }

export type EndedGrant = { readonly id: string; readonly clientId: string; readonly userId: string }

/**
 * Revokes the living grants and their refresh families; codes die with their grant. What was remembered is forgotten, first: an approval
 * from memory that is under way is waited for, and ended too. Returns those that lived.
 */
export async function endGrants(tx: Transaction, ctx: ManagementContext, of: Of, reason: RevocationReason): Promise<EndedGrant[]> {
  const [ids, clientIds, userIds] = [
    'ids' in of ? [...of.ids] : null,
    'clientIds' in of ? [...of.clientIds] : null,
    'userIds' in of ? [...of.userIds] : null,
  ]
  await tx.$executeRaw`
    DELETE FROM remembered_consent
    WHERE project_id = ${ctx.project.id}::uuid
    AND (${ids}::uuid[] IS NULL OR (user_id, client_id) IN (
      SELECT user_id, client_id FROM oauth_grant WHERE project_id = ${ctx.project.id}::uuid AND id = ANY (${ids}::uuid[])))
    AND (${clientIds}::text[] IS NULL OR client_id = ANY (${clientIds}::text[]))
    AND (${userIds}::text[] IS NULL OR user_id = ANY (${userIds}::text[]))`
  // By way of the grants, whose indexes lead to a client's and a user's families.
  await tx.$executeRaw`
    UPDATE refresh_family SET revoked_at = now()
    WHERE project_id = ${ctx.project.id}::uuid AND revoked_at IS NULL AND grant_id IN (
      SELECT id FROM oauth_grant WHERE project_id = ${ctx.project.id}::uuid
      AND (${ids}::uuid[] IS NULL OR id = ANY (${ids}::uuid[]))
      AND (${clientIds}::text[] IS NULL OR client_id = ANY (${clientIds}::text[]))
      AND (${userIds}::text[] IS NULL OR user_id = ANY (${userIds}::text[])))`
  return tx.$queryRaw<EndedGrant[]>`
    UPDATE oauth_grant SET revoked_at = now(), revoked_reason = ${reason}
    WHERE project_id = ${ctx.project.id}::uuid AND revoked_at IS NULL
    AND (${ids}::uuid[] IS NULL OR id = ANY (${ids}::uuid[]))
    AND (${clientIds}::text[] IS NULL OR client_id = ANY (${clientIds}::text[]))
    AND (${userIds}::text[] IS NULL OR user_id = ANY (${userIds}::text[]))
    RETURNING id, client_id AS "clientId", user_id AS "userId"`
}
