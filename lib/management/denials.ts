import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import { recordAudit } from '#lib/audit/record.ts'
import { count } from '#lib/audit/stream.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { type Denial, ManagementError, type OrganisationContext, organisationAuditSource } from './context.ts'
import { findProject } from './members/contexts.ts'

/** Whoever is refused can go on asking: a row a minute for each log, caller and permission; the rest is counted. */
const perMinute = new RateLimiterMemory({ keyPrefix: 'denied', points: 1, duration: 60 })

/**
 * For the doors: a refusal by role becomes a row of the log it belongs to; every other error is left alone. Never throws: that the
 * record fails does not make a refusal something else.
 */
export async function recordRefusal(error: unknown): Promise<void> {
  if (error instanceof ManagementError && error.denial) await record(error.denial, {})
}

/** Somebody asked for a project of an organisation that is not theirs: their own organisation's log tells of it. Never throws. */
export async function recordTrespass(ctx: OrganisationContext, slug: string): Promise<void> {
  const project = await findProject(slug).catch(unrecorded)
  if (project) await record({ source: organisationAuditSource(ctx), permission: 'project:read' }, { project: project.slug })
}

async function record({ source, permission }: Denial, more: { project?: string }): Promise<void> {
  try {
    if (await isFirst(`${source.projectId} ${source.actor.id ?? ''} ${permission} ${more.project === undefined ? '' : 'foreign'}`))
      await inTransaction((tx) => recordAudit(tx, source, { action: 'authz.denied', permission, ...more }))
    else count({ projectId: source.projectId, kind: 'authz.denied' })
  } catch (error) {
    unrecorded(error)
  }
}

async function isFirst(key: string): Promise<boolean> {
  try {
    await perMinute.consume(key)
    return true
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return false
    throw refusal
  }
}

function unrecorded(error: unknown): null {
  console.error(`authz.denied was not recorded: ${error instanceof Error ? error.name : typeof error}`)
  return null
}
