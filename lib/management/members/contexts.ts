import { statement } from '#lib/db/transaction.ts'
import { type Actor, type ManagementContext, notFound, type OrganisationContext, permissionsOf } from '../context.ts'

/** Who calls, beside the member: where from, and whether they proved of late who they are. */
export type Caller = { readonly address?: string | undefined; readonly recentlyAuthenticated: boolean }

type Member = { readonly role: string; readonly email: string }
type Project = ManagementContext['project']

const PROJECT_COLUMNS = `p.id, p.slug, p.name, p.organisation_id AS "organisationId", i.url AS issuer`
const LIVING_PROJECT = 'project p JOIN issuer i ON i.project_id = p.id AND i.is_primary AND p.deleted_at IS NULL'

/** The member's organisation of this id, or the first one. Throws `not_found` for somebody who is no member of it, or of none. */
export async function organisationContextOf(memberId: string, caller: Caller, organisationId?: string): Promise<OrganisationContext> {
  const { rows } = await statement<Member & OrganisationContext['organisation']>(
    'find_organisation_of_member',
    `SELECT o.id, o.name, s.role, m.email
     FROM membership s JOIN organisation o ON o.id = s.organisation_id JOIN member m ON m.id = s.member_id
     WHERE s.member_id = $1::uuid AND s.organisation_id = coalesce($2::uuid, s.organisation_id)
     ORDER BY s.created_at, s.organisation_id LIMIT 1`,
    [memberId, organisationId ?? null],
  )
  const [found] = rows
  if (!found) throw notFound('Organisation')
  const { id, name, ...member } = found
  return { organisation: { id, name }, ...actingAs(memberId, member, caller) }
}

/**
 * Throws `not_found` also for projects of other organisations: whether they exist is not for strangers to know. One question, so that
 * the time it takes does not tell either.
 */
export async function projectContextOf(memberId: string, slug: string, caller: Caller): Promise<ManagementContext> {
  const { rows } = await statement<Member & Project>(
    'find_project_of_member',
    `SELECT ${PROJECT_COLUMNS}, s.role, m.email FROM ${LIVING_PROJECT}
     JOIN membership s ON s.organisation_id = p.organisation_id AND s.member_id = $2::uuid JOIN member m ON m.id = s.member_id
     WHERE p.slug = $1`,
    [slug, memberId],
  )
  const [found] = rows
  if (!found) throw notFound('Project')
  const { role, email, ...project } = found
  return { project, ...actingAs(memberId, { role, email }, caller), now: () => new Date() }
}

function actingAs(memberId: string, { role, email }: Member, { address, recentlyAuthenticated }: Caller) {
  const actor: Actor = { kind: 'member', id: memberId, email }
  return { actor, permissions: permissionsOf(role), recentlyAuthenticated, ...(address === undefined ? {} : { address }) }
}

/** A living project with its primary issuer; null for unknown and deleted ones. */
export async function findProject(slug: string): Promise<Project | null> {
  const { rows } = await statement<Project>('find_project', `SELECT ${PROJECT_COLUMNS} FROM ${LIVING_PROJECT} WHERE p.slug = $1`, [slug])
  return rows[0] ?? null
}
