import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthResult } from '#lib/oauth/context.ts'
import { toPlace } from '../destination.ts'
import { endSession } from '../session.ts'
import type { OwnerForm } from './form.ts'

/** Ends every session, and everything that clients were allowed. */
export async function signOutEverywhere({ owner: { userId } }: OwnerForm, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, browser, address } = ctx
  const { projectId } = issuer
  await inTransaction(async (tx) => {
    await tx.$executeRaw`UPDATE end_user SET valid_from = now() WHERE project_id = ${projectId}::uuid AND id = ${userId}`
    await tx.endUserSession.deleteMany({ where: { projectId, userId } })
    // Before the grants: an approval from memory that is under way is waited for, and ended too.
    await tx.rememberedConsent.deleteMany({ where: { projectId, userId } })
    await tx.$executeRaw`
      UPDATE refresh_family SET revoked_at = now()
      WHERE project_id = ${projectId}::uuid AND revoked_at IS NULL
        AND grant_id IN (SELECT id FROM oauth_grant WHERE project_id = ${projectId}::uuid AND user_id = ${userId})`
    await tx.$executeRaw`
      UPDATE oauth_grant SET revoked_at = now(), revoked_reason = 'user'
      WHERE project_id = ${projectId}::uuid AND user_id = ${userId} AND revoked_at IS NULL`
    await recordAudit(tx, { projectId, address, actor: { kind: 'user', id: userId } }, { action: 'user.signed_out_everywhere', userId })
  })
  return toPlace(issuer, 'account', {}, [await endSession(projectId, issuer.slug, browser.sessionHash)])
}
