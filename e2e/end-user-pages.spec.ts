import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { faultsOf } from './support/accessibility.ts'
import { type Client, createClient, startAuthorization } from './support/client.ts'
import { newAccount, signUpOn } from './support/consent-page.ts'
import { createProject, type Project } from './support/project.ts'

const REDIRECT_URI = 'https://client.example/callback'

let project: Project
let client: Client

test.beforeAll(async () => {
  project = await createProject({ name: 'Harbour notes' })
  client = await createClient(project, REDIRECT_URI, 'Lighthouse')
})

const authorizeUrl = (more: Record<string, string> = {}): string => startAuthorization(project, client, REDIRECT_URI, more).url

/** Everything the pages load, but from where they come from themselves. */
function strangersOn(page: Page): string[] {
  const strangers: string[] = []
  const { origin } = new URL(project.issuer)
  page.on('request', (request) => {
    const url = new URL(request.url())
    if (url.origin !== origin && url.protocol !== 'data:') strangers.push(request.url())
  })
  return strangers
}

/** Every page that an end user sees, one after the other; `look` is called on each. */
async function walk(page: Page, look: (name: string) => Promise<void>): Promise<void> {
  await page.goto(authorizeUrl())
  await look('sign-in')
  await page.locator('[name=email]').first().fill('nobody@example.com')
  await page.locator('[name=password]').first().fill('not the password')
  await page.locator('button[value=sign-in]').click()
  await page.getByRole('alert').first().waitFor()
  await look('sign-in, refused')
  await signUpOn(page, newAccount())
  await look('consent')
  await page.locator('footer summary').click()
  await look('consent, languages')
  await page.goto(`${project.issuer}/account`)
  await look('account')
  await page.goto(`${project.issuer}/connected-apps`)
  await look('connected apps')
}

const LOOKS = [
  { name: 'in the light', colorScheme: 'light', viewport: { width: 1000, height: 800 } },
  { name: 'in the dark', colorScheme: 'dark', viewport: { width: 1000, height: 800 } },
  { name: '320 pixels wide', colorScheme: 'light', viewport: { width: 320, height: 640 } },
  { name: '320 pixels wide in the dark', colorScheme: 'dark', viewport: { width: 320, height: 640 } },
] as const

for (const { name, ...look } of LOOKS) {
  test(`${name} axe finds no fault with any page, nothing scrolls sideways, and nothing is asked of anybody else`, async ({
    openBrowser,
  }) => {
    const page = await openBrowser(look)
    const strangers = strangersOn(page)
    const faults: Record<string, string[]> = {}
    await walk(page, async (where) => {
      const found = await faultsOf(page)
      if (found.length > 0) faults[where] = found
    })
    expect(faults).toEqual({})
    expect(strangers).toEqual([])
  })
}

test('the keyboard goes through the sign-in form from top to bottom, and Enter sends it', async ({ page }) => {
  await page.goto(authorizeUrl())
  const email = page.getByLabel('E-mail')
  await email.focus()
  await page.keyboard.press('Tab')
  await expect(page.getByLabel('Password')).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeFocused()
  await email.fill('nobody@example.com')
  await page.getByLabel('Password').fill('not the password')
  await page.keyboard.press('Enter')
  await expect(page.getByText('E-mail address and password do not belong together.')).toBeVisible()
})

test.describe('the language', () => {
  const lang = (page: Page) => page.evaluate(() => document.documentElement.lang)

  for (const [locale, tag, button] of [
    ['de-AT', 'de', 'Anmelden'],
    ['fr-FR', 'fr', 'Se connecter'],
    ['es-MX', 'es', 'Iniciar sesión'],
    ['ja-JP', 'ja', 'ログイン'],
    ['pt-BR', 'pt-BR', 'Entrar'],
    ['nl-NL', 'en', 'Sign in'],
  ] as const) {
    test(`of a browser that asks for ${locale} is ${tag}`, async ({ openBrowser }) => {
      const page = await openBrowser({ locale })
      await page.goto(authorizeUrl())
      await expect(page.getByRole('button', { name: button, exact: true })).toBeVisible()
      expect(await lang(page)).toBe(tag)
      expect(await faultsOf(page)).toEqual([])
    })
  }

  test('is the client’s wish, then the person’s own choice, without scripts and on every page', async ({ openBrowser, complaints }) => {
    complaints.foresee(/status of 40[04]/) // devices are off, and nobody is no client
    const page = await openBrowser({ locale: 'en-GB', javaScriptEnabled: false })
    await page.goto(authorizeUrl({ ui_locales: 'ja de' }))
    await expect(page.getByRole('button', { name: 'ログイン', exact: true })).toBeVisible()
    await page.locator('footer summary').click()
    await page.getByRole('link', { name: 'Deutsch' }).click()
    await expect(page.getByRole('button', { name: 'Anmelden', exact: true })).toBeVisible()
    await page.getByRole('link', { name: 'Konto anlegen' }).click()
    await expect(page.getByRole('heading', { name: `Konto bei ${project.name} anlegen` })).toBeVisible()
    await page.goto(`${project.issuer}/device`)
    await expect(page.locator('html')).toHaveAttribute('lang', 'de')
    await page.goto(authorizeUrl({ client_id: 'nobody' }))
    await expect(page.getByRole('heading')).toHaveText('Diese Anwendung ist hier nicht bekannt')
  })

  test('of the dashboard stays English', async ({ openBrowser }) => {
    const page = await openBrowser({ locale: 'de-DE' })
    await page.goto('/login?lang=fr')
    expect(await lang(page)).toBe('en')
  })
})
