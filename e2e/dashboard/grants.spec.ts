import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { introspect, redemption, registerClient, requestTokens, startAuthorization } from '../support/client.ts'
import { newAccount, signUpOn } from '../support/consent-page.ts'
import { auditLog } from '../support/project.ts'

test('grants are found by user and client, and many are revoked at once', async ({ dashboard: page, project, callback, openBrowser }) => {
  await visit(page, `/projects/${project.slug}/grants`)
  await expect(page.getByRole('heading', { name: 'Nobody has allowed a client yet' })).toBeVisible()

  const account = newAccount()
  const person = await openBrowser()
  const tokens: string[] = []
  for (const name of ['One', 'Two', 'Three']) {
    const client = await registerClient(project, callback.redirectUri, { name })
    const authorization = startAuthorization(project, client, callback.redirectUri)
    await person.goto(authorization.url)
    if (tokens.length === 0) await signUpOn(person, account)
    await person.getByRole('button', { name: 'Allow' }).click()
    const code = (await callback.take()).searchParams.get('code') ?? ''
    tokens.push((await requestTokens(project, redemption(client, authorization, code))).access_token)
  }

  await visit(page, `/projects/${project.slug}/grants`)
  const table = page.getByRole('table', { name: 'Grants' })
  const rows = table.locator('tbody tr')
  await expect(rows).toHaveCount(3)
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('searchbox').fill('two')
  await page.getByRole('searchbox').press('Enter')
  await expect(rows).toHaveCount(1)
  await expect(page).toHaveURL(/[?&]query=two(&|$)/)
  await page.getByRole('link', { name: 'Clear' }).click()
  await expect(rows).toHaveCount(3)

  await page.getByLabel(/^Select grant of .* for One$/).check()
  await page.getByLabel(/^Select grant of .* for Three$/).check()
  await page.getByRole('button', { name: 'Revoke 2', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Revoke 2 grants?' })
  await expect(dialog).toContainText('1 user loses 2 clients.')
  await expect(dialog).toContainText('This cannot be undone')
  await dialog.getByRole('button', { name: 'Revoke 2 grants' }).click()
  await expect(page.getByText('2 grants revoked')).toBeVisible()
  await expect(rows).toHaveCount(1)
  await expect(table).toContainText('Two')

  const active = await Promise.all(tokens.map(async (token) => (await introspect(project, token)).active))
  expect(active).toEqual([false, true, false])
  expect((await auditLog(project)).filter(({ action }) => action === 'grant.revoked')).toHaveLength(2)
  await page.getByLabel('Status').selectOption('all')
  await expect(rows).toHaveCount(3)
  await expect(table.getByText('Revoked', { exact: true })).toHaveCount(2)
})
