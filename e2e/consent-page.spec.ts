import type { Page, Response } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { listenForCallback } from './support/callback-listener.ts'
import { type Authorization, type Client, redemption, registerClient, requestTokens, startAuthorization } from './support/client.ts'
import { commandLineJson } from './support/command-line.ts'
import { newAccount, signInOn, signUpOn } from './support/consent-page.ts'
import { openDoor } from './support/door.ts'
import { freePort } from './support/free-port.ts'
import type { HtmlForm } from './support/html-form.ts'
import { target } from './support/installation.ts'
import { auditLog, createProject, type Project } from './support/project.ts'
import { ScriptlessBrowser } from './support/scriptless-browser.ts'
import { formWith } from './support/shown.ts'
import { Visitor } from './support/visitor.ts'

const LOOPBACK = 'http://127.0.0.1/callback'
const REDIRECTS = {
  https: 'https://client.example/callback',
  '127.0.0.1': LOOPBACK,
  localhost: 'http://localhost/callback',
  '[::1]': 'http://[::1]/callback',
  cursor: 'cursor://anysphere.cursor-mcp/oauth/callback',
} as const

let project: Project
let client: Client

test.beforeAll(async () => {
  project = await createProject({ name: 'Harbour notes' })
  const uris = Object.values(REDIRECTS).flatMap((uri) => ['--redirect-uri', uri])
  client = await commandLineJson(['client', 'create', '--project', project.slug, '--name', 'Lighthouse', ...uris])
})

const begin = (redirectUri: string = REDIRECTS.https, by: Client = client): Authorization => startAuthorization(project, by, redirectUri)

/** A new person on the consent page of this request. */
async function reachConsent(page: Page, { url }: Authorization): Promise<void> {
  await page.goto(url)
  await signUpOn(page, newAccount())
}

const directive = (response: Response | null, name: string): string | undefined =>
  response
    ?.headers()
    ['content-security-policy']?.split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name} `))

const approvals = async (): Promise<number> => (await auditLog(project, '--action', 'grant.approved')).length

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false })

  test('a person makes an account, unticks a scope and allows', async ({ page, callback }) => {
    const authorization = begin(callback.redirectUri)
    await reachConsent(page, authorization)
    await page.getByRole('checkbox', { name: 'Make changes for you' }).uncheck()
    await page.getByRole('button', { name: 'Allow' }).click()
    const { searchParams } = await callback.take()
    const tokens = await requestTokens(project, redemption(client, authorization, searchParams.get('code') ?? ''))
    expect(tokens.scope).toBe('read')
  })

  test('a person who typed a wrong password, or ticked nothing, is told so and can go on', async ({ page, callback }) => {
    const account = newAccount()
    await page.goto(begin(callback.redirectUri).url)
    await signInOn(page, account)
    await expect(page.getByText('E-mail address and password do not belong together.')).toBeVisible()
    await expect(page.getByLabel('E-mail')).toHaveValue(account.email)
    expect(page.url()).not.toContain(encodeURIComponent(account.email))
    await signUpOn(page, account)

    for (const box of await page.getByRole('checkbox').all()) await box.uncheck()
    await page.getByRole('button', { name: 'Allow' }).click()
    await expect(page.getByText('Tick at least one thing you allow, or choose Deny.')).toBeVisible()
    await page.getByRole('button', { name: 'Deny' }).click()
    expect((await callback.take()).searchParams.get('error')).toBe('access_denied')
  })
})

test.describe('the form may lead to this client and nowhere else (K04):', () => {
  for (const host of ['127.0.0.1', 'localhost'] as const) {
    test(`a program listening on ${host}`, async ({ page }) => {
      const callback = await listenForCallback(host)
      try {
        await reachConsent(page, begin(callback.redirectUri))
        expect(directive(await page.reload(), 'form-action')).toBe(`form-action 'self' ${new URL(callback.redirectUri).origin}`)
        await page.getByRole('button', { name: 'Allow' }).click()
        await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
        expect((await callback.take()).searchParams.get('code')).toMatch(/^gate_ac_/)
      } finally {
        await callback.close()
      }
    })
  }

  const unreachable = {
    'a web client': { redirectUri: async () => REDIRECTS.https, source: 'https://client.example' },
    // CSP knows no IPv6 hosts, so only the scheme can be named
    'a program listening on [::1]': { redirectUri: async () => `http://[::1]:${await freePort()}/callback`, source: 'http:' },
  }
  for (const [who, { redirectUri, source }] of Object.entries(unreachable)) {
    test(who, async ({ page, complaints }) => {
      complaints.foresee(/ERR_CONNECTION|ERR_SSL|ERR_ADDRESS|ERR_NAME/) // nobody answers there; that the browser goes there is what counts
      const uri = await redirectUri()
      await reachConsent(page, begin(uri))
      expect(directive(await page.reload(), 'form-action')).toBe(`form-action 'self' ${source}`)
      const leaving = page.waitForRequest((request) => request.url().startsWith(`${uri}?`))
      await page.getByRole('button', { name: 'Allow' }).click()
      expect(new URL((await leaving).url()).searchParams.get('code')).toMatch(/^gate_ac_/)
    })
  }

  test('an app with a scheme of its own', async ({ page, complaints }) => {
    complaints.foresee(/Failed to launch 'cursor:|ERR_UNKNOWN_URL_SCHEME|ERR_ABORTED/) // the app is not installed here
    await reachConsent(page, begin(REDIRECTS.cursor))
    expect(directive(await page.reload(), 'form-action')).toBe(`form-action 'self' cursor:`)
    const answered = page.waitForResponse((response) => new URL(response.url()).pathname.endsWith('/oauth/consent'))
    await page.getByRole('button', { name: 'Allow' }).click()
    expect((await answered).status()).toBe(302)
    expect((await answered).headers().location).toMatch(/^cursor:\/\/anysphere\.cursor-mcp\/oauth\/callback\?code=gate_ac_/)
  })
})

