import { recordAudit } from '#lib/audit/record.ts'
import type { Prisma } from '#lib/db/generated/client.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { forgetKeys } from '#lib/keys/key-set.ts'
import { rotateSigningKey } from '#lib/keys/rotate.ts'
import { keepIdTokenKeys } from '#lib/keys/signing-key.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from './generation.ts'
import { type PromoteSettingsInput, promoteSettingsInput } from './inputs.ts'
import { compareTwins, type Difference } from './promotion.ts'
import { missingIdTokenKeys } from './update.ts'
import { requireWayIn, wayInColumns } from './way-in.ts'

/**
 * Takes what is otherwise in the test project over into this, its live one, but for what is excepted. Scopes are added and changed, never
 * removed: grants may name them. Throws `forbidden`, `invalid` when nobody could sign in any more, `conflict` when there is no test project,
 * nothing to take over, or something changed since it was looked at.
 */
export async function promoteSettings(ctx: ManagementContext, input: PromoteSettingsInput): Promise<{ promoted: string[] }> {
  requirePermission(ctx, 'project:write')
  const { version, except } = parseInput(promoteSettingsInput, input)
  const idTokenKeys = await missingIdTokenKeys(ctx.project.id)

  const taken = await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const promotion = await compareTwins(tx, ctx)
    if (promotion.version !== version) throw conflict('The settings changed since they were compared: look at them again')
    const wanted = promotion.differences.filter(({ name }) => !except.includes(name))
    if (wanted.length === 0) throw conflict('There is nothing to take over')

    const settings = wanted.filter(({ name }) => !name.startsWith(SCOPE))
    await changeSettings(tx, ctx, settings)
    if (idTokenKeys && settings.some(({ name, test }) => name === 'openidConnect' && test === true))
      await keepIdTokenKeys(tx, ctx.project.id, idTokenKeys)
    for (const scope of wanted.filter(({ name }) => name.startsWith(SCOPE))) await setScope(tx, ctx.project.id, scope)
    await recordAudit(tx, auditSource(ctx), { action: 'settings.promoted', from: promotion.test.slug, changes: changesOf(wanted) })
    return new Set(wanted.map(({ name }) => name))
  })
  if (taken.has('openidConnect')) forgetKeys(ctx.project.id)
  if (taken.has('signingAlgorithm')) await rotateSigningKey(auditSource(ctx))
  return { promoted: [...taken] }
}

const SCOPE = 'scope:'

async function changeSettings(tx: Transaction, ctx: ManagementContext, settings: readonly Difference[]): Promise<void> {
  const where = { id: ctx.project.id }
  // Their names are columns of ours: `compareTwins` made them.
  await tx.project.update({ where, data: Object.fromEntries(settings.map(({ name, test }) => [name, test])) as Prisma.ProjectUpdateInput })
  await requireWayIn(tx, ctx.project.id, await tx.project.findUniqueOrThrow({ where, select: wayInColumns }))
}

async function setScope(tx: Transaction, projectId: string, { name, test }: Difference): Promise<void> {
  const scope = { projectId, name: name.slice(SCOPE.length) }
  const values = test as Omit<Prisma.ScopeCreateManyInput, 'projectId' | 'name'>
  await tx.scope.upsert({ where: { projectId_name: scope }, create: { ...scope, ...values }, update: values })
}

const changesOf = (differences: readonly Difference[]): Record<string, { before: unknown; after: unknown }> =>
  Object.fromEntries(differences.map(({ name, live, test }) => [name, { before: live, after: test }]))
