import { createHash, randomBytes } from 'node:crypto'
import { prisma } from '#lib/db/client.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import type { ManagementContext, OrganisationContext, Role } from './context.ts'
import { organisationContextOf, projectContextOf } from './members/contexts.ts'
import { type CreatedProject, createProject } from './projects/create.ts'

/** For tests: each makes an organisation and a project of its own, so that they run side by side. */
export type Setting = {
  readonly owner: OrganisationContext
  readonly ctx: ManagementContext
  readonly created: CreatedProject
}

/** A member who has just signed in. */
export const CALLER = { address: '192.0.2.1', recentlyAuthenticated: true } as const

export const unique = (prefix: string): string => `${prefix}-${randomBytes(6).toString('hex')}`

/** Rows only: no password opens this account. */
export async function newMember(role: Role = 'owner', organisationId?: string): Promise<string> {
  const memberId = uuidv7()
  const organisation = organisationId ?? uuidv7()
  await inTransaction(async (tx) => {
    await tx.member.create({ data: { id: memberId, email: `${unique('member')}@example.com`, name: 'Member', passwordHash: '' } })
    if (organisationId === undefined) await tx.organisation.create({ data: { id: organisation, name: 'Organisation' } })
    await tx.membership.create({ data: { organisationId: organisation, memberId, role } })
  })
  return memberId
}

export async function newSetting(): Promise<Setting> {
  const memberId = await newMember()
  const owner = await organisationContextOf(memberId, CALLER)
  const created = await createProject(owner, { name: 'Notes', slug: unique('notes'), resource: 'https://mcp.example.com/mcp' })
  return { owner, created, ctx: await projectContextOf(memberId, created.slug, CALLER) }
}

/** The same project in the eyes of somebody else of its organisation. */
export async function as(role: Role, { project }: ManagementContext): Promise<ManagementContext> {
  return projectContextOf(await newMember(role, project.organisationId), project.slug, CALLER)
}

/** A living grant with a refresh family, as the protocol would have stored them. */
export async function newGrant(ctx: ManagementContext, clientId: string, userId: string): Promise<string> {
  const projectId = ctx.project.id
  const grantId = uuidv7()
  const [scope, resources, redirectUri] = ['read', '["https://mcp.example.com/mcp"]', 'https://client.example.com/cb']
  const inAnHour = new Date(Date.now() + 3_600_000)
  await inTransaction(async (tx) => {
    await tx.oAuthGrant.create({ data: { projectId, id: grantId, clientId, userId, redirectUri, scope, resources } })
    await tx.refreshFamily.create({
      data: {
        ...{ projectId, id: uuidv7(), grantId, issuer: ctx.project.issuer, clientId, userId, scope, resources },
        ...{ authTime: new Date(), generation: 1, salt: 'salt', idleExpiresAt: inAnHour, absoluteExpiresAt: inAnHour },
        currentHash: createHash('sha256').update(grantId).digest('hex'),
      },
    })
  })
  return grantId
}

export const auditRows = (ctx: ManagementContext) =>
  prisma().auditEvent.findMany({ where: { projectId: ctx.project.id }, orderBy: { id: 'asc' } })

/** Refresh families that still live. */
export const livingFamilies = (ctx: ManagementContext): Promise<number> =>
  prisma().refreshFamily.count({ where: { projectId: ctx.project.id, revokedAt: null } })
