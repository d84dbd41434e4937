import { read } from '#lib/db/transaction.ts'
import { notFound, type OrganisationContext, requirePermission } from '../context.ts'
import { invitationsAreMailed } from '../invitations/send.ts'

export type OrganisationDetails = {
  readonly id: string
  readonly name: string
  readonly requireSecondFactor: boolean
  readonly createdAt: Date
  readonly memberCount: number
  readonly projectCount: number
  readonly ownerCount: number
  /** Members with neither an authenticator app nor a passkey. */
  readonly membersWithoutSecondFactor: number
  /** This installation sends mail, so that invitations go out by themselves. */
  readonly mails: boolean
}

/** The organisation itself, with how many people and projects are in it. Throws `forbidden`. */
export async function getOrganisation(ctx: OrganisationContext): Promise<OrganisationDetails> {
  requirePermission(ctx, 'organisation:read')
  const { id } = ctx.organisation
  const [organisation, [counts]] = await Promise.all([
    read((db) =>
      db.organisation.findUnique({ where: { id }, select: { id: true, name: true, requireSecondFactor: true, createdAt: true } }),
    ),
    read(
      (db) => db.$queryRaw<Pick<OrganisationDetails, 'memberCount' | 'ownerCount' | 'membersWithoutSecondFactor' | 'projectCount'>[]>`
        SELECT count(*)::int AS "memberCount", count(*) FILTER (WHERE s.role = 'owner')::int AS "ownerCount",
          count(*) FILTER (WHERE m.totp_confirmed_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM member_passkey p WHERE p.member_id = m.id))::int AS "membersWithoutSecondFactor",
          (SELECT count(*)::int FROM project WHERE organisation_id = ${id}::uuid AND deleted_at IS NULL) AS "projectCount"
        FROM membership s JOIN member m ON m.id = s.member_id WHERE s.organisation_id = ${id}::uuid`,
    ),
  ])
  if (!organisation || !counts) throw notFound('Organisation')
  return { ...organisation, ...counts, mails: invitationsAreMailed() }
}
