import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { auditSource, invalid, type OrganisationContext, organisationAuditSource, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type CreateProjectInput, createProjectInput, slugOf } from './inputs.ts'
import { type CreatedProject, createdProject, insertProject, newProject } from './new-project.ts'

export type { CreatedProject } from './new-project.ts'

const FIRST_SCOPES = [
  { name: 'read', description: 'See your data', isDefault: true, position: 0 },
  { name: 'write', description: 'Make changes for you', isDefault: true, position: 1 },
]

/**
 * A project that can issue tokens at once. Told in its own log and in the organisation's.
 * Throws `forbidden`, `invalid`, `conflict` when the slug is or was somebody's.
 */
export async function createProject(ctx: OrganisationContext, input: CreateProjectInput): Promise<CreatedProject> {
  requirePermission(ctx, 'project:create')
  const { name, slug: chosen, resource } = parseInput(createProjectInput, input)
  const slug = chosen ?? slugOf(name)
  if (slug === null) throw invalid({ slug: 'Choose a slug: none could be made from this name' })

  const project = newProject(name, slug)
  const resources = [{ identifier: resource, name, isDefault: true }]
  await inTransaction(async (tx) => {
    await insertProject(tx, ctx.organisation.id, project, { resources, scopes: FIRST_SCOPES })
    const event = { action: 'project.created', name, slug } as const
    await recordAudit(tx, auditSource({ ...ctx, project }), event)
    await recordAudit(tx, organisationAuditSource(ctx), event)
  })
  return createdProject(project, resource)
}
