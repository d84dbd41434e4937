import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { addressOf, dashboardPages } from '../support/dashboard-pages.ts'
import { type FurnishedProject, furnishedProject } from '../support/furnished-project.ts'
import { cookiesOf } from '../support/member.ts'

const LOOKS = [
  { name: 'light', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'dark', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
  { name: 'narrow', colorScheme: 'light', viewport: { width: 320, height: 640 } },
] as const

let furnished: FurnishedProject

test.beforeAll(async () => {
  furnished = await furnishedProject()
})

for (const route of dashboardPages()) {
  test(`${route} has no fault that axe knows, in light, in dark and at 320 pixels, where nothing scrolls sideways`, async ({
    openBrowser,
  }) => {
    for (const { name, ...options } of LOOKS) {
      const page = await openBrowser(options)
      await page.context().addCookies(cookiesOf(furnished.owner))
      await visit(page, addressOf(route, furnished.parameters))
      expect(await faultsOf(page), name).toEqual([])
      const directory = process.env.SCREENSHOTS
      if (directory) await page.screenshot({ path: `${directory}/${route.replace(/\W+/g, '-')}.${name}.png`, fullPage: true })
      await page.context().close()
    }
  })
}
