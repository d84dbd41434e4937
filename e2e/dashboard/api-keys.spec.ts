import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { openDoor } from '../support/door.ts'
import { target } from '../support/installation.ts'

const KEYS = '/organisation/api-keys'

test('a key made in the dashboard opens the management API for what was chosen and no more, until it is revoked', async ({
  dashboard: page,
  project,
}) => {
  await visit(page, KEYS)
  await expect(page.getByRole('heading', { name: 'No API key yet' })).toBeVisible()
  await page.getByRole('button', { name: 'Make API key' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Deployments')
  await page.getByLabel('Reaches').selectOption(project.slug)
  await expect(page.getByLabel('Members: Read')).toHaveCount(0)
  await page.getByRole('button', { name: 'None' }).click()
  await page.getByLabel('Clients: Read').check()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Make key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your new API key' })
  const key = (await dialog.locator('dd code').textContent()) ?? ''
  expect(key).toMatch(/^gate_key_[\w-]{43}$/)
  await dialog.getByRole('button', { name: 'I stored it' }).click()

  const row = page.getByRole('row', { name: /Deployments/ })
  await expect(row).toContainText(`gate_key_…${key.slice(-4)}`)
  await page.reload()
  expect(await page.content()).not.toContain(key)
  expect(await faultsOf(page)).toEqual([])

  const door = openDoor(target())
  const clients = `/api/management/projects/${project.slug}/clients`
  const headers = { authorization: `Bearer ${key}` }
  const listed = await door.ask(clients, { headers })
  expect([listed.status, JSON.parse(listed.body)]).toEqual([200, { clients: expect.any(Array), nextCursor: null }])
  const body = JSON.stringify({ name: 'Notes web', redirectUris: ['https://client.example/cb'], tokenEndpointAuthMethod: 'none' })
  const made = await door.ask(clients, { method: 'POST', headers: { ...headers, 'content-type': 'application/json' }, body })
  expect([made.status, JSON.parse(made.body).error.message]).toEqual([403, 'This key does not include client:write'])

  await visit(page, KEYS)
  await page.getByRole('button', { name: 'Revoke Deployments' }).click()
  await expect(page.getByRole('button', { name: 'Revoke key' })).toBeDisabled()
  await page.getByRole('dialog').getByLabel('to confirm').fill('Deployments')
  await page.getByRole('button', { name: 'Revoke key' }).click()
  await expect(row).toContainText('Revoked')
  const afterwards = await door.ask(clients, { headers })
  expect([afterwards.status, afterwards.headers['www-authenticate']]).toEqual([401, expect.stringContaining('invalid_token')])
  door.close()
})

test('with a key that may, a program makes a client, which the dashboard shows with the key as its maker', async ({
  dashboard: page,
  project,
}) => {
  await visit(page, KEYS)
  await page.getByRole('button', { name: 'Make API key' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Provisioning')
  await page.getByRole('button', { name: 'All my role may' }).click()
  await page.getByRole('button', { name: 'Make key' }).click()
  const key = (await page.getByRole('dialog', { name: 'Your new API key' }).locator('dd code').textContent()) ?? ''

  const door = openDoor(target())
  const made = await door.ask(`/api/management/projects/${project.slug}/clients`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Made by a program', redirectUris: ['https://client.example/cb'], tokenEndpointAuthMethod: 'none' }),
  })
  expect(made.status).toBe(201)
  door.close()
  await page.getByRole('button', { name: 'I stored it' }).click()
  await visit(page, `/projects/${project.slug}/audit-log`)
  await expect(page.getByRole('row', { name: /Client created/ })).toContainText('Provisioning')
})

test('the reference of the management API describes what the document describes', async ({ page }) => {
  const door = openDoor(target())
  const { body } = await door.ask('/api/management/openapi.json')
  const document = JSON.parse(body) as { paths: Record<string, Record<string, { operationId: string }>> }
  door.close()
  await visit(page, '/docs/management-api')
  const ids = Object.values(document.paths).flatMap((item) => Object.values(item).map(({ operationId }) => operationId))
  expect(ids.length).toBeGreaterThan(5)
  expect((await page.locator('article').evaluateAll((articles) => articles.map(({ id }) => id))).toSorted()).toEqual(ids.toSorted())
  expect(await faultsOf(page)).toEqual([])
})
