import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { expect, ready, test, visit } from './fixtures.ts'
import { withRegistrationSecret } from './sample-client/provider.ts'
import type { CallbackListener } from './support/callback-listener.ts'
import { registerClient, startAuthorization } from './support/client.ts'
import { newAccount, signInOn, signUpOn } from './support/consent-page.ts'
import { freePort } from './support/free-port.ts'
import { target } from './support/installation.ts'
import { callTool, connect, openTransport, Store } from './support/mcp-client.ts'
import type { Project } from './support/project.ts'
import { unique } from './support/unique.ts'

/** Where the client wants its user to go, after it was turned away without a token. */
async function turnedAway(serverUrl: string, store: Store, fetch?: typeof globalThis.fetch): Promise<string> {
  await expect(connect(openTransport(serverUrl, store, fetch))).rejects.toThrow(UnauthorizedError)
  if (!store.wanted) throw new Error('the client did not ask its user to go anywhere')
  return store.wanted.href
}

/** What a client does when its user comes back: checks the answer (RFC 9207) and redeems the code. */
async function comeBack(callback: CallbackListener, serverUrl: string, store: Store, issuer: string) {
  const answer = (await callback.take()).searchParams
  expect(answer.get('state')).toBe(store.sentState)
  expect(answer.get('iss')).toBe(issuer)
  await openTransport(serverUrl, store).finishAuth(answer.get('code') ?? '')
  return connect(openTransport(serverUrl, store))
}

/** A token of this project for this resource that was good for one second. */
async function expiredToken({ issuer, server_secret, resource }: Pick<Project, 'issuer' | 'server_secret' | 'resource'>): Promise<string> {
  const response = await fetch(`${issuer}/api/oauth/token/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${server_secret}` },
    body: JSON.stringify({ user_id: 'somebody', resource, expires_in: 1 }),
  })
  const { access_token } = await response.json()
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  return access_token
}

test('a person signs up, makes a project, protects a server with it and connects a client that registers with the secret', async ({
  page,
  context,
  callback,
  startSample,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: target() })
  const copied = async (button: string) => {
    await page.getByRole('button', { name: button }).first().click()
    return page.evaluate(() => navigator.clipboard.readText())
  }
  const name = unique('Notes')
  const resource = `http://localhost:${await freePort()}/mcp`

  await visit(page, '/')
  await page.getByRole('link', { name: 'Sign up' }).first().click()
  await expect(page.getByRole('heading', { name: 'Sign up' })).toBeVisible()
  await page.getByLabel('Name').fill('Ada')
  await page.getByLabel('E-mail').fill(`${unique('ada')}@example.com`)
  await page.getByLabel('Password').fill(unique('password'))
  await page.getByRole('button', { name: 'Sign up' }).click()

  await expect(page.getByRole('heading', { name: 'New project' })).toBeVisible()
  await page.getByLabel('Name', { exact: true }).fill(name)
  await page.getByLabel('MCP server URL').fill(resource)
  await page.getByRole('button', { name: 'Create project' }).click()
  await expect(page.getByText('These are shown once')).toBeVisible()
  const registrationSecret = await copied('Copy registration secret')
  const serverSecret = await copied('Copy server secret')
  expect(registrationSecret).toMatch(/^gate_reg_/)
  expect(serverSecret).toMatch(/^gate_srv_/)
  await page.getByRole('button', { name: 'I stored them' }).click()

  await expect(page.getByRole('heading', { name, level: 1 })).toBeVisible()
  const issuer = await copied('Copy Issuer URL')
  expect(await copied('Copy MCP server URL')).toBe(resource)
  const { url } = await startSample({ issuer, resource })

  const store = new Store(callback.redirectUri)
  const person = await context.newPage()
  await person.goto(await turnedAway(url, store, withRegistrationSecret(registrationSecret)))
  await signUpOn(person, newAccount())
  await expect(person.getByRole('checkbox')).toHaveCount(1) // the server's challenge asked for read
  await person.getByRole('button', { name: 'Allow' }).click()
  await expect(person.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  const client = await comeBack(callback, url, store, issuer)
  expect(JSON.parse(await callTool(client, 'whoami'))).toMatchObject({ client_id: store.client?.client_id, scope: 'read' })

  if (!store.held) throw new Error('the client holds no tokens')
  const before = store.held
  store.held = { ...before, access_token: await expiredToken({ issuer, server_secret: serverSecret, resource }) }
  expect(JSON.parse(await callTool(client, 'whoami'))).toMatchObject({ client_id: store.client?.client_id, scope: 'read' })
  expect(store.held.refresh_token).not.toBe(before.refresh_token)
  await client.close()

  await page.reload()
  await expect(page.getByText('Connected: all 6 steps are done')).toBeVisible() // every step has ticked itself
})

