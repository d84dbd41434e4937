import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { redemption, registerClient, requestTokens, startAuthorization } from '../support/client.ts'
import { newAccount, signUpOn } from '../support/consent-page.ts'
import { createProject } from '../support/project.ts'

test('a real token is read claim by claim, and no longer accepted once it is revoked; it is in no address and no answer', async ({
  dashboard: page,
  member,
  project,
  callback,
  openBrowser,
}) => {
  const client = await registerClient(project, callback.redirectUri, { name: 'Weather agent' })
  const person = await openBrowser()
  const authorization = startAuthorization(project, client, callback.redirectUri, { scope: 'read', resource: project.resource })
  await person.goto(authorization.url)
  const account = newAccount()
  await signUpOn(person, account)
  await person.getByRole('button', { name: 'Allow' }).click()
  const code = (await callback.take()).searchParams.get('code') ?? ''
  const { access_token, refresh_token = '' } = await requestTokens(project, redemption(client, authorization, code))
  const signature = access_token.split('.')[2] ?? ''

  const addresses: string[] = []
  const answers: Promise<string>[] = []
  page.on('request', (request) => addresses.push(request.url()))
  page.on('response', (response) => answers.push(response.text().catch(() => '')))
  await visit(page, `/projects/${project.slug}/tokens`)
  const check = async (token: string) => {
    await page.getByLabel('Token', { exact: true }).fill(token)
    await page.getByRole('button', { name: 'Check', exact: true }).click()
  }
  const lines = page.getByRole('list', { name: 'Claim by claim' }).getByRole('listitem')
  const line = (claim: string) => lines.filter({ hasText: new RegExp(`^${claim}:`) })

  await check(`Bearer ${access_token}`)
  await expect(page.getByRole('heading', { name: 'Your MCP server should accept it' })).toBeVisible()
  await expect(line('aud')).toContainText(project.resource)
  await expect(line('client_id')).toContainText('Weather agent')
  await expect(line('sub')).toContainText(account.email)
  await expect(line('Introspection')).toContainText('is not revoked')
  await expect(page.getByRole('region', { name: 'Claims' })).toContainText(`"client_id": "${client.client_id}"`)
  await page.getByText('The raw parts').click()
  await expect(page.getByText(signature, { exact: true })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 800 })
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 1280, height: 900 })

  const revocation = new URLSearchParams({ token: access_token, client_id: client.client_id })
  expect((await fetch(`${project.issuer}/api/oauth/revoke`, { method: 'POST', body: revocation })).status).toBe(200)
  await page.getByRole('button', { name: 'Check', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Your MCP server has to refuse it' })).toBeVisible()
  await expect(line('Introspection')).toContainText('It was revoked')

  await check(access_token.replace(/.{8}$/, 'AAAAAAAA'))
  await expect(page.getByRole('heading', { name: 'Not one of this project’s' })).toBeVisible()
  await expect(lines).toHaveCount(1)

  await check(refresh_token)
  await expect(page.getByText('This is a refresh token')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Not one of this project’s' })).toHaveCount(0)

  const other = await createProject({ owner: member })
  await visit(page, `/projects/${other.slug}/tokens`)
  await check(access_token)
  await expect(page.getByRole('heading', { name: 'Not one of this project’s' })).toBeVisible()
  await expect(lines).toHaveCount(1)

  const said = (await Promise.all(answers)).join('\n')
  for (const secret of [signature, refresh_token]) {
    expect(addresses.filter((address) => address.includes(secret))).toEqual([])
    expect(said).not.toContain(secret)
  }
})
