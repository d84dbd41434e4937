import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import type { CDPSession, Page } from '@playwright/test'
import { expect, test, visit } from './fixtures.ts'
import { withRegistrationSecret } from './sample-client/provider.ts'
import { type Account, newAccount } from './support/consent-page.ts'
import { callTool, connect, openTransport, Store } from './support/mcp-client.ts'
import { auditLog, type Project } from './support/project.ts'

/** Switches on passkeys in the settings of the project. */
async function usePasskeys(dashboard: Page, { slug }: Project): Promise<void> {
  await visit(dashboard, `/projects/${slug}/settings/sign-in`)
  await dashboard.getByRole('switch', { name: 'Passkey' }).check()
  await dashboard.getByRole('button', { name: 'Save sign-in and consent' }).click()
  await expect(dashboard.getByText('Sign-in and consent saved')).toBeVisible()
  await new Promise((resolve) => setTimeout(resolve, 1_500)) // settings reach every process within seconds
}

/** A device with a fingerprint reader, on which somebody has their finger. */
class Device {
  readonly #session: CDPSession
  readonly #authenticatorId: string

  private constructor(session: CDPSession, authenticatorId: string) {
    this.#session = session
    this.#authenticatorId = authenticatorId
  }

  static async pluggedInto(page: Page): Promise<Device> {
    const session = await page.context().newCDPSession(page)
    await session.send('WebAuthn.enable')
    const options = {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    } as const
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', { options })
    return new Device(session, authenticatorId)
  }

  /** Whether the finger is its owner's. */
  recognises = (isUserVerified: boolean) =>
    this.#session.send('WebAuthn.setUserVerified', { authenticatorId: this.#authenticatorId, isUserVerified })

  async passkeys(): Promise<readonly { readonly rpId?: string; readonly signCount: number }[]> {
    const { credentials } = await this.#session.send('WebAuthn.getCredentials', { authenticatorId: this.#authenticatorId })
    return credentials
  }
}

/** A new person on their account page. */
async function openAccount(page: Page, { issuer }: Project, { email, password }: Account): Promise<void> {
  await page.goto(`${issuer}/account`)
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByRole('heading', { name: 'Passkeys' })).toBeVisible()
}

async function addPasskey(page: Page, name?: string): Promise<void> {
  if (name) await page.getByLabel('Name').fill(name)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('Your passkey is added.')).toBeVisible()
}

/** A browser that knows passkeys, and waits until it is asked for one. */
const offersNothing = (page: Page) =>
  page.addInitScript(() => {
    PublicKeyCredential.isConditionalMediationAvailable = async () => false
  })

test('a person adds a passkey, signs out, connects a client with it, and removes it', async ({
  dashboard,
  project,
  callback,
  startSample,
  openBrowser,
}) => {
  await usePasskeys(dashboard, project)
  const { url } = await startSample(project)
  const page = await openBrowser()
  await offersNothing(page)
  const device = await Device.pluggedInto(page)
  const account = newAccount()
  const visited: string[] = []
  page.on('framenavigated', (frame) => visited.push(frame.url()))

  await openAccount(page, project, account)
  await expect(page.getByText('You have none yet.')).toBeVisible()
  await addPasskey(page)
  await expect(page.getByRole('listitem').filter({ hasText: 'Chrome on Windows' })).toContainText('never used')
  expect(await device.passkeys()).toMatchObject([{ rpId: 'localhost' }])
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()

  const store = new Store(callback.redirectUri)
  await expect(connect(openTransport(url, store, withRegistrationSecret(project.registration_secret)))).rejects.toThrow(UnauthorizedError)
  await page.goto(store.wanted?.href ?? '')
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText(account.email)).toBeVisible()
  await page.getByRole('button', { name: 'Allow' }).click()
  await openTransport(url, store).finishAuth((await callback.take()).searchParams.get('code') ?? '')
  const client = await connect(openTransport(url, store))
  expect(JSON.parse(await callTool(client, 'whoami')).sub).toMatch(/^user_/)
  await client.close()

  await page.goto(`${project.issuer}/account`)
  await expect(page.getByRole('listitem').filter({ hasText: 'Chrome on Windows' })).toContainText('used')
  await page.getByRole('button', { name: 'Remove Chrome on Windows' }).click()
  await expect(page.getByText('You have none yet.')).toBeVisible()
  expect(visited.filter((url) => /credential|challenge|clientData/i.test(url))).toEqual([])
  const actions = (await auditLog(project)).map(({ action }) => action).filter((action) => action.startsWith('passkey.'))
  expect(actions).toEqual(['passkey.removed', 'passkey.added'])
})

test('a device that does not recognise its owner signs nobody in, and one that has a passkey gets no second', async ({
  dashboard,
  project,
  openBrowser,
}) => {
  await usePasskeys(dashboard, project)
  const page = await openBrowser()
  await offersNothing(page)
  const device = await Device.pluggedInto(page)
  await openAccount(page, project, newAccount())
  await addPasskey(page, 'My laptop')
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await expect(page.getByText('This device has a passkey for your account already.')).toBeVisible()
  expect(await device.passkeys()).toHaveLength(1)

  await device.recognises(false)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.goto(`${project.issuer}/account`)
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText('Nothing was done')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Passkeys' })).toBeHidden()
})

test('the browser offers a passkey where the address is asked for, and nobody has to press a button', async ({
  dashboard,
  project,
  openBrowser,
}) => {
  await usePasskeys(dashboard, project)
  const page = await openBrowser()
  await Device.pluggedInto(page) // takes every offer at once
  const account = newAccount()
  await openAccount(page, project, account)
  await addPasskey(page)
  const signedIn = page.waitForResponse(
    (response) => response.request().resourceType() === 'document' && response.url().endsWith('/oauth/sign-in'),
  )
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  expect((await signedIn).headers().location).toBe(`${project.issuer}/account`)
  await expect(page.getByRole('listitem').filter({ hasText: 'Chrome on Windows' })).not.toContainText('never used')
})

test('without scripts nothing offers passkeys, and other ways work', async ({ dashboard, project, openBrowser }) => {
  await usePasskeys(dashboard, project)
  const page = await openBrowser({ javaScriptEnabled: false })
  await openAccount(page, project, newAccount())
  await expect(page.getByRole('button', { name: 'Add a passkey' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Sign out', exact: true }).click()
  await page.goto(`${project.issuer}/account`)
  await expect(page.getByRole('button', { name: 'Sign in', exact: true })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toHaveCount(0)
})
