import { expect, ready, test, visit } from './fixtures.ts'
import { introspect, redemption, refreshing, registerClient, requestTokens, startAuthorization } from './support/client.ts'
import { newAccount, signUpOn } from './support/consent-page.ts'
import { auditLog } from './support/project.ts'

test('a client deleted in the dashboard is cut off at once, and the log tells the whole story', async ({
  dashboard: page,
  project,
  callback,
  openBrowser,
  complaints,
}) => {
  complaints.foresee(/status of 400/)
  const account = newAccount()
  const client = await registerClient(project, callback.redirectUri, { name: 'Doomed client' })
  const bystander = await registerClient(project, callback.redirectUri, { name: 'Bystander' })
  const authorization = startAuthorization(project, client, callback.redirectUri)
  const person = await openBrowser()
  await person.goto(authorization.url)
  await signUpOn(person, account)
  await person.getByRole('button', { name: 'Allow' }).click()
  const code = (await callback.take()).searchParams.get('code') ?? ''
  const first = await requestTokens(project, redemption(client, authorization, code))
  const tokens = await requestTokens(project, refreshing(client, first.refresh_token ?? ''))
  expect(await introspect(project, tokens.access_token)).toMatchObject({ active: true })

  await visit(page, `/projects/${project.slug}/clients`)
  await page.getByRole('link', { name: 'Doomed client' }).click()
  await page.getByRole('button', { name: 'Delete client' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete Doomed client?' })
  await expect(dialog).toContainText('1 user of Doomed client will be signed out, 1 active in the last 7 days')
  await expect(dialog.getByRole('button', { name: 'Delete client' })).toBeDisabled()
  await dialog.getByLabel(/to confirm/).fill('Doomed client')
  await dialog.getByRole('button', { name: 'Delete client' }).click()
  await expect(page.getByText('This client is deleted')).toBeVisible()

  for (const { access_token } of [first, tokens]) expect(await introspect(project, access_token)).toEqual({ active: false })
  await expect(requestTokens(project, refreshing(client, tokens.refresh_token ?? ''))).rejects.toThrow(/invalid_client|invalid_grant/)
  await person.goto(startAuthorization(project, client, callback.redirectUri).url)
  await expect(person.getByRole('heading', { name: 'This application is not known here' })).toBeVisible()
  expect(callback.calls).toHaveLength(1)

  const told = JSON.stringify(await auditLog(project))
  const secrets = [code, first.access_token, first.refresh_token, tokens.access_token, tokens.refresh_token, account.password]
  for (const secret of [...secrets, project.registration_secret, project.server_secret]) expect(told).not.toContain(secret)

  const log = page.getByRole('table', { name: 'Audit log' })
  const actions = () => log.locator('tbody tr td:first-child .font-mono').allTextContents()
  await page.getByRole('link', { name: 'Audit log', exact: true }).click()
  await expect(log).toBeVisible()
  expect(await actions()).toEqual([
    'client.revoked',
    'refresh.rotated',
    'token.issued',
    'grant.approved',
    'user.signed_up',
    'authorization.requested',
    'client.registered',
    'client.registered',
    'project.created',
  ])

  await page.getByLabel('Kind').selectOption({ label: 'Token issued' })
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page).toHaveURL(/[?&]kind=token\.issued(&|$)/)
  await expect.poll(actions).toEqual(['token.issued'])

  await visit(page, `/projects/${project.slug}/audit-log?client=${bystander.client_id}`)
  expect(await actions()).toEqual(['client.registered'])
  await visit(page, `/projects/${project.slug}/audit-log?kind=token&client=${client.client_id}`)
  expect(await actions()).toEqual(['refresh.rotated', 'token.issued'])
  await visit(page, `/projects/${project.slug}/audit-log?user=${encodeURIComponent(account.email)}`)
  expect(await actions()).toContain('user.signed_up')
  expect(await actions()).not.toContain('client.registered')

  await log.getByRole('link', { name: 'Access allowed' }).click()
  const detail = page.getByRole('dialog', { name: 'Access allowed' })
  await expect(detail).toContainText('grant.approved')
  await expect(detail).toContainText(account.email)
  await expect(detail).toContainText('Doomed client')
  expect(new URL(page.url()).searchParams.get('user')).toBe(account.email)
  await page.reload()
  await ready(page)
  await expect(detail).toContainText('grant.approved')
  await detail.getByRole('button', { name: 'Close' }).click()
  await expect(detail).toBeHidden()
  await expect(page).toHaveURL(/[?&]user=/)
})
