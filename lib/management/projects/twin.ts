import type { Prisma } from '#lib/db/generated/client.ts'
import { read, type Transaction } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { environmentOf } from './choices.ts'

export type Twin = { readonly slug: string; readonly name: string }

export type Environment = {
  readonly environment: 'live' | 'test'
  /** Of a test project: the live one it was made for, while there is that. */
  readonly live: Twin | null
  /** Of a live project: its test project. */
  readonly test: Twin | null
}

const twinColumns = { slug: true, name: true } as const

/** Whether this is a test project, and which project is its counterpart. Throws `forbidden`. */
export async function getEnvironment(ctx: ManagementContext): Promise<Environment> {
  requirePermission(ctx, 'project:read')
  const { id, organisationId } = ctx.project
  const own = await read((db) => db.project.findUniqueOrThrow({ where: { id }, select: { environment: true, liveProjectId: true } }))
  const twin = await read((db) =>
    db.project.findFirst({
      where: { organisationId, deletedAt: null, ...(own.liveProjectId === null ? { liveProjectId: id } : { id: own.liveProjectId }) },
      select: twinColumns,
    }),
  )
  const isTest = own.liveProjectId !== null
  return { environment: environmentOf(own.environment), live: isTest ? twin : null, test: isTest ? null : twin }
}

/** The living test project of a live one. */
export const testProjectOf = <Select extends Prisma.ProjectSelect>(tx: Transaction, ctx: ManagementContext, select: Select) =>
  tx.project.findFirst({ where: { organisationId: ctx.project.organisationId, liveProjectId: ctx.project.id, deletedAt: null }, select })
