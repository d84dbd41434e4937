import { expect, test, visit } from './fixtures.ts'
import { openDoor } from './support/door.ts'
import { target } from './support/installation.ts'
import { faultsInEveryLook } from './support/looks.ts'

const PAGES = ['/docs', '/docs/endpoints', '/docs/errors', '/docs/management-api', '/quirks']

for (const path of PAGES) {
  test(`${path} has no fault that axe knows, in light, in dark and at 320 pixels, where nothing scrolls sideways`, async ({ page }) => {
    await visit(page, path)
    expect(await faultsInEveryLook(page, path)).toEqual([])
  })

  test(`${path} links to no place of its own that is not there`, async ({ page }) => {
    await visit(page, path)
    const lost = await page.evaluate(() => {
      const places = [...document.querySelectorAll<HTMLAnchorElement>('a[href^="#"]')].map(({ hash }) => decodeURIComponent(hash.slice(1)))
      return places.filter((id) => !document.getElementById(id))
    })
    expect(lost).toEqual([])
  })
}

test('the documentation is a click away from the front page, says where one is, and has its list in a menu on a phone', async ({
  page,
}) => {
  await visit(page, '/')
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Docs' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Documentation' })).toBeVisible()
  const list = page.getByRole('navigation', { name: 'Documentation' })
  await list.getByRole('link', { name: 'Errors' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Errors' })).toBeVisible()
  await expect(list.locator('[aria-current=page]')).toHaveText('Errors')

  await page.setViewportSize({ width: 320, height: 640 })
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('dialog').getByRole('link', { name: 'Quirks' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Client quirks' })).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
})

test('the address that comes with an error leads to where it is explained', async ({ page, project }) => {
  const answer = await fetch(`${project.issuer}/api/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ grant_type: 'authorization_code', code: 'gate_ac_none', client_id: 'nobody' }),
  })
  const { error, error_uri } = (await answer.json()) as { error: string; error_uri: string }
  expect([answer.status, error]).toEqual([401, 'invalid_client'])
  await visit(page, error_uri)
  await expect(page.locator('article:target')).toContainText('has not proven to be the client it names')
})

test('the endpoints of the reference are those that an issuer’s metadata names', async ({ page, project }) => {
  const door = openDoor(target())
  const { body } = await door.ask(`/.well-known/oauth-authorization-server/p/${project.slug}`)
  door.close()
  const named = Object.entries(JSON.parse(body) as Record<string, unknown>)
    .filter(([name]) => /_endpoint$|^jwks_uri$/.test(name))
    .map(([, url]) => String(url).slice(project.issuer.length))
  expect(named.length).toBeGreaterThan(4)
  await visit(page, '/docs/endpoints')
  const text = await page.getByRole('main').innerText()
  expect(named.filter((path) => !text.includes(path))).toEqual([])
})
