import { expect, test } from '../fixtures.ts'
import { createClient } from '../support/client.ts'
import { commandLineJson } from '../support/command-line.ts'
import { addressOf, dashboardPages } from '../support/dashboard-pages.ts'
import { type Answer, type Door, openDoor } from '../support/door.ts'
import { target } from '../support/installation.ts'
import { cookiesOf, type Member, signUpMember } from '../support/member.ts'
import { createProject, type Project } from '../support/project.ts'
import { invite, joinByMail, ROLES, type Role } from '../support/team.ts'
import { unique } from '../support/unique.ts'

const ADMINISTERS: readonly Role[] = ['owner', 'admin']
const DEVELOPS: readonly Role[] = ['owner', 'admin', 'developer']
const AUDITS: readonly Role[] = ['owner', 'admin', 'developer', 'auditor']

/** Pages that are not for every role; a page that is not listed is. */
const FOR_SOME: Readonly<Record<string, readonly Role[]>> = {
  '/projects/new': ADMINISTERS,
  '/projects/[project]/clients/new': DEVELOPS,
  '/projects/[project]/audit-log': AUDITS,
  '/projects/[project]/audit-log/errors': AUDITS,
  '/projects/[project]/webhooks': AUDITS,
  '/projects/[project]/webhooks/[endpoint]': AUDITS,
  '/projects/[project]/delete': ['owner'],
  '/organisation/activity': AUDITS,
  '/organisation/api-keys': ADMINISTERS,
}

/** How buttons and links begin that change something. Their own account and membership is everybody's to change. */
const CHANGES =
  /^(new|add|create|make|invite|save|delete|remove|revoke|rotate|block|unblock|disable|enable|edit|withdraw|require|upload|promote|rename|verify|claim|change role|send)\b/i
const OWN = ['/profile']

/** What begins like a change and is none, or lets anybody read. */
const HARMLESS = /^(new events?|add to (cursor|vs code))/i

/** What a developer sees on no page: settings, secrets, keys and people are not theirs. */
const NOT_FOR_DEVELOPERS =
  /^(new project|invite member|save (general|brand|sign-in|registration|tokens|protocol)|rotate|new (server|registration) secret|new api key)/i

let door: Door
let stranger: Member
let project: Project
let parameters: Record<string, string>
const team = {} as Record<Role, Member>

test.beforeAll(async ({ browser }) => {
  test.setTimeout(300_000)
  door = openDoor(target())
  team.owner = await signUpMember()
  stranger = await signUpMember()
  project = await createProject({ name: unique('Vault'), owner: team.owner, resource: `https://${unique('mcp')}.example/mcp` })
  const email = `${unique('inmate')}@example.com`
  const client = await createClient(project, 'https://client.example/callback', unique('Client'))
  const user = await commandLineJson<{ id: string }>([
    ...['user', 'create', '--project', project.slug, '--email', email, '--password', unique('password')],
  ])
  parameters = { project: project.slug, client: client.client_id, user: user.id }

  const context = await browser.newContext({ baseURL: target() })
  await context.addCookies(cookiesOf(team.owner))
  const page = await context.newPage()
  for (const role of ROLES.filter((each) => each !== 'owner')) {
    const address = `${unique(role)}@example.com`
    await invite(page, address, role)
    team[role] = await joinByMail(address)
  }
  await context.close()
})

test.afterAll(() => door.close())

const cookieOf = ({ cookies }: Member): string => [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
const open = (member: Member, path: string): Promise<Answer> =>
  door.ask(path, { headers: { accept: 'text/html', cookie: cookieOf(member) } })

/** What the page's own part offers to press, or to follow to another page, by its accessible name; the frame around it is the same for all. */
function offeredIn({ body }: Answer): string[] {
  const main = /<main\b.*<\/main>/s.exec(body)?.[0] ?? ''
  return [...main.matchAll(/<(button|a(?![^>]* href="#))\b([^>]*)>(.*?)<\/\1>/gs)].map(([, , attributes = '', content = '']) => {
    const label = /aria-label="([^"]*)"/.exec(attributes)?.[1]
    return (label ?? content.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim()
  })
}

const offersOf = (answer: Answer, pattern: RegExp): string[] =>
  offeredIn(answer).filter((name) => pattern.test(name) && !HARMLESS.test(name))

/** Routes whose parameters are known here: what else there is has tests of its own. */
const routes = dashboardPages().filter((route) =>
  [...route.matchAll(/\[(\w+)\]/g)].every(([, name]) => ['project', 'client', 'user'].includes(name ?? '')),
)

test('every restricted page exists', () => {
  expect(Object.keys(FOR_SOME).filter((route) => !dashboardPages().includes(route))).toEqual([])
})

for (const route of routes) {
  const may = FOR_SOME[route] ?? ROLES
  test(`${route} is there for ${may.join(', ')} and for nobody else, and offers each what their role may do (B01)`, async () => {
    const path = addressOf(route, parameters)
    for (const role of ROLES) {
      const answer = await open(team[role], path)
      expect([role, answer.status]).toEqual([role, may.includes(role) ? 200 : 404])
      if (answer.status !== 200 || OWN.includes(route)) continue
      if (role === 'viewer' || role === 'auditor') expect([role, offersOf(answer, CHANGES)]).toEqual([role, []])
      if (role === 'developer') expect([role, offersOf(answer, NOT_FOR_DEVELOPERS)]).toEqual([role, []])
    }
    const foreign = await open(stranger, path)
    if (route.includes('[project]')) expect(foreign.status).toBe(404)
    expect(foreign.body).not.toContain(project.name)
  })
}

test('owners are offered what others are not, so that its absence says something', async () => {
  expect(offersOf(await open(team.owner, `/projects/${project.slug}/clients`), CHANGES)).toContain('New client')
  expect(offersOf(await open(team.owner, '/organisation/members'), CHANGES)).toContain('Invite member')
  expect(offersOf(await open(team.owner, `/projects/${project.slug}/keys`), NOT_FOR_DEVELOPERS).length).toBeGreaterThan(0)
})

test('a refusal by role is told once in the log of the project, and one of another organisation in the asker’s own', async () => {
  const [newcomer, trespasser] = [team.viewer, await signUpMember()]
  for (let i = 0; i < 3; i++) await open(newcomer, `/projects/${project.slug}/audit-log`)
  for (let i = 0; i < 3; i++) await open(trespasser, `/projects/${project.slug}/clients`)
  const told = await open(trespasser, '/organisation/activity')
  expect(offeredIn(told).length).toBeGreaterThan(0)
  expect(
    told.body
      .split('<code')
      .join('')
      .match(/>authz\.denied</g),
  ).toHaveLength(1)
  const log = await open(team.owner, `/projects/${project.slug}/audit-log?kind=authz.denied`)
  expect(log.body).toContain('authz.denied')
})
