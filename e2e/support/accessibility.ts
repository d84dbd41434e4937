import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from '@playwright/test'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/**
 * What axe finds wrong with the page at rest, a line each; and whether it must be scrolled sideways (WCAG 1.4.10).
 * Nothing moves while it looks: text that is half faded in has the contrast of half faded text, and for some frames of a
 * navigation a page has no title.
 */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await page.waitForFunction(() => document.title !== '')
  await page.evaluate(axe)
  const faults = await page.evaluate(async () => {
    type Violation = { id: string; nodes: { target: string[] }[] }
    type Axe = { run(on: Document, options: object): Promise<{ violations: Violation[] }> }
    const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run(document, { resultTypes: ['violations'] })
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    const { scrollWidth, clientWidth } = document.documentElement
    return scrollWidth > clientWidth ? [...found, `scrolls sideways by ${scrollWidth - clientWidth} pixels`] : found
  })
  await page.emulateMedia({ reducedMotion: null })
  return faults
}
