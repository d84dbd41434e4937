import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { target } from '../support/installation.ts'

const TABS = ['TypeScript SDK', 'Express', 'Next.js', 'Hono', 'FastAPI', 'FastMCP', 'Go', 'curl']

test('every tab holds the project’s own values', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/quick-start`)
  for (const tab of TABS) {
    await page.getByRole('tab', { name: tab, exact: true }).click()
    const panel = page.getByRole('tabpanel')
    for (const value of [project.issuer, project.resource, 'ES256', 'at+jwt']) await expect(panel, tab).toContainText(value)
  }
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await faultsOf(page)).toEqual([])
})

test('the copied metadata document is the one that the sample server serves, and the prompt has it too', async ({
  dashboard: page,
  context,
  project,
  startSample,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: target() })
  await visit(page, `/projects/${project.slug}/quick-start`)
  const copied = async (name: string) => {
    await page.getByRole('button', { name, exact: true }).click()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  const document = JSON.parse(await copied('Copy Protected resource metadata'))
  const { url } = await startSample(project)
  const { origin, pathname } = new URL(url)
  for (const path of [`/.well-known/oauth-protected-resource${pathname}`, '/.well-known/oauth-protected-resource']) {
    const served = await (await fetch(origin + path)).json()
    expect({ ...served, resource_name: project.name }).toEqual(document)
  }

  const challenge = (await copied('Copy Challenge')).replace('WWW-Authenticate: ', '')
  const refused = await fetch(url, { method: 'POST' })
  expect([refused.status, refused.headers.get('www-authenticate')?.split(',')[0]]).toEqual([401, challenge.split(',')[0]])

  const prompt = await copied('Copy Prompt for a coding agent')
  expect(prompt).toContain(JSON.stringify(document, null, 2))
  expect(prompt).not.toContain(project.server_secret)
  expect((await fetch(`${target()}/llms.txt`)).status).toBe(200)
})

test('each client has its clicks and its link, and says what it still needs', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/quick-start`)
  const card = (name: string) => page.getByRole('article', { name: `Add to ${name}` })
  await expect(card('Claude Code')).toContainText(`claude mcp add --transport http ${project.slug} ${project.resource}`)
  await expect(card('Claude Code')).toContainText('Ready')
  await expect(card('ChatGPT')).toContainText('Needs a public https address')
  await expect(card('Cursor')).toContainText('Needs open registration')

  const link = new URL((await card('Cursor').getByRole('link', { name: 'Add to Cursor' }).getAttribute('href')) ?? '')
  const config = JSON.parse(Buffer.from(link.searchParams.get('config') ?? '', 'base64').toString())
  expect([link.protocol, config]).toEqual(['cursor:', { url: project.resource }])
  const code = (await card('VS Code').getByRole('link', { name: 'Add to VS Code' }).getAttribute('href')) ?? ''
  expect(JSON.parse(decodeURIComponent(code.split('?')[1] ?? ''))).toEqual({ name: project.slug, type: 'http', url: project.resource })
})

test('each check runs from the page, says what came back, and whether it is right', async ({
  dashboard: page,
  project,
  startSample,
  complaints,
}) => {
  complaints.foresee(/status of 401/) // the registration that guarded mode refuses
  await visit(page, `/projects/${project.slug}/quick-start`)
  const check = (title: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
  const run = (title: string) =>
    check(title)
      .getByRole('button', { name: `: ${title}` })
      .click()
  const answer = (title: string) => check(title).getByRole('status', { name: `Answer: ${title}` })
  const cameBack = (title: string) => check(title).getByRole('region', { name: `${title}: what came back from` })
  const [challenge, metadata] = ['1. The MCP server asks for a token', '2. Its metadata names this issuer']
  await run(challenge)
  await expect(answer(challenge)).toContainText('Nothing answers')

  await startSample(project)
  await run(challenge)
  await expect(answer(challenge)).toContainText('As it should be')
  await expect(cameBack(challenge)).toContainText(/HTTP 401\s*www-authenticate: Bearer resource_metadata=/)
  await run(metadata)
  await expect(answer(metadata)).toContainText('As it should be')
  await expect(cameBack(metadata).first()).toContainText(`"${project.issuer}"`)
  await run('3. The issuer answers')
  await expect(answer('3. The issuer answers')).toContainText('As it should be, as seen from this browser')
  await run('4. A client can register')
  await expect(answer('4. A client can register')).toContainText('without the registration secret nobody registers')
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await faultsOf(page)).toEqual([])
})