/** A body that is gone with its page cannot be read, and was read before by nobody. */
const ignoreGone = () => undefined

test('the secrets of a new project are in no later page, in no history and in no storage of the browser', async ({ dashboard: page }) => {
  await visit(page, '/projects/new')
  await page.getByLabel('Name', { exact: true }).fill(unique('Secretive'))
  await page.getByLabel('MCP server URL').fill('https://mcp.example.com/mcp')
  await page.getByRole('button', { name: 'Create project' }).click()
  const shown = page.locator('code', { hasText: /^gate_(reg|srv)_/ })
  await expect(shown).toHaveCount(2)
  const secrets = await shown.allTextContents()
  expect(page.url()).not.toContain('gate_')

  const answers: string[] = []
  page.on('response', (response) => void response.text().then((text) => answers.push(text), ignoreGone))
  page.once('dialog', (dialog) => void dialog.accept())
  await page.reload()
  await ready(page)
  await expect(page.getByRole('button', { name: 'Create project' })).toBeVisible()
  await visit(page, '/projects')
  await page.goBack()
  await ready(page)
  await visit(page, '/projects')
  await page.getByRole('link', { name: /^Secretive/ }).click()
  await page.getByRole('link', { name: 'Keys & secrets' }).click()
  await expect(page.getByText(secrets[0]?.slice(-4) ?? '').first()).toBeVisible()
  await page.getByRole('link', { name: 'Audit log', exact: true }).click()
  await expect(page.getByRole('link', { name: 'Project created' })).toBeVisible()

  const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, history.state]))
  for (const secret of secrets) {
    expect([...answers, kept, await page.content()].filter((text) => text.includes(secret))).toEqual([])
  }
  expect(answers.length).toBeGreaterThan(3)
})

test('whoever signs in to a project in the same browser stays signed in to the dashboard', async ({
  dashboard: page,
  project,
  callback,
}) => {
  const client = await registerClient(project, callback.redirectUri)
  await page.goto(startAuthorization(project, client, callback.redirectUri).url)
  await signUpOn(page, newAccount())
  await page.goto('/projects')
  await expect(page.getByRole('heading', { name: 'Projects', level: 1 })).toBeVisible()
})

test('a client made in the dashboard connects without registering', async ({
  dashboard: page,
  project,
  callback,
  startSample,
  openBrowser,
}) => {
  await visit(page, `/projects/${project.slug}/clients/new`)
  await page.getByLabel('Name', { exact: true }).fill('Desk client')
  await page.getByLabel('Redirect URIs').fill(callback.redirectUri)
  await page.getByRole('button', { name: 'Create client' }).click()
  await expect(page.getByRole('heading', { name: 'Desk client' })).toBeVisible()
  const client_id = decodeURIComponent(new URL(page.url()).pathname.split('/').at(-1) ?? '')

  const { url } = await startSample(project)
  const store = new Store(callback.redirectUri, { client_id })
  const person = await openBrowser()
  await person.goto(await turnedAway(url, store))
  await expect(person.getByText('Desk client')).toBeVisible()
  await signUpOn(person, newAccount())
  await expect(person.getByText('Unverified')).toHaveCount(0)
  await person.getByRole('button', { name: 'Allow' }).click()
  const client = await comeBack(callback, url, store, project.issuer)
  expect(JSON.parse(await callTool(client, 'whoami'))).toMatchObject({ client_id })
  await client.close()
})

