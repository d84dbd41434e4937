import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, read } from '#lib/db/transaction.ts'
import { keepIdTokenKeys, makeIdTokenKeys } from '#lib/keys/signing-key.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { bumpGeneration } from './generation.ts'
import { type CreateTestProjectInput, createTestProjectInput } from './inputs.ts'
import { type CreatedProject, createdProject, insertProject, newProject } from './new-project.ts'
import { settingsColumns } from './settings.ts'
import { testProjectOf } from './twin.ts'

const copiedColumns = { ...settingsColumns, auditRetentionDays: true, keyRotationDays: true } as const

/** Leaves room for the ending. */
const twinSlug = (slug: string): string => `${slug.slice(0, 35).replace(/-+$/, '')}-test`

/**
 * A project to try things in: the settings, scopes, resources and aliases of this one, with an issuer, keys, secrets, clients and users of
 * its own. Identity providers are not copied, because their secrets belong to one project; where nobody could sign in without them,
 * passwords are on. Throws `forbidden`, `invalid`, `conflict` when there is one already, when this is one, or when the slug is taken.
 */
export async function createTestProject(ctx: ManagementContext, input: CreateTestProjectInput = {}): Promise<CreatedProject> {
  requirePermission(ctx, 'project:create')
  const { slug = twinSlug(ctx.project.slug) } = parseInput(createTestProjectInput, input)
  const [liveId, name] = [ctx.project.id, `${ctx.project.name} test`.slice(-80)]
  const project = newProject(name, slug)
  const { openidConnect } = await read((db) => db.project.findUniqueOrThrow({ where: { id: liveId }, select: { openidConnect: true } }))
  const idTokenKeys = openidConnect ? await makeIdTokenKeys(project.id) : null

  const resource = await inTransaction(async (tx) => {
    await bumpGeneration(tx, ctx) // of two that make one at once the second sees the first's
    const live = await tx.project.findUniqueOrThrow({ where: { id: liveId }, select: { environment: true, ...copiedColumns } })
    if (live.environment === 'test') throw conflict('This is a test project')
    if (await testProjectOf(tx, ctx, { id: true })) throw conflict('This project has a test project already')

    const where = { projectId: liveId }
    const [resources, scopes, aliases] = [
      await tx.resource.findMany({ where, omit: { projectId: true, createdAt: true } }),
      await tx.scope.findMany({ where, omit: { projectId: true, createdAt: true } }),
      await tx.resourceAlias.findMany({ where, omit: { projectId: true, createdAt: true } }),
    ]
    const hasWayIn = live.signInPassword || live.signInEmail || live.signInPasskey || live.handoffUrl !== null
    const settings = {
      ...live,
      ...{ environment: 'test', liveProjectId: liveId },
      ...(hasWayIn ? {} : { signInPassword: true }),
      ...(idTokenKeys ? {} : { openidConnect: false }),
    }
    await insertProject(tx, ctx.project.organisationId, project, { settings, resources, scopes })
    await tx.resourceAlias.createMany({ data: aliases.map((alias) => ({ projectId: project.id, ...alias })) })
    if (idTokenKeys) await keepIdTokenKeys(tx, project.id, idTokenKeys)

    const told = { name, slug }
    const source = auditSource(ctx)
    await recordAudit(tx, { ...source, projectId: project.id }, { action: 'project.created', ...told })
    await recordAudit(tx, { ...source, projectId: ctx.project.organisationId }, { action: 'project.created', ...told })
    await recordAudit(tx, source, { action: 'test_project.created', ...told })
    return resources.find(({ isDefault }) => isDefault)?.identifier ?? ''
  })
  return createdProject(project, resource)
}
