import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient, startAuthorization } from '../support/client.ts'
import { newAccount, signUpOn } from '../support/consent-page.ts'

const REDIRECT_URI = 'https://client.example/callback'

test('a required, risky scope is made, shown first, and stands locked and marked on the consent page', async ({
  dashboard,
  project,
  openBrowser,
}) => {
  await visit(dashboard, `/projects/${project.slug}/scopes`)
  await dashboard.getByRole('button', { name: 'Add scope' }).click()
  const dialog = dashboard.getByRole('dialog')
  await dialog.getByLabel('Name').fill('vault:erase')
  await dialog.getByLabel('In words').fill('Erase your vault')
  await dialog.getByLabel('Risk').selectOption('high')
  await dialog.getByLabel('Required').check()
  const preview = dialog.getByRole('figure')
  await expect(preview).toContainText('Erase your vault')
  await expect(preview).toContainText('vault:erase · required · high risk')
  expect(await faultsOf(dashboard)).toEqual([])
  await dialog.getByRole('button', { name: 'Add scope' }).click()
  const rows = dashboard.getByRole('list', { name: 'Scopes' }).getByRole('listitem')
  await expect(rows.last()).toContainText('Erase your vault')

  const up = dashboard.getByRole('button', { name: 'Move vault:erase up' })
  await up.focus()
  await up.press('Enter')
  await expect(dashboard.getByText('vault:erase is number 2')).toBeVisible()
  await up.press('Enter')
  await expect(dashboard.getByText('vault:erase is number 1')).toBeVisible()
  await dashboard.reload()
  await expect(rows.first()).toContainText('Erase your vault')
  expect(await faultsOf(dashboard)).toEqual([])

  const client = await createClient(project, REDIRECT_URI)
  const page = await openBrowser()
  const box = page.getByRole('checkbox', { name: 'Erase your vault' })
  await expect(async () => {
    await page.goto(startAuthorization(project, client, REDIRECT_URI, { scope: 'read vault:erase' }).url)
    expect(new URL(page.url()).pathname).toContain('/sign-in')
  }).toPass({ timeout: 60_000 })
  await signUpOn(page, newAccount())
  await expect(box).toBeChecked()
  await expect(box).toBeDisabled()
  await expect(page.getByText('vault:erase · required · high risk')).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'See your data' })).toBeEnabled()
  expect(await faultsOf(page)).toEqual([])
})

test('a scope is edited and deleted, and says what it would hit', async ({ dashboard, project }) => {
  await visit(dashboard, `/projects/${project.slug}/scopes`)
  await dashboard.getByRole('button', { name: 'Edit write' }).click()
  const dialog = dashboard.getByRole('dialog')
  await dialog.getByLabel('In words').fill('Change your notes')
  await dialog.getByRole('button', { name: 'Save scope' }).click()
  await expect(dashboard.getByText('Change your notes')).toBeVisible()
  await dashboard.getByRole('button', { name: 'Delete write' }).click()
  await expect(dialog.getByText('No living grant has it.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Delete scope' }).click()
  await expect(dashboard.getByText('write is deleted')).toBeVisible()
  await expect(dashboard.getByText('Change your notes')).toHaveCount(0)
})

test('a tool map is made of the project’s own scopes', async ({ dashboard, project }) => {
  await visit(dashboard, `/projects/${project.slug}/scopes`)
  const tools = dashboard.getByRole('textbox', { name: 'Tools' })
  await tools.fill('list_notes = read\nadd_note = read write')
  await expect(dashboard.getByRole('region', { name: `${project.slug}-tools.json` })).toContainText('"add_note"')
  await tools.fill('add_note = erase')
  await expect(dashboard.getByText('erase is not a scope of this project')).toBeVisible()
})
