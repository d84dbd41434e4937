import { read } from '#lib/db/transaction.ts'

export type OwnOrganisation = {
  readonly id: string
  readonly name: string
  readonly role: string
  /** It asks for a second factor, which the member has not: nothing in it opens. */
  readonly barred: boolean
}

/** All organisations of one member, the one joined first is first. */
export async function organisationsOf(memberId: string): Promise<OwnOrganisation[]> {
  return read(
    (db) => db.$queryRaw<OwnOrganisation[]>`
      SELECT o.id, o.name, s.role, (o.require_second_factor AND m.totp_confirmed_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM member_passkey p WHERE p.member_id = m.id)) AS barred
      FROM membership s JOIN member m ON m.id = s.member_id JOIN organisation o ON o.id = s.organisation_id
      WHERE s.member_id = ${memberId}::uuid ORDER BY s.created_at, o.id`,
  )
}
