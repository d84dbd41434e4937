import { createHash } from 'node:crypto'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { conflict, type ManagementContext, requirePermission } from '../context.ts'
import { settingsColumns } from './settings.ts'
import { type Twin, testProjectOf } from './twin.ts'

/** One thing that is otherwise in the test project. */
export type Difference = {
  /** A setting such as `registrationMode`, or `scope:<name>`. */
  readonly name: string
  /** As the live project has it; null also for a scope it does not have. Lists are JSON text. */
  readonly live: unknown
  readonly test: unknown
}

export type Promotion = {
  readonly test: Twin
  readonly differences: readonly Difference[]
  /** SHA-256 of the differences, hex: what `promoteSettings` is asked for. */
  readonly version: string
}

/**
 * What promoting the test project's settings would change here. Not compared, because each project keeps its own: name, resources, clients,
 * users, identity providers, keys and secrets, the logo, and scopes that only the live project has.
 * Throws `forbidden`, `conflict` when there is no test project.
 */
export async function getPromotion(ctx: ManagementContext): Promise<Promotion> {
  requirePermission(ctx, 'project:read')
  return inTransaction((tx) => compareTwins(tx, ctx))
}

const comparedColumns = { ...settingsColumns, auditRetentionDays: true, keyRotationDays: true } as const
const scopeColumns = { name: true, description: true, risk: true, isRequired: true, isDefault: true, position: true } as const

export async function compareTwins(tx: Transaction, ctx: ManagementContext): Promise<Promotion> {
  const twin = await testProjectOf(tx, ctx, { id: true, slug: true, name: true, ...comparedColumns })
  if (!twin) throw conflict('This project has no test project')
  const { id, slug, name, ...test } = twin
  const live = await tx.project.findUniqueOrThrow({ where: { id: ctx.project.id }, select: comparedColumns })
  const scopesOf = (projectId: string) =>
    tx.scope.findMany({ where: { projectId }, select: scopeColumns, orderBy: [{ position: 'asc' }, { name: 'asc' }] })
  const [liveScopes, testScopes] = [await scopesOf(ctx.project.id), await scopesOf(id)]
  const known = new Map(liveScopes.map((scope) => [scope.name, scope]))

  const differences = [
    ...(Object.keys(comparedColumns) as (keyof typeof comparedColumns)[]).map((column) => ({
      ...{ name: column, live: live[column], test: test[column] },
    })),
    ...testScopes.map(({ name: scope, ...wanted }) => ({ name: `scope:${scope}`, live: withoutName(known.get(scope)), test: wanted })),
  ].filter((difference) => JSON.stringify(difference.live) !== JSON.stringify(difference.test))
  return { test: { slug, name }, differences, version: createHash('sha256').update(JSON.stringify(differences)).digest('hex') }
}

function withoutName(scope: { readonly name: string } | undefined): object | null {
  if (!scope) return null
  const { name: _, ...rest } = scope
  return rest
}
