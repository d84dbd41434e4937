import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient, startAuthorization } from '../support/client.ts'

const REDIRECT_URI = 'https://client.example/callback'

test('a resource is added, renamed, made the default and deleted', async ({ dashboard, project }) => {
  await visit(dashboard, `/projects/${project.slug}/resources`)
  await dashboard.getByRole('button', { name: 'Add resource' }).click()
  const dialog = dashboard.getByRole('dialog')
  await dialog.getByLabel('Name').fill('Files')
  await dialog.getByLabel('MCP server URL').fill('ftp://files.example')
  await dialog.getByRole('button', { name: 'Add resource' }).click()
  await expect(dialog.getByText('A full URL such as')).toBeVisible()
  await dialog.getByLabel('MCP server URL').fill('HTTPS://Files.Example:443/mcp')
  await expect(dialog.getByText('aud = https://files.example/mcp')).toBeVisible()
  await expect(dialog.getByText('The default port is left out.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add resource' }).click()
  await expect(dashboard.getByRole('heading', { name: 'Files' })).toBeVisible()

  await dashboard.getByRole('button', { name: 'Rename Files' }).click()
  await dashboard.getByRole('dialog').getByLabel('Name').fill('Documents')
  await dashboard.getByRole('button', { name: 'Save name' }).click()
  await expect(dashboard.getByRole('heading', { name: 'Documents' })).toBeVisible()

  await dashboard.getByRole('button', { name: 'Make default: Documents' }).click()
  await dashboard.getByRole('button', { name: 'Make default', exact: true }).click()
  await expect(dashboard.getByText('Documents is the default')).toBeVisible()
  await expect(dashboard.getByRole('button', { name: 'Delete Documents' })).toHaveCount(0)

  await dashboard.getByRole('button', { name: `Delete ${project.name}` }).click()
  const confirm = dashboard.getByRole('dialog')
  await expect(confirm.getByText('No living grant has it.')).toBeVisible()
  await confirm.getByLabel(/^Type/).fill(project.name)
  await confirm.getByRole('button', { name: 'Delete resource' }).click()
  await expect(dashboard.getByText(`${project.name} is deleted`)).toBeVisible()
  await expect(dashboard.getByText(project.resource, { exact: true })).toHaveCount(0)
  expect(await faultsOf(dashboard)).toEqual([])
})

test('what clients ask for in vain is listed, and becomes an alias with one click', async ({ dashboard, project, request }) => {
  const client = await createClient(project, REDIRECT_URI)
  const ask = async () => {
    const { url } = startAuthorization(project, client, REDIRECT_URI, { resource: `${project.resource}/sse/` })
    return (await request.get(url, { maxRedirects: 0 })).headers().location ?? ''
  }
  expect(await ask()).toContain('error=invalid_target')

  const make = dashboard.getByRole('button', { name: `Make it an alias of ${project.name}: ${project.resource}/sse` })
  await expect(async () => {
    await visit(dashboard, `/projects/${project.slug}/resources`)
    await expect(make).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 15_000 })
  expect(await faultsOf(dashboard)).toEqual([])
  await make.click()
  await expect(dashboard.getByRole('list', { name: `Aliases of ${project.name}` })).toContainText(`${project.resource}/sse`)
  await expect(make).toHaveCount(0)
  await expect.poll(ask, { timeout: 5_000 }).toContain('/sign-in?')
})

test('an alias on another host wants to be said to be ours', async ({ dashboard, project }) => {
  await visit(dashboard, `/projects/${project.slug}/resources`)
  await dashboard.getByRole('button', { name: `Add alias of ${project.name}` }).click()
  const dialog = dashboard.getByRole('dialog')
  await dialog.getByLabel('Alias').fill('https://old.example/mcp')
  await expect(dialog.getByText('old.example is another host')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Add alias' })).toBeDisabled()
  await dialog.getByLabel('old.example is ours').check()
  await dialog.getByRole('button', { name: 'Add alias' }).click()
  await expect(dashboard.getByText('https://old.example/mcp', { exact: true })).toBeVisible()
})
