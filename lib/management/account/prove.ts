import { inTransaction, read, type Transaction } from '#lib/db/transaction.ts'
import { invalid, notFound } from '../context.ts'
import { isPassword } from '../members/password.ts'
import { countSignIn, forgetSignIn } from '../members/throttle.ts'
import { parseInput } from '../parse.ts'
import { spendChallenge } from './challenge.ts'
import type { AccountContext } from './context.ts'
import { type ProofInput, proofInput } from './inputs.ts'
import { countPasskeyUse, verifyPasskey } from './passkeys.ts'
import { spendSecondFactor } from './second-factor.ts'
import { countSecondFactor, forgetSecondFactor } from './throttle.ts'

/** With what a signed-in member can show that it is still them. */
export type ProofWays = { readonly password: boolean; readonly code: boolean; readonly passkey: boolean }

export async function proofWays({ memberId }: AccountContext): Promise<ProofWays> {
  const [ways] = await read(
    (db) => db.$queryRaw<ProofWays[]>`
    SELECT password_hash IS NOT NULL AS password, totp_confirmed_at IS NOT NULL AS code,
      EXISTS (SELECT 1 FROM member_passkey p WHERE p.member_id = member.id) AS passkey
    FROM member WHERE id = ${memberId}::uuid`,
  )
  if (!ways) throw notFound('Member')
  return ways
}

/**
 * Makes this session recently authenticated. Throws `invalid` for a wrong password or code or somebody else's passkey,
 * `too_many_requests`, `not_found` when the session ended meanwhile.
 */
export async function proveItIsYou(ctx: AccountContext, input: ProofInput): Promise<void> {
  const proof = parseInput(proofInput, input)
  switch (proof.by) {
    case 'password':
      await requirePassword(ctx, proof.password)
      return inTransaction((tx) => renew(tx, ctx))
    case 'code':
      return proveByCode(ctx, proof.code)
    case 'passkey':
      return proveByPasskey(ctx, proof.credential)
  }
}

/** Counts as a try to sign in. `field`: where the sentence belongs. Throws `invalid`, `too_many_requests`. */
export async function requirePassword({ memberId, address }: AccountContext, password: string, field = 'password'): Promise<void> {
  const member = await read((db) => db.member.findUnique({ where: { id: memberId }, select: { email: true, passwordHash: true } }))
  if (!member) throw notFound('Member')
  await countSignIn(member.email, address)
  if (!(await isPassword(member.passwordHash, password))) throw invalid({ [field]: 'This is not your password' })
  await forgetSignIn(member.email, address)
}

async function proveByCode(ctx: AccountContext, code: string): Promise<void> {
  await countSecondFactor(ctx.memberId)
  await inTransaction(async (tx) => {
    if (!(await spendSecondFactor(tx, ctx.memberId, code))) throw invalid({ code: 'This code is wrong, or was used already' })
    await renew(tx, ctx)
  })
  await forgetSecondFactor(ctx.memberId)
}

async function proveByPasskey(ctx: AccountContext, credential: string): Promise<void> {
  const proof = await verifyPasskey(credential)
  await inTransaction(async (tx) => {
    const isTheirs = proof?.memberId === ctx.memberId
    if (!proof || !isTheirs || (await spendChallenge(tx, 'passkey-sign-in', proof.challenge)) !== ctx.memberId) throw notThisPasskey()
    if (!(await countPasskeyUse(tx, proof))) throw notThisPasskey()
    await renew(tx, ctx)
  })
}

const notThisPasskey = () => invalid({ credential: 'This passkey was not accepted. Try again.' })

/** For somebody who proved it elsewhere, at a provider that knows them. Throws `not_found`. */
export const renewSession = (ctx: AccountContext): Promise<void> => inTransaction((tx) => renew(tx, ctx))

async function renew(tx: Transaction, { memberId, sessionId }: Pick<AccountContext, 'memberId' | 'sessionId'>): Promise<void> {
  const renewed = await tx.$executeRaw`
    UPDATE member_session SET authenticated_at = now()
    WHERE member_id = ${memberId}::uuid AND id = ${sessionId}::uuid AND ended_at IS NULL AND NOT awaits_second_factor`
  if (renewed !== 1) throw notFound('Session')
}
