import { randomInt } from 'node:crypto'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read, type Transaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { newUserId } from '#lib/oauth/identifier.ts'
import { shortCodeHashOf } from '#lib/oauth/opaque-token.ts'
import { removalOf } from '../changes.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { endGrants } from '../grants/end.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from './generation.ts'
import { type SetReviewerInput, setReviewerInput } from './inputs.ts'

export type Reviewer = { readonly email: string; readonly expiresAt: Date }

/** Ten digits: it counts for months, so it is longer than a mailed one. */
const CODE_DIGITS = 10

const REVIEWED = { reviewerEmail: true, reviewerExpiresAt: true, signInEmail: true } as const

/**
 * An account with a fixed code instead of mail, for the people of an app store who review a client and can read no mailbox of ours.
 * It replaces the one before. Returns the code, once: only its HMAC is kept. The address must be nobody's who can sign in otherwise.
 * Throws `forbidden`, `reauthenticate`, `invalid`, `conflict`.
 */
export async function setReviewer(ctx: ManagementContext, input: SetReviewerInput): Promise<Reviewer & { code: string }> {
  requirePermission(ctx, 'secret:write')
  requireRecentAuthentication(ctx)
  const { email, days } = parseInput(setReviewerInput, input)
  const projectId = ctx.project.id
  const code = Array.from({ length: CODE_DIGITS }, () => randomInt(10)).join('')
  const reviewerCodeHash = shortCodeHashOf('reviewer', projectId, code, Buffer.from(env().TOKEN_PEPPER))

  const expiresAt = await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const before = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: REVIEWED })
    if (!before.signInEmail) throw conflict('Switch on sign-in by e-mail first: a reviewer enters the code there')
    const userBefore = before.reviewerEmail === null ? null : await endReviewer(tx, ctx, before.reviewerEmail)
    const userId = await accountFor(tx, projectId, email)
    const ends = hoursLater(await databaseTime(tx), days * 24)
    await tx.project.update({ where: { id: projectId }, data: { reviewerEmail: email, reviewerCodeHash, reviewerExpiresAt: ends } })
    await recordAudit(tx, auditSource(ctx), {
      action: 'reviewer.set',
      userId,
      expiresAt: ends.toISOString(),
      changes: { userId: { before: userBefore, after: userId }, expiresAt: { before: before.reviewerExpiresAt, after: ends } },
    })
    return ends
  })
  return { email, expiresAt, code }
}

/** Ends the code, and everything that was done with it. Throws `forbidden`, `not_found`. */
export async function clearReviewer(ctx: ManagementContext): Promise<void> {
  requirePermission(ctx, 'secret:write')
  const projectId = ctx.project.id
  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const { reviewerEmail, reviewerExpiresAt } = await tx.project.findUniqueOrThrow({ where: { id: projectId }, select: REVIEWED })
    if (reviewerEmail === null) throw notFound('Reviewer')
    const userId = await endReviewer(tx, ctx, reviewerEmail)
    await tx.project.update({ where: { id: projectId }, data: { reviewerEmail: null, reviewerCodeHash: null, reviewerExpiresAt: null } })
    await recordAudit(tx, auditSource(ctx), {
      action: 'reviewer.cleared',
      userId: userId ?? 'gone',
      changes: removalOf({ expiresAt: reviewerExpiresAt }),
    })
  })
}

/** An expired one is shown too, until it is cleared. Null for none. */
export async function findReviewer(ctx: ManagementContext): Promise<Reviewer | null> {
  requirePermission(ctx, 'project:read')
  const found = await read((db) => db.project.findFirst({ where: { id: ctx.project.id }, select: reviewerColumns }))
  return found && reviewerOf(found)
}

export const reviewerColumns = { reviewerEmail: true, reviewerExpiresAt: true } as const

export const reviewerOf = ({ reviewerEmail, reviewerExpiresAt }: { reviewerEmail: string | null; reviewerExpiresAt: Date | null }) =>
  reviewerEmail && reviewerExpiresAt ? { email: reviewerEmail, expiresAt: reviewerExpiresAt } : null

/** Somebody's own account must not get a second key. */
async function accountFor(tx: Transaction, projectId: string, email: string): Promise<string> {
  const where = { projectId, email }
  const known = await tx.endUser.findFirst({ where, select: { id: true, passwordHash: true, emailVerifiedAt: true, disabledAt: true } })
  if (!known) {
    const id = newUserId()
    await tx.endUser.create({ data: { projectId, id, email, name: 'Reviewer' } })
    return id
  }
  const of = { projectId, userId: known.id }
  const keys = (await tx.passkey.count({ where: of })) + (await tx.externalIdentity.count({ where: of }))
  const isSomebodys = known.passwordHash !== null || known.emailVerifiedAt !== null || known.disabledAt !== null || keys > 0
  if (isSomebodys) throw conflict('A user has this address. Choose one that only the reviewer uses')
  return known.id
}

async function endReviewer(tx: Transaction, ctx: ManagementContext, email: string): Promise<string | null> {
  const projectId = ctx.project.id
  const user = await tx.endUser.findFirst({ where: { projectId, email }, select: { id: true } })
  if (!user) return null
  await tx.endUser.updateMany({ where: { projectId, id: user.id }, data: { validFrom: await databaseTime(tx) } })
  await tx.endUserSession.deleteMany({ where: { projectId, userId: user.id } })
  await endGrants(tx, ctx, { userIds: [user.id] }, 'member')
  return user.id
}
