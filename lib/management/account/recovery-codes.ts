import { createHmac, randomInt } from 'node:crypto'
import type { Transaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'

const COUNT = 10
/** Without letters that look like digits. */
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'
const LENGTH = 12

/** Ten new ones, such as `abcd-efgh-2345`, 59 bits each. The old ones count no longer. */
export async function replaceRecoveryCodesOf(tx: Transaction, memberId: string): Promise<string[]> {
  const codes = Array.from({ length: COUNT }, newCode)
  await tx.memberRecoveryCode.deleteMany({ where: { memberId } })
  await tx.memberRecoveryCode.createMany({ data: codes.map((code) => ({ memberId, codeHash: hashOf(memberId, code) })) })
  return codes
}

/** Whether this is one of the member's codes, and this the one use of it. */
export async function spendRecoveryCode(tx: Transaction, memberId: string, typed: string): Promise<boolean> {
  const spent = await tx.$executeRaw`
    UPDATE member_recovery_code SET used_at = now()
    WHERE member_id = ${memberId}::uuid AND code_hash = ${hashOf(memberId, typed)} AND used_at IS NULL`
  return spent === 1
}

const newCode = (): string =>
  Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)])
    .join('')
    .replace(/(.{4})(?=.)/g, '$1-')

/** Under the pepper: whoever reads the table cannot try codes out. People type it as they like. */
const hashOf = (memberId: string, code: string): string =>
  createHmac('sha256', env().TOKEN_PEPPER)
    .update(['member-recovery-code', memberId, code.toLowerCase().replace(/[^a-z0-9]/g, '')].join('\0'))
    .digest('hex')
