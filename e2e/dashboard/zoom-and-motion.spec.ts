import type { Page } from '@playwright/test'
import { expect, test, visit } from '../fixtures.ts'
import { addressOf, dashboardPages } from '../support/dashboard-pages.ts'
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts'
import { cookiesOf } from '../support/member.ts'

let furnished: FurnishedProject

test.beforeAll(async () => {
  furnished = await furnishedProject()
})

/** What cannot be read without scrolling sideways, and words that their own box cuts off without an ellipsis or a way to scroll. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults: string[] = []
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth > clientWidth) faults.push(`scrolls sideways by ${scrollWidth - clientWidth} pixels`)
    for (const element of document.querySelectorAll<HTMLElement>('main *')) {
      const style = getComputedStyle(element)
      const isShown = element.checkVisibility() && element.clientWidth > 1 && !element.closest('.sr-only, svg, [aria-hidden="true"]')
      const ownWords = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim())
      if (!isShown || !ownWords) continue
      const cutsX =
        /hidden|clip/.test(style.overflowX) && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1
      const cutsY =
        /hidden|clip/.test(style.overflowY) && style.textOverflow !== 'ellipsis' && element.scrollHeight > element.clientHeight + 2
      const isButton = element.closest('button, a, [role="tab"]') !== null && style.display !== 'inline'
      const spills = isButton && element.scrollWidth > element.clientWidth + 1 && style.overflowX === 'visible'
      if (cutsX || cutsY || spills) faults.push(`cuts “${element.textContent?.trim().slice(0, 40)}” (${element.className})`)
    }
    return faults
  })

test('this test sees words that are cut off, and a page that is too wide', async ({ openBrowser }) => {
  const page = await openBrowser({ viewport: { width: 640, height: 450 } })
  await visit(page, '/login')
  expect(await cutOff(page)).toEqual([])
  await page.evaluate(() => {
    const box = document.createElement('div')
    box.style.cssText = 'width:40px;height:8px;overflow:hidden'
    box.textContent = 'planted words that are far too long'
    const wide = document.createElement('div')
    wide.style.cssText = 'width:900px;height:1px'
    document.querySelector('main')?.append(box, wide)
  })
  expect((await cutOff(page)).join('\n')).toMatch(/scrolls sideways by \d+ pixels\ncuts “planted words/)
})

for (const route of dashboardPages())
  test(`${route} can be read at 200 % of its size, be it the page or the letters that grow (WCAG 1.4.4, 1.4.10)`, async ({
    openBrowser,
  }) => {
    // A window of 1280 pixels at 200 %.
    const zoomed = await openBrowser({ viewport: { width: 640, height: 450 }, deviceScaleFactor: 2 })
    await zoomed.context().addCookies(cookiesOf(furnished.owner))
    await visit(zoomed, addressOf(route, furnished.parameters))
    expect(await cutOff(zoomed), 'zoomed').toEqual([])
    // The browser's own size of letters: what is measured in rem grows with it.
    await zoomed.setViewportSize({ width: 1280, height: 900 })
    await zoomed.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    expect(await cutOff(zoomed), 'with greater letters').toEqual([])
    await zoomed.context().close()
  })

test('nothing moves for whoever asks for less motion: neither a dialog, nor a menu, nor a button', async ({ openBrowser }) => {
  const still = await openBrowser({ reducedMotion: 'reduce' })
  await still.context().addCookies(cookiesOf(furnished.owner))
  await visit(still, addressOf('/projects/[project]/scopes', furnished.parameters))
  await still.getByRole('button', { name: 'Add scope' }).first().click()
  await still.getByRole('dialog').waitFor()
  const longest = (page: Page) =>
    page.evaluate(() => {
      const seconds = (list: string) =>
        Math.max(...list.split(',').map((each) => Number.parseFloat(each) * (each.trim().endsWith('ms') ? 0.001 : 1)))
      const styles = [...document.querySelectorAll('*')].flatMap((element) =>
        [undefined, '::before', '::after'].map((part) => getComputedStyle(element, part)),
      )
      return Math.max(...styles.map((style) => Math.max(seconds(style.animationDuration), seconds(style.transitionDuration))))
    })
  expect(await longest(still)).toBeLessThan(0.001)

  const moving = await openBrowser({ reducedMotion: 'no-preference' })
  await moving.context().addCookies(cookiesOf(furnished.owner))
  await visit(moving, addressOf('/projects/[project]/scopes', furnished.parameters))
  expect(await longest(moving)).toBeGreaterThan(0.01) // so that its absence says something
})
