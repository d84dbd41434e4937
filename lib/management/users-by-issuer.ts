import { read } from '#lib/db/transaction.ts'
import type { ManagementContext } from './context.ts'

/** How many users each of these issuers elsewhere has named, in one question; one that named nobody is not in it. */
export async function usersByIssuer(ctx: ManagementContext, issuers: readonly string[]): Promise<ReadonlyMap<string, number>> {
  if (issuers.length === 0) return new Map()
  const rows = await read(
    (db) => db.$queryRaw<{ issuer: string; users: number }[]>`
      SELECT issuer, count(DISTINCT user_id)::int AS users FROM external_identity
      WHERE project_id = ${ctx.project.id}::uuid AND issuer = ANY(${[...issuers]}) GROUP BY issuer`,
  )
  return new Map(rows.map(({ issuer, users }) => [issuer, users]))
}
