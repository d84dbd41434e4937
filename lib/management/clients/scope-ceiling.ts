import type { Transaction } from '#lib/db/transaction.ts'
import { OFFLINE_ACCESS, OPENID_DESCRIPTIONS } from '#lib/oauth/scope.ts'
import { invalid, type ManagementContext } from '../context.ts'

/**
 * Null: any scope of the project. Otherwise only scopes the project has: a ceiling with others would silently allow them the day they are
 * added. Throws `invalid`.
 */
export async function checkedCeiling(tx: Transaction, ctx: ManagementContext, scope: string | undefined): Promise<string | null> {
  const wanted = [...new Set(scope?.split(/\s+/).filter(Boolean))]
  if (wanted.length === 0) return null
  const scopes = await tx.scope.findMany({ where: { projectId: ctx.project.id }, select: { name: true } })
  const { openidConnect } = await tx.project.findUniqueOrThrow({ where: { id: ctx.project.id }, select: { openidConnect: true } })
  const known = new Set([...scopes.map(({ name }) => name), ...(openidConnect ? OPENID_DESCRIPTIONS.keys() : []), OFFLINE_ACCESS])
  if (wanted.some((name) => !known.has(name))) throw invalid({ scope: 'Only scopes of this project' })
  return wanted.join(' ')
}
