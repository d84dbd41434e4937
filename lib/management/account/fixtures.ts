import { prisma } from '#lib/db/client.ts'
import { unique } from '../fixtures.ts'
import { createMember } from '../members/create.ts'
import type { AccountContext } from './context.ts'
import { beginSecondFactor, enableSecondFactor } from './enable-second-factor.ts'
import { openSession } from './session.ts'
import { totpStepOf } from './totp.ts'

/** For tests. */
export const PASSWORD = 'correct horse battery'

export type SignedIn = { readonly ctx: AccountContext; readonly email: string; readonly organisationId: string }

/** A member of their own organisation who has just signed in by password. */
export async function newAccount(): Promise<SignedIn> {
  const email = `${unique('ann')}@example.com`
  const { memberId, organisationId } = await createMember({ name: 'Ann', email, password: PASSWORD })
  return { ctx: await newSession(memberId), email, organisationId }
}

export async function newSession(memberId: string): Promise<AccountContext> {
  const { sessionId } = await openSession(memberId, { way: 'password', awaitsSecondFactor: false }, {})
  return { memberId, sessionId, recentlyAuthenticated: true }
}

/** What an app with this secret shows: the code of the n-th step from the database's now. */
export async function codeOf(secret: string, step = 0): Promise<string> {
  const { TOTP, Secret } = await import('otpauth')
  const [row] = await prisma().$queryRaw<{ now: Date }[]>`SELECT now() AS now`
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: (row?.now.getTime() ?? 0) + step * 30_000 })
}

/** A wrong one, whichever step it is. */
export async function wrongCode(secret: string): Promise<string> {
  const [row] = await prisma().$queryRaw<{ now: Date }[]>`SELECT now() AS now`
  const isWrong = (code: string) => totpStepOf(secret, code, row?.now ?? new Date(0)) === null
  return ['000000', '111111', '222222', '333333', '444444'].find(isWrong) ?? '555555'
}

/** With the code of the step before, so that the present one is still unused. */
export async function withSecondFactor(ctx: AccountContext): Promise<{ secret: string; recoveryCodes: string[] }> {
  const { secret } = await beginSecondFactor(ctx)
  const { recoveryCodes } = await enableSecondFactor(ctx, { code: await codeOf(secret, -1) })
  return { secret, recoveryCodes }
}

/** Actions in an organisation's log, oldest first, but for signing in. */
export async function actsIn(organisationId: string): Promise<string[]> {
  const rows = await prisma().auditEvent.findMany({ where: { projectId: organisationId }, orderBy: { id: 'asc' } })
  return rows.map(({ action }) => action).filter((action) => action !== 'member.signed_in')
}
