import { commandLineJson } from './command-line.ts'
import { openDoor } from './door.ts'
import { target } from './installation.ts'
import { type Member, signUpMember } from './member.ts'
import { ScriptlessBrowser } from './scriptless-browser.ts'
import { formWith } from './shown.ts'
import { unique } from './unique.ts'

/** A project of its own for one test or one file of tests; its secrets are known here only. */
export type Project = {
  readonly name: string
  readonly slug: string
  readonly issuer: string
  readonly resource: string
  readonly registration_secret: string
  readonly server_secret: string
}

type Wanted = { readonly name?: string; readonly resource?: string; readonly owner?: Member; readonly origin?: string }

/** Through the form of the dashboard. Without `owner` a new member makes it; `origin` is that of the installation. */
export async function createProject({ origin = target(), ...wanted }: Wanted = {}): Promise<Project> {
  const slug = unique('p')
  const { name = `Project ${slug}`, resource = 'http://localhost:3999/mcp', owner = await signUpMember(origin) } = wanted
  const door = openDoor(origin)
  try {
    const browser = new ScriptlessBrowser(door, origin, owner.cookies)
    const page = await browser.open('/projects/new')
    const { status, body } = await browser.submit(page, formWith(page, 'resource'), { type: { name, slug, resource } })
    const secret = (kind: string): string => {
      const [value] = new RegExp(`gate_${kind}_[\\w-]+`).exec(body) ?? []
      if (!value) throw new Error(`creating a project answered ${status} without its secrets`)
      return value
    }
    const issuer = `${origin}/p/${slug}`
    return { name, slug, issuer, resource, registration_secret: secret('reg'), server_secret: secret('srv') }
  } finally {
    door.close()
  }
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
