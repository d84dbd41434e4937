import { randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { decodeJwt } from 'jose'
import { expect, test, visit } from './fixtures.ts'
import { makeApiKey } from './support/api-key.ts'
import { createClient, redemption, requestTokens, startAuthorization } from './support/client.ts'
import { target } from './support/installation.ts'
import { faultsInEveryLook } from './support/looks.ts'
import { askByCurl } from './support/shell.ts'
import { unique } from './support/unique.ts'

const GUIDES = ['fastmcp', 'workos-authkit', 'descope', 'stytch', 'auth0', 'keycloak'].map((slug) => `/docs/moving/${slug}`)
const PAGES = ['/docs/standards', '/docs/questions', '/docs/downstream', '/docs/moving', ...GUIDES]

for (const path of PAGES) {
  test(`${path} has no fault that axe knows, in light, in dark and at 320 pixels`, async ({ page }) => {
    await visit(page, path)
    expect(await faultsInEveryLook(page, path)).toEqual([])
  })
}

test('every link of the articles leads to a page that exists, and to a place on it', async ({ page }) => {
  const origin = target()
  const places = new Map<string, ReadonlySet<string>>()
  const placesOf = async (path: string) => {
    const known = places.get(path)
    if (known) return known
    const response = await fetch(origin + path)
    const ids = response.status === 200 ? [...(await response.text()).matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id) : null
    expect(ids, `${path} answered ${response.status}`).not.toBeNull()
    const found = new Set(ids)
    places.set(path, found)
    return found
  }
  for (const path of PAGES) {
    await visit(page, path)
    const links = await page.locator('main a[href]').evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
    for (const link of new Set(links.filter((href) => href.startsWith(origin)))) {
      const { pathname, hash } = new URL(link)
      const ids = await placesOf(pathname)
      if (hash) expect(ids, `${path} links to ${pathname}${hash}`).toContain(decodeURIComponent(hash.slice(1)))
    }
  }
})

test('the questions stand on their page as data too, each with its answer', async ({ page }) => {
  await visit(page, '/docs/questions')
  const data = JSON.parse((await page.locator('script[type="application/ld+json"]').textContent()) ?? '')
  const told = (data.mainEntity as { name: string; acceptedAnswer: { text: string } }[]).map(({ name }) => name)
  expect(told).toEqual(await page.locator('main article h3').allInnerTexts())
  for (const { acceptedAnswer } of data.mainEntity) expect(acceptedAnswer.text.length).toBeGreaterThan(20)
})

test('a guide that there is not is not found', async () => {
  for (const slug of ['nobody', 'constructor', 'FastMCP']) {
    expect((await fetch(`${target()}/docs/moving/${slug}`)).status, slug).toBe(404)
  }
})

type ShownCall = { readonly title: string; readonly line: string; readonly answer: Readonly<Record<string, unknown>> | null }

/** What the page tells people to type, and what it says will come back. */
async function callsOn(page: Page, path: string): Promise<ShownCall[]> {
  await visit(page, path)
  const shown = await page
    .locator('[data-call]')
    .evaluateAll((all) =>
      all.map((call) => [call.getAttribute('data-call'), ...[...call.querySelectorAll('pre')].map((pre) => pre.textContent)]),
    )
  return shown.map(([title, line, answer]) => ({ title: title ?? '', line: line ?? '', answer: answer ? JSON.parse(answer) : null }))
}

const namesOf = (body: unknown): string[] => Object.keys((body ?? {}) as object).toSorted()
/** A change of settings reaches every process within a second. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 1_500))

test('each call of “Downstream services” answers as the page says', async ({ dashboard, project, visitor }) => {
  const client = await createClient(project, 'http://127.0.0.1/callback')
  const authorization = startAuthorization(project, client, 'http://127.0.0.1/callback', { scope: 'read write' })
  const code = (await visitor.answer(authorization.url)).searchParams.get('code') ?? ''
  const { access_token } = await requestTokens(project, redemption(client, authorization, code))
  const variables: Record<string, string> = {
    GATEHOUSE_URL: target(),
    PROJECT: project.slug,
    ISSUER: project.issuer,
    GATEHOUSE_SERVER_SECRET: project.server_secret,
    GATEHOUSE_API_KEY: await makeApiKey(dashboard, 'Downstream'),
    ACCESS_TOKEN: access_token,
    USER_ID: String(decodeJwt(access_token).sub),
  }

  const calls = await callsOn(dashboard, '/docs/downstream')
  expect(calls.length).toBeGreaterThan(7)
  for (const { title, line, answer } of calls) {
    const { status, body } = await askByCurl(line, variables)
    if (line.includes('/upstream-token')) {
      // This user signed up here: no provider's token is kept of them.
      expect([title, status, body]).toEqual([title, 404, expect.objectContaining({ error: 'not_found' })])
      continue
    }
    expect([title, status < 300, namesOf(body)]).toEqual([title, true, namesOf(answer)])
    const { clientId, clientSecret } = body as { clientId?: string; clientSecret?: string }
    if (clientId && clientSecret) Object.assign(variables, { CLIENT_ID: clientId, CLIENT_SECRET: clientSecret })
    if (line.includes('/resources')) await settle()
  }
})

/** Where the customer's own page is opened: the browser's way there, without a browser. */
async function handoffRequest(issuer: string, slug: string): Promise<string> {
  const redirectUri = 'http://127.0.0.1/callback'
  const client = await createClient({ slug } as Parameters<typeof createClient>[0], redirectUri)
  const asked = await fetch(startAuthorization({ issuer }, client, redirectUri).url, { redirect: 'manual' })
  const { search } = new URL(asked.headers.get('location') ?? '', issuer)
  const cookie = asked.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const left = await fetch(`${issuer}/oauth/handoff${search}`, { redirect: 'manual', headers: { cookie } })
  return new URL(left.headers.get('location') ?? '').searchParams.get('request') ?? ''
}

for (const path of GUIDES) {
  test(`each call of ${path} answers as the page says`, async ({ dashboard }) => {
    const variables: Record<string, string> = {
      GATEHOUSE_URL: target(),
      GATEHOUSE_API_KEY: await makeApiKey(dashboard, 'Moving'),
      PROVIDER_CLIENT_ID: 'client-there',
      PROVIDER_CLIENT_SECRET: randomBytes(24).toString('hex'),
    }
    for (const { title, line, answer } of await callsOn(dashboard, path)) {
      if (line.includes('/oauth/handoff')) {
        await settle()
        variables.REQUEST = await handoffRequest(variables.ISSUER ?? '', variables.PROJECT ?? '')
      }
      const { status, body } = await askByCurl(line.replace(/"name": ?"Notes"/, `"name":"${unique('notes')}"`), variables)
      expect([title, status < 300, namesOf(body)]).toEqual([title, true, namesOf(answer)])
      const { slug, issuer, serverSecret } = (body ?? {}) as Record<string, string>
      if (slug && issuer && serverSecret) {
        Object.assign(variables, { PROJECT: slug, ISSUER: issuer, GATEHOUSE_SERVER_SECRET: serverSecret })
      }
    }
  })
}
