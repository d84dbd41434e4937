import { createHash } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient } from '../support/client.ts'
import { openDoor } from '../support/door.ts'
import { target } from '../support/installation.ts'

/** One entry, with its console open. */
async function tried(page: Page, title: string) {
  const entry = page.getByRole('article', { name: title, exact: true })
  await entry.getByRole('button', { name: `Try it: ${title}` }).click()
  return entry
}

test('the console mints a token, knows it at the next endpoint, and keeps none of it', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/endpoints`)
  await expect(page.getByRole('article', { name: 'Redeem a code' })).toContainText(`${project.issuer}/api/oauth/token`)
  const mint = await tried(page, 'Mint a token for a user')
  await expect(mint.getByLabel('Server secret')).toHaveAttribute('type', 'password')
  await expect(mint.getByLabel('Server secret')).toHaveAttribute('autocomplete', 'off')
  await mint.getByLabel('Server secret').fill(project.server_secret)
  await expect(mint.getByLabel('resource')).toHaveValue(project.resource)
  await mint.getByRole('button', { name: 'Send' }).click()
  await expect(mint.getByText('"issued_token_type"').last()).toBeVisible()
  await expect(mint.getByText(/^\d+ ms$/)).toBeVisible()
  await expect(mint.getByText('no-store').last()).toBeVisible()

  const introspect = await tried(page, 'Introspect a token')
  await expect(introspect.getByLabel('Server secret')).toHaveValue(project.server_secret)
  await introspect.getByRole('button', { name: 'Send' }).click()
  await expect(introspect.getByRole('region', { name: /^What came back/ })).toContainText('"active": true')
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await faultsOf(page)).toEqual([])

  const kept = await page.evaluate(() => JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie]))
  expect(kept).not.toContain(project.server_secret)
  await page.reload()
  await expect((await tried(page, 'Introspect a token')).getByLabel('Server secret')).toHaveValue('')
})

test('an error comes with its status and leads to its explanation; what is no JSON is not sent', async ({
  dashboard: page,
  project,
  complaints,
}) => {
  complaints.foresee(/status of 401/)
  await visit(page, `/projects/${project.slug}/endpoints`)
  const register = await tried(page, 'Register a client')
  await register.getByLabel('redirect_uris').fill('https://client.example/cb')
  await register.getByRole('button', { name: 'Send' }).click()
  await expect(register.getByText('This is not JSON')).toBeVisible()
  await register.getByLabel('redirect_uris').fill('["https://client.example/cb"]')
  await register.getByLabel('Registration secret').fill('gate_reg_wrong')
  await register.getByRole('button', { name: 'Send' }).click()
  await expect(register.getByText('401', { exact: true })).toBeVisible()
  await register.getByRole('link', { name: 'invalid_token' }).last().click()
  await expect(page.locator('article:target')).toContainText('The bearer token does not count here')
})

test('authorize opens where the person would see it, with a PKCE pair whose verifier waits for the code', async ({
  dashboard: page,
  context,
  project,
}) => {
  const redirect = 'https://client.example/callback'
  const { client_id } = await createClient(project, redirect)
  await visit(page, `/projects/${project.slug}/endpoints`)
  const authorize = await tried(page, 'Ask a person')
  await authorize.getByLabel('client_id').fill(client_id)
  await authorize.getByLabel('redirect_uri', { exact: false }).first().fill(redirect)
  const opened = context.waitForEvent('page')
  await authorize.getByRole('button', { name: 'Open' }).click()
  const tab = await opened
  await expect(tab.getByRole('heading', { level: 1 })).toContainText('Sign in')
  await tab.close()

  const address = new URL(await authorize.locator('code', { hasText: 'response_type=code&' }).last().innerText())
  const redeem = await tried(page, 'Redeem a code')
  await expect(redeem.getByLabel('client_id')).toHaveValue(client_id)
  const verifier = await redeem.getByLabel('code_verifier').inputValue()
  expect(createHash('sha256').update(verifier).digest('base64url')).toBe(address.searchParams.get('code_challenge'))
})

test('what is switched off says where to switch it on, and is there when it is on', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/endpoints`)
  const off = page.getByRole('region', { name: 'Switched off' })
  await expect(page.getByRole('article', { name: 'Start on a device' })).toHaveCount(0)
  await off.getByRole('link', { name: /for: Start on a device/ }).click()
  await expect(page).toHaveURL(new RegExp(`/projects/${project.slug}/settings/protocol#deviceGrant$`))
  await page.locator('#deviceGrant').getByRole('switch').check()
  await page.getByRole('button', { name: 'Save ways to get a token' }).click()
  await expect(page.getByText('Ways to get a token saved')).toBeVisible()
  await visit(page, `/projects/${project.slug}/endpoints`)
  await expect(page.getByRole('article', { name: 'Start on a device' })).toBeVisible()
})

test('a page may ask another host only for an issuer of its own project, and every other page none', async ({ project, member }) => {
  const door = openDoor(target())
  const cookie = [...member.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const policyOf = async (path: string) =>
    String((await door.ask(path, { headers: { accept: 'text/html', cookie } })).headers['content-security-policy'])
  const page = `/projects/${project.slug}/endpoints`
  for (const path of [
    page,
    `${page}?issuer=https%3A%2F%2Fevil.example`,
    `/projects/${project.slug}?issuer=${encodeURIComponent(project.issuer)}`,
  ]) {
    expect(await policyOf(path), path).not.toContain('connect-src')
  }
  expect(await policyOf(`${page}?issuer=${encodeURIComponent(project.issuer)}`)).toContain(
    `connect-src 'self' ${new URL(project.issuer).origin};`,
  )
  door.close()
})
