import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, statement } from '#lib/db/transaction.ts'
import { databaseTime } from '../clock.ts'
import { auditSource, invalid, type ManagementContext, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from './generation.ts'
import { type DeleteProjectInput, deleteProjectInput } from './inputs.ts'

/** What ends with a project. Each counted up to 100,001. */
export type DeletionImpact = {
  readonly users: number
  readonly clients: number
  /** Living grants: connections of a user with a client. */
  readonly grants: number
}

const MOST = 100_001

/** Throws `forbidden`. */
export async function getDeletionImpact(ctx: ManagementContext): Promise<DeletionImpact> {
  requirePermission(ctx, 'project:read')
  const { rows } = await statement<DeletionImpact>(
    'deletion_impact',
    `SELECT
      (SELECT count(*) FROM (SELECT 1 FROM end_user WHERE project_id = $1::uuid LIMIT ${MOST}) AS few)::int AS users,
      (SELECT count(*) FROM (SELECT 1 FROM oauth_client
        WHERE project_id = $1::uuid AND revoked_at IS NULL AND source <> 'builtin' LIMIT ${MOST}) AS few)::int AS clients,
      (SELECT count(*) FROM (SELECT 1 FROM oauth_grant WHERE project_id = $1::uuid AND revoked_at IS NULL LIMIT ${MOST}) AS few)::int AS grants`,
    [ctx.project.id],
  )
  return rows[0] ?? { users: 0, clients: 0, grants: 0 }
}

/**
 * Ends a project for good: its issuer, its keys and all that they signed are nowhere any more, in every process within seconds. Its slug is
 * never anybody's again, or that somebody would speak for the old issuer. Told in its own log and in the organisation's.
 * Throws `forbidden`, `reauthenticate`, `invalid` when the name is another's, `not_found` when somebody was quicker.
 */
export async function deleteProject(ctx: ManagementContext, input: DeleteProjectInput): Promise<void> {
  requirePermission(ctx, 'project:delete')
  requireRecentAuthentication(ctx)
  const { name: typed } = parseInput(deleteProjectInput, input)
  await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx)
    const where = { id: ctx.project.id }
    const { name, slug } = await tx.project.findUniqueOrThrow({ where, select: { name: true, slug: true } })
    if (typed !== name) throw invalid({ name: 'This is not the name of the project' })
    await tx.project.update({ where, data: { deletedAt: await databaseTime(tx) } })
    const source = auditSource(ctx)
    await recordAudit(tx, { ...source, projectId: ctx.project.organisationId }, { action: 'project.deleted', name, slug })
    await recordAudit(tx, source, { action: 'project.deleted', name, slug })
  })
}
