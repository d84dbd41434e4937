import { read } from '#lib/db/transaction.ts'
import { type Actor, type ManagementContext, notFound, type OrganisationContext, permissionsOf } from '../context.ts'

/** The member's first organisation. Throws `not_found` for somebody who is no member, or of none. */
export async function organisationContextOf(memberId: string, address?: string): Promise<OrganisationContext> {
  const actor = await memberActor(memberId)
  const membership = await read((db) =>
    db.membership.findFirst({ where: { memberId }, orderBy: [{ createdAt: 'asc' }, { organisationId: 'asc' }] }),
  )
  const organisation = membership && (await read((db) => db.organisation.findUnique({ where: { id: membership.organisationId } })))
  if (!membership || !organisation) throw notFound('Organisation')

  return {
    organisation: { id: organisation.id, name: organisation.name },
    actor,
    permissions: permissionsOf(membership.role),
    ...(address === undefined ? {} : { address }),
  }
}

/** Throws `not_found` also for projects of other organisations: whether they exist is not for strangers to know. */
export async function projectContextOf(memberId: string, slug: string, address?: string): Promise<ManagementContext> {
  const actor = await memberActor(memberId)
  const project = await findProject(slug)
  const membership =
    project &&
    (await read((db) =>
      db.membership.findUnique({ where: { organisationId_memberId: { organisationId: project.organisationId, memberId } } }),
    ))
  if (!project || !membership) throw notFound('Project')

  return {
    project,
    actor,
    permissions: permissionsOf(membership.role),
    now: () => new Date(),
    ...(address === undefined ? {} : { address }),
  }
}

/** A living project with its primary issuer; null for unknown and deleted ones. */
export async function findProject(slug: string): Promise<ManagementContext['project'] | null> {
  const project = await read((db) =>
    db.project.findFirst({
      where: { slug, deletedAt: null },
      select: { id: true, slug: true, name: true, organisationId: true },
    }),
  )
  const issuer =
    project && (await read((db) => db.issuer.findFirst({ where: { projectId: project.id, isPrimary: true }, select: { url: true } })))
  return issuer ? { ...project, issuer: issuer.url } : null
}

async function memberActor(memberId: string): Promise<Actor> {
  const member = await read((db) => db.member.findUnique({ where: { id: memberId }, select: { id: true, email: true } }))
  if (!member) throw notFound('Member')
  return { kind: 'member', id: member.id, email: member.email }
}
