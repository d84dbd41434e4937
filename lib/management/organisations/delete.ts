import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import {
  conflict,
  invalid,
  notFound,
  type OrganisationContext,
  organisationAuditSource,
  requirePermission,
  requireRecentAuthentication,
} from '../context.ts'
import { parseInput } from '../parse.ts'
import { type DeleteOrganisationInput, deleteOrganisationInput } from './inputs.ts'
import { lockOrganisation } from './lock.ts'

/**
 * Ends an organisation that has no projects any more. Its members keep their accounts, its API keys open nothing and its invitations are
 * void, all at once; its rows and its log go thirty days later. Throws `forbidden`, `reauthenticate`, `invalid` when the name is another's,
 * `conflict` while there are projects, `not_found`.
 */
export async function deleteOrganisation(ctx: OrganisationContext, input: DeleteOrganisationInput): Promise<void> {
  requirePermission(ctx, 'organisation:delete')
  requireRecentAuthentication(ctx)
  const { name: typed } = parseInput(deleteOrganisationInput, input)
  const organisationId = ctx.organisation.id

  await inTransaction(async (tx) => {
    await lockOrganisation(tx, ctx)
    const where = { id: organisationId, deletedAt: null }
    const organisation = await tx.organisation.findFirst({ where, select: { name: true } })
    if (!organisation) throw notFound('Organisation')
    const { name } = organisation
    if (typed !== name) throw invalid({ name: 'This is not the name of the organisation' })
    if ((await tx.project.count({ where: { organisationId, deletedAt: null } })) > 0)
      throw conflict('Delete its projects first: this organisation still has some')

    const now = await databaseTime(tx)
    await tx.organisation.updateMany({ where, data: { deletedAt: now } })
    // Before the memberships: whoever is accepting one at this moment is waited for, and is a member whose membership goes too.
    await tx.invitation.updateMany({ where: { organisationId, acceptedAt: null, revokedAt: null }, data: { revokedAt: now } })
    await tx.apiKey.updateMany({ where: { organisationId, revokedAt: null }, data: { revokedAt: now } })
    await tx.membership.deleteMany({ where: { organisationId } })
    await recordAudit(tx, organisationAuditSource(ctx), { action: 'organisation.deleted', name })
  })
}
