import type { Transaction } from '#lib/db/transaction.ts'
import { type OrganisationContext, permissionsOf, ROLES } from '../context.ts'

/** Ends the open invitations that somebody could not send any more, now that their role is this one; null: they are no member. */
export async function revokeInvitationsBy(tx: Transaction, ctx: OrganisationContext, inviter: string, role: string | null): Promise<void> {
  const may = permissionsOf(role ?? '')
  const beyond = ROLES.filter((each) => !may.has('member:write') || [...permissionsOf(each)].some((permission) => !may.has(permission)))
  await tx.$executeRaw`
    UPDATE invitation SET revoked_at = now()
    WHERE organisation_id = ${ctx.organisation.id}::uuid AND invited_by = ${inviter}::uuid AND role = ANY(${beyond})
      AND accepted_at IS NULL AND revoked_at IS NULL`
}
