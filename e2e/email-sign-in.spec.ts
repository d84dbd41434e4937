import type { Page } from '@playwright/test'
import { expect, test, visit } from './fixtures.ts'
import { registerClient, startAuthorization } from './support/client.ts'
import { newAccount } from './support/consent-page.ts'
import type { Project } from './support/project.ts'

/** Switches on codes by e-mail in the settings of the project. */
async function useEmail(dashboard: Page, { slug }: Project): Promise<void> {
  await visit(dashboard, `/projects/${slug}/settings/sign-in`)
  await dashboard.getByRole('switch', { name: 'Code by e-mail' }).check()
  await dashboard.getByRole('button', { name: 'Save sign-in and consent' }).click()
  await expect(dashboard.getByText('Sign-in and consent saved')).toBeVisible()
  await new Promise((resolve) => setTimeout(resolve, 1_500)) // settings reach every process within seconds
}

/** The newest mail to this address, as the mailbox of the installation shows it. */
async function openMail(page: Page, email: string, subject: RegExp): Promise<string> {
  await expect
    .poll(async () => {
      await page.goto('/mailbox')
      return page.getByRole('link', { name: email }).filter({ hasText: subject }).count()
    })
    .toBeGreaterThan(0)
  await page.getByRole('link', { name: email }).filter({ hasText: subject }).first().click()
  await expect(page.getByRole('heading', { name: subject })).toBeVisible()
  return page.locator('pre').innerText()
}

const codeIn = (mail: string): string => /^\d{6}$/m.exec(mail)?.[0] ?? ''
const linkIn = (mail: string): string => /^http\S+\/email\?\S+$/m.exec(mail)?.[0] ?? ''

test('a person signs in with a code from a mail, which makes the account, and connects a client', async ({
  dashboard,
  project,
  callback,
  openBrowser,
}) => {
  await useEmail(dashboard, project)
  const page = await openBrowser()
  const { email } = newAccount()
  const client = await registerClient(project, callback.redirectUri)
  await page.goto(startAuthorization(project, client, callback.redirectUri).url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await expect(page.getByRole('heading', { name: 'Check your mail' })).toBeVisible()
  expect(page.url()).not.toMatch(/@|%40/)

  const mail = await openMail(dashboard, email, /is your code/)
  const stranger = await openBrowser()
  await stranger.goto(linkIn(mail))
  await expect(stranger.getByText('This is not the browser in which you asked')).toBeVisible()
  await expect(stranger.getByText(codeIn(mail), { exact: true })).toBeVisible()
  await expect(stranger.getByRole('button', { name: 'Sign in' })).toHaveCount(0)

  await page.getByLabel('Code').fill(codeIn(mail))
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByText(email)).toBeVisible()
  await page.getByRole('button', { name: 'Allow' }).click()
  expect((await callback.take()).searchParams.has('code')).toBe(true)
})

test('a mailed link signs in after one click in the browser that asked for it, without scripts', async ({
  dashboard,
  project,
  callback,
  openBrowser,
}) => {
  await useEmail(dashboard, project)
  const { email } = newAccount()
  const client = await registerClient(project, callback.redirectUri)
  const page = await openBrowser({ javaScriptEnabled: false })
  await page.goto(startAuthorization(project, client, callback.redirectUri).url)
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send me a code' }).click()
  await page.goto(linkIn(await openMail(dashboard, email, /is your code/)))
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
  await expect(page.getByText(email)).toBeVisible()
})

test('a person makes an account with a password, forgets it, chooses a new one and changes the address', async ({
  dashboard,
  project,
  openBrowser,
}) => {
  await useEmail(dashboard, project)
  const page = await openBrowser()
  const { email, password } = newAccount()
  await page.goto(`${project.issuer}/account`)
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Continue' }).click()
  await page.getByLabel('Code').fill(codeIn(await openMail(dashboard, email, /confirms your address/)))
  await page.getByLabel('Choose a password').fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: /Your .* account/ })).toBeVisible()
  await expect(page.getByText('Confirmed', { exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.getByRole('link', { name: 'Forgot your password?' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByRole('button', { name: 'Send the link' }).click()
  await page.goto(linkIn(await openMail(dashboard, email, /A new password/)))
  await page.getByLabel('New password').fill(`${password}-2`)
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(`${password}-2`)
  await page.getByRole('button', { name: 'Sign in' }).click()

  const next = newAccount().email
  await page.getByText('Change the address').click()
  await page.getByLabel('New e-mail address').fill(next)
  await page.getByLabel('Current password').first().fill(`${password}-2`)
  await page.getByRole('button', { name: 'Send a code to the new address' }).click()
  await page.getByLabel('Code').fill(codeIn(await openMail(dashboard, next, /confirms your new address/)))
  await page.getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect(page.getByText('Your e-mail address is changed')).toBeVisible()
  await openMail(dashboard, email, /was changed/)
})
