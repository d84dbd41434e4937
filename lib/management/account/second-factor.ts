import { read, type Transaction } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { spendRecoveryCode } from './recovery-codes.ts'
import { openTotp, totpStepOf } from './totp.ts'

/**
 * Whether this is a code of the member's app or one of their recovery codes, and this the one use of it. False too for a member without
 * a second factor.
 */
export async function spendSecondFactor(tx: Transaction, memberId: string, typed: string): Promise<boolean> {
  const digits = typed.replace(/\s/g, '')
  return /^\d{6}$/.test(digits) ? spendTotp(tx, memberId, digits) : spendRecoveryCode(tx, memberId, typed)
}

async function spendTotp(tx: Transaction, memberId: string, code: string): Promise<boolean> {
  const member = await tx.member.findUnique({ where: { id: memberId, totpConfirmedAt: { not: null } }, select: { sealedTotp: true } })
  if (!member?.sealedTotp) return false
  const step = totpStepOf(openTotp(memberId, member.sealedTotp), code, await databaseTime(tx))
  return step !== null && (await countTotpStep(tx, memberId, step))
}

/** RFC 6238 §5.2: a code counts once, and none counts that is older than one that was used. */
export async function countTotpStep(tx: Transaction, memberId: string, step: number): Promise<boolean> {
  const counted = await tx.$executeRaw`
    UPDATE member SET totp_last_step = ${step}::bigint
    WHERE id = ${memberId}::uuid AND (totp_last_step IS NULL OR totp_last_step < ${step}::bigint)`
  return counted === 1
}

/** Whether a code is asked for after the first factor. */
export const hasSecondFactorCode = async (memberId: string): Promise<boolean> =>
  (await read((db) => db.member.count({ where: { id: memberId, totpConfirmedAt: { not: null } } }))) === 1
