import type { Page } from '@playwright/test'
import { expect, test, visit } from './fixtures.ts'
import { redemption, registerClient, requestTokens, startAuthorization } from './support/client.ts'
import { type ClientSite, openClientSite } from './support/client-site.ts'
import { newAccount, signUpOn } from './support/consent-page.ts'
import { faultsInEveryLook } from './support/looks.ts'
import { picture } from './support/picture.ts'
import type { Project } from './support/project.ts'

const PNG = { type: 'image/png', body: picture(128) }
const SVG = { type: 'image/png', body: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>' }

let site: ClientSite
test.beforeEach(async () => {
  site = await openClientSite()
})
test.afterEach(() => site.close())

const looksAt = (path: string): number => site.asked.filter((each) => each.path === path).length
/** In the head of the page, beside a client's name. */
const mark = (page: Page) => page.locator('main h1').locator('xpath=..').locator('img')

/** A client ID metadata document, whose own URL is the client_id. */
function publishDocument(redirectUri: string, more: object = {}): string {
  const url = `${site.origin}/client.json`
  const document = { client_id: url, client_name: 'Lighthouse', redirect_uris: [redirectUri], logo_uri: `${site.origin}/logo.png`, ...more }
  site.publish('/client.json', { type: 'application/json', body: JSON.stringify(document) })
  return url
}

const pathOf = ({ slug }: Project) => new RegExp(`^/p/${slug}/client-logo/[0-9a-f]{64}$`)

for (const scripts of [true, false]) {
  test(`a client’s logo stands on the consent page and among connected apps, and browsers ask nobody else for it, ${scripts ? 'with' : 'without'} scripts`, async ({
    project,
    callback,
    openBrowser,
  }) => {
    site.publish('/logo.png', PNG)
    const client = { client_id: publishDocument(callback.redirectUri) }
    const page = await openBrowser({ javaScriptEnabled: scripts })
    const origins = new Set<string>()
    page.on('request', (request) => origins.add(new URL(request.url()).origin))

    const authorization = startAuthorization(project, client, callback.redirectUri)
    await page.goto(authorization.url)
    await signUpOn(page, newAccount())
    await expect.poll(() => looksAt('/logo.png')).toBeGreaterThan(0)
    await expect(async () => {
      await page.reload()
      await expect(mark(page)).toBeVisible({ timeout: 500 })
    }).toPass({ timeout: 10_000 })
    const looks = looksAt('/logo.png')
    expect(await mark(page).getAttribute('src')).toMatch(pathOf(project))
    expect(await mark(page).boundingBox()).toMatchObject({ width: 40, height: 40 })
    expect(await mark(page).getAttribute('alt')).toBe('') // its name stands beside it
    if (scripts) {
      expect(await mark(page).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(128)
      expect(await faultsInEveryLook(page, 'consent with a logo')).toEqual([])
    }
    expect([...origins]).toEqual([new URL(project.issuer).origin])
    expect(looksAt('/logo.png')).toBe(looks)
    expect(site.asked.find(({ path }) => path === '/logo.png')?.headers).not.toHaveProperty('cookie')

    await page.getByRole('button', { name: 'Allow' }).click()
    const code = (await callback.take()).searchParams.get('code') ?? ''
    await requestTokens(project, redemption(client, authorization, code))
    await page.goto(`${project.issuer}/connected-apps`)
    const app = page.getByRole('region', { name: '127.0.0.1' })
    expect(await app.locator('img').getAttribute('src')).toMatch(pathOf(project))
    if (scripts) expect(await faultsInEveryLook(page, 'connected apps with a logo')).toEqual([])
  })
}

test('a client whose logo is no picture has its first letter, and one that registered itself has neither', async ({
  page,
  project,
  callback,
}) => {
  site.publish('/logo.png', SVG)
  const client = { client_id: publishDocument(callback.redirectUri) }
  await page.goto(startAuthorization(project, client, callback.redirectUri).url)
  await signUpOn(page, newAccount())
  await expect.poll(() => looksAt('/logo.png')).toBeGreaterThan(0)
  await page.reload()
  await expect(page.getByText('1', { exact: true })).toBeVisible() // of 127.0.0.1
  await expect(mark(page)).toHaveCount(0)
  expect(await faultsInEveryLook(page, 'consent with a letter')).toEqual([])

  site.publish('/mine.png', PNG)
  const stranger = await registerClient(project, callback.redirectUri, { name: 'Stranger', logoUri: `${site.origin}/mine.png` })
  await page.goto(startAuthorization(project, stranger, callback.redirectUri).url)
  await expect(page.getByText('Nobody has checked this app')).toBeVisible()
  await page.reload()
  await expect(mark(page)).toHaveCount(0)
  await expect(page.getByText('S', { exact: true })).toHaveCount(0)
  expect(looksAt('/mine.png')).toBe(0)
  expect(await faultsInEveryLook(page, 'consent of a stranger')).toEqual([])
})

test('a member gives a client a logo, and its page tells whether it could be read', async ({
  dashboard,
  project,
  callback,
  openBrowser,
}) => {
  site.publish('/logo.png', SVG)
  site.publish('/better.png', PNG)
  await visit(dashboard, `/projects/${project.slug}/clients/new`)
  await dashboard.getByLabel('Name', { exact: true }).fill('Desk')
  await dashboard.getByLabel('Redirect URIs').fill(callback.redirectUri)
  await dashboard.getByLabel('Logo').fill('ftp://client.example/logo.png')
  await dashboard.getByRole('button', { name: 'Create client' }).click()
  await expect(dashboard.getByText('An https URL of a public host')).toBeVisible()
  await dashboard.getByLabel('Logo').fill(`${site.origin}/logo.png`)
  await dashboard.getByRole('button', { name: 'Create client' }).click()
  await expect(dashboard.getByRole('heading', { name: 'Desk', level: 1 })).toBeVisible()
  await expect(dashboard.getByText('Not read yet: it is when the client next sends somebody to sign in.')).toBeVisible()
  expect(looksAt('/logo.png')).toBe(0)

  const client = { client_id: decodeURIComponent(new URL(dashboard.url()).pathname.split('/').at(-1) ?? '') }
  const person = await openBrowser()
  await person.goto(startAuthorization(project, client, callback.redirectUri).url)
  await expect.poll(() => looksAt('/logo.png')).toBeGreaterThan(0)
  await expect(async () => {
    await dashboard.reload()
    await expect(dashboard.getByText(/Could not be read .*: it is no PNG, JPEG or WebP\./)).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })

  await visit(dashboard, new URL(dashboard.url()).pathname)
  await dashboard.getByRole('button', { name: 'Edit' }).click()
  const dialog = dashboard.getByRole('dialog', { name: 'Edit Desk' })
  await dialog.getByLabel('Logo').fill(`${site.origin}/better.png`)
  await dialog.getByRole('button', { name: 'Save client' }).click()
  await expect(dashboard.getByText('Client saved')).toBeVisible()
  await person.goto(startAuthorization(project, client, callback.redirectUri).url)
  const copy = dashboard.locator('main dd img')
  await expect(async () => {
    await dashboard.reload()
    await expect(copy).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })
  await expect.poll(() => copy.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(128)
  await expect(dashboard.getByText(/^Read /)).toBeVisible()
  expect(await faultsInEveryLook(dashboard, 'client with a logo')).toEqual([])
})
