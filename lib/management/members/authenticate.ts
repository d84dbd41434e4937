import { read } from '#lib/db/transaction.ts'
import { type AuthenticateMemberInput, authenticateMemberInput } from './inputs.ts'
import { isPassword } from './password.ts'
import { countSignIn, forgetSignIn } from './throttle.ts'

export type AuthenticatedMember = {
  readonly id: string
  readonly email: string
  readonly name: string
  /** On the database's clock, as `member.sessions_from` is. */
  readonly signedInAt: Date
}

/**
 * The member these credentials belong to; null when they belong to nobody.
 * Unknown addresses cost the same time and the same tries as wrong passwords. `address` is the caller's, when it is known.
 * Throws `too_many_requests`.
 */
export async function authenticateMember(input: AuthenticateMemberInput, address?: string): Promise<AuthenticatedMember | null> {
  const credentials = authenticateMemberInput.safeParse(input)
  if (!credentials.success) return null
  const { email, password } = credentials.data
  await countSignIn(email, address)

  const member = await read((db) => db.member.findUnique({ where: { email }, select: { id: true, passwordHash: true } }))
  if (!(await isPassword(member?.passwordHash ?? null, password)) || !member) return null
  await forgetSignIn(email, address)

  const [signedIn] = await read(
    (db) => db.$queryRaw<AuthenticatedMember[]>`
    UPDATE member SET last_sign_in_at = now() WHERE id = ${member.id}::uuid
    RETURNING id, email, name, last_sign_in_at AS "signedInAt"`,
  )
  return signedIn ?? null
}
