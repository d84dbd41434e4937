import type { Prisma } from '#lib/db/generated/client.ts'
import { read, type Transaction } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { environmentOf } from './choices.ts'

export type Twin = { readonly slug: string; readonly name: string }

export type Environment = {
  readonly environment: 'live' | 'test'
  /** Of a test project: the live one it was made for, while there is that. */
  readonly live: Twin | null
  /** Of a live project: its test project. */
  readonly test: Twin | null
}

/** Whether this is a test project, and which project is its counterpart. Throws `forbidden`, `not_found`. */
export async function getEnvironment(ctx: ManagementContext): Promise<Environment> {
  requirePermission(ctx, 'project:read')
  const { id, organisationId } = ctx.project
  const [own] = await read(
    (db) => db.$queryRaw<{ environment: string; isTest: boolean; slug: string | null; name: string | null }[]>`
      SELECT own.environment, own.live_project_id IS NOT NULL AS "isTest", twin.slug, twin.name
      FROM project own LEFT JOIN project twin ON twin.organisation_id = ${organisationId}::uuid AND twin.deleted_at IS NULL
        AND CASE WHEN own.live_project_id IS NULL THEN twin.live_project_id = own.id ELSE twin.id = own.live_project_id END
      WHERE own.id = ${id}::uuid LIMIT 1`,
  )
  if (!own) throw notFound('Project')
  const { environment, isTest, slug, name } = own
  const twin = slug === null || name === null ? null : { slug, name }
  return { environment: environmentOf(environment), live: isTest ? twin : null, test: isTest ? null : twin }
}

/** The living test project of a live one. */
export const testProjectOf = <Select extends Prisma.ProjectSelect>(tx: Transaction, ctx: ManagementContext, select: Select) =>
  tx.project.findFirst({ where: { organisationId: ctx.project.organisationId, liveProjectId: ctx.project.id, deletedAt: null }, select })
