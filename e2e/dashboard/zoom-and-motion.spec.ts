import type { Page } from '@playwright/test'
import { expect, test, visit } from '../fixtures.ts'
import { cutOff } from '../support/cut-off.ts'
import { addressOf } from '../support/dashboard-pages.ts'
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts'
import { cookiesOf } from '../support/member.ts'

let furnished: FurnishedProject

test.beforeAll(async () => {
  furnished = await furnishedProject()
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
