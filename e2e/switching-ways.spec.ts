import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { expect, test, visit } from './fixtures.ts'
import { withRegistrationSecret } from './sample-client/provider.ts'
import { newAccount, signUpOn } from './support/consent-page.ts'
import { callTool, connect, openTransport, Store } from './support/mcp-client.ts'

test('a project changes how its people sign in: who is connected stays connected, and new ones come the new way', async ({
  dashboard,
  project,
  callback,
  startSample,
  openBrowser,
}) => {
  const { url } = await startSample(project)
  const subjectOf = async (store: Store) => {
    const client = await connect(openTransport(url, store))
    const { sub } = JSON.parse(await callTool(client, 'whoami'))
    await client.close()
    return sub
  }
  const comeBack = async (store: Store) => openTransport(url, store).finishAuth((await callback.take()).searchParams.get('code') ?? '')

  const store = new Store(callback.redirectUri)
  await expect(connect(openTransport(url, store, withRegistrationSecret(project.registration_secret)))).rejects.toThrow(UnauthorizedError)
  const page = await openBrowser()
  await page.goto(store.wanted?.href ?? '')
  await signUpOn(page, newAccount())
  await page.getByRole('button', { name: 'Allow' }).click()
  await comeBack(store)
  const subject = await subjectOf(store)

  await visit(dashboard, `/projects/${project.slug}/settings/sign-in`)
  await dashboard.getByRole('switch', { name: 'Code by e-mail' }).check()
  await dashboard.getByRole('switch', { name: 'Password' }).uncheck()
  await dashboard.getByRole('button', { name: 'Save sign-in and consent' }).click()
  await expect(dashboard.getByText('Sign-in and consent saved')).toBeVisible()
  await new Promise((resolve) => setTimeout(resolve, 1_500)) // settings reach every process within seconds

  const before = store.held?.refresh_token
  if (store.held) store.held = { ...store.held, access_token: 'worn-out' }
  expect(await subjectOf(store)).toBe(subject)
  expect(store.held?.refresh_token).not.toBe(before)

  const newcomer = new Store(callback.redirectUri, store.client)
  await expect(connect(openTransport(url, newcomer))).rejects.toThrow(UnauthorizedError)
  const other = await openBrowser()
  await other.goto(newcomer.wanted?.href ?? '')
  await expect(other.getByLabel('Password')).toHaveCount(0)
  const { email } = newAccount()
  await other.getByLabel('E-mail').fill(email)
  await other.getByRole('button', { name: 'Send me a code' }).click()
  await expect(other.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  await dashboard.goto('/mailbox')
  await dashboard.getByRole('link', { name: email }).first().click()
  await other.getByLabel('Code').fill(/^\d{6}$/m.exec(await dashboard.locator('pre').innerText())?.[0] ?? '')
  await other.getByRole('button', { name: 'Continue' }).click()
  await other.getByRole('button', { name: 'Allow' }).click()
  await comeBack(newcomer)
  expect(await subjectOf(newcomer)).not.toBe(subject)
})
