import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { permissionsOf, ROLES } from '#lib/management/context.ts'
import { ORGANISATION_ACTS, PROJECT_ACTS } from './acts.ts'
import { allowed } from './allowed.ts'
import { FURTHER_PROJECT_PLACES, SITE_PLACES } from './further-places.ts'
import { ORGANISATION_PLACES, PROJECT_PLACES } from './places.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const filesIn = (folder: string, end: string): string[] =>
  readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.split(path.sep).join('/')}`)
    .filter((file) => file.endsWith(end))

/** Every page as a browser asks for it, such as `/projects/[project]/keys`. */
const routes = new Set(filesIn('app', '/page.tsx').map((file) => path.posix.dirname(file).replace(/^app|\/\([\w-]+\)/g, '') || '/'))

const ofProject = [...PROJECT_PLACES.flatMap(({ places }) => places), ...FURTHER_PROJECT_PLACES]
const ofOrganisation = [...ORGANISATION_PLACES.flatMap(({ places }) => places), ...SITE_PLACES]
const paths = [
  ...[...ofProject, ...PROJECT_ACTS].map(({ path: below }) => `/projects/[project]${below}`),
  ...[...ofOrganisation, ...ORGANISATION_ACTS].map(({ path: whole }) => whole),
]

describe('the command palette', () => {
  it('leads to pages that exist', () => {
    expect(routes.size).toBeGreaterThan(30)
    expect(paths.filter((each) => !routes.has(each))).toEqual([])
  })

  it('leads to every page of a project and of the organisation that needs no further name', () => {
    const reachable = [...routes].filter(
      (route) => /^\/(projects\/\[project\]|organisation|profile)/.test(route) && !/\[(?!project\])/.test(route),
    )
    expect(reachable.filter((route) => !paths.includes(route))).toEqual([])
  })

  it('calls everything by a name of its own', () => {
    const labels = [...ofProject, ...ofOrganisation, ...PROJECT_ACTS, ...ORGANISATION_ACTS].map(({ label }) => label)
    expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
  })

  it('opens dialogs that know their name', () => {
    const source = filesIn('components', '.tsx')
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n')
    const opens = [...PROJECT_ACTS, ...ORGANISATION_ACTS].flatMap((act) => act.opens ?? [])
    // Two share one card, which makes their names from the kind of secret.
    const written = opens.filter((name) => !/^new-(registration|server)-secret$/.test(name))
    expect(written.length).toBeGreaterThan(8)
    expect(written.filter((name) => !new RegExp(`(useOpen\\(|opensAs=).*["']${name}["']`).test(source))).toEqual([])
  })

  it.each(ROLES)('offers %s what the role includes and nothing else', (role) => {
    const permissions = permissionsOf(role)
    const things = [...ofProject, ...PROJECT_ACTS, ...ORGANISATION_ACTS]
    const offered = allowed(things, (permission) => permissions.has(permission))
    expect(things.filter(({ needs }) => needs !== undefined && !permissions.has(needs)).filter((thing) => offered.includes(thing))).toEqual(
      [],
    )
    expect(offered.map(({ label }) => label).includes('Delete project')).toBe(role === 'owner')
    expect(offered.map(({ label }) => label).includes('Add scope')).toBe(['owner', 'admin', 'developer'].includes(role))
    expect(offered.map(({ label }) => label).includes('Export audit log')).toBe(role !== 'viewer')
  })
})
