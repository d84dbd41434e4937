import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { unique } from '../support/unique.ts'

test('a domain is claimed, shows the record that proves it, is looked for and given up', async ({ dashboard, project }) => {
  const host = `${unique('login')}.gatehouse-test.example`
  await visit(dashboard, `/projects/${project.slug}/domains`)
  await expect(dashboard.getByRole('row', { name: new RegExp(project.issuer) })).toContainText('Primary')
  await dashboard.getByRole('button', { name: 'Add domain' }).click()
  const dialog = dashboard.getByRole('dialog')
  await dialog.getByLabel('Host').fill('localhost')
  await dialog.getByRole('button', { name: 'Add domain' }).click()
  await expect(dialog.getByText(/public internet/)).toBeVisible()
  await dialog.getByLabel('Host').fill(`https://${host.toUpperCase()}/`)
  await dialog.getByRole('button', { name: 'Add domain' }).click()

  await expect(dashboard.getByRole('heading', { name: host })).toBeVisible()
  await expect(dashboard.getByText(`_gatehouse.${host}`, { exact: true })).toBeVisible()
  await expect(dashboard.getByText(/^gatehouse-verification=[\w-]{43}$/)).toBeVisible()
  await expect(dashboard.getByText('Waiting for the record')).toBeVisible()
  expect(await faultsOf(dashboard)).toEqual([])

  await dashboard.getByRole('button', { name: `Check now: ${host}` }).click()
  await expect(dashboard.getByRole('note').filter({ hasText: /No record is there yet|The DNS did not answer/ })).toBeVisible({
    timeout: 20_000,
  })
  await expect(dashboard.getByRole('row', { name: new RegExp(host) })).toHaveCount(0)

  await dashboard.getByRole('button', { name: `Remove ${host}` }).click()
  await dashboard.getByRole('button', { name: 'Remove domain' }).click()
  await expect(dashboard.getByText(`${host} is removed`)).toBeVisible()
  await expect(dashboard.getByText('No domain of your own')).toBeVisible()
})
