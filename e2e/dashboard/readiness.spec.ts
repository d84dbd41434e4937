import { readFile } from 'node:fs/promises'
import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'

test('the readiness page leads to what is missing, sees it mended, runs a check, and gives its report away', async ({
  dashboard: page,
  project,
  startSample,
}) => {
  await visit(page, `/projects/${project.slug}/readiness`)
  const requirement = (title: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
  await expect(requirement('OAuth 2.1 with PKCE S256')).toContainText('Ready')
  await expect(requirement('The MCP server’s URL')).toContainText('Needs you') // it is on this machine
  await expect(requirement('Tools say what they do')).toContainText('Cannot be seen from here')
  expect(await faultsOf(page)).toEqual([])

  await requirement('Privacy policy').getByRole('link', { name: 'Mend it: Privacy policy' }).click()
  await expect(page).toHaveURL(/\/settings#policyUrl$/)
  await page.getByLabel('Privacy policy').fill('https://example.com/privacy')
  await page.getByRole('button', { name: 'Save branding' }).click()
  await expect(page.getByText('Branding saved')).toBeVisible()

  await visit(page, `/projects/${project.slug}/readiness`)
  await expect(requirement('Privacy policy')).toContainText('Ready')
  await expect(requirement('Privacy policy')).toContainText('https://example.com/privacy')
  await expect(page.getByRole('region', { name: 'Test instructions' })).toContainText(project.resource)

  await startSample(project)
  await requirement('It asks for a token')
    .getByRole('button', { name: /^Run: / })
    .click()
  await expect(requirement('It asks for a token').getByRole('status', { name: /^Answer/ })).toContainText('As it should be')
  expect(await faultsOf(page)).toEqual([])

  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Download report' }).click()
  const file = await download
  const report = await readFile(await file.path(), 'utf8')
  expect(file.suggestedFilename()).toBe(`${project.slug}-readiness.md`)
  expect(report).toContain(`# Directory readiness of ${project.name}`)
  expect(report).toMatch(/\| Privacy policy \| Ready \|.*\| https:\/\/example\.com\/privacy \|/)
  expect(report).not.toContain(project.server_secret)
})
