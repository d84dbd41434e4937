import { read, statement } from '#lib/db/transaction.ts'
import { invalid, type OrganisationContext, requirePermission } from '../context.ts'
import { cursorOf, placeOf } from '../cursor.ts'
import { uuid } from '../fields.ts'
import { parseInput } from '../parse.ts'
import { containing } from '../search.ts'
import { REFUSED } from '../usage/tally.ts'
import { environmentOf } from './choices.ts'
import { type ListProjectsInput, listProjectsInput } from './inputs.ts'

export type ListedProject = {
  readonly slug: string
  readonly name: string
  readonly environment: 'live' | 'test'
  /** Of a test project: the slug of its live one. */
  readonly liveSlug: string | null
  /** The primary issuer's URL. */
  readonly issuer: string
  /** The default resource. */
  readonly resource: string
  readonly createdAt: Date
  /** The newest event in its log. */
  readonly lastActivityAt: Date | null
  /** Living clients, without the project's own backend; counted up to 1,001. */
  readonly clientCount: number
  /** Counted up to 1,001. */
  readonly userCount: number
  /** What was refused in the last 24 hours, counted by the hour. */
  readonly errorCount: number
}

/** The newest first unless `sort` says otherwise. `query`: part of the name or of the slug. Throws `forbidden`, `invalid`. */
export async function listProjects(
  ctx: OrganisationContext,
  input: ListProjectsInput = {},
): Promise<{ projects: ListedProject[]; nextCursor: string | null }> {
  requirePermission(ctx, 'project:read')
  const { query, sort, cursor, take } = parseInput(listProjectsInput, input)
  const order = sort.startsWith('-') ? 'desc' : 'asc'
  const byName = sort.endsWith('name')
  const rows = await read((db) =>
    db.project.findMany({
      where: {
        ...{ organisationId: ctx.organisation.id, deletedAt: null },
        AND: [
          query ? { OR: [{ name: containing(query) }, { slug: containing(query) }] } : {},
          cursor === undefined ? {} : after(cursor, byName, order),
        ],
      },
      select: { id: true, slug: true, name: true, createdAt: true, environment: true },
      orderBy: byName ? [{ name: order }, { id: order }] : { id: order }, // ids are in the order of creation
      take: take + 1,
    }),
  )
  const page = rows.slice(0, take)
  const last = rows.length > take ? page.at(-1) : undefined
  const figures = await figuresOf(page.map(({ id }) => id))
  return {
    projects: page.flatMap(({ id, environment, ...project }) => {
      const known = figures.get(id)
      return known ? [{ ...project, environment: environmentOf(environment), ...known }] : []
    }),
    nextCursor: last ? cursorOf(last.name, last.id) : null,
  }
}

function after(cursor: string, byName: boolean, order: 'asc' | 'desc') {
  const [name, id] = placeOf(cursor, 2)
  if (typeof name !== 'string' || !uuid.safeParse(id).success) throw invalid({ cursor: 'This is not a cursor of this list' })
  const beyond = <Value>(value: Value) => (order === 'asc' ? { gt: value } : { lt: value })
  const next = { id: beyond(String(id)) }
  return byName ? { OR: [{ name: beyond(name) }, { name, ...next }] } : next
}

type Figures = Omit<ListedProject, 'slug' | 'name' | 'environment' | 'createdAt'>

/** Each project's figures cost the same however much there is of it: counting stops, and its last event is one step into a key. */
const FIGURES = `
  SELECT p.id,
    (SELECT slug FROM project AS live WHERE live.id = p.live_project_id AND live.deleted_at IS NULL) AS "liveSlug",
    coalesce((SELECT url FROM issuer WHERE project_id = p.id AND is_primary LIMIT 1), '') AS issuer,
    coalesce((SELECT identifier FROM resource WHERE project_id = p.id AND is_default LIMIT 1), '') AS resource,
    (SELECT at FROM audit_event WHERE project_id = p.id ORDER BY id DESC LIMIT 1) AS "lastActivityAt",
    (SELECT count(*) FROM (SELECT 1 FROM oauth_client
      WHERE project_id = p.id AND revoked_at IS NULL AND source <> 'builtin' LIMIT 1001) AS few)::int AS "clientCount",
    (SELECT count(*) FROM (SELECT 1 FROM end_user WHERE project_id = p.id LIMIT 1001) AS few)::int AS "userCount",
    (SELECT coalesce(sum(count), 0) FROM event_counter
      WHERE project_id = p.id AND hour > now() - interval '24 hours' AND ${REFUSED})::int AS "errorCount"
  FROM project AS p WHERE p.id = ANY ($1::uuid[])`

async function figuresOf(ids: readonly string[]): Promise<Map<string, Figures>> {
  const { rows } = await statement<Figures & { id: string }>('list_project_figures', FIGURES, [ids])
  return new Map(rows.map(({ id, ...figures }) => [id, figures]))
}
