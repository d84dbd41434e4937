import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import {
  conflict,
  notFound,
  type OrganisationContext,
  organisationAuditSource,
  requirePermission,
  requireRecentAuthentication,
} from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RevokeApiKeyInput, revokeApiKeyInput } from './inputs.ts'

/** From now on the key opens nothing. Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` when it is revoked already. */
export async function revokeApiKey(ctx: OrganisationContext, input: RevokeApiKeyInput): Promise<void> {
  requirePermission(ctx, 'api-key:write')
  requireRecentAuthentication(ctx)
  const { apiKeyId } = parseInput(revokeApiKeyInput, input)
  const where = { organisationId: ctx.organisation.id, id: apiKeyId }

  await inTransaction(async (tx) => {
    const key = await tx.apiKey.findFirst({ where, select: { name: true } })
    if (!key) throw notFound('API key')
    const revoked = await tx.apiKey.updateMany({ where: { ...where, revokedAt: null }, data: { revokedAt: await databaseTime(tx) } })
    if (revoked.count !== 1) throw conflict('This key is revoked already')
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'api_key.revoked', apiKeyId, name: key.name })
  })
}
