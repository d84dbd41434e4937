import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js'
import { decodeJwt } from 'jose'
import { expect, test } from './fixtures.ts'
import { withRegistrationSecret } from './sample-client/provider.ts'
import { commandLineJson } from './support/command-line.ts'
import { freePort } from './support/free-port.ts'
import { root } from './support/installation.ts'
import { callTool, connect, openTransport, Store } from './support/mcp-client.ts'
import { auditLog, type Project } from './support/project.ts'

const PLAN = 'https://acme.example/plan'

let backend: ChildProcess | undefined
test.afterEach(async () => {
  if (!backend || backend.exitCode !== null) return
  backend.kill()
  await once(backend, 'exit')
})

/** The example backend, as the only way to sign in to the project; answers its host. */
async function startBackend({ slug, issuer, server_secret }: Project): Promise<string> {
  const port = await freePort()
  const settings = ['--handoff-url', `http://localhost:${port}/sign-in`, '--password-sign-in', 'off', '--claim', `${PLAN}=plan`]
  await commandLineJson(['project', 'set', '--project', slug, ...settings])
  const { FORCE_COLOR: _, ...inherited } = process.env // the runner's own; beside NO_COLOR Node would warn of it
  const env = { ...inherited, GATEHOUSE_ISSUER: issuer, GATEHOUSE_SERVER_SECRET: server_secret, PORT: `${port}` }
  const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/handoff-backend/main.ts'], {
    ...{ cwd: root, env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  backend = child
  await once(child.stdout, 'data')
  return `localhost:${port}`
}

/** Where the official client wants its user to go. */
async function turnedAway(url: string, store: Store, { registration_secret }: Project): Promise<string> {
  await expect(connect(openTransport(url, store, withRegistrationSecret(registration_secret)))).rejects.toThrow(UnauthorizedError)
  if (!store.wanted) throw new Error('the client did not ask its user to go anywhere')
  return store.wanted.href
}

test('a person signs in at the customer’s own page, comes back to consent, and the client calls a tool as that user', async ({
  page,
  project,
  callback,
  startSample,
}) => {
  const host = await startBackend(project)
  const { url } = await startSample(project)
  const store = new Store(callback.redirectUri)
  await page.goto(await turnedAway(url, store, project))

  await expect(page.getByRole('heading', { name: 'Sign in to Acme' })).toBeVisible() // without a page of ours in between
  await expect(page.getByText('Official client')).toBeVisible()
  const signIn = async (password: string) => {
    await page.getByLabel('User').fill('ada')
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await signIn('babbage')
  await expect(page.getByText('That is not right.')).toBeVisible()
  await signIn('lovelace')
  await expect(page.getByText('ada@example.com')).toBeVisible()

  await page.getByRole('button', { name: 'Not you?' }).click()
  await page.getByRole('link', { name: `Sign in at ${host}` }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Acme' })).toBeVisible()
  await signIn('lovelace')
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()

  await openTransport(url, store).finishAuth((await callback.take()).searchParams.get('code') ?? '')
  const client = await connect(openTransport(url, store))
  expect(JSON.parse(await callTool(client, 'whoami'))).toMatchObject({ client_id: store.client?.client_id, scope: 'read' })
  expect(decodeJwt(store.held?.access_token ?? '')).toMatchObject({ sub: '42', [PLAN]: 'pro' })
  await client.close()
  const steps = (await auditLog(project)).map(({ action }) => action).filter((action) => /^(handoff|user\.signed)/.test(action))
  expect(steps.toReversed()).toEqual([
    ...['handoff.started', 'handoff.confirmed', 'user.signed_in', 'handoff.started', 'handoff.confirmed', 'user.signed_in'],
  ])
})

test('a person who cancels there comes back to the client with access_denied', async ({ page, project, callback, startSample }) => {
  await startBackend(project)
  const { url } = await startSample(project)
  await page.goto(await turnedAway(url, new Store(callback.redirectUri), project))
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  expect(Object.fromEntries((await callback.take()).searchParams)).toMatchObject({ error: 'access_denied', iss: project.issuer })
  expect((await auditLog(project, '--action', 'handoff.refused'))[0]).toMatchObject({ reason: 'denied', detail: { says: 'cancelled' } })
})

test('a person who comes back before their backend has spoken is told whose fault it is', async ({
  page,
  project,
  callback,
  startSample,
}) => {
  const host = await startBackend(project)
  const { url } = await startSample(project)
  await page.goto(await turnedAway(url, new Store(callback.redirectUri), project))
  const { return_to } = decodeJwt<{ return_to: string }>(new URL(page.url()).searchParams.get('request') ?? '')
  await page.goto(return_to)
  await expect(page.getByText('its server has not told us who you are')).toBeVisible()
  await page.getByRole('link', { name: `Sign in at ${host}` }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Acme' })).toBeVisible()
})
