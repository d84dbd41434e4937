import { read } from '#lib/db/transaction.ts'
import { type Actor, type ManagementContext, notFound, type OrganisationContext, permissionsOf } from '../context.ts'

/** Who calls, beside the member: where from, and whether they proved of late who they are. */
export type Caller = { readonly address?: string | undefined; readonly recentlyAuthenticated: boolean }

/** The member's organisation of this id, or the first one. Throws `not_found` for somebody who is no member of it, or of none. */
export async function organisationContextOf(memberId: string, caller: Caller, organisationId?: string): Promise<OrganisationContext> {
  const actor = await memberActor(memberId)
  const membership = await read((db) =>
    db.membership.findFirst({
      where: { memberId, ...(organisationId === undefined ? {} : { organisationId }) },
      orderBy: [{ createdAt: 'asc' }, { organisationId: 'asc' }],
    }),
  )
  const organisation = membership && (await read((db) => db.organisation.findUnique({ where: { id: membership.organisationId } })))
  if (!membership || !organisation) throw notFound('Organisation')

  return {
    organisation: { id: organisation.id, name: organisation.name },
    actor,
    permissions: permissionsOf(membership.role),
    ...callOf(caller),
  }
}

/** Throws `not_found` also for projects of other organisations: whether they exist is not for strangers to know. */
export async function projectContextOf(memberId: string, slug: string, caller: Caller): Promise<ManagementContext> {
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
    ...callOf(caller),
  }
}

const callOf = ({ address, recentlyAuthenticated }: Caller) => ({
  recentlyAuthenticated,
  ...(address === undefined ? {} : { address }),
})

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