test('a guarded project turns away a client that registers without the secret, and takes it once its owner has opened registration', async ({
  dashboard: page,
  project,
  callback,
  startSample,
  openBrowser,
}) => {
  const { url } = await startSample(project)
  const store = new Store(callback.redirectUri)
  await expect(connect(openTransport(url, store))).rejects.toThrow(/registration secret/)
  expect(store.client).toBeUndefined()

  await visit(page, `/projects/${project.slug}`)
  await page.getByRole('switch', { name: 'Let any MCP client register' }).check()
  await expect(page.getByText('Any MCP client can register now')).toBeVisible()
  await expect
    .poll(async () => (await fetch(`${project.issuer}/api/oauth/register`, { method: 'POST' })).status, {
      message: 'every process has heard',
    })
    .toBe(400)

  const person = await openBrowser()
  const account = newAccount()
  await person.goto(await turnedAway(url, store))
  await signUpOn(person, account)
  await expect(person.getByText('Unverified')).toBeVisible()
  await person.getByRole('button', { name: 'Allow' }).click()
  const client = await comeBack(callback, url, store, project.issuer)
  expect(JSON.parse(await callTool(client, 'whoami'))).toMatchObject({ client_id: store.client?.client_id })
  await client.close()

  const elsewhere = await openBrowser() // the same person, who only has to sign in
  const again = new Store(callback.redirectUri)
  await elsewhere.goto(await turnedAway(url, again))
  await signInOn(elsewhere, account)
  await elsewhere.getByRole('button', { name: 'Allow' }).click()
  await (await comeBack(callback, url, again, project.issuer)).close()
})

test.describe('a client that asks to read and to write', () => {
  const both = (authorizationUrl: string): string => {
    const url = new URL(authorizationUrl)
    url.searchParams.set('scope', 'read write')
    return url.href
  }

  test('may only read where the person unticked writing', async ({ page, project, callback, startSample }) => {
    const { url } = await startSample(project)
    const store = new Store(callback.redirectUri)
    await page.goto(both(await turnedAway(url, store, withRegistrationSecret(project.registration_secret))))
    await signUpOn(page, newAccount())
    const boxes = page.getByRole('checkbox')
    await expect(boxes).toHaveCount(2)
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual([true, true])
    await page.getByRole('checkbox', { name: 'Make changes for you' }).uncheck()
    await page.getByRole('button', { name: 'Allow' }).click()
    const client = await comeBack(callback, url, store, project.issuer)

    expect(store.held?.scope).toBe('read')
    expect(JSON.parse(await callTool(client, 'whoami'))).toMatchObject({ scope: 'read' })
    const refusal = await fetch(url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${store.held?.access_token}`,
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'add_note', arguments: { note: 'milk' } } }),
    })
    expect(refusal.status).toBe(403)
    expect(refusal.headers.get('www-authenticate')).toContain('error="insufficient_scope"')
    // the official client tries a refresh, which may not widen what was granted
    await expect(callTool(client, 'add_note', { note: 'milk' })).rejects.toThrow('Server returned 403 after trying upscoping')
    expect(store.held?.scope).toBe('read')
    await client.close()
  })

  test('may do both where the person left both ticked', async ({ page, project, callback, startSample }) => {
    const { url } = await startSample(project)
    const store = new Store(callback.redirectUri)
    await page.goto(both(await turnedAway(url, store, withRegistrationSecret(project.registration_secret))))
    await signUpOn(page, newAccount())
    await page.getByRole('button', { name: 'Allow' }).click()
    const client = await comeBack(callback, url, store, project.issuer)
    expect(await callTool(client, 'add_note', { note: 'milk' })).toBe('Noted. You have 1 note.')
    await client.close()
  })

  test('is told access_denied, and nothing else, where the person denies', async ({ page, project, callback, startSample }) => {
    const { url } = await startSample(project)
    const store = new Store(callback.redirectUri)
    await page.goto(both(await turnedAway(url, store, withRegistrationSecret(project.registration_secret))))
    await signUpOn(page, newAccount())
    await page.getByRole('button', { name: 'Deny' }).click()
    const answer = (await callback.take()).searchParams
    expect(answer.get('error')).toBe('access_denied')
    expect(answer.get('state')).toBe(store.sentState)
    expect(answer.get('iss')).toBe(project.issuer)
    expect(answer.has('code')).toBe(false)
  })
})
