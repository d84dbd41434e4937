import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient } from '../support/client.ts'

test('the palette finds pages and whatever goes by the name that is typed, with the keyboard alone', async ({
  dashboard: page,
  project,
}) => {
  const client = await createClient(project, 'https://client.example/callback', 'Weather agent')
  await visit(page, `/projects/${project.slug}`)
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.keyboard.type('weather')
  await expect(page.getByRole('option', { name: /Weather agent/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/clients/${client.client_id}$`))

  await page.keyboard.press('Control+k')
  await page.keyboard.type('audit')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/audit-log$/)
})

test('letters lead to pages, but not while somebody types; ? tells them, / searches the list', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}`)
  await page.keyboard.press('?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)

  await page.keyboard.press('g')
  await page.keyboard.press('u')
  await expect(page).toHaveURL(/\/users$/)
  await createClient(project, 'https://client.example/callback', 'Weather agent')
  await visit(page, `/projects/${project.slug}/clients`)
  await page.keyboard.press('/')
  await expect(page.getByRole('searchbox').first()).toBeFocused()
  await page.keyboard.type('g u')
  await expect(page.getByRole('searchbox').first()).toHaveValue('g u')
  await expect(page).toHaveURL(/\/clients$/)
})
