import { inTransaction, read } from '#lib/db/transaction.ts'
import { parseEmailAddress } from '#lib/email-address.ts'
import { type Actor, type ManagementContext, notFound, type OrganisationContext, permissionsOf } from './context.ts'
import { findProject } from './members/contexts.ts'

/** Whoever runs the installation. */
export const COMMAND_LINE: Actor = { kind: 'command-line', id: 'cli' }

/** Fixed, so that two first calls at once make one organisation. */
const COMMAND_LINE_ORGANISATION = { id: '00000000-0000-7000-8000-000000000001', name: 'Command line' }

/** Whoever can run our command line holds the database already: it may do everything. Throws `not_found`. */
export async function commandLineProject(slug: string): Promise<ManagementContext> {
  const project = await findProject(slug)
  if (!project) throw notFound('Project')
  return { project, actor: COMMAND_LINE, permissions: permissionsOf('owner'), recentlyAuthenticated: true, now: () => new Date() }
}

/** The organisation `ownerEmail` owns; without one the only one that has members, or else the command line's own. Throws `not_found`. */
export async function commandLineOrganisation(ownerEmail?: string): Promise<OrganisationContext> {
  const organisation = ownerEmail === undefined ? await onlyOrganisation() : await organisationOwnedBy(ownerEmail)
  return { organisation, actor: COMMAND_LINE, permissions: permissionsOf('owner'), recentlyAuthenticated: true }
}

/** Every organisation, for lists across the installation. */
export async function commandLineOrganisations(): Promise<OrganisationContext[]> {
  const organisations = await read((db) => db.organisation.findMany({ select: { id: true, name: true }, orderBy: { createdAt: 'asc' } }))
  return organisations.map((organisation) => ({
    organisation,
    actor: COMMAND_LINE,
    permissions: permissionsOf('owner'),
    recentlyAuthenticated: true,
  }))
}

async function organisationOwnedBy(email: string): Promise<OrganisationContext['organisation']> {
  const member = await read((db) => db.member.findUnique({ where: { email: parseEmailAddress(email) ?? '' }, select: { id: true } }))
  const membership =
    member &&
    (await read((db) => db.membership.findFirst({ where: { memberId: member.id, role: 'owner' }, orderBy: { createdAt: 'asc' } })))
  if (!membership) throw notFound('Organisation of this owner')
  return read((db) => db.organisation.findUniqueOrThrow({ where: { id: membership.organisationId }, select: { id: true, name: true } }))
}

async function onlyOrganisation(): Promise<OrganisationContext['organisation']> {
  const owned = await read((db) =>
    db.membership.groupBy({ by: ['organisationId'], where: { role: 'owner' }, take: 2, orderBy: { organisationId: 'asc' } }),
  )
  const [only] = owned
  if (only && owned.length === 1) {
    return read((db) => db.organisation.findUniqueOrThrow({ where: { id: only.organisationId }, select: { id: true, name: true } }))
  }
  await inTransaction((tx) => tx.organisation.createMany({ data: [COMMAND_LINE_ORGANISATION], skipDuplicates: true }))
  return COMMAND_LINE_ORGANISATION
}
