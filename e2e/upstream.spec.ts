import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import type { Page } from '@playwright/test'
import { expect, test, visit } from './fixtures.ts'
import { withRegistrationSecret } from './sample-client/provider.ts'
import { type IdentityProvider, startIdentityProvider } from './support/identity-provider.ts'
import { callTool, connect, openTransport, Store } from './support/mcp-client.ts'
import { auditLog, type Project } from './support/project.ts'
import { unique } from './support/unique.ts'

let there: IdentityProvider
test.beforeAll(async () => {
  there = await startIdentityProvider()
})
test.afterAll(() => there.close())

/** The provider first hears the callback URL, then we its client id; answers the secret. */
async function add(dashboard: Page, issuer: string): Promise<string> {
  await dashboard.getByRole('button', { name: 'Add', exact: true }).click()
  const dialog = dashboard.getByRole('dialog')
  await dialog.getByLabel('Provider', { exact: true }).selectOption('oidc')
  const { clientId, clientSecret } = await there.register(await dialog.locator('code').first().innerText())
  await dialog.getByLabel('Issuer').fill(issuer)
  await dialog.getByLabel('Client ID').fill(clientId)
  await dialog.getByLabel('Client secret').fill('wrong')
  await dialog.getByLabel('Name on the button').fill('Acme ID')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await expect(dialog).toHaveCount(0)
  return clientSecret
}

/** In the settings of the project, as its owner does, who is told by the test what is wrong until it works. */
async function addProvider(dashboard: Page, { slug }: Project): Promise<void> {
  await visit(dashboard, `/projects/${slug}/settings/sign-in`)
  const card = dashboard.getByRole('region', { name: 'Acme ID' })
  const dialog = dashboard.getByRole('dialog')
  const testIt = () => card.getByRole('button', { name: 'Test Acme ID' }).click()

  await add(dashboard, `${there.issuer}/`)
  await testIt()
  await expect(card.getByRole('alert')).toContainText(`It calls itself ${there.issuer}.`)
  await card.getByRole('button', { name: 'Remove Acme ID' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await expect(card).toHaveCount(0)

  const secret = await add(dashboard, there.issuer)
  await testIt()
  await expect(card.getByRole('alert')).toContainText('It does not take this client ID and client secret.')
  await card.getByRole('button', { name: 'Edit Acme ID' }).click()
  await dialog.getByLabel('Client secret').fill(secret)
  await dialog.getByRole('button', { name: 'Save' }).click()
  await expect(dialog).toHaveCount(0)
  await testIt()
  await expect(card.getByText('It works')).toBeVisible()
  await expect(dashboard.locator('body')).not.toContainText(secret)
  await new Promise((resolve) => setTimeout(resolve, 1_500)) // settings reach every process within seconds
}

async function signInThere(page: Page, login: string): Promise<void> {
  await page.getByPlaceholder('Enter any login').fill(login)
  await page.getByPlaceholder('and password').fill('any')
  await page.getByRole('button', { name: 'Sign-in' }).click()
  await page.getByRole('button', { name: 'Continue' }).click()
}

test('a person comes from an identity provider, allows a client, and the client calls a tool as that person', async ({
  dashboard,
  project,
  callback,
  startSample,
  openBrowser,
  complaints,
}) => {
  complaints.foresee(/favicon\.ico/) // the provider has none
  await addProvider(dashboard, project)
  const { url } = await startSample(project)
  const store = new Store(callback.redirectUri)
  await expect(connect(openTransport(url, store, withRegistrationSecret(project.registration_secret)))).rejects.toThrow(UnauthorizedError)
  const login = unique('ada')

  for (const scripts of [true, false]) {
    const page = await openBrowser({ javaScriptEnabled: scripts })
    await page.route('https://fonts.googleapis.com/**', (route) => route.fulfill({ contentType: 'text/css', body: '' })) // of the provider's pages
    await page.goto(store.wanted?.href ?? '')
    await expect(page.getByText('Official client').first()).toBeVisible()
    await expect(page.getByText('The answer goes to')).toContainText(new URL(callback.redirectUri).host)
    await page.getByRole('button', { name: 'Continue with Acme ID' }).click()
    await expect(page.getByPlaceholder('Enter any login')).toBeVisible()
    expect(new URL(page.url()).origin).toBe(there.issuer)

    await page.getByRole('link', { name: /cancel/i }).click()
    await expect(page.getByRole('alert')).toContainText('Acme ID')
    await page.getByRole('button', { name: 'Continue with Acme ID' }).click()
    await signInThere(page, login)
    await expect(page.getByText(`${login}@example.com`)).toBeVisible()
    expect(page.url().startsWith(`${project.issuer}/consent/`)).toBe(true)
    await page.getByRole('button', { name: 'Allow' }).click()
    await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
    const code = (await callback.take()).searchParams.get('code') ?? ''
    if (scripts) await openTransport(url, store).finishAuth(code)
  }

  const client = await connect(openTransport(url, store))
  const users = new Set((await auditLog(project)).filter(({ action }) => /^user\.signed/.test(action)).map(({ user_id }) => user_id))
  expect([...users]).toEqual([JSON.parse(await callTool(client, 'whoami')).sub])
  await client.close()
})
