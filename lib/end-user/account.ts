import { read, type Transaction } from '#lib/db/transaction.ts'
import { newUserId } from '#lib/oauth/identifier.ts'
import { verifyPassword } from '#lib/password.ts'

/** The account this e-mail and password open; null for unknown, wrong and disabled, after the same work. Throws `TooBusy`. */
export async function accountFor(projectId: string, email: string, password: string): Promise<string | null> {
  const user = await read((db) =>
    db.endUser.findUnique({ where: { projectId_email: { projectId, email } }, select: { id: true, passwordHash: true, disabledAt: true } }),
  )
  const right = await verifyPassword(user?.passwordHash ?? null, password)
  return user && right && !user.disabledAt ? user.id : null
}

/** Throws `UniqueViolation` when the address has an account. Answers the new user's id, which is its `sub`. */
export async function createAccount(tx: Transaction, projectId: string, email: string, passwordHash: string): Promise<string> {
  const id = newUserId()
  await tx.endUser.create({ data: { projectId, id, email, passwordHash } })
  return id
}