test('sign-in and consent pages refuse frames, keep their address to themselves and are not kept by caches (K03, K05)', async ({
  page,
}) => {
  const { url } = begin()
  const check = async (response: Response | null) => {
    expect(response?.status()).toBe(200)
    expect(directive(response, 'frame-ancestors')).toBe("frame-ancestors 'none'")
    expect(directive(response, 'script-src')).not.toContain('unsafe-inline')
    expect(response?.headers()).toMatchObject({
      'x-frame-options': 'DENY',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('no-store'),
    })
    await expect(page.locator('meta[name=referrer]')).toHaveAttribute('content', 'same-origin')
  }
  await check(await page.goto(url))
  const posted = page.waitForRequest((request) => request.method() === 'POST' && request.url() === `${project.issuer}/oauth/sign-in`)
  await signUpOn(page, newAccount())
  expect((await (await posted).allHeaders()).origin).toBe(new URL(project.issuer).origin)
  await check(await page.reload())
  const decided = page.waitForRequest((request) => request.method() === 'POST' && request.url() === `${project.issuer}/oauth/consent`)
  await page.getByRole('button', { name: 'Deny' }).click({ noWaitAfter: true })
  expect((await (await decided).allHeaders()).origin).toBe(new URL(project.issuer).origin)
})

test('a page of somebody else cannot show the consent page inside itself (K03)', async ({ page, complaints }) => {
  complaints.foresee(/Refused to (display|frame)|violates the following Content Security Policy|frame-ancestors|ERR_BLOCKED_BY_RESPONSE/)
  await reachConsent(page, begin())
  const address = page.url()
  await page.route('http://evil.example/', (route) =>
    route.fulfill({ contentType: 'text/html', body: `<!doctype html><iframe src="${address}"></iframe>` }),
  )
  await page.goto('http://evil.example/')
  await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/)
})

test('the page says who asks, for what, where it returns to, for whom and how long (K07, K08)', async ({ page, callback }) => {
  const unproven = await registerClient(project, callback.redirectUri, { name: 'Totally Claude' })
  const account = newAccount()
  await page.goto(begin(callback.redirectUri, unproven).url)
  await expect(page.getByText('Totally Claude')).toBeVisible()
  await expect(page.getByText('Unverified')).toBeVisible()
  await signUpOn(page, account)

  await expect(page.getByText('Totally Claude')).toBeVisible()
  await expect(page.getByText('Unverified')).toBeVisible()
  await expect(page.getByText('Nobody has checked this app')).toBeVisible()
  await expect(page.getByText('It returns to this computer')).toBeVisible()
  await expect(page.getByRole('heading')).toContainText(project.name)
  await expect(page.getByText(account.email)).toBeVisible()
  await expect(page.getByText(project.resource)).toBeVisible()
  await expect(page.getByRole('checkbox', { name: 'See your data' })).toBeChecked()
  await expect(page.getByRole('checkbox', { name: 'Make changes for you' })).toBeChecked()
  await expect(page.getByText(new URL(callback.redirectUri).host).first()).toBeVisible()
  const lifetime = page.locator('dt', { hasText: 'For how long' }).locator('xpath=following-sibling::dd')
  await expect(lifetime).toContainText(/30 days.*every hour/) // unused, and of one access token
  await page.getByText('Show full address').click()
  await expect(page.getByText(callback.redirectUri)).toBeVisible()
})

