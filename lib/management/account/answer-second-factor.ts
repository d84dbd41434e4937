import { inTransaction } from '#lib/db/transaction.ts'
import { conflict, invalid } from '../context.ts'
import { parseInput } from '../parse.ts'
import { recordOwnAct } from './context.ts'
import { type CodeInput, codeInput } from './inputs.ts'
import { spendSecondFactor } from './second-factor.ts'
import { SESSION_SECONDS, type SessionKey, type SessionWay } from './session.ts'
import { countSecondFactor, forgetSecondFactor } from './throttle.ts'

/**
 * The second of two factors: this session counts from now on. Throws `invalid` for a wrong or used code, `conflict` when the session
 * waits no longer, `too_many_requests`.
 */
export async function answerSecondFactor({ memberId, sessionId }: SessionKey, input: CodeInput, address?: string): Promise<void> {
  const { code } = parseInput(codeInput, input)
  await countSecondFactor(memberId)
  await inTransaction(async (tx) => {
    if (!(await spendSecondFactor(tx, memberId, code))) throw invalid({ code: 'This code is wrong, or was used already' })
    const [opened] = await tx.$queryRaw<{ way: SessionWay }[]>`
      UPDATE member_session SET awaits_second_factor = false, authenticated_at = now(), last_seen_at = now(),
        expires_at = now() + make_interval(secs => ${SESSION_SECONDS})
      WHERE member_id = ${memberId}::uuid AND id = ${sessionId}::uuid AND awaits_second_factor AND ended_at IS NULL AND expires_at > now()
      RETURNING way`
    if (!opened) throw conflict('Too much time has passed. Log in again.')
    await tx.$executeRaw`UPDATE member SET last_sign_in_at = now() WHERE id = ${memberId}::uuid`
    await recordOwnAct(tx, { memberId, address }, { action: 'member.signed_in', way: opened.way })
  })
  await forgetSecondFactor(memberId)
}
