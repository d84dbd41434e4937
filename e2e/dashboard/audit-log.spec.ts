import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, ready, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient } from '../support/client.ts'
import { openDoor } from '../support/door.ts'
import { target } from '../support/installation.ts'
import { cookiesOf, signUpMember } from '../support/member.ts'
import { auditLog } from '../support/project.ts'

const REDIRECT = 'https://client.example/callback'

const table = (page: Page) => page.getByRole('table', { name: 'Audit log' })
const actions = (page: Page) => table(page).locator('tbody tr td:first-child .font-mono').allTextContents()

test('a filter stands in the address, is kept as a view under a name, and a view is one click', async ({ dashboard: page, project }) => {
  await createClient(project, REDIRECT, 'Notes web')
  const log = `/projects/${project.slug}/audit-log`
  await visit(page, log)
  expect(await actions(page)).toEqual(['client.created', 'project.created'])

  await page.getByLabel('Kind').selectOption({ label: 'Client created' })
  await page.getByLabel('Time').selectOption({ label: 'Last hour' })
  await page.getByRole('button', { name: 'Filter' }).click()
  await expect(page).toHaveURL(/[?&]kind=client\.created&.*range=1h/)
  await expect.poll(() => actions(page)).toEqual(['client.created'])
  await page.reload()
  await ready(page)
  await expect(page.getByLabel('Time')).toHaveValue('1h')

  await page.getByRole('button', { name: 'Save this view' }).click()
  await page.getByLabel('View name').fill('New clients')
  await page.getByRole('button', { name: 'Save view' }).click()
  await expect(page.locator('[data-sonner-toast]', { hasText: 'View saved' })).toBeVisible()
  await visit(page, log)
  await page.getByRole('list', { name: 'Saved views' }).getByRole('link', { name: 'New clients' }).click()
  await expect.poll(() => actions(page)).toEqual(['client.created'])

  await page.getByRole('button', { name: 'Delete view New clients' }).click()
  await page.getByRole('button', { name: 'Delete view', exact: true }).click()
  await expect(page.locator('[data-sonner-toast]', { hasText: 'View deleted' })).toBeVisible()
  await expect(page.getByRole('list', { name: 'Saved views' })).toBeHidden()
  const told = (await auditLog(project)).map(({ action }) => action)
  expect(told.slice(0, 2)).toEqual(['saved_view.deleted', 'saved_view.created'])
})

test('live, an event appears that happens meanwhile; it ends with the session', async ({
  dashboard: page,
  project,
  context,
  complaints,
}) => {
  complaints.foresee(/status of 40\d/)
  await visit(page, `/projects/${project.slug}/audit-log`)
  await page.getByRole('button', { name: 'Live' }).click()
  await expect(page.getByRole('button', { name: 'Live' })).toHaveAttribute('aria-pressed', 'true')
  await createClient(project, REDIRECT, 'Came meanwhile')
  await expect(table(page).getByRole('cell', { name: 'Came meanwhile' })).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('status').filter({ hasText: '1 new event' })).toBeAttached()
  expect(await actions(page)).toEqual(['client.created', 'project.created'])

  await context.clearCookies()
  await expect(page.getByText('You are signed out or no longer see this log.')).toBeVisible({ timeout: 15_000 })
  await createClient(project, REDIRECT, 'Never seen')
  await expect(page.getByRole('button', { name: 'Ended' })).toBeVisible()
  await expect(table(page)).not.toContainText('Never seen')
})

test('away from the top, new events wait behind a bar and move nothing', async ({ dashboard: page, project }) => {
  for (let i = 0; i < 8; i++) await createClient(project, REDIRECT, `Client ${i}`)
  await page.setViewportSize({ width: 1000, height: 500 })
  await visit(page, `/projects/${project.slug}/audit-log`)
  await page.getByRole('button', { name: 'Live' }).click()
  await table(page).getByRole('link', { name: 'Project created' }).scrollIntoViewIfNeeded()
  const before = await table(page).getByRole('link', { name: 'Project created' }).boundingBox()
  await createClient(project, REDIRECT, 'The newest')
  const bar = page.getByRole('button', { name: '1 new event' })
  await expect(bar).toBeVisible({ timeout: 15_000 })
  expect(await table(page).getByRole('link', { name: 'Project created' }).boundingBox()).toEqual(before)
  await expect(table(page)).not.toContainText('The newest')
  await bar.click()
  await expect(table(page).locator('tbody tr').first()).toContainText('The newest')
})

