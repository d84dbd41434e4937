import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { conflict, ManagementError } from '../context.ts'
import { hashNewPassword } from '../members/password.ts'
import { countSignUp } from '../members/throttle.ts'
import { parseInput } from '../parse.ts'
import { type JoinInput, joinInput } from './inputs.ts'
import { invitationsAreMailed } from './send.ts'
import { type PresentedInvitation, presentedInvitation } from './token.ts'

/** Somebody who is signed in. */
type Accepting = { readonly id: string; readonly email: string; readonly address?: string | undefined }

/**
 * Joins a signed-in member whose address is the invited one. Of two at once one joins; the other finds the invitation used.
 * Throws `not_found` for an invitation that counts no more, `conflict` for another address and for a member.
 */
export async function acceptInvitation(member: Accepting, token: string): Promise<{ organisationId: string }> {
  const presented = requirePresented(token)
  return inTransaction(async (tx) => {
    const invitation = await spend(tx, presented)
    if (invitation.email !== member.email)
      throw conflict(`This invitation is for ${invitation.email}, and you are signed in as ${member.email}`)
    await join(tx, invitation, member)
    return { organisationId: invitation.organisationId }
  })
}

/**
 * A new account that joins at once and has no organisation of its own. Its address counts as proven when the link came by mail; where
 * this installation sends mail, no other link makes an account, or an inviter could make one in somebody else's name.
 * Throws `invalid`, `too_many_requests`, `not_found` for an invitation that counts no more, `conflict` when the address has an account.
 */
export async function joinByInvitation(
  input: JoinInput,
  token: string,
  address?: string,
): Promise<{ memberId: string; email: string; organisationId: string }> {
  const { name, password } = parseInput(joinInput, input)
  const presented = requirePresented(token)
  if (!presented.mailed && invitationsAreMailed()) throw conflict('Open the link in the mail that was sent to this address')
  await countSignUp(address)
  const passwordHash = await hashNewPassword(password)
  const memberId = uuidv7()

  return inTransaction(async (tx) => {
    const invitation = await spend(tx, presented)
    const { email, organisationId, acceptedAt } = invitation
    const created = await tx.member.createMany({
      data: [{ id: memberId, email, name, passwordHash, emailVerifiedAt: presented.mailed ? acceptedAt : null }],
      skipDuplicates: true,
    })
    if (created.count !== 1) throw conflict('This address has an account already: log in to accept')
    await join(tx, invitation, { id: memberId, address })
    return { memberId, email, organisationId }
  })
}

function requirePresented(token: string): PresentedInvitation {
  const presented = presentedInvitation(token)
  if (!presented) throw gone()
  return presented
}

const gone = (): ManagementError =>
  new ManagementError('not_found', 'This invitation counts no more: it was used, replaced or withdrawn, or its seven days are over')

type Spent = {
  readonly id: string
  readonly organisationId: string
  readonly email: string
  readonly role: string
  readonly acceptedAt: Date
}

/** One statement asks and changes: of two at once the second finds it used. */
async function spend(tx: Transaction, { tokenHash }: PresentedInvitation): Promise<Spent> {
  const [spent] = await tx.$queryRaw<Spent[]>`
    UPDATE invitation SET accepted_at = now()
    WHERE token_hash = ${tokenHash} AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()
    RETURNING id, organisation_id AS "organisationId", email, role, accepted_at AS "acceptedAt"`
  if (!spent) throw gone()
  return spent
}

async function join(tx: Transaction, invitation: Spent, { id: memberId, address }: Pick<Accepting, 'id' | 'address'>): Promise<void> {
  const { organisationId, role, email, id: invitationId } = invitation
  const joined = await tx.membership.createMany({ data: [{ organisationId, memberId, role }], skipDuplicates: true })
  if (joined.count !== 1) throw conflict('You are a member already')
  const source = {
    projectId: organisationId,
    actor: { kind: 'member', id: memberId } as const,
    ...(address === undefined ? {} : { address }),
  }
  await recordAudit(tx, source, { action: 'member.joined', memberId, email, role, invitationId })
}
