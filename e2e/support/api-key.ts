import type { Page } from '@playwright/test'
import { visit } from '../fixtures.ts'

/** A key that may all that its maker may, made in the dashboard in which `page` is signed in. */
export async function makeApiKey(page: Page, name: string): Promise<string> {
  await visit(page, '/organisation/api-keys')
  await page.getByRole('button', { name: 'Make API key' }).click()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'All my role may' }).click()
  await page.getByRole('button', { name: 'Make key' }).click()
  const dialog = page.getByRole('dialog', { name: 'Your new API key' })
  const key = (await dialog.locator('dd code').textContent()) ?? ''
  await dialog.getByRole('button', { name: 'I stored it' }).click()
  return key
}
