import { read } from '#lib/db/transaction.ts'
import { memberNamesOf } from '../names.ts'
import { presentedInvitation } from './token.ts'

/** What whoever holds the link is told. */
export type OpenInvitation = {
  readonly organisation: string
  readonly email: string
  readonly role: string
  readonly invitedBy: string | null
  readonly expiresAt: Date
  /** The link came by mail: its holder reads this address. */
  readonly mailed: boolean
}

type Row = Omit<OpenInvitation, 'invitedBy' | 'mailed'> & { readonly inviter: string }

/** Null alike for a link that is made up, replaced, revoked, used or too old. Whether the address has an account is not told. */
export async function findInvitation(token: string): Promise<OpenInvitation | null> {
  const presented = presentedInvitation(token)
  if (!presented) return null
  const [found] = await read(
    (db) => db.$queryRaw<Row[]>`
      SELECT o.name AS organisation, i.email, i.role, i.expires_at AS "expiresAt", i.invited_by AS inviter
      FROM invitation i JOIN organisation o ON o.id = i.organisation_id
      WHERE i.token_hash = ${presented.tokenHash} AND i.accepted_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > now()`,
  )
  if (!found) return null
  const { inviter, ...invitation } = found
  return { ...invitation, invitedBy: (await memberNamesOf([inviter])).get(inviter) ?? null, mailed: presented.mailed }
}
