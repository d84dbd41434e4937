import { read } from '#lib/db/transaction.ts'
import { type AuthenticateMemberInput, authenticateMemberInput } from './inputs.ts'
import { isPassword } from './password.ts'
import { countSignIn, forgetSignIn } from './throttle.ts'

export type AuthenticatedMember = {
  readonly id: string
  readonly email: string
  readonly name: string
  /** The password is one of two factors: a session of theirs waits for the other. */
  readonly hasSecondFactor: boolean
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

  const member = await read((db) =>
    db.member.findUnique({ where: { email }, select: { id: true, name: true, passwordHash: true, totpConfirmedAt: true } }),
  )
  if (!(await isPassword(member?.passwordHash ?? null, password)) || !member) return null
  await forgetSignIn(email, address)
  return { id: member.id, email, name: member.name, hasSecondFactor: member.totpConfirmedAt !== null }
}
