import type { Page } from '@playwright/test'
import { faultsOf } from './accessibility.ts'

/** Light, dark, and the narrowest screen (WCAG 1.4.10). */
const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 320, height: 640 } },
] as const

/** What axe finds wrong with the page in any look, each with its look. With SCREENSHOTS, a picture of each look is kept in that folder. */
export async function faultsInEveryLook(page: Page, name: string): Promise<string[]> {
  const faults: string[] = []
  for (const { name: look, colorScheme, viewport } of LOOKS) {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize(viewport)
    faults.push(...(await faultsOf(page)).map((fault) => `${look}: ${fault}`))
    const folder = process.env.SCREENSHOTS
    if (folder)
      await page.screenshot({ path: `${folder}/${name.replace(/^\W+|\W+$/g, '').replace(/\W+/g, '-')}.${look}.png`, fullPage: true })
  }
  return faults
}
