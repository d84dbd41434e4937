import type { Page } from '@playwright/test'
import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { introspect } from '../support/client.ts'
import { auditLog, type Project } from '../support/project.ts'

const mint = ({ issuer }: Project, secret: string): Promise<Response> =>
  fetch(`${issuer}/api/oauth/token/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ user_id: 'user 42', scope: 'read' }),
  })

const kidsOf = async ({ issuer }: Project): Promise<string[]> => {
  const { keys } = (await (await fetch(`${issuer}/.well-known/jwks.json`)).json()) as { keys: { kid: string }[] }
  return keys.map(({ kid }) => kid)
}
const kidIn = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

/** The secret that the dialog shows, once. */
async function storedSecret(page: Page): Promise<string> {
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByText('This is shown once')).toBeVisible()
  const secret = await dialog.locator('code').innerText()
  await dialog.getByRole('button', { name: 'I stored it' }).click()
  await expect(dialog).toHaveCount(0)
  return secret
}

test('a second server secret works beside the first, is rotated and revoked alone, and says when it was used', async ({
  dashboard: page,
  project,
}) => {
  await visit(page, `/projects/${project.slug}/keys`)
  const list = page.getByRole('list', { name: 'Server secrets' })
  await page.getByRole('button', { name: 'New server secret' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Worker')
  await page.getByRole('button', { name: 'Make it' }).click()
  const secret = await storedSecret(page)
  expect(secret).toMatch(/^gate_srv_/)
  const worker = list.getByRole('listitem').filter({ hasText: 'Worker' })
  await expect(worker).toHaveCount(1)
  await expect(worker).toContainText(`gate_srv_…${secret.slice(-4)}`)
  await expect(worker).toContainText('Never used')
  expect(await page.content()).not.toContain(secret)

  expect((await mint(project, secret)).status).toBe(200)
  expect((await mint(project, project.server_secret)).status).toBe(200)
  await expect(async () => {
    await page.reload()
    await expect(worker).toContainText(/Last used .* from /, { timeout: 500 })
  }).toPass({ timeout: 10_000 })
  expect(await faultsOf(page)).toEqual([])

  await visit(page, `/projects/${project.slug}/keys`)
  await worker.getByRole('button', { name: /^Rotate/ }).click()
  await page.getByLabel('The old secret').selectOption('1')
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  const fresh = await storedSecret(page)
  await expect(worker).toHaveCount(2)
  await expect(worker.filter({ hasText: /Ends\s*in (?:59|60) min|Ends\s*in 1 h/ })).toHaveCount(1)
  for (const each of [secret, fresh]) expect((await mint(project, each)).status).toBe(200)

  await page.getByRole('button', { name: `Revoke gate_srv_…${secret.slice(-4)}` }).click()
  await expect(page.getByRole('dialog')).toContainText('Whatever used it then')
  await page.getByRole('dialog').getByLabel('to confirm').fill(secret.slice(-4))
  await page.getByRole('button', { name: 'Revoke secret' }).click()
  await expect(worker).toHaveCount(1)
  expect((await mint(project, secret)).status).toBe(401)
  for (const each of [fresh, project.server_secret]) expect((await mint(project, each)).status).toBe(200)
  const told = (await auditLog(project)).map(({ action }) => action).filter((action) => action.startsWith('secret.'))
  expect(told).toEqual(['secret.revoked', 'secret.rotated', 'secret.created'])
})

test('a revoked signing key leaves the JWKS at once, and its tokens are refused where they are asked about', async ({
  dashboard: page,
  project,
}) => {
  const { access_token } = (await (await mint(project, project.server_secret)).json()) as { access_token: string }
  expect(await introspect(project, access_token)).toMatchObject({ active: true })
  const old = kidIn(access_token)
  expect(await kidsOf(project)).toContain(old)

  await visit(page, `/projects/${project.slug}/keys`)
  await page.getByRole('button', { name: `Revoke key ${old.slice(0, 8)}` }).click()
  const confirm = page.getByRole('button', { name: 'Revoke key', exact: true })
  await expect(confirm).toBeDisabled()
  await page.getByLabel(/^Type/).fill(old.slice(0, 8))
  await confirm.click()
  await expect(page.getByText('Key revoked')).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: 'Refused, with all that it signed' })).toHaveCount(1)

  await expect.poll(() => kidsOf(project), { timeout: 7_000 }).not.toContain(old)
  await expect.poll(() => introspect(project, access_token), { timeout: 7_000 }).toEqual({ active: false })
  const fresh = (await (await mint(project, project.server_secret)).json()) as { access_token: string }
  expect(kidIn(fresh.access_token)).not.toBe(old)
  expect(await introspect(project, fresh.access_token)).toMatchObject({ active: true })
})
