import { refreshAuthorization } from '@modelcontextprotocol/sdk/client/auth.js'
import type { AuthorizationServerMetadata } from '@modelcontextprotocol/sdk/shared/auth.js'
import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient, introspect, redemption, registerClient, requestTokens, startAuthorization } from '../support/client.ts'
import { newAccount, signUpOn } from '../support/consent-page.ts'
import { auditLog } from '../support/project.ts'

const REDIRECT = 'https://client.example/callback'

test('a client is made by hand with a secret, changed, and the log tells what was before', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/clients`)
  await expect(page.getByRole('heading', { name: 'No client yet' })).toBeVisible()
  await page.getByRole('link', { name: 'New client' }).click()
  await page.getByLabel('Name', { exact: true }).fill('Desk')
  await page.getByLabel('Redirect URIs').fill(REDIRECT)
  await page.getByLabel('Authentication').selectOption('client_secret_basic')
  await page.getByRole('button', { name: 'Create client' }).click()
  await expect(page.getByText(/gate_cs_/)).toBeVisible()
  await page.getByRole('button', { name: 'I stored it' }).click()
  await expect(page.getByRole('heading', { name: 'Desk', level: 1 })).toBeVisible()
  expect(await page.content()).not.toMatch(/gate_cs_[\w-]{20}/)

  await page.getByRole('button', { name: 'Rotate secret' }).click()
  await page.getByRole('button', { name: 'Rotate', exact: true }).click()
  await page.getByRole('button', { name: 'I stored it' }).click()
  await page.getByRole('button', { name: 'End it now' }).click()
  await expect(page.getByRole('dialog')).toContainText('the client was never used')
  await page.getByRole('button', { name: 'End old secret' }).click()
  await expect(page.getByText('The old secret has ended')).toBeVisible()
  await expect(page.getByRole('button', { name: 'End it now' })).toHaveCount(0)

  await page.getByRole('button', { name: 'Edit' }).click()
  const dialog = page.getByRole('dialog', { name: 'Edit Desk' })
  await dialog.getByLabel('Redirect URIs').fill(`${REDIRECT}\njavascript:alert(1)`)
  await dialog.getByRole('button', { name: 'Save client' }).click()
  await expect(dialog.getByText(/^Line 2:/)).toBeVisible()
  await dialog.getByLabel('Redirect URIs').fill(`${REDIRECT}\nhttp://localhost/callback`)
  await dialog.getByLabel('Name').fill('Desk two')
  await dialog.getByLabel('Scopes it may have at most').fill('read')
  await dialog.getByRole('button', { name: 'Save client' }).click()
  await expect(page.getByRole('heading', { name: 'Desk two', level: 1 })).toBeVisible()
  await expect(page.getByText('http://localhost/callback', { exact: true })).toBeVisible()
  await page.getByRole('tab', { name: 'As JSON' }).click()
  await expect(page.getByRole('region', { name: 'Client metadata, RFC 7591' })).toContainText('"application_type": "native"')

  const [changed] = await auditLog(project, '--action', 'client.updated')
  expect(changed?.detail).toMatchObject({
    changes: { name: { before: 'Desk', after: 'Desk two' }, scope: { before: null, after: 'read' } },
  })
})

