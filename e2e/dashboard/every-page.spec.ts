import { expect, test, visit } from '../fixtures.ts'
import { cutOff } from '../support/cut-off.ts'
import { addressOf, dashboardPages } from '../support/dashboard-pages.ts'
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts'
import { faultsInEveryLook } from '../support/looks.ts'
import { cookiesOf } from '../support/member.ts'

let furnished: FurnishedProject

test.beforeAll(async () => {
  furnished = await furnishedProject()
})

for (const route of dashboardPages()) {
  test(`${route} has no fault that axe knows, in light, in dark and at 320 pixels, and can be read at 200 % of its size (WCAG 1.4.4, 1.4.10)`, async ({
    openBrowser,
  }) => {
    const page = await openBrowser()
    await page.context().addCookies(cookiesOf(furnished.owner))
    await visit(page, addressOf(route, furnished.parameters))
    expect(await faultsInEveryLook(page, route)).toEqual([])
    // A window of 1280 pixels whose page is zoomed, and one whose letters are: what is measured in rem grows with them.
    await page.setViewportSize({ width: 640, height: 450 })
    expect(await cutOff(page), 'zoomed').toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
    })
    expect(await cutOff(page), 'with greater letters').toEqual([])
    await page.context().close()
  })
}
