import { expect, test, visit } from '../fixtures.ts'
import { faultsOf } from '../support/accessibility.ts'
import { mailedLinkTo } from '../support/mailbox.ts'
import { cookiesOf, signUpMember } from '../support/member.ts'
import { invite, joinByMail } from '../support/team.ts'
import { unique } from '../support/unique.ts'

const newAddress = (): string => `${unique('grace')}@example.com`

test('a new person joins by the mail, gets another role and is removed, each time at once', async ({
  dashboard: page,
  project,
  openBrowser,
  complaints,
}) => {
  complaints.foresee(/status of 404/)
  const email = newAddress()
  const link = await invite(page, email, 'viewer')
  await expect(page.getByRole('table', { name: 'Open invitations' })).toContainText(email)
  await expect(page.getByRole('dialog')).toHaveCount(0) // it shows the link until it has closed
  expect(await page.content()).not.toContain(new URL(link).searchParams.get('token') ?? 'no token')
  expect(await faultsOf(page)).toEqual([])

  const other = await openBrowser()
  await visit(other, link)
  await expect(other.getByText(`Open the link in the mail that was sent to ${email}`)).toBeVisible()
  await visit(other, (await mailedLinkTo(email)).href)
  expect(await faultsOf(other)).toEqual([])
  await other.getByLabel('Name').fill('Grace Hopper')
  await other.getByLabel('Password').fill(unique('password'))
  await other.getByRole('button', { name: 'Make an account and join' }).click()
  await expect(other.getByRole('link', { name: project.name })).toBeVisible()
  await visit(other, `/projects/${project.slug}/clients`)
  await expect(other.getByRole('link', { name: 'New client' })).toHaveCount(0)

  await visit(page, '/organisation/members')
  await expect(page.getByRole('table', { name: 'Open invitations' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Change role of Grace Hopper' }).click()
  await page.getByRole('dialog').getByLabel('Role').selectOption('developer')
  await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click()
  await expect(page.getByRole('row', { name: /Grace Hopper/ })).toContainText('Developer')
  await other.reload()
  await expect(other.getByRole('link', { name: 'New client' }).first()).toBeVisible()

  await page.getByRole('button', { name: 'Remove Grace Hopper' }).click()
  await expect(page.getByRole('dialog')).toContainText('They have no API key.')
  await page.getByRole('dialog').getByLabel('to confirm').fill(email)
  await page.getByRole('dialog').getByRole('button', { name: 'Remove member' }).click()
  await expect(page.getByText('Grace Hopper is removed')).toBeVisible()
  await expect(page.getByRole('row', { name: /Grace Hopper/ })).toHaveCount(0)
  expect((await other.goto(`/projects/${project.slug}/clients`))?.status()).toBe(404)

  await visit(page, '/organisation/activity')
  for (const words of ['Member invited', 'Member joined', 'Role changed', 'Member removed'])
    await expect(page.getByRole('table', { name: 'Activity' })).toContainText(words)
  expect(await faultsOf(page)).toEqual([])
})

test('somebody with an account accepts after logging in, and works in either organisation', async ({
  dashboard: page,
  project,
  openBrowser,
}) => {
  const grace = await signUpMember()
  const link = await invite(page, grace.email, 'developer')
  const other = await openBrowser()
  await visit(other, link)
  await other.getByRole('button', { name: 'Log in' }).click()
  await other.getByLabel('E-mail').fill(grace.email)
  await other.getByLabel('Password').fill(grace.password)
  await other.getByRole('button', { name: 'Log in', exact: true }).click()
  await other.getByRole('link', { name: 'See the invitation' }).click()
  await other.getByRole('button', { name: /^Join / }).click()
  await expect(other.getByRole('link', { name: project.name })).toBeVisible()

  await other.getByRole('button', { name: /^Switch organisation/ }).click()
  await other.getByRole('menuitem', { name: new RegExp(grace.name) }).click()
  await expect(other.getByRole('heading', { name: 'No project yet' })).toBeVisible()

  await visit(other, `/projects/${project.slug}`) // a link leads to the other organisation by itself
  await expect(other.getByRole('navigation', { name: 'Project' }).first()).toBeVisible()
})

test('another address is refused, in words, and uses nothing up', async ({ dashboard: page, openBrowser }) => {
  const email = newAddress()
  await invite(page, email, 'admin')
  const eve = await signUpMember()
  const other = await openBrowser()
  await other.context().addCookies(cookiesOf(eve))
  await visit(other, (await mailedLinkTo(email)).href)
  await expect(other.getByText('This invitation is for another address')).toBeVisible()
  await expect(other.getByRole('button', { name: /^Join / })).toHaveCount(0)
  expect((await joinByMail(email)).email).toBe(email)
})

test('the only owner stays until there is another, and can leave then', async ({ dashboard: page, member }) => {
  await visit(page, '/organisation/members')
  await expect(page.getByText('You are its only owner')).toBeVisible()
  const email = newAddress()
  await invite(page, email, 'owner')
  await joinByMail(email)

  await visit(page, '/organisation/members')
  await page.getByRole('button', { name: 'Leave organisation' }).click()
  await page.getByLabel(/to confirm/).fill(`${member.name}'s organisation`)
  await page.getByRole('dialog').getByRole('button', { name: 'Leave organisation' }).click()
  await expect(page.getByRole('heading', { name: 'New organisation' })).toBeVisible()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('Name').fill('Fresh start')
  await page.getByRole('button', { name: 'Create organisation' }).click()
  await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible()
})

test('a withdrawn invitation opens nothing, and one sent again opens by its new link alone', async ({ dashboard: page, openBrowser }) => {
  const email = newAddress()
  const first = await invite(page, email, 'viewer')
  await page.getByRole('button', { name: `Send again to ${email}` }).click()
  const second = await page.getByRole('dialog').locator('code').innerText()
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click()
  const other = await openBrowser()
  await visit(other, first)
  await expect(other.getByRole('heading', { name: 'This invitation counts no more' })).toBeVisible()
  await visit(other, second)
  await expect(other.getByRole('heading', { name: /^Join / })).toBeVisible()

  await page.getByRole('button', { name: `Withdraw the invitation of ${email}` }).click()
  await page.getByRole('button', { name: 'Withdraw invitation' }).click()
  await expect(page.getByText(`The invitation of ${email} is withdrawn`)).toBeVisible()
  await visit(other, second)
  await expect(other.getByRole('heading', { name: 'This invitation counts no more' })).toBeVisible()
})

test('an owner deletes an organisation when its projects are gone, and its last member begins anew', async ({
  dashboard: page,
  member,
  project,
}) => {
  const name = `${member.name}'s organisation`
  await visit(page, '/organisation/settings')
  await expect(page.getByText('It has a project. Delete it first.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Delete organisation' })).toHaveCount(0)

  await visit(page, `/projects/${project.slug}/delete`)
  await page.getByRole('button', { name: 'Delete project' }).click()
  await page.getByLabel(/to confirm/).fill(project.name)
  await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByRole('heading', { name: 'No project yet' })).toBeVisible()

  await visit(page, '/organisation/settings')
  await page.getByRole('button', { name: 'Delete organisation' }).click()
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel(/to confirm/).fill(name)
  await page.getByRole('dialog').getByRole('button', { name: 'Delete organisation' }).click()
  await expect(page.getByRole('heading', { name: 'New organisation' })).toBeVisible()
  await expect(page.getByText(name)).toHaveCount(0)
})