test('a client made by hand is not called unverified, and one that returns to the web needs no warning', async ({ page }) => {
  await reachConsent(page, begin())
  await expect(page.getByText('client.example').first()).toBeVisible()
  await expect(page.getByText('Unverified')).toHaveCount(0)
  await expect(page.getByText('It returns to this computer')).toHaveCount(0)
})

test('whoever is signed in is named and can say that it is not them (K16)', async ({ page, callback }) => {
  const [first, other] = [newAccount(), newAccount()]
  await page.goto(begin(callback.redirectUri).url)
  await signUpOn(page, first)
  await expect(page.getByText(`Signed in as ${first.email}`)).toBeVisible()
  await page.getByRole('button', { name: 'Not you?' }).click()
  await expect(page.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await signUpOn(page, other)
  await expect(page.getByText(`Signed in as ${other.email}`)).toBeVisible()
})

test('a double click sends one answer, and the person arrives at the client (K10)', async ({ page, callback }) => {
  const before = await approvals()
  const authorization = begin(callback.redirectUri)
  await reachConsent(page, authorization)
  await page.getByRole('button', { name: 'Allow' }).dblclick({ noWaitAfter: true })
  await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  const code = (await callback.take()).searchParams.get('code') ?? ''
  expect((await requestTokens(project, redemption(client, authorization, code))).scope).toBe('read write')
  expect(await approvals()).toBe(before + 1)
})

test('the back button leads to a page that says it was answered', async ({ page, callback, complaints }) => {
  complaints.foresee(/status of 400/)
  await reachConsent(page, begin(callback.redirectUri))
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { name: 'You have answered already' })).toBeVisible()
  expect(callback.calls).toHaveLength(1)
})

test('of two tabs with one request the first decides, and the second is told (K10)', async ({ page, context, callback, complaints }) => {
  complaints.foresee(/status of 400/)
  const before = await approvals()
  await reachConsent(page, begin(callback.redirectUri))
  const tab = await context.newPage()
  await tab.goto(page.url())
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  await tab.getByRole('button', { name: 'Deny' }).click()
  await expect(tab.getByRole('heading', { name: 'You have already answered' })).toBeVisible()
  expect(callback.calls).toHaveLength(1)
  expect(await approvals()).toBe(before + 1)
})

