import type { BrowserContext, Page } from '@playwright/test'
import { Secret, TOTP } from 'otpauth'
import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { commandLineJson } from '../support/command-line.ts'
import { mailedLinkTo } from '../support/mailbox.ts'
import { cookiesOf, type Member } from '../support/member.ts'
import { unique } from '../support/unique.ts'

/** `steps` of thirty seconds from now: each code counts once, and the next one counts already. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({ timestamp: Date.now() + steps * 30_000 })

async function logIn(page: Page, { email, password }: Pick<Member, 'email' | 'password'>): Promise<void> {
  await visit(page, '/login')
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

/** An authenticator in the machine. Answers what lets its person touch it, or no more. */
async function withAuthenticator(context: BrowserContext, page: Page): Promise<(enabled: boolean) => Promise<unknown>> {
  const session = await context.newCDPSession(page)
  await session.send('WebAuthn.enable')
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
  } as const
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options })
  return (enabled) => session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled })
}

test('an authenticator app is set up, asked for after the password, and replaced by a recovery code', async ({
  dashboard: page,
  member,
  openBrowser,
}) => {
  await visit(page, '/profile')
  await page.getByRole('button', { name: 'Set up an app' }).click()
  const dialog = page.getByRole('dialog', { name: 'Set up an authenticator app' })
  await expect(dialog.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible()
  const secret = await dialog.getByTestId('totp-secret').innerText()
  await dialog.getByLabel('Code the app shows now').fill(codeOf(secret))
  await dialog.getByRole('button', { name: 'Switch it on' }).click()

  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')
  await expect(codes).toHaveCount(10)
  const [recoveryCode = ''] = await codes.allInnerTexts()
  await page.getByRole('button', { name: 'I stored them' }).click()
  await expect(page.getByText('10 of 10 recovery codes left')).toBeVisible()
  await page.reload()
  expect(await page.content()).not.toContain(recoveryCode)

  const elsewhere = await openBrowser()
  await logIn(elsewhere, member)
  await expect(elsewhere.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
  await elsewhere.goto('/projects')
  await expect(elsewhere).toHaveURL(/\/login\/second-factor\?next=%2Fprojects$/)
  await elsewhere.getByLabel('Code').fill('000000')
  await elsewhere.getByRole('button', { name: 'Log in' }).click()
  await expect(elsewhere.getByText('This code is wrong')).toBeVisible()
  await elsewhere.getByLabel('Code').fill(codeOf(secret, 1))
  await elsewhere.getByRole('button', { name: 'Log in' }).click()
  await expect(elsewhere).toHaveURL(/\/projects/)

  const third = await openBrowser()
  await logIn(third, member)
  await third.getByLabel('Code').fill(recoveryCode)
  await third.getByRole('button', { name: 'Log in' }).click()
  await expect(third).toHaveURL(/\/projects/)
  await visit(third, '/profile')
  await expect(third.getByText('9 of 10 recovery codes left')).toBeVisible()
})

test('a passkey is added, logs in without a password, is renamed and removed', async ({ dashboard: page, context }) => {
  const touch = await withAuthenticator(context, page)
  await visit(page, '/profile')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('Passkey added')).toBeVisible()
  const name = /^Chrome on /
  await expect(page.getByText(name).first()).toBeVisible()

  await context.clearCookies()
  await touch(false) // or the browser's own offer beside the address field would be taken first
  const offered = page.waitForResponse('**/login/passkey-options')
  await visit(page, '/login')
  await offered
  // Somebody touches it between the click and what the browser then asks: a request that waits is not answered by a later touch.
  await page.route('**/login/passkey-options', async (route) => {
    await touch(true)
    await route.continue()
  })
  await page.getByRole('button', { name: 'Log in with a passkey' }).click()
  await expect(page).toHaveURL(/\/projects/)

  await visit(page, '/profile')
  await page.getByRole('button', { name: /^Rename Chrome/ }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Key ring')
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await page.getByRole('button', { name: 'Remove Key ring' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByText('Passkey removed')).toBeVisible()
  await expect(page.getByText('Key ring')).toHaveCount(0)
})

test('a session is ended from another browser, at once', async ({ dashboard: page, member, openBrowser }) => {
  const elsewhere = await openBrowser()
  await logIn(elsewhere, member)
  await expect(elsewhere).toHaveURL(/\/projects/)
  await visit(page, '/profile')
  await page.getByRole('button', { name: /^End the session of Chrome/ }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End session' }).click()
  await expect(page.getByText('Session ended')).toBeVisible()
  await elsewhere.goto('/profile')
  await expect(elsewhere).toHaveURL(/\/login\?done=ended&next=%2Fprofile$/)
  await expect(page.getByText('This browser')).toBeVisible()
})

test('what destroys asks in an old session who is there, and then goes on by itself', async ({ dashboard: page, member }) => {
  await visit(page, '/profile')
  await commandLineJson(['member', 'require-proof', '--email', member.email])
  await page.getByRole('button', { name: 'Set up an app' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' })
  await dialog.getByLabel('Your password').fill('wrong horse battery staple')
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(dialog.getByText('This is not your password')).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByLabel('Your password').fill(member.password)
  await dialog.getByRole('button', { name: 'Confirm' }).click()
  await expect(page.getByRole('dialog', { name: 'Set up an authenticator app' })).toBeVisible()
})

test('whoever does not prove it changes nothing', async ({ dashboard: page, member }) => {
  await visit(page, '/profile')
  await commandLineJson(['member', 'require-proof', '--email', member.email])
  await page.getByRole('button', { name: 'Set up an app' }).click()
  await page.getByRole('dialog', { name: 'Confirm that it is you' }).getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('Confirm that it is you to go on.')).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('a new name is shown everywhere, and a new password ends the other sessions', async ({ dashboard: page, member, openBrowser }) => {
  const elsewhere = await openBrowser()
  await logIn(elsewhere, member)
  await expect(elsewhere).toHaveURL(/\/projects/)
  await visit(page, '/profile')
  const name = unique('Countess')
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByRole('button', { name: 'Save name' }).click()
  await expect(page.getByText('Name saved')).toBeVisible()
  await expect(page.getByRole('button', { name: member.email })).toContainText(name)

  const password = unique('another-password')
  await page.getByLabel('Current password').fill(member.password)
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Change password' }).click()
  await expect(page.getByText('Password saved, and 1 session elsewhere ended')).toBeVisible()
  await elsewhere.goto('/profile')
  await expect(elsewhere).toHaveURL(/\/login\?done=ended&next=%2Fprofile$/)
  await logIn(elsewhere, { email: member.email, password })
  await expect(elsewhere).toHaveURL(/\/projects/)
})

test('a forgotten password is replaced by a mailed link', async ({ openBrowser, member }) => {
  const page = await openBrowser()
  await visit(page, '/login')
  await page.getByRole('link', { name: 'Forgotten password?' }).click()
  await expect(page.getByRole('heading', { name: 'Forgotten password' })).toBeVisible()
  await page.getByLabel('E-mail').fill(member.email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByText('If this address has an account')).toBeVisible()

  const link = await resetLink(member.email)
  await visit(page, link)
  const password = unique('a-new-password')
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Save the new password' }).click()
  await expect(page.getByText('Your password is changed')).toBeVisible()
  await logIn(page, { email: member.email, password })
  await expect(page).toHaveURL(/\/projects/)
  await page.goto(link)
  await expect(page.getByText('This link was used, replaced or has expired')).toBeVisible()
})

/** The newest mail to them is the one they asked for once it has arrived: before it lies the one to confirm their address. */
async function resetLink(email: string): Promise<string> {
  let link = ''
  await expect(async () => {
    link = (await mailedLinkTo(email)).href
    expect(link).toContain('/reset-password')
  }).toPass({ timeout: 30_000 })
  return link
}

test.describe('on a narrow screen', () => {
  test.use({ viewport: { width: 320, height: 800 } })

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`the profile and the pages to log in are right in ${colorScheme}`, async ({ context, member, openBrowser }) => {
      const page = await openBrowser({ colorScheme, viewport: { width: 320, height: 800 } })
      for (const path of ['/login', '/forgotten-password', '/reset-password?token=x', '/verify-email?token=x']) {
        await visit(page, path)
        expect([path, await faultsOf(page)]).toEqual([path, []])
      }
      await page.context().addCookies(cookiesOf(member))
      await visit(page, '/profile')
      expect(await faultsOf(page)).toEqual([])
      await context.clearCookies()
    })
  }
})

test('a member’s address changes when the new one is confirmed where they are logged in, and nowhere else', async ({
  dashboard: page,
  member,
  openBrowser,
}) => {
  const email = `${unique('new')}@example.com`
  await visit(page, '/profile')
  await page.getByRole('button', { name: 'Change address' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change address' })
  await dialog.getByLabel('New address').fill(member.email)
  await dialog.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(dialog.getByText('This is your address already')).toBeVisible()
  await dialog.getByLabel('New address').fill(email)
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Mail me a link' }).click()
  await expect(page.getByText('A link is on its way to the new address')).toBeVisible()

  const link = await mailedLinkTo(email)
  const stranger = await openBrowser()
  await visit(stranger, link.href)
  await expect(stranger.getByText('Log in first, in this browser')).toBeVisible()
  await expect(stranger.getByRole('button', { name: 'Confirm this address' })).toHaveCount(0)

  await visit(page, link.href)
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Confirm this address' }).click()
  await expect(page.getByText('Your address is confirmed.')).toBeVisible()
  await expect(page.locator('#content').getByText(email)).toBeVisible()

  await logIn(stranger, { email, password: member.password })
  await expect(stranger).toHaveURL(/\/projects/)
  await visit(page, link.href)
  await expect(page.getByText('This link was used, replaced or has expired')).toBeVisible()
})
