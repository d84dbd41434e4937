import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { createClient, introspect, redemption, requestTokens, startAuthorization } from '../support/client.ts'
import { newAccount, signInOn, signUpOn } from '../support/consent-page.ts'
import { auditLog } from '../support/project.ts'

test('a user is signed out everywhere, disabled, enabled again and deleted, and each does what it says', async ({
  dashboard: page,
  project,
  callback,
  openBrowser,
}) => {
  const account = newAccount()
  const client = await createClient(project, callback.redirectUri, 'Robot')
  const authorization = startAuthorization(project, client, callback.redirectUri)
  const person = await openBrowser()
  await person.goto(authorization.url)
  await signUpOn(person, account)
  await person.getByRole('button', { name: 'Allow' }).click()
  const code = (await callback.take()).searchParams.get('code') ?? ''
  const { access_token } = await requestTokens(project, redemption(client, authorization, code))

  await visit(page, `/projects/${project.slug}/users`)
  await page.getByRole('link', { name: account.email }).click()
  await expect(page.getByRole('heading', { name: account.email, level: 1 })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])

  await page.getByLabel('JSON object').fill('{"plan":')
  await page.getByRole('button', { name: 'Save attributes' }).click()
  await expect(page.getByText('This is not JSON')).toBeVisible()
  await page.getByLabel('JSON object').fill('{"plan":"pro"}')
  await page.getByRole('button', { name: 'Save attributes' }).click()
  await expect(page.getByText('Attributes saved')).toBeVisible()

  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog).toContainText('1 session and 1 grant end.')
  await dialog.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByText('Signed in nowhere at the moment.')).toBeVisible()
  expect(await introspect(project, access_token)).toEqual({ active: false })
  await person.goto(startAuthorization(project, client, callback.redirectUri).url)
  await signInOn(person, account)
  await expect(person.getByRole('button', { name: 'Allow' })).toBeVisible()

  await page.getByRole('button', { name: 'Disable user' }).click()
  await dialog.getByRole('button', { name: 'Disable user' }).click()
  await expect(page.getByText('This user is disabled')).toBeVisible()
  const elsewhere = await openBrowser()
  await elsewhere.goto(startAuthorization(project, client, callback.redirectUri).url)
  await signInOn(elsewhere, account)
  await expect(elsewhere.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await page.getByRole('button', { name: 'Enable user' }).click()
  await expect(page.getByText('This user is disabled')).toHaveCount(0)
  await elsewhere.goto(startAuthorization(project, client, callback.redirectUri).url)
  await signInOn(elsewhere, account)
  await expect(elsewhere.getByRole('button', { name: 'Allow' })).toBeVisible()

  await page.getByRole('button', { name: 'Delete user' }).click()
  await dialog.getByLabel(/to confirm/).fill(account.email)
  await dialog.getByRole('button', { name: 'Delete user' }).click()
  await expect(page.getByRole('heading', { name: 'No user yet' })).toBeVisible()
  const log = await auditLog(project)
  expect(log.filter(({ actor_kind }) => actor_kind === 'member').map(({ action }) => action)).toEqual([
    ...['user.deleted', 'user.enabled', 'user.disabled', 'user.signed_out', 'user.attributes_set', 'project.created'],
  ])
  expect(JSON.stringify(log)).not.toContain(account.email)
})

test('users are added, sorted, narrowed and disabled many at once, which can be taken back', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/users`)
  await expect(page.getByRole('heading', { name: 'No user yet' })).toBeVisible()
  for (const name of ['zoe', 'ann', 'bob']) {
    await page.getByRole('button', { name: 'Add user' }).click()
    const dialog = page.getByRole('dialog', { name: 'Add user' })
    await dialog.getByLabel('E-mail').fill(`${name}@example.com`)
    await dialog.getByLabel('Password').fill('correct horse battery staple')
    await dialog.getByRole('button', { name: 'Add user' }).click()
    await expect(dialog).toHaveCount(0)
  }
  const names = () => page.getByRole('table', { name: 'Users' }).locator('tbody tr td:nth-child(2) a').allTextContents()
  await expect.poll(names).toEqual(['ann@example.com', 'bob@example.com', 'zoe@example.com'])
  await page.getByRole('columnheader', { name: 'User' }).getByRole('link').click()
  await expect.poll(names).toEqual(['zoe@example.com', 'bob@example.com', 'ann@example.com'])

  await page.getByLabel('Select bob@example.com').check()
  await page.getByLabel('Select zoe@example.com').check()
  await page.getByRole('button', { name: 'Disable 2' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Disable 2 users' }).click()
  await expect(page.getByText('2 users disabled')).toBeVisible()
  await page.getByLabel('Status').selectOption('active')
  await expect.poll(names).toEqual(['ann@example.com'])
  expect(await faultsOf(page)).toEqual([])
  await page.setViewportSize({ width: 320, height: 700 })
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByText('2 users enabled')).toBeVisible()
  await expect.poll(names).toEqual(['zoe@example.com', 'bob@example.com', 'ann@example.com'])
})

test('a user gets another name and address, which is unverified unless a member knows better', async ({ dashboard: page, project }) => {
  await visit(page, `/projects/${project.slug}/users`)
  await page.getByRole('button', { name: 'Add user' }).click()
  const adding = page.getByRole('dialog', { name: 'Add user' })
  await adding.getByLabel('E-mail').fill('ann@example.com')
  await adding.getByLabel('Password').fill('correct horse battery staple')
  await adding.getByRole('button', { name: 'Add user' }).click()
  await page.getByRole('link', { name: 'ann@example.com' }).click()

  await page.getByRole('button', { name: 'Mark as verified' }).click()
  await expect(page.getByText('Address marked as verified', { exact: true })).toBeVisible()
  const dialog = page.getByRole('dialog', { name: 'Edit user' })
  const edit = () => page.getByRole('button', { name: 'Edit', exact: true }).click()
  await edit()
  await expect(dialog.getByLabel('I know that this address is theirs')).toHaveCount(0)
  await dialog.getByLabel('Name').fill('Anna')
  await dialog.getByLabel('E-mail').fill('no address')
  await dialog.getByRole('button', { name: 'Save user' }).click()
  await expect(dialog.getByText('This is not an e-mail address')).toBeVisible()
  await dialog.getByLabel('E-mail').fill('anna@example.com')
  expect(await faultsOf(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Save user' }).click()
  await expect(page.getByRole('heading', { name: 'Anna', level: 1 })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Mark as verified' })).toBeVisible()

  await edit()
  await dialog.getByLabel('E-mail').fill('anna@example.org')
  await dialog.getByLabel('I know that this address is theirs').check()
  await dialog.getByRole('button', { name: 'Save user' }).click()
  await expect(page.getByText('anna@example.org')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Mark as verified' })).toHaveCount(0)
  expect(JSON.stringify((await auditLog(project)).map(({ detail }) => detail))).not.toMatch(/anna?@example/)
})
