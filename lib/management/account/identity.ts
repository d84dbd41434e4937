import { inTransaction, read, type Transaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { databaseTime } from '../clock.ts'
import { countSignUp } from '../members/throttle.ts'
import type { AccountContext } from './context.ts'
import { holdAccount } from './hold.ts'
import type { ProviderId } from './inputs.ts'

/** A person as a provider told us, checked. */
export type ProviderProfile = {
  readonly provider: ProviderId
  readonly subject: string
  /** As `parseEmailAddress` spells it; null: none, or one that the provider says it did not verify. */
  readonly email: string | null
  readonly emailVerified: boolean
  readonly name: string
  /** For the list of ways to sign in: a login, or an address. */
  readonly label: string
}

/** Why nobody is signed in, or nothing linked. */
export type ProviderProblem = 'address_taken' | 'no_address' | 'linked_elsewhere' | 'not_recent'

/** Whom the provider's person is here; null for nobody. */
export async function memberOfIdentity({ provider, subject }: Pick<ProviderProfile, 'provider' | 'subject'>): Promise<string | null> {
  const found = await read((db) =>
    db.memberIdentity.findUnique({ where: { provider_subject: { provider, subject } }, select: { memberId: true } }),
  )
  return found?.memberId ?? null
}

/**
 * The member this person is, or a new one with an organisation of their own. Never one who merely has the same address: whoever gets a
 * provider to say an address would have their account. Throws `too_many_requests`.
 */
export async function enterByProvider(profile: ProviderProfile, address?: string): Promise<{ memberId: string } | ProviderProblem> {
  const known = await memberOfIdentity(profile)
  if (known !== null) return { memberId: known }
  if (profile.email === null) return 'no_address'
  await countSignUp(address)
  const memberId = await createMemberOf(profile, profile.email)
  if (memberId !== null) return { memberId }
  // Two windows of the same person at once: the other one made the account.
  const meanwhile = await memberOfIdentity(profile)
  return meanwhile === null ? 'address_taken' : { memberId: meanwhile }
}

/** For a member who is signed in. Linking again what is linked is no mistake. */
export async function linkProvider(ctx: AccountContext, profile: ProviderProfile): Promise<'linked' | ProviderProblem> {
  if (!ctx.recentlyAuthenticated) return 'not_recent'
  return inTransaction(async (tx) => {
    await holdAccount(tx, ctx)
    await keepIdentity(tx, ctx.memberId, profile)
    const { provider, subject } = profile
    const kept = await tx.memberIdentity.findUnique({ where: { provider_subject: { provider, subject } }, select: { memberId: true } })
    return kept?.memberId === ctx.memberId ? 'linked' : 'linked_elsewhere'
  })
}

/** Null when the address has an account already. */
async function createMemberOf(profile: ProviderProfile, email: string): Promise<string | null> {
  const [memberId, organisationId] = [uuidv7(), uuidv7()]
  const { name, emailVerified } = profile
  return inTransaction(async (tx) => {
    const created = await tx.member.createMany({
      data: [{ id: memberId, email, name, emailVerifiedAt: emailVerified ? await databaseTime(tx) : null }],
      skipDuplicates: true,
    })
    if (created.count !== 1) return null
    await keepIdentity(tx, memberId, profile)
    await tx.organisation.create({ data: { id: organisationId, name: `${name}'s organisation` } })
    await tx.membership.create({ data: { organisationId, memberId, role: 'owner' } })
    return memberId
  })
}

async function keepIdentity(tx: Transaction, memberId: string, { provider, subject, label }: ProviderProfile): Promise<void> {
  await tx.memberIdentity.createMany({ data: [{ provider, subject, memberId, label }], skipDuplicates: true })
}
