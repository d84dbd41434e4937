import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { createClient, introspect, redemption, registerClient, requestTokens, startAuthorization } from './support/client.ts'
import { type Account, newAccount, signInOn, signUpOn } from './support/consent-page.ts'
import type { Project } from './support/project.ts'

const REDIRECT_URI = 'https://client.example.com/cb'

/** Stands in for the client's own site. */
const serveClient = (context: BrowserContext) =>
  context.route(`${REDIRECT_URI}**`, (route) => route.fulfill({ contentType: 'text/html', body: '<h1>Back at the client</h1>' }))

async function signUpHere(page: Page, { email, password }: Account): Promise<void> {
  await page.getByRole('link', { name: 'Create an account' }).click()
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Create account' }).click()
}

/** Of the answer that the client got. */
async function codeAt(page: Page): Promise<string> {
  await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  return new URL(page.url()).searchParams.get('code') ?? ''
}

/** What this browser gets for a request, without a page: an authorization that is remembered ends at the client at once. */
async function answerTo(page: Page, url: string): Promise<URL> {
  const response = await page.context().request.get(url, { maxRedirects: 0 })
  return new URL(response.headers().location ?? '')
}

const appsOf = ({ issuer }: Project) => `${issuer}/connected-apps`

test('a person is asked once by a client that its operator vouches for, sees it among their apps, and after disconnecting it is asked again', async ({
  page,
  context,
  project,
}) => {
  await serveClient(context)
  const client = await createClient(project, REDIRECT_URI, 'Desk')
  const first = startAuthorization(project, client, REDIRECT_URI, { scope: 'read' })
  await page.goto(first.url)
  await signUpOn(page, newAccount())
  await expect(page.getByText('already allowed')).toHaveCount(0)
  await page.getByRole('button', { name: 'Allow' }).click()
  const { access_token: firstToken } = await requestTokens(project, redemption(client, first, await codeAt(page)))

  const second = startAuthorization(project, client, REDIRECT_URI, { scope: 'read' })
  const remembered = await answerTo(page, second.url)
  expect(`${remembered.origin}${remembered.pathname}`).toBe(REDIRECT_URI)
  const code = remembered.searchParams.get('code') ?? ''
  const { access_token: secondToken } = await requestTokens(project, redemption(client, second, code))

  const more = startAuthorization(project, client, REDIRECT_URI, { scope: 'write' })
  await page.goto(more.url)
  await expect(page.getByText('read · already allowed')).toBeVisible()
  await expect(page.getByText('write · new')).toBeVisible()
  for (const box of await page.getByRole('checkbox').all()) await expect(box).toBeChecked()
  await page.getByRole('button', { name: 'Allow' }).click()
  const both = await requestTokens(project, redemption(client, more, await codeAt(page)))
  expect(both.scope.split(' ').toSorted()).toEqual(['read', 'write'])

  await page.goto(appsOf(project))
  const app = page.getByRole('region', { name: 'Desk' })
  await expect(app.getByRole('listitem')).toHaveCount(3)
  await expect(app.getByText('client.example.com')).toHaveCount(3)
  await app.getByRole('listitem').first().getByRole('button', { name: 'Disconnect Desk' }).click()
  await expect(page.getByText('The app has to ask you again')).toBeVisible()
  await expect(app.getByRole('listitem')).toHaveCount(2)
  expect((await introspect(project, both.access_token)).active).toBe(false)
  expect((await introspect(project, firstToken)).active).toBe(true)

  await page.getByRole('button', { name: 'Disconnect all 2' }).click()
  await expect(page.getByRole('heading', { name: 'No app has access' })).toBeVisible()
  for (const token of [firstToken, secondToken]) expect((await introspect(project, token)).active).toBe(false)
  await page.goto(startAuthorization(project, client, REDIRECT_URI, { scope: 'read' }).url)
  await expect(page.getByRole('button', { name: 'Allow' })).toBeVisible()
})

test('a person signs in to see their apps without any client, on the same browser as before, and finds the way from their account', async ({
  page,
  project,
}) => {
  const account = newAccount()
  await page.goto(appsOf(project))
  await signUpHere(page, account)
  await expect(page).toHaveURL(appsOf(project))
  await expect(page.getByRole('heading', { name: 'No app has access' })).toBeVisible()
  await expect(page.getByText(account.email)).toBeVisible()
  await page.getByRole('link', { name: 'Your account' }).click()
  await page.getByRole('link', { name: 'See and disconnect apps' }).click()
  await expect(page.getByRole('heading', { name: /^Apps connected to your/ })).toBeVisible()
})

test('an app that nobody vouches for is marked, never remembered, and everything is disconnected without scripts', async ({
  project,
  callback,
  openBrowser,
}) => {
  const page = await openBrowser({ javaScriptEnabled: false })
  const account = newAccount()
  const tokens: string[] = []
  for (const name of ['Stranger', 'Other stranger']) {
    const client = await registerClient(project, callback.redirectUri, { name })
    for (let round = 0; round < 2; round++) {
      const authorization = startAuthorization(project, client, callback.redirectUri)
      await page.goto(authorization.url)
      if (tokens.length === 0) await signUpOn(page, account)
      await page.getByRole('button', { name: 'Allow' }).click()
      const code = (await callback.take()).searchParams.get('code') ?? ''
      tokens.push((await requestTokens(project, redemption(client, authorization, code))).access_token)
    }
  }

  const elsewhere = await openBrowser({ javaScriptEnabled: false })
  await elsewhere.goto(appsOf(project))
  await signInOn(elsewhere, account)
  await expect(elsewhere.getByRole('region', { name: /stranger/i })).toHaveCount(2)
  await expect(elsewhere.getByText('Unverified')).toHaveCount(2)
  await elsewhere.getByText('Disconnect every app').click()
  await elsewhere.getByRole('button', { name: 'Disconnect all', exact: true }).click()
  await expect(elsewhere.getByText('Every app is disconnected')).toBeVisible()
  for (const token of tokens) expect((await introspect(project, token)).active).toBe(false)
})
