import { expect, test, visit } from './fixtures.ts'
import { faultsOf } from './support/accessibility.ts'
import { createClient, startAuthorization } from './support/client.ts'

const REDIRECT_URI = 'https://client.example/callback'
/** One red pixel. */
const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')

test('a project’s logo, colour and links stand on its pages, and nothing else does', async ({
  dashboard,
  project,
  openBrowser,
  complaints,
}) => {
  complaints.foresee(/status of 4(?:00|13)/) // the two files that are refused
  await visit(dashboard, `/projects/${project.slug}/settings`)
  const file = dashboard.getByLabel('Choose a file')
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: SVG })
  await expect(dashboard.getByText('A PNG, JPEG or WebP picture')).toBeVisible()
  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.concat([PNG, Buffer.alloc(300 * 1024)]) })
  await expect(dashboard.getByText('At most 256 KB', { exact: true })).toBeVisible()
  await file.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: PNG })
  await expect(dashboard.getByRole('img', { name: `Logo of ${project.name}` })).toBeVisible()

  const form = dashboard.getByRole('form', { name: 'Branding' })
  await form.getByLabel('Colour').fill('#facc15')
  await form.getByLabel('Help').fill('https://example.com/help')
  await form.getByLabel('Privacy policy').fill('javascript:alert(1)')
  await form.getByRole('button', { name: 'Save branding' }).click()
  await expect(form.getByText('A full https URL')).toBeVisible()
  await form.getByLabel('Privacy policy').fill('https://example.com/privacy')
  await form.getByRole('button', { name: 'Save branding' }).click()
  await expect(dashboard.getByText('Branding saved')).toBeVisible()

  const client = await createClient(project, REDIRECT_URI)
  const page = await openBrowser()
  const logo = page.getByRole('img', { name: project.name })
  await expect(async () => {
    await page.goto(startAuthorization(project, client, REDIRECT_URI).url)
    await expect(logo).toBeVisible({ timeout: 500 })
  }).toPass({ timeout: 10_000 })
  expect(await logo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1)
  expect(await logo.getAttribute('src')).toMatch(new RegExp(`^/p/${project.slug}/logo/[0-9a-f]{64}$`))
  const footer = page.getByRole('contentinfo')
  await expect(footer.getByRole('link', { name: 'Help' })).toHaveAttribute('href', 'https://example.com/help')
  await expect(footer.getByRole('link', { name: 'Privacy' })).toHaveAttribute('href', 'https://example.com/privacy')
  await expect(footer.getByRole('link', { name: 'Terms' })).toHaveCount(0)
  // a yellow that nobody could see on white has become a darker one
  const button = page.getByRole('button', { name: 'Sign in', exact: true })
  expect(await button.evaluate((element) => getComputedStyle(element).backgroundColor)).not.toBe('rgb(250, 204, 21)')
  expect(await faultsOf(page)).toEqual([])
})