test('the log is taken away as CSV and as JSON Lines, which the log says', async ({ dashboard: page, project }) => {
  await createClient(project, REDIRECT, '=HYPERLINK("https://evil.example")')
  await visit(page, `/projects/${project.slug}/audit-log?kind=client.created`)
  const taken = async (format: string) => {
    await page.getByRole('button', { name: 'Export' }).click()
    await page.getByLabel(format).check()
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Download' }).click()
    const file = await download
    await expect(page.getByRole('dialog')).toBeHidden()
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
  }
  const csv = await taken('CSV')
  expect(csv.name).toMatch(new RegExp(`^${project.slug}-audit-log-.*\\.csv$`))
  expect(csv.text.trim().split('\n')).toHaveLength(2)
  expect(csv.text).toContain(`"'=HYPERLINK(""https://evil.example"")"`)
  const lines = await taken('JSON Lines')
  expect(lines.name).toMatch(/\.jsonl$/)
  expect(
    lines.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{ action: 'client.created', outcome: 'ok' }])
  const told = await auditLog(project, '--action', 'audit_log.exported')
  expect(told.map(({ detail }) => detail?.format)).toEqual(['jsonl', 'csv'])
})

test('an event opens with what changed, its JSON and its link; the errors are grouped by kind', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/settings`)
  await page.getByLabel('Name', { exact: true }).fill('Another name')
  await page.getByRole('button', { name: 'Save general' }).click()
  await expect(page.getByText('General saved')).toBeVisible()
  await fetch(`${project.issuer}/api/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type: 'authorization_code', client_id: 'c_nobody', code: 'gate_ac_x' }),
  })

  await visit(page, `/projects/${project.slug}/audit-log`)
  await table(page).getByRole('link', { name: 'Settings changed' }).click()
  const panel = page.getByRole('dialog', { name: 'Settings changed' })
  const changes = panel.getByRole('region', { name: 'Changes' })
  await expect(changes).toContainText(`Before: ${project.name}`)
  await expect(changes).toContainText('After: Another name')
  expect(await faultsOf(page)).toEqual([])
  await panel.getByRole('tab', { name: 'JSON' }).click()
  await expect(panel.getByRole('tabpanel', { name: 'JSON' })).toContainText('"action": "project.updated"')
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(page).not.toHaveURL(/event=/)

  await page.getByRole('link', { name: 'Errors by kind' }).click()
  await expect(page).toHaveURL(/\/errors/)
  const errors = page.getByRole('table', { name: 'Errors by kind' })
  await expect(async () => {
    await page.reload()
    await expect(errors).toContainText('No client of this project has this client_id.', { timeout: 1_000 })
  }).toPass({ timeout: 20_000 })
  expect(await faultsOf(page)).toEqual([])
})

test('the log has no faults and no sideways scroll, light and dark, at 320 pixels too', async ({ dashboard: page, project }) => {
  await createClient(project, REDIRECT)
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme })
    for (const width of [1280, 320]) {
      await page.setViewportSize({ width, height: 800 })
      await visit(page, `/projects/${project.slug}/audit-log?outcome=ok&client=`)
      expect([scheme, width, await faultsOf(page)]).toEqual([scheme, width, []])
    }
  }
})

test('the reference of an error page is no event, and the log says where it is found', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/audit-log?text=2338402346`)
  await expect(page.getByRole('heading', { name: 'This looks like the reference of an error page' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'In the server’s output' })).toContainText("grep -F '2338402346'")
})

test('an export that is refused is a page that leads back, and JSON for programs', async ({ dashboard: page, project, complaints }) => {
  complaints.foresee(/status of 400/)
  await visit(page, `/projects/${project.slug}/audit-log?from=yesterday`)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('button', { name: 'Download' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing was exported' })).toBeVisible()
  await expect(page.getByText('Such as 2026-11-21T18:00:00Z')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  const asked = { form: { format: 'csv', from: 'yesterday' }, headers: { origin: target(), accept: '*/*' } }
  const answer = await page.request.post(`/projects/${project.slug}/audit-log/export`, asked)
  expect([answer.status(), await answer.json()]).toEqual([400, { message: expect.stringContaining('Such as') }])
  await page.getByRole('link', { name: 'Back to the audit log' }).click()
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible()
  expect(await auditLog(project, '--action', 'audit_log.exported')).toEqual([])
})

test('neither the tail nor the export answers somebody without a session or a member of another organisation', async ({ project }) => {
  const door = openDoor(target())
  try {
    const cookie = [...cookiesOf(await signUpMember())].map(({ name, value }) => `${name}=${value}`).join('; ')
    for (const [method, place] of [
      ['GET', 'tail'],
      ['POST', 'export'],
    ] as const) {
      const path = `/projects/${project.slug}/audit-log/${place}`
      const body = method === 'POST' ? { body: Buffer.from('format=csv') } : {}
      const origin = target()
      const nobody = await door.ask(path, { method, ...body, headers: { origin } })
      const login = `/login?${new URLSearchParams({ next: `/projects/${project.slug}/audit-log` })}`
      expect([place, nobody.status, nobody.headers.location]).toEqual([place, 307, login])
      const stranger = await door.ask(path, { method, ...body, headers: { origin, cookie } })
      expect([place, stranger.status]).toEqual([place, 404])
    }
    expect((await auditLog(project)).map(({ action }) => action)).toEqual(['project.created'])
  } finally {
    door.close()
  }
})