test('two tabs with a request each can both be answered', async ({ page, context, callback }) => {
  const [left, right] = [begin(callback.redirectUri), begin(callback.redirectUri)]
  await page.goto(left.url)
  const tab = await context.newPage()
  await tab.goto(right.url)
  await signUpOn(page, newAccount())
  await tab.reload()
  await tab.getByRole('link', { name: 'Go on as this user' }).click()
  await page.getByRole('button', { name: 'Allow' }).click()
  await expect(page.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  await tab.getByRole('button', { name: 'Allow' }).click()
  await expect(tab.getByRole('heading', { name: 'Back at the client' })).toBeVisible()
  for (const authorization of [left, right]) {
    const { searchParams } = await callback.take()
    expect(searchParams.get('state')).toBe(authorization.state)
    await requestTokens(project, redemption(client, authorization, searchParams.get('code') ?? ''))
  }
})

test('a link to somebody’s request shows nothing of it in another browser, signed in or not (K13)', async ({
  page,
  openBrowser,
  complaints,
}) => {
  complaints.foresee(/status of 400/)
  await reachConsent(page, begin())
  const address = page.url()
  const signIn = `${project.issuer}/sign-in?request=${address.split('/').at(-1)}`
  const stranger = await openBrowser()
  await reachConsent(stranger, begin())
  const fresh = await openBrowser()
  for (const [other, link] of [
    [stranger, address],
    [stranger, signIn],
    [fresh, address],
    [fresh, signIn],
  ] as const) {
    expect((await other.goto(link))?.status()).toBe(400)
    await expect(other.getByRole('heading', { name: 'This request belongs to another browser' })).toBeVisible()
    expect(await other.content()).not.toContain('Lighthouse')
    await expect(other.getByRole('button')).toHaveCount(0)
  }
})

for (const evil of ['http://evil.example', 'http://localhost:9999']) {
  test(`a page at ${evil} that posts the form by itself, with everything in it right, is refused (K02)`, async ({
    page,
    callback,
    complaints,
  }) => {
    complaints.foresee(/status of 403/)
    const before = await approvals()
    await reachConsent(page, begin(callback.redirectUri))
    const address = page.url()
    const [request, csrf] = await Promise.all(['request', 'csrf'].map((name) => page.locator(`#decide [name=${name}]`).inputValue()))
    await page.route(`${evil}/`, (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<!doctype html><form method="post" action="${project.issuer}/oauth/consent"><input name="request" value="${request}">
          <input name="csrf" value="${csrf}"><input name="scope" value="read"><input name="decision" value="allow"></form>
          <script>document.forms[0].submit()</script>`,
      }),
    )
    const refused = page.waitForResponse((response) => response.url() === `${project.issuer}/oauth/consent`)
    await page.goto(`${evil}/`)
    expect((await refused).status()).toBe(403)
    expect(await approvals()).toBe(before)

    await page.goto(address)
    await page.getByRole('button', { name: 'Allow' }).click()
    expect((await callback.take()).searchParams.get('code')).toMatch(/^gate_ac_/)
  })
}

test('the server decides by what it stored, not by what a browser sends back (K01, K02, K12)', async ({ visitor }) => {
  const before = await approvals()
  const door = openDoor(target())
  const browser = new ScriptlessBrowser(door, target())
  const intruder = new Visitor(new ScriptlessBrowser(door, target()))
  const person = new Visitor(browser)
  const shown = await person.reachConsent(begin().url)
  const hidden = (name: string, form: HtmlForm = formWith(shown, 'decision')): string =>
    form.fields.find((field) => field.name === name)?.value ?? ''
  const own = { request: hidden('request'), csrf: hidden('csrf'), decision: 'allow', scope: 'read' }
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const foreign = formWith(await intruder.reachConsent(begin().url), 'decision')
  const other = formWith(await visitor.reachConsent(begin().url), 'decision')
  const post = async (fields: Record<string, string>, headers: Record<string, string> = {}) => {
    const sent = { cookie, origin: target(), ...headers }
    const { status } = await door.ask(`/p/${project.slug}/oauth/consent`, {
      method: 'POST',
      headers: sent,
      body: new URLSearchParams(fields),
    })
    return status
  }
  const { csrf: _, ...withoutToken } = own
  expect(await post(withoutToken)).toBe(403)
  expect(await post({ ...own, csrf: hidden('csrf', foreign) })).toBe(403)
  expect(await post({ ...own, request: hidden('request', other) })).toBe(403)
  expect(await post(own, { origin: 'null' })).toBe(403)
  expect(await post(own, { origin: 'https://evil.example' })).toBe(403)
  expect(await post({ ...own, decision: 'maybe' })).toBe(403)
  expect(await post({ ...own, scope: 'admin' })).toBe(400)
  expect(await approvals()).toBe(before)

  const tampered = { ...own, redirect_uri: 'https://evil.example/', client_id: 'c_other', state: 'other' }
  const { headers, status } = await door.ask(`/p/${project.slug}/oauth/consent`, {
    method: 'POST',
    headers: { cookie, origin: target() },
    body: new URLSearchParams(tampered),
  })
  expect([status, headers.location?.split('?')[0]]).toEqual([302, REDIRECTS.https])
  expect(await post(own)).toBe(400)
  expect(await approvals()).toBe(before + 1)
  door.close()
})

test.describe('on a phone 320 pixels wide', () => {
  test.use({ viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true })

  test('nothing stands outside the page, and both answers are of the same size', async ({ page }) => {
    const wordy = await registerClient(project, LOOPBACK, { name: `Wordy ${'client'.repeat(10)}` })
    const noOverflow = async () =>
      expect(await page.evaluate(() => [document.documentElement.scrollWidth, document.body.scrollWidth])).toEqual([320, 320])
    await page.goto(begin('http://127.0.0.1:49151/callback', wordy).url)
    await noOverflow()
    await page.getByRole('link', { name: 'Create an account' }).click()
    await expect(page.getByRole('button', { name: 'Create account' })).toBeVisible()
    await noOverflow()
    await page.goBack()
    await signUpOn(page, newAccount())
    await noOverflow()
    await page.getByText('Show full address').click()
    await noOverflow()

    const sizes = []
    for (const name of ['Deny', 'Allow']) {
      const box = await page.getByRole('button', { name }).boundingBox()
      sizes.push([box?.width, box?.height, box?.y])
      expect(box?.height).toBeGreaterThanOrEqual(44)
    }
    expect(sizes[0]).toEqual(sizes[1])
  })
})