test('a client that proves itself by a key is asked where its public ones are, and no other is', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/clients/new`)
  const keys = page.getByLabel('Public keys')
  await expect(keys).toBeHidden()
  await page.getByLabel('Name', { exact: true }).fill('Signer')
  await page.getByLabel('Redirect URIs').fill(REDIRECT)
  await page.getByLabel('Authentication').selectOption('private_key_jwt')
  await page.getByRole('button', { name: 'Create client' }).click()
  await expect(page.getByText('Public keys are needed for private_key_jwt, and for nothing else')).toBeVisible()
  await keys.fill('https://client.example/jwks.json')
  await page.getByLabel('Authentication').selectOption('none')
  await expect(keys).toBeHidden()
  await page.getByLabel('Authentication').selectOption('private_key_jwt')
  await expect(keys).toHaveValue('https://client.example/jwks.json')
  await page.getByRole('button', { name: 'Create client' }).click()
  await expect(page.getByRole('heading', { name: 'Signer', level: 1 })).toBeVisible()
  await expect(page.getByText('https://client.example/jwks.json')).toBeVisible()
})

test('a blocked client is refused everywhere, and works again when the block is taken back', async ({
  dashboard: page,
  project,
  callback,
  openBrowser,
  complaints,
}) => {
  complaints.foresee(/status of 400/)
  const client = await registerClient(project, callback.redirectUri, { name: 'Robot' })
  const authorization = startAuthorization(project, client, callback.redirectUri)
  const person = await openBrowser()
  await person.goto(authorization.url)
  await signUpOn(person, newAccount())
  await person.getByRole('button', { name: 'Allow' }).click()
  const code = (await callback.take()).searchParams.get('code') ?? ''
  let tokens = await requestTokens(project, redemption(client, authorization, code))
  const metadata = (await (await fetch(`${project.issuer}/.well-known/oauth-authorization-server`)).json()) as AuthorizationServerMetadata
  const refresh = () =>
    refreshAuthorization(project.issuer, {
      metadata,
      clientInformation: client as { client_id: string },
      refreshToken: tokens.refresh_token ?? '',
    })

  await visit(page, `/projects/${project.slug}/clients`)
  await page.getByRole('link', { name: 'Robot' }).click()
  await page.getByRole('button', { name: 'Block client' }).click()
  const dialog = page.getByRole('dialog', { name: 'Block Robot?' })
  await expect(dialog).toContainText('1 user of Robot will be locked out, 1 active in the last 7 days')
  await dialog.getByRole('button', { name: 'Block client' }).click()
  await expect(page.getByText('This client is blocked')).toBeVisible()

  expect(await introspect(project, tokens.access_token)).toEqual({ active: false })
  await expect(refresh()).rejects.toThrow()
  await person.goto(startAuthorization(project, client, callback.redirectUri).url)
  await expect(person.getByRole('heading', { name: 'This application is not known here' })).toBeVisible()

  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('This client is blocked')).toHaveCount(0)
  expect(await introspect(project, tokens.access_token)).toMatchObject({ active: true })
  const again = await refresh()
  tokens = { ...tokens, access_token: again.access_token }
  expect(await introspect(project, tokens.access_token)).toMatchObject({ active: true })
  expect((await auditLog(project)).map(({ action }) => action)).toEqual(expect.arrayContaining(['client.blocked', 'client.unblocked']))
})

test('clients are sorted, narrowed and blocked many at once; the address says what is shown', async ({ dashboard: page, project }) => {
  for (const name of ['Beta', 'Alpha', 'Gamma']) await createClient(project, REDIRECT, name)
  await visit(page, `/projects/${project.slug}/clients`)
  const names = () => page.getByRole('table', { name: 'Clients' }).locator('tbody tr td:nth-child(2) a').allTextContents()
  expect(await names()).toEqual(['Gamma', 'Alpha', 'Beta'])
  await page.getByRole('columnheader', { name: 'Client' }).getByRole('link').click()
  await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma'])
  await expect(page).toHaveURL(/[?&]sort=name(&|$)/)

  await page.getByLabel('Select Alpha').check()
  await page.getByLabel('Select Gamma').check()
  await page.getByRole('button', { name: 'Block 2' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Block 2 clients' }).click()
  await expect(page.getByText('2 clients blocked')).toBeVisible()
  await page.getByLabel('Status').selectOption('blocked')
  await expect.poll(names).toEqual(['Alpha', 'Gamma'])
  await expect(page).toHaveURL(/[?&]status=blocked(&|$)/)
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await faultsOf(page)).toEqual([])

  await page.getByLabel('Select all 2 clients').check()
  await page.getByRole('button', { name: 'Unblock 2' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Unblock 2 clients' }).click()
  await expect(page.getByRole('heading', { name: 'No client found' })).toBeVisible()
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect.poll(names).toEqual(['Alpha', 'Beta', 'Gamma'])
})
