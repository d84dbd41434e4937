import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'

/** When real traffic first did it; null: not yet. */
export type ProjectProgress = {
  /** A resource to protect is named. */
  readonly resourceSetAt: Date | null
  /** Counted, not recorded: the hour it began in. */
  readonly metadataFetchedAt: Date | null
  readonly clientRegisteredAt: Date | null
  readonly tokenIssuedAt: Date | null
  readonly tokenRefreshedAt: Date | null
}

const ROWS_EACH_END = 2000

/** Throws `forbidden`. */
export async function getProgress(ctx: ManagementContext): Promise<ProjectProgress> {
  requirePermission(ctx, 'project:read')
  return projectProgress(ctx)
}

/**
 * From the audit log's two ends, so that a log of any length costs the same:
 * a young project is all in the oldest rows, a busy one shows every kind in its newest.
 */
export async function projectProgress(ctx: ManagementContext): Promise<ProjectProgress> {
  const projectId = ctx.project.id
  const firsts = await read(
    (db) => db.$queryRaw<{ action: string; at: Date }[]>`
    SELECT CASE WHEN action = 'client.created' THEN 'client.registered' WHEN action LIKE '%.issued' THEN 'token.issued' ELSE action END AS action, min(at) AS at FROM (
      (SELECT action, at FROM audit_event WHERE project_id = ${projectId}::uuid ORDER BY id LIMIT ${ROWS_EACH_END})
      UNION ALL
      (SELECT action, at FROM audit_event WHERE project_id = ${projectId}::uuid ORDER BY id DESC LIMIT ${ROWS_EACH_END})
      UNION ALL
      (SELECT kind, hour FROM event_counter WHERE project_id = ${projectId}::uuid AND kind = 'metadata.fetched' ORDER BY hour LIMIT 1)
      UNION ALL
      (SELECT 'resource.set', created_at FROM resource WHERE project_id = ${projectId}::uuid ORDER BY created_at LIMIT 1)
    ) AS ends
    WHERE action IN ('resource.set', 'metadata.fetched', 'client.registered', 'client.created', 'token.issued', 'exchange.issued', 'assertion.issued', 'refresh.rotated')
    GROUP BY 1`,
  )
  const firstOf = new Map(firsts.map((first) => [first.action, first.at]))

  return {
    resourceSetAt: firstOf.get('resource.set') ?? null,
    metadataFetchedAt: firstOf.get('metadata.fetched') ?? null,
    clientRegisteredAt: firstOf.get('client.registered') ?? null,
    tokenIssuedAt: firstOf.get('token.issued') ?? null,
    tokenRefreshedAt: firstOf.get('refresh.rotated') ?? null,
  }
}
