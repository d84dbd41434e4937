import type { Page } from '@playwright/test'
import { expect, test, visit } from '../fixtures.ts'
import { openDoor } from '../support/door.ts'
import { target } from '../support/installation.ts'
import { cookiesOf, type Member } from '../support/member.ts'

const logIn = async (page: Page, { email, password }: Member): Promise<void> => {
  await page.getByLabel('E-mail').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Log in', exact: true }).click()
}

test('whose session ended is told so, and goes on with the page they asked for', async ({ openBrowser, member, project }) => {
  const page = await openBrowser()
  await page.context().addCookies(cookiesOf(member).map((cookie) => ({ ...cookie, value: 'ended' })))
  await visit(page, `/projects/${project.slug}/clients?query=a`)
  await expect(page).toHaveURL(/\/login\?done=ended&next=/)
  await expect(page.getByText('You were signed out')).toBeVisible()
  await logIn(page, member)
  await expect(page).toHaveURL(`${target()}/projects/${project.slug}/clients?query=a`)
})

test('a session that ends under an open page leads back to that page', async ({ dashboard: page, context, member, project }) => {
  await visit(page, `/projects/${project.slug}/scopes`)
  await context.clearCookies()
  await page.getByRole('button', { name: 'Add scope' }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Name').fill('late:read')
  await dialog.getByLabel('In words').fill('Read late')
  await dialog.getByRole('button', { name: 'Add scope' }).click()
  await expect(page).toHaveURL(/\/login\?next=/)
  await logIn(page, member)
  await expect(page).toHaveURL(`${target()}/projects/${project.slug}/scopes`)
  await expect(page.getByText('late:read')).toHaveCount(0)
})

for (const next of ['//evil.example/projects', 'https://evil.example/projects', '/\\evil.example/projects', '/projects/..//evil.example'])
  test(`after logging in nobody is led to ${next}`, async ({ openBrowser, member }) => {
    const page = await openBrowser()
    await visit(page, `/login?next=${encodeURIComponent(next)}`)
    await expect(page.locator('input[name="next"]')).toHaveCount(0)
    await logIn(page, member)
    await expect(page).toHaveURL(`${target()}/projects`)
  })

test('a form that forges the page to go on with leads nowhere else', async ({ openBrowser, member, project }) => {
  const page = await openBrowser()
  await visit(page, `/login?next=${encodeURIComponent(`/projects/${project.slug}`)}`)
  await page.locator('input[name="next"]').evaluate((field: HTMLInputElement) => {
    field.value = 'https://evil.example/projects'
  })
  await logIn(page, member)
  await expect(page).toHaveURL(`${target()}/projects`)
})

test('what is refused before any page is a page for a browser, and a line for a program', async () => {
  const door = openDoor(target())
  try {
    const [html, evil] = [{ accept: 'text/html' }, { origin: 'https://evil.example' }]
    const form = { method: 'POST', body: Buffer.from('a=b') } as const
    const foreign = await door.ask('/login', { ...form, headers: { ...html, ...evil } })
    expect([foreign.status, foreign.headers['content-type']]).toEqual([403, 'text/html; charset=utf-8'])
    expect(foreign.body).toContain('href="/login"')
    const program = await door.ask('/login', { ...form, headers: evil })
    expect([program.status, program.body]).toEqual([403, 'This form came from somewhere else'])

    for (const [path, host] of [
      ['/projects', 'nobody.example'],
      ['/p/nobody/nothing', new URL(target()).host],
    ] as const) {
      const page = await door.ask(path, { headers: { ...html, host, 'accept-language': 'de' } })
      expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
      expect(page.body).toContain('Unter dieser Adresse gibt es nichts')
      expect(page.headers['content-security-policy']).toContain("default-src 'none'")
      const line = await door.ask(path, { headers: { host, accept: '*/*' } })
      expect([line.status, line.body]).toEqual([404, '{"error":"not_found"}'])
    }
  } finally {
    door.close()
  }
})
