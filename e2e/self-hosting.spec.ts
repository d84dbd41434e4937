import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, visit } from './fixtures.ts'
import { root, target } from './support/installation.ts'
import { faultsInEveryLook } from './support/looks.ts'

const PAGES = ['/status', '/changelog', '/docs/self-hosting']
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string }

for (const address of PAGES) {
  test(`${address} has no fault that axe knows, in light, in dark and at 320 pixels, where nothing scrolls sideways`, async ({ page }) => {
    await visit(page, address)
    expect(await faultsInEveryLook(page, address)).toEqual([])
  })
}

test('the status page tells anybody that all is well, and nobody where anything is', async ({ page }) => {
  const answer = await page.goto('/status')
  expect(answer?.status()).toBe(200)
  await expect(page.getByText('Everything works right now.')).toBeVisible()
  const facts = page.locator('dl > div')
  expect((await facts.allInnerTexts()).map((text) => text.split('\n')[0])).toEqual([
    'Version',
    'Database',
    'Migrations',
    'Signing keys',
    'Mail',
  ])
  await expect(facts.nth(0)).toContainText(version)
  await expect(facts.nth(2)).toContainText('Up to date')

  const text = (await answer?.text()) ?? ''
  const inside = [
    process.env.DATABASE_URL,
    process.env.KEY_ENCRYPTION_KEY,
    process.env.TOKEN_PEPPER,
    root,
    process.version,
    'postgres://',
    'postgresql://',
  ]
  for (const word of inside) if (word) expect(text).not.toContain(word)
  expect(await (await fetch(`${target()}/api/health`)).json()).toEqual({ status: 'ok' })
})

test('the status page believes no request about how the installation is', async ({ page }) => {
  const made = { database: false, migrations: false, signingKeys: false, mail: true }
  await page.setExtraHTTPHeaders({ 'x-health': JSON.stringify(made) })
  for (const address of ['/status', '/status/']) {
    expect((await page.goto(address))?.status()).toBe(200)
    await expect(page.getByText('Everything works right now.')).toBeVisible()
  }
})

test('a member finds status and changelog in the account menu', async ({ dashboard: page, member }) => {
  await visit(page, '/projects')
  await page.getByRole('button', { name: `Account, ${member.name}` }).click()
  await page.getByRole('menuitem', { name: 'Status' }).click()
  await expect(page.getByRole('heading', { name: 'Status', level: 1 })).toBeVisible()
  await page.getByRole('main').getByRole('link', { name: 'changelog' }).click()
  await expect(page.getByRole('heading', { name: version, level: 2 })).toBeVisible()
})

test('the page on self-hosting leads to each of its sections, and names every variable of .env.example', async ({ page }) => {
  await visit(page, '/docs/self-hosting')
  const links = page.getByRole('navigation', { name: 'On this page' }).getByRole('link')
  expect(await links.count()).toBeGreaterThan(10)
  for (const link of await links.all()) {
    const section = page.locator((await link.getAttribute('href')) ?? 'none')
    await expect(section).toHaveText((await link.innerText()) ?? '')
  }
  const named = await page.getByRole('table', { name: 'Variables' }).locator('td:first-child').allInnerTexts()
  const example = readFileSync(path.join(root, '.env.example'), 'utf8')
  const variables = [...example.matchAll(/^([A-Z_]+)=/gm)].map(([, name]) => name)
  expect(named.toSorted()).toEqual(variables.toSorted())
})

test('the command line of the build, which the image has, backs the installation up', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'gatehouse-')), 'built.backup')
  const run = (...args: string[]) =>
    new Promise<number | null>((resolve) => {
      const child = spawn(process.execPath, ['.next/cli.mjs', ...args], { cwd: root, stdio: 'ignore' })
      child.once('close', resolve)
    })
  expect(await run('backup', '--to', file, '--json')).toBe(0)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  expect(await run('backup', '--check', file, '--json')).toBe(0)
})
