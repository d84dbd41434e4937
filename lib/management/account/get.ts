import { read } from '#lib/db/transaction.ts'
import { notFound } from '../context.ts'
import type { AccountContext } from './context.ts'
import type { ProviderId } from './inputs.ts'
import { type OwnPasskey, passkeysOf } from './passkeys.ts'

export type LinkedProvider = {
  readonly provider: ProviderId
  readonly subject: string
  /** As the provider showed it. */
  readonly label: string
  readonly createdAt: Date
}

export type Account = {
  readonly name: string
  readonly email: string
  readonly emailVerified: boolean
  readonly hasPassword: boolean
  /** Since when the app's code is asked for; null: it is not. */
  readonly secondFactorSince: Date | null
  readonly recoveryCodesLeft: number
  readonly passkeys: readonly OwnPasskey[]
  readonly providers: readonly LinkedProvider[]
}

export async function getAccount({ memberId }: AccountContext): Promise<Account> {
  const [member, recoveryCodesLeft, passkeys, identities] = await Promise.all([
    read((db) =>
      db.member.findUnique({
        where: { id: memberId },
        select: { name: true, email: true, emailVerifiedAt: true, passwordHash: true, totpConfirmedAt: true },
      }),
    ),
    read((db) => db.memberRecoveryCode.count({ where: { memberId, usedAt: null } })),
    passkeysOf(memberId),
    read((db) =>
      db.memberIdentity.findMany({
        where: { memberId },
        select: { provider: true, subject: true, label: true, createdAt: true },
        orderBy: [{ createdAt: 'asc' }, { provider: 'asc' }, { subject: 'asc' }],
      }),
    ),
  ])
  if (!member) throw notFound('Member')
  return {
    name: member.name,
    email: member.email,
    emailVerified: member.emailVerifiedAt !== null,
    hasPassword: member.passwordHash !== null,
    secondFactorSince: member.totpConfirmedAt,
    recoveryCodesLeft,
    passkeys,
    providers: identities.map((identity) => ({ ...identity, provider: identity.provider as ProviderId })),
  }
}
