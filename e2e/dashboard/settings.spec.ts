import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { auditLog } from '../support/project.ts'

test('a setting is found by another word for it, says that it is not saved, and leaves one row with before and after', async ({
  dashboard: page,
  project,
}) => {
  await visit(page, `/projects/${project.slug}/settings`)
  const search = page.getByLabel('Find a setting')
  await search.fill('zebra')
  await expect(page.getByText('No setting is called so')).toBeVisible()
  await search.fill('ttl')
  await expect(page.getByRole('list', { name: 'Settings found' }).getByRole('link')).toHaveCount(3)
  await page.getByRole('link', { name: /^Access token lifetime/ }).click()
  await page.waitForURL('**/settings/protocol#accessTokenTtlSeconds')
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })

  const form = page.getByRole('form', { name: 'Lifetimes' })
  await expect(form.getByText('Unsaved changes')).toHaveCount(0)
  await form.getByRole('radio', { name: '15 minutes' }).check()
  await expect(form.getByText('Unsaved changes')).toBeVisible()
  await form.getByRole('button', { name: 'Discard changes to lifetimes' }).click()
  await expect(form.getByRole('radio', { name: '1 hour' })).toBeChecked()
  await expect(form.getByText('Unsaved changes')).toHaveCount(0)

  await form.getByLabel('An unused refresh token lives for').selectOption({ label: '90 days' })
  await form.getByLabel('A whole sign-in lives for').selectOption({ label: '30 days' })
  await form.getByRole('button', { name: 'Save lifetimes' }).click()
  await expect(form.getByText('can not live longer than the whole sign-in')).toBeVisible()
  await form.getByLabel('An unused refresh token lives for').selectOption({ label: '7 days' })
  await form.getByRole('radio', { name: '15 minutes' }).check()
  await form.getByRole('button', { name: 'Save lifetimes' }).click()
  await expect(page.getByText('Lifetimes saved')).toBeVisible()
  await expect(form.getByText('Unsaved changes')).toHaveCount(0)

  const rows = await auditLog(project, '--action', 'project.updated')
  expect(rows.map(({ detail }) => detail)).toEqual([
    {
      changes: {
        access_token_ttl_seconds: { before: 3_600, after: 900 },
        refresh_idle_seconds: { before: 2_592_000, after: 604_800 },
        refresh_absolute_seconds: { before: 7_776_000, after: 2_592_000 },
      },
    },
  ])
})

test('keys are rotated on a schedule or by hand, and the audit log is kept as long as its owner says', async ({
  dashboard: page,
  project,
}) => {
  await visit(page, `/projects/${project.slug}/settings/protocol`)
  await expect(page.getByLabel('A signing key signs for')).toHaveValue('90')
  await page.getByLabel('A signing key signs for').selectOption({ label: 'Until I rotate it' })
  await page.getByRole('button', { name: 'Save tokens' }).click()
  await expect(page.getByText('Tokens saved')).toBeVisible()
  await visit(page, `/projects/${project.slug}/keys`)
  await expect(page.getByText('Keys are rotated by hand only.')).toBeVisible()

  await visit(page, `/projects/${project.slug}/settings`)
  await page.getByLabel('Rows are kept for').selectOption({ label: 'For ever' })
  await page.getByRole('button', { name: 'Save audit log' }).click()
  await expect(page.getByText('Audit log saved')).toBeVisible()
  await visit(page, `/projects/${project.slug}/settings`)
  await expect(page.getByLabel('Rows are kept for')).toHaveValue('')
})

test('whoever shuts out every public client is told so', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/settings/clients`)
  const warning = page.getByText('Every public client is shut out')
  await expect(page.getByText('by its document').first()).toBeVisible()
  await expect(warning).toHaveCount(0)
  await page.getByRole('radio', { name: 'Nobody’s' }).check()
  await page.getByRole('button', { name: 'Save client metadata documents' }).click()
  await expect(warning).toBeVisible()
  await page.getByRole('radio', { name: 'Open' }).check()
  await page.getByRole('button', { name: 'Save registration' }).click()
  await expect(warning).toHaveCount(0)
  await expect(page.getByText('registers itself')).toHaveCount(8)
})

test('whoever shuts out ChatGPT or Claude alone is told so', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/settings/clients`)
  await page.getByRole('radio', { name: 'Only those of these hosts' }).check()
  await page.getByLabel('Hosts', { exact: true }).fill('claude.ai')
  await page.getByRole('button', { name: 'Save client metadata documents' }).click()
  await expect(page.getByText('ChatGPT cannot connect')).toBeVisible()
  await page.getByLabel('Hosts', { exact: true }).fill('claude.ai\nchatgpt.com')
  await page.getByRole('button', { name: 'Save client metadata documents' }).click()
  await expect(page.getByText('ChatGPT cannot connect')).toHaveCount(0)
})

test('mails are shown as they leave us, in every language, and one goes to whoever asks', async ({ dashboard: page, project, member }) => {
  await visit(page, `/projects/${project.slug}/settings/mails`)
  await page.getByRole('link', { name: 'Deutsch' }).click()
  await page.waitForURL('**language=de')
  await page.getByRole('link', { name: 'Reset password' }).click()
  await page.waitForURL('**mail=reset-password**')
  await expect(page.frameLocator('iframe').locator('html')).toHaveAttribute('lang', 'de')
  await expect(page.frameLocator('iframe').getByText(project.name).first()).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Send me a test' }).click()
  await expect(page.getByText(`Sent to ${member.email}`)).toBeVisible()
  await page.goto('/mailbox')
  await expect(page.getByText(`to ${member.email}`).first()).toBeVisible()
})
