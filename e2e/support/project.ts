import { randomBytes } from 'node:crypto'
import { commandLineJson } from './command-line.ts'

/** A project of its own for one test or one file of tests; its secrets are known here only. */
export type Project = {
  readonly name: string
  readonly slug: string
  readonly issuer: string
  readonly resource: string
  readonly registration_secret: string
  readonly server_secret: string
}

/** Unlike every other word in the database. */
export const unique = (word: string): string => `${word}-${randomBytes(5).toString('hex')}`

/** `owner`: the e-mail address of the member whose organisation it belongs to. `origin`: of the installation it is made through. */
export async function createProject(wanted: {
  name?: string
  resource?: string
  owner?: string
  origin?: string
  settings?: readonly string[]
}): Promise<Project> {
  const slug = unique('p')
  const name = wanted.name ?? `Project ${slug}`
  const owner = wanted.owner ? ['--owner', wanted.owner] : []
  const resource = wanted.resource ?? 'http://localhost:3999/mcp'
  const made = await commandLineJson<Project>(
    ['project', 'create', '--name', name, '--slug', slug, '--resource', resource, ...owner],
    wanted.origin,
  )
  if (wanted.settings) await commandLineJson(['project', 'set', '--project', slug, ...wanted.settings], wanted.origin)
  return { ...made, name }
}

export type AuditRow = {
  readonly id: string
  readonly action: string
  readonly actor_kind: string
  readonly client_id: string | null
  readonly user_id: string | null
  readonly grant_id: string | null
  readonly reason: string | null
  readonly detail: Readonly<Record<string, unknown>> | null
}

/** Newest first. `filter` as the command line takes it. */
export const auditLog = ({ slug }: { slug: string }, ...filter: readonly string[]): Promise<AuditRow[]> =>
  commandLineJson(['audit', 'list', '--project', slug, '--limit', '500', ...filter])
