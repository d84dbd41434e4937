import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { databaseTime, hoursLater } from '../clock.ts'
import {
  conflict,
  invalid,
  type OrganisationContext,
  organisationAuditSource,
  type Permission,
  requirePermission,
  requireRecentAuthentication,
} from '../context.ts'
import { parseInput } from '../parse.ts'
import { newSecret } from '../secret.ts'
import { type CreateApiKeyInput, createApiKeyInput } from './inputs.ts'

/**
 * A key for the management API. `apiKey` is here once, only its hash is kept. It can do no more than whoever makes it, and is theirs:
 * what their role loses, it loses; when they leave, it is dead. A key made with a key belongs to the same member.
 * Throws `forbidden`, `reauthenticate`, `invalid` (a permission the maker lacks, a project that is not there).
 */
export async function createApiKey(ctx: OrganisationContext, input: CreateApiKeyInput): Promise<{ apiKeyId: string; apiKey: string }> {
  requirePermission(ctx, 'api-key:write')
  requireRecentAuthentication(ctx)
  const { name, permissions, project, expiresInDays } = parseInput(createApiKeyInput, input)
  checkOwn(ctx, permissions)
  const organisationId = ctx.organisation.id
  const id = uuidv7()
  const { secret, secretHash, lastFour } = newSecret('api-key')

  await inTransaction(async (tx) => {
    const projectId = project === undefined ? null : await projectIdOf(tx, organisationId, project)
    const expiresAt = expiresInDays === undefined ? null : hoursLater(await databaseTime(tx), expiresInDays * 24)
    const createdBy = await makerOf(tx, ctx)
    await tx.apiKey.create({
      data: {
        ...{ organisationId, id, name, keyHash: secretHash, lastFour, projectId, createdBy, expiresAt },
        permissions: JSON.stringify(permissions),
      },
    })
    await recordAudit(tx, organisationAuditSource(ctx), {
      action: 'api_key.created',
      apiKeyId: id,
      name,
      changes: { permissions, project: project ?? null, expiresAt },
    })
  })
  return { apiKeyId: id, apiKey: secret }
}

function checkOwn(ctx: OrganisationContext, permissions: readonly Permission[]): void {
  const lacking = permissions.filter((permission) => !ctx.permissions.has(permission))
  if (lacking.length > 0) throw invalid({ permissions: `You may not hand out what you do not have: ${lacking.join(', ')}` })
}

async function projectIdOf(tx: Transaction, organisationId: string, slug: string): Promise<string> {
  const project = await tx.project.findFirst({ where: { organisationId, slug, deletedAt: null }, select: { id: true } })
  if (!project) throw invalid({ project: 'No project of this organisation has this slug' })
  return project.id
}

async function makerOf(tx: Transaction, { actor, organisation }: OrganisationContext): Promise<string> {
  if (actor.kind === 'member') return actor.id
  if (actor.kind === 'command-line') throw conflict('A key belongs to a member: make it in the dashboard')
  const { createdBy } = await tx.apiKey.findUniqueOrThrow({
    where: { organisationId_id: { organisationId: organisation.id, id: actor.id } },
    select: { createdBy: true },
  })
  return createdBy
}
