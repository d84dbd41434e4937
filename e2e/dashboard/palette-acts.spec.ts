import type { Page } from '@playwright/test'
import { expect, test, visit } from '../fixtures.ts'
import { cookiesOf } from '../support/member.ts'
import { invite, joinByMail } from '../support/team.ts'
import { unique } from '../support/unique.ts'

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
}

const actsShown = (page: Page, group: string): Promise<string[]> =>
  page
    .locator('[cmdk-group]')
    .filter({ has: page.getByText(group, { exact: true }) })
    .getByRole('option')
    .allInnerTexts()

const choose = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('combobox').fill(name)
  await page.getByRole('option', { name, exact: true }).click()
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toHaveCount(0)
}

test('each act of a project opens its dialog, from wherever one is; neither reloading nor going back opens it anew', async ({
  dashboard: page,
  project,
}) => {
  test.setTimeout(180_000)
  const overview = `/projects/${project.slug}`
  await visit(page, overview)
  await openPalette(page)
  const acts = await actsShown(page, `Do in ${project.name}`)
  expect(acts.length).toBeGreaterThan(10)
  for (const act of acts) {
    await choose(page, act)
    if (act === 'New client') {
      await expect(page).toHaveURL(/\/clients\/new$/)
    } else {
      await expect(page.getByRole('dialog'), act).toBeVisible()
      await expect(page).not.toHaveURL(/open=/)
      await page.keyboard.press('Escape')
      await expect(page.getByRole('dialog'), act).toHaveCount(0)
    }
    await openPalette(page)
  }
  await page.keyboard.press('Escape')
  await page.reload()
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await visit(page, overview)
  await openPalette(page)
  await choose(page, 'Add user')
  await expect(page.getByRole('dialog', { name: 'Add user' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.goBack()
  await expect(page).toHaveURL(new RegExp(`${overview}$`))
  await page.goForward()
  await expect(page).toHaveURL(/\/users$/)
  await expect(page.getByRole('dialog')).toHaveCount(0)

  // The same act where one already is.
  await openPalette(page)
  await choose(page, 'Add user')
  await expect(page.getByRole('dialog', { name: 'Add user' })).toBeVisible()
})

test('acts of the organisation open their dialogs, and the theme changes without a page', async ({ dashboard: page }) => {
  await visit(page, '/profile')
  for (const [act, dialog] of [
    ['Invite member', 'Invite member'],
    ['New API key', 'Make API key'],
  ] as const) {
    await openPalette(page)
    await choose(page, act)
    await expect(page.getByRole('dialog', { name: dialog })).toBeVisible()
    await page.keyboard.press('Escape')
  }
  await openPalette(page)
  await choose(page, 'Theme: dark')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  await expect(page.getByRole('radio', { name: 'Dark' }).first()).toBeChecked()
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
})

test('a viewer is offered pages and nothing to do', async ({ dashboard: page, project, openBrowser }) => {
  const email = `${unique('viewer')}@example.com`
  await invite(page, email, 'viewer')
  const theirs = await openBrowser()
  await theirs.context().addCookies(cookiesOf(await joinByMail(email)))
  await visit(theirs, `/projects/${project.slug}`)
  await openPalette(theirs)
  await expect(theirs.getByRole('option', { name: 'Clients', exact: true })).toBeVisible()
  expect(await actsShown(theirs, `Do in ${project.name}`)).toEqual([])
  const all = (await theirs.getByRole('option').allInnerTexts()).join('\n')
  expect(all).not.toMatch(/invite|new api key|new project|delete project|audit log|errors by kind/i)
})
