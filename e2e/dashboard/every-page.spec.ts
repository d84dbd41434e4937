import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient } from '../support/client.ts'
import { commandLineJson } from '../support/command-line.ts'
import { addressOf, dashboardPages } from '../support/dashboard-pages.ts'
import { cookiesOf, type Member, signUpMember } from '../support/member.ts'
import { createProject } from '../support/project.ts'
import { unique } from '../support/unique.ts'

const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 320, height: 640 } },
] as const

let owner: Member
let parameters: Record<string, string>

test.beforeAll(async () => {
  owner = await signUpMember()
  const project = await createProject({ name: unique('Notes'), owner, resource: `https://${unique('mcp')}.example/mcp` })
  const password = ['--password', unique('password')]
  const [client, user, endpoint] = await Promise.all([
    createClient(project, 'https://client.example/callback', 'Notes for the web'),
    commandLineJson<{ id: string }>(['user', 'create', '--project', project.slug, '--email', `${unique('ada')}@example.com`, ...password]),
    commandLineJson<{ id: string }>(['webhook', 'create', '--project', project.slug, '--url', 'https://receiver.example.com/hook']),
  ])
  parameters = { project: project.slug, client: client.client_id, user: user.id, endpoint: endpoint.id }
})

for (const route of dashboardPages()) {
  test(`${route} has no fault that axe knows, in light, in dark and at 320 pixels, where nothing scrolls sideways`, async ({
    openBrowser,
  }) => {
    for (const { name, ...options } of LOOKS) {
      const page = await openBrowser(options)
      await page.context().addCookies(cookiesOf(owner))
      await visit(page, addressOf(route, parameters))
      expect(await faultsOf(page), name).toEqual([])
      const directory = process.env.SCREENSHOTS
      if (directory) await page.screenshot({ path: `${directory}/${route.replace(/\W+/g, '-')}.${name}.png`, fullPage: true })
      await page.context().close()
    }
  })
}
