import { expect, test, visit } from './fixtures.ts'
import { addressOf, dashboardPages } from './support/dashboard-pages.ts'
import { type Answer, type Door, openDoor } from './support/door.ts'
import { type FurnishedProject, furnishedProject } from './support/furnished-project.ts'
import { target } from './support/installation.ts'
import { cookiesOf, type Member, signUpMember } from './support/member.ts'

const SUBREQUEST = ['middleware', 'src/middleware', 'proxy', 'src/proxy']

type Way = { readonly path: string; readonly headers?: Readonly<Record<string, string>> }

let door: Door
let stranger: Member
let furnished: FurnishedProject

test.beforeAll(async () => {
  door = openDoor(target())
  ;[furnished, stranger] = await Promise.all([furnishedProject(), signUpMember()])
})

test.afterAll(() => door.close())

const cookieOf = (member: Member | null): Record<string, string> =>
  member ? { cookie: [...member.cookies].map(([name, value]) => `${name}=${value}`).join('; ') } : {}

const open = (member: Member | null, { path, headers = {} }: Way): Promise<Answer> =>
  door.ask(path, { headers: { accept: 'text/html', ...cookieOf(member), ...headers } })

const leaks = ({ headers, body }: Answer): string[] => furnished.inside.filter((word) => `${JSON.stringify(headers)}${body}`.includes(word))

/** The same page by every other way that a framework, a proxy or a browser might read it. */
function waysTo(page: string): Record<string, Way> {
  const [, first = '', ...rest] = page.split('/')
  const below = rest.map((part) => `/${part}`).join('')
  return {
    plainly: { path: page },
    'as its payload': { path: page, headers: { rsc: '1' } },
    'as its payload, marked in the address': { path: `${page}?_rsc=x`, headers: { rsc: '1' } },
    'with the mark alone': { path: `${page}?_rsc=x` },
    'as a prefetch': { path: page, headers: { rsc: '1', 'next-router-prefetch': '1' } },
    'as a prefetched segment': { path: page, headers: { rsc: '1', 'next-router-prefetch': '1', 'next-router-segment-prefetch': '/_tree' } },
    'as a file of its payload': { path: `${page}.rsc` },
    'as a file of a segment': { path: `${page}.segments/_tree.segment.rsc`, headers: { rsc: '1' } },
    'as data of the old router': { path: `/_next/data/build${page}.json`, headers: { 'x-nextjs-data': '1' } },
    'with the old router’s header': { path: page, headers: { 'x-nextjs-data': '1' } },
    ...Object.fromEntries(
      SUBREQUEST.map((name) => [
        `as a subrequest of ${name}`,
        { path: page, headers: { 'x-middleware-subrequest': Array(5).fill(name).join(':') } },
      ]),
    ),
    'as an answered subrequest': { path: '/', headers: { 'x-middleware-rewrite': page, 'x-invoke-path': page, 'x-matched-path': page } },
    'with a trailing dot': { path: `${page}.` },
    'with a trailing slash': { path: `${page}/` },
    'with two slashes before it': { path: `/${page}` },
    'with two slashes in it': { path: `/${first}/${below || '/'}` },
    'in other letters': { path: `/${first.toUpperCase()}${below}` },
    'with an encoded letter': { path: `/%70${first.slice(1)}${below}` },
    'with an encoded dot': { path: `/%2e${page}` },
    'by a detour': { path: `/api/health/..${page}` },
    'below a project’s issuer': { path: `/p/${furnished.project.slug}${page}` },
  }
}

test('the pages of the dashboard are known to this test, and their owner sees them', async () => {
  expect(dashboardPages().length).toBeGreaterThanOrEqual(12)
  for (const route of dashboardPages()) {
    const answer = await open(furnished.owner, { path: addressOf(route, furnished.parameters) })
    expect([route, answer.status]).toEqual([route, 200])
    expect(leaks(answer), route).toContain(furnished.project.name) // so that its absence below says something
  }
})

for (const route of dashboardPages()) {
  test(`${route} shows nothing to somebody without a session, nor to a member of another organisation, however it is asked for (B01, B02)`, async () => {
    const page = addressOf(route, furnished.parameters)
    for (const [how, way] of Object.entries(waysTo(page))) {
      for (const [who, member] of [
        ['nobody', null],
        ['a stranger', stranger],
      ] as const) {
        const answer = await open(member, way)
        expect(leaks(answer), `to ${who}, ${how} (${answer.status})`).toEqual([])
        expect(answer.status, `to ${who}, ${how}`).toBeLessThan(500)
      }
    }
    const turnedAway = await open(null, { path: page })
    expect([turnedAway.status, turnedAway.headers.location]).toEqual([307, `/login?${new URLSearchParams({ next: page })}`])
    if (route.includes('[project]')) expect((await open(stranger, { path: page })).status).toBe(404)
  })
}

test('an action posted from another origin, from none, or by a stranger changes nothing (B03, B04)', async ({
  dashboard: page,
  context,
  complaints,
}) => {
  complaints.foresee(/status of (403|404)/)
  await context.clearCookies()
  await context.addCookies(cookiesOf(furnished.owner))
  await visit(page, `/projects/${furnished.project.slug}/settings`)
  await page.getByLabel('Name', { exact: true }).fill(`${furnished.project.name} renamed`)
  const posted = page.waitForRequest((request) => request.method() === 'POST')
  await page.getByRole('button', { name: 'Save general' }).click()
  const original = await posted
  await expect(page.getByText('General saved')).toBeVisible()
  const sent = await original.allHeaders()
  const body = Buffer.from(
    (original.postDataBuffer()?.toString('latin1') ?? '').replaceAll(`${furnished.project.name} renamed`, 'Taken over'),
    'latin1',
  )
  const action = Object.fromEntries(['content-type', 'next-action', 'next-router-state-tree'].map((name) => [name, sent[name] ?? '']))
  expect(action['next-action']).toMatch(/^[0-9a-f]{40,}$/)

  const post = (member: Member | null, headers: Record<string, string>) =>
    door.ask(`/projects/${furnished.project.slug}/settings`, {
      method: 'POST',
      body,
      headers: { ...action, ...cookieOf(member), ...headers },
    })
  for (const origin of ['https://evil.example', 'null', 'http://localhost:1', `${target()}.evil.example`]) {
    expect([origin, (await post(furnished.owner, { origin })).status]).toEqual([origin, 403])
  }
  expect((await post(furnished.owner, {})).status).toBe(403)
  const [byNobody, byStranger] = [await post(null, { origin: target() }), await post(stranger, { origin: target() })]
  expect(byNobody.headers['x-action-redirect']).toMatch(/^\/login\?next=%2Fprojects%2F[\w-]+%2Fsettings;/)
  expect(byStranger.status).toBe(404)
  expect([...leaks(byNobody), ...leaks(byStranger)]).toEqual([])
  await page.reload()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(`${furnished.project.name} renamed`)

  expect((await post(furnished.owner, { origin: target() })).status).toBe(200) // what was sent was complete
  await page.reload()
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Taken over')
})
