import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { redemption, registerClient, startAuthorization } from '../support/client.ts'
import { newAccount, signUpOn } from '../support/consent-page.ts'
import { createProject } from '../support/project.ts'
import { unique } from '../support/unique.ts'

test('the checklist ticks itself from real traffic, without a reload, and the charts and failures show it', async ({
  dashboard: page,
  project,
  callback,
  openBrowser,
}) => {
  await visit(page, `/projects/${project.slug}`)
  const step = (title: string) =>
    page
      .getByRole('list', { name: 'Setup steps' })
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${title} \\(`) })
  const ticked = async (title: string) => expect(step(title)).toContainText('(done)', { timeout: 30_000 })
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))
  await ticked('Issuer ready')
  await ticked('MCP URL set')
  await expect(page.getByRole('region', { name: 'Next step' })).toContainText('Next: metadata fetched')
  expect(await faultsOf(page)).toEqual([])

  const { origin, pathname } = new URL(project.issuer)
  expect((await fetch(`${origin}/.well-known/oauth-authorization-server${pathname}`)).status).toBe(200)
  await ticked('Metadata fetched')
  await expect(page.getByRole('region', { name: 'Next step' })).toContainText('Next: first registration')

  const client = await registerClient(project, callback.redirectUri)
  await ticked('First registration')

  const person = await openBrowser()
  const authorization = startAuthorization(project, client, callback.redirectUri, { scope: 'read', resource: project.resource })
  await person.goto(authorization.url)
  await signUpOn(person, newAccount())
  await person.getByRole('button', { name: 'Allow' }).click()
  const code = (await callback.take()).searchParams.get('code') ?? ''
  const redeem = (body: URLSearchParams) => fetch(`${project.issuer}/api/oauth/token`, { method: 'POST', body })
  const { refresh_token } = await (await redeem(redemption(client, authorization, code))).json()
  await ticked('First token')
  await expect(page.getByRole('region', { name: 'Next step' })).toContainText('Next: first refresh')

  const unknown = startAuthorization(project, client, callback.redirectUri)
  expect((await redeem(redemption(client, unknown, 'gate_ac_never-issued'))).status).toBe(400)
  const refresh = new URLSearchParams({ grant_type: 'refresh_token', client_id: client.client_id, refresh_token })
  expect((await redeem(refresh)).status).toBe(200)
  await expect(page.getByText('Connected: all 6 steps are done')).toBeVisible({ timeout: 30_000 })
  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)

  // Counters are written every few seconds.
  await expect(async () => {
    await page.reload()
    await expect(page.getByRole('list', { name: 'Recent failures' })).toContainText('Once', { timeout: 1_000 })
  }).toPass({ timeout: 30_000 })
  await page.getByText('Show as a table').click()
  const today = page.getByRole('region', { name: 'Usage as a table' }).getByRole('row').nth(1)
  await expect(today.getByRole('cell')).toHaveText(['1', '1', '1', '1', '1'])

  await page.getByRole('link', { name: '24 hours' }).click()
  await expect(page).toHaveURL(/range=24h/)
  await expect(page.getByRole('region', { name: 'Usage as a table' }).getByRole('row')).toHaveCount(25)
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await faultsOf(page)).toEqual([])
})

test('a new project asks once who signs users in, and each answer is the setting it names', async ({
  dashboard: page,
  member,
  project,
}) => {
  const question = page.getByRole('heading', { name: 'Who signs your users in?' })
  await visit(page, `/projects/${project.slug}`)
  await expect(question).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Use own accounts' }).click()
  await expect(page.getByText('People sign in with accounts of this project')).toBeVisible()
  await expect(question).toHaveCount(0)
  await page.reload()
  await expect(page.getByText('Your users sign in with passwords')).toBeVisible()
  await expect(question).toHaveCount(0)

  const another = await createProject({ owner: member })
  await visit(page, `/projects/${another.slug}`)
  await expect(question).toBeVisible()
  await page.getByRole('button', { name: 'Add a provider' }).click()
  await expect(page.getByRole('dialog', { name: 'Add an identity provider' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Name the page' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your own sign-in page' })
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog.getByText('A full https URL')).toBeVisible()
  await dialog.getByLabel('Address of the page').fill('https://app.example.com/sign-in')
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('Your users sign in with your own page, passwords')).toBeVisible()
  await expect(question).toHaveCount(0)
  await page.getByRole('link', { name: 'Change how users sign in' }).click()
  await expect(page.getByLabel('Address of the page')).toHaveValue('https://app.example.com/sign-in')

  const third = await createProject({ owner: member })
  await visit(page, `/projects/${third.slug}`)
  await page.getByRole('button', { name: 'Ask me no more' }).click()
  await expect(question).toHaveCount(0)
})

test('a test project is marked on every page, and what is tried there is promoted to the live one after a look at it', async ({
  dashboard: page,
  project,
}) => {
  await visit(page, `/projects/${project.slug}`)
  await page.getByRole('button', { name: 'Create test project' }).click()
  await expect(page.getByText('These are shown once')).toBeVisible()
  await page.getByRole('button', { name: 'I stored them' }).click()
  await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}-test$`))
  const band = page.getByRole('complementary', { name: 'Test project' })
  await expect(band).toContainText(`Test project of ${project.name}`)
  const switcher = page.getByRole('button', { name: /^Switch project/ })
  await expect(switcher).toContainText('Test')
  await switcher.click()
  await expect(page.getByRole('menuitem').filter({ has: page.getByText('Test', { exact: true }) })).toHaveCount(1)
  await page.keyboard.press('Escape')

  await page.getByRole('switch', { name: 'Let any MCP client register' }).check()
  await expect(page.getByText('Any MCP client can register now')).toBeVisible()
  await visit(page, `/projects/${project.slug}-test/clients`)
  await band.getByRole('link', { name: 'Promote settings to live' }).click()
  await expect(page.getByRole('heading', { name: `Promote settings to ${project.name}` })).toBeVisible()
  await expect(band).toBeHidden()
  const differences = page.getByRole('list', { name: 'Differences' }).getByRole('listitem')
  await expect(differences).toHaveCount(1)
  await expect(differences).toContainText(/Registration.*guarded.*open/s)
  expect(await faultsOf(page)).toEqual([])

  await page.getByRole('button', { name: 'Promote 1 change' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing to promote' })).toBeVisible()
  await visit(page, `/projects/${project.slug}`)
  await expect(page.getByRole('switch', { name: 'Let any MCP client register' })).toBeChecked()
})

test('a deleted project says beforehand what ends, is gone from the dashboard, and its issuer answers 404', async ({
  dashboard: page,
  member,
}) => {
  const project = await createProject({ owner: member, name: unique('Doomed') })
  await visit(page, `/projects/${project.slug}/delete`)
  await expect(page.getByText('0 connections of 0 users with 0 clients end')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Delete project' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Delete for good' })).toBeDisabled()
  await dialog.getByLabel(/^Type/).fill(project.name)
  await dialog.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page).toHaveURL(/\/projects$/)
  await expect(page.getByText(project.name)).toHaveCount(0)
  await expect.poll(async () => (await fetch(`${project.issuer}/.well-known/jwks.json`)).status).toBe(404)
})
