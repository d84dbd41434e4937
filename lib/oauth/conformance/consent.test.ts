import { beforeAll, describe, expect, it } from 'vitest'
import { approve, newCode, type OAuthClient, oauthClient, openConsent, pageOf, pkcePair, redirectOf, tokensOf } from './oauth-client.ts'
import { conformance } from './suite.ts'
import { type PageForm, REDIRECT_URI, type TestBrowser, type TestProject, type TestUser } from './target.ts'

const { challenge: CHALLENGE } = pkcePair()

conformance('consent', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    user = await project.user()
    client = oauthClient(project, await project.client())
  })
  type Opened = { browser: TestBrowser; form: PageForm; url: string }
  const open = async (browser = project.browser(), who = user): Promise<Opened> => {
    const url = await openConsent(project, client.authorizeUrl(CHALLENGE), { user: who, browser })
    return { browser, url, form: await browser.form(url) }
  }
  const allow = ({ browser, form }: Opened, changes: Record<string, string | readonly string[]> = {}, headers = {}) =>
    browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes, ...changes }, headers)
  const approvals = async () => (await project.audit()).filter(({ action }) => action === 'grant.approved').length
  const codeIn = (response: Response) => redirectOf(response, REDIRECT_URI).url.searchParams.get('code')

  it('is a form with the handle, a token and a box per scope that was asked for', async () => {
    const { form } = await open()
    expect(Object.keys(form.fields).toSorted()).toEqual(['csrf', 'request'])
    expect(form.scopes).toEqual(['read', 'write'])
  })

  describe('an answer that did not come from our page', () => {
    it('K01 has no token, or one of another request, browser or account', async () => {
      const opened = await open()
      const [sameBrowser, otherBrowser, otherAccount] = [
        await open(opened.browser),
        await open(),
        await open(project.browser(), await project.user()),
      ]
      const before = await project.snapshot()
      for (const csrf of ['', 'x', ...[sameBrowser, otherBrowser, otherAccount].map(({ form }) => form.fields.csrf ?? '')]) {
        expect(pageOf(await allow(opened, { csrf }))).toBe('PAGE 403')
      }
      expect(await project.snapshot()).toBe(before)
      expect(codeIn(await allow(opened))).not.toBeNull()
    })

    it.each([
      ['a foreign Origin', { origin: 'https://evil.test' }],
      ['Origin null', { origin: 'null' }],
      ['the Origin of another port', { origin: 'http://localhost:1' }],
      ['Sec-Fetch-Site cross-site and no Origin', { origin: '', 'sec-fetch-site': 'cross-site' }],
      ['Sec-Fetch-Site same-site and no Origin', { origin: '', 'sec-fetch-site': 'same-site' }],
    ])('K02 has %s', async (_, headers) => {
      const opened = await open()
      const before = await project.snapshot()
      expect(pageOf(await postWithout(opened, headers))).toBe('PAGE 403')
      expect(await project.snapshot()).toBe(before)
    })

    /** An empty Origin in `headers` stands for none. */
    const postWithout = ({ form, browser }: Opened, { origin, ...headers }: Record<string, string>) =>
      project.fetch('/oauth/consent', {
        method: 'POST',
        headers: {
          cookie: browser.cookies(),
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
          ...(origin ? { origin } : {}),
        },
        body: new URLSearchParams({ ...form.fields, decision: 'allow', scope: 'read' }).toString(),
      })

    it('may do without both headers: a script that holds the cookies is no cross-site page', async () => {
      expect(codeIn(await postWithout(await open(), {}))).not.toBeNull()
    })

    it('K13 came in another browser, signed in or not', async () => {
      const opened = await open()
      const stranger = await open(project.browser(), await project.user())
      const before = await project.snapshot()
      expect(pageOf(await allow({ ...opened, browser: stranger.browser }))).toBe('PAGE 403')
      const nobody = await allow({ ...opened, browser: project.browser() })
      expect(pageOf(nobody)).toBe('PAGE 403')
      expect(await project.snapshot()).toBe(before)
    })

    it('K13 came after somebody else signed in in the same browser', async () => {
      const opened = await open()
      const again = await opened.browser.get(client.authorizeUrl(CHALLENGE, { prompt: 'login' }))
      await opened.browser.signIn(again.headers.get('location') ?? '', await project.user())
      expect(pageOf(await allow(opened))).toBe('PAGE 403')
    })

    it('T01 K23 came with the session of another project, under its own name or ours', async () => {
      const other = await subject.target.project()
      const elsewhere = other.browser()
      await openConsent(other, oauthClient(other, await other.client()).authorizeUrl(CHALLENGE), {
        user: await other.user(),
        browser: elsewhere,
      })
      const opened = await open()
      const ours = opened.browser
        .cookies()
        .split('; ')
        .filter((cookie) => cookie.includes('-browser-'))
        .join('; ')
      const before = await project.snapshot()
      for (const cookies of [`${ours}; ${elsewhere.cookies()}`, `${ours}; ${elsewhere.cookies().replaceAll(other.slug, project.slug)}`]) {
        const response = await project.fetch('/oauth/consent', {
          method: 'POST',
          headers: { cookie: cookies, 'content-type': 'application/x-www-form-urlencoded', origin: new URL(project.issuer).origin },
          body: new URLSearchParams({ ...opened.form.fields, decision: 'allow', scope: 'read' }).toString(),
        })
        expect(codeIn(response)).toBeNull()
        expect(response.headers.get('location')?.startsWith(REDIRECT_URI) ?? false).toBe(false)
      }
      expect(await project.snapshot()).toBe(before)
    })

    it.each(['', 'maybe', 'ALLOW', 'true'])('has the decision %j', async (decision) => {
      const opened = await open()
      expect(pageOf(await allow(opened, { decision }))).toBe('PAGE 403')
    })

    it('has the token twice, or a JSON body', async () => {
      const opened = await open()
      expect(pageOf(await allow(opened, { csrf: [opened.form.fields.csrf ?? '', 'x'] }))).toBe('PAGE 403')
      expect(pageOf(await allow(opened, {}, { 'content-type': 'application/json' }))).toBe('PAGE 403')
    })

    it('names a request that is not there', async () => {
      const opened = await open()
      expect(pageOf(await allow(opened, { request: 'A'.repeat(43) }))).toBe('PAGE 403')
    })
  })

  describe('an answer', () => {
    it('K12 takes nothing from the browser but the handle and the boxes', async () => {
      const opened = await open()
      const response = await allow(opened, {
        redirect_uri: 'https://evil.test/cb',
        client_id: 'c_other',
        resource: 'https://evil.test',
        state: 'other',
        user: 'user_other',
        code_challenge: 'x'.repeat(43),
      })
      const { kind, url } = redirectOf(response, REDIRECT_URI)
      expect([kind, url.searchParams.get('state')]).toEqual(['RED code', 'xyz'])
    })

    it('S07 K12 with a scope that was not offered is no answer: no code, and the request still waits', async () => {
      const opened = await open()
      const before = await project.snapshot()
      for (const scope of [['read', 'admin'], ['offline_access'], ['READ']]) expect(pageOf(await allow(opened, { scope }))).toBe('PAGE 400')
      expect(await project.snapshot()).toBe(before)
      expect(codeIn(await allow(opened))).not.toBeNull()
    })

    it('S07 grants no more than what was ticked', async () => {
      const made = await newCode(project, client, { user, scopes: ['read'] }, { scope: 'read write offline_access' })
      expect(tokensOf(await client.redeem(made.redeem)).scope).toBe('read offline_access')
    })

    it('with nothing ticked goes back to the page', async () => {
      const opened = await open()
      const response = await allow(opened, { scope: [] })
      expect([response.status, response.headers.get('location')]).toEqual([302, `${opened.url}?error=no_scope`])
      expect(codeIn(await allow(opened))).not.toBeNull()
    })

    it('cannot leave out a required scope that was asked for, whatever the form says', async () => {
      const strict = await subject.target.project()
      await strict.addScope('identity', false, true)
      const own = oauthClient(strict, await strict.client())
      const who = await strict.user()
      const scopeOf = async (scope: string, ticked: readonly string[]) => {
        const made = await newCode(strict, own, { user: who, scopes: ticked }, { scope })
        return tokensOf(await own.redeem(made.redeem)).scope
      }
      expect(await scopeOf('read identity', ['read'])).toBe('read identity')
      expect(await scopeOf('read identity', [])).toBe('identity')
      expect(await scopeOf('read identity', ['read', 'identity'])).toBe('read identity')
      expect(await scopeOf('read', ['read'])).toBe('read')
      const to = await approve(strict, own.authorizeUrl(CHALLENGE, { scope: 'read identity' }), { user: who, decision: 'deny' })
      expect([to.searchParams.get('error'), to.searchParams.get('code')]).toEqual(['access_denied', null])
    })

    it('shows a required scope as a box that is not sent', async () => {
      const strict = await subject.target.project()
      await strict.addScope('identity', false, true)
      const own = oauthClient(strict, await strict.client())
      const browser = strict.browser()
      const url = await openConsent(strict, own.authorizeUrl(CHALLENGE, { scope: 'read identity' }), { user: await strict.user(), browser })
      expect((await browser.form(url)).scopes).toEqual(['read'])
    })

    it('may add a scope where the project offers all of them', async () => {
      const generous = await subject.target.project({ offerAllScopes: true })
      const own = oauthClient(generous, await generous.client())
      const made = await newCode(generous, own, { user: await generous.user(), scopes: ['read', 'write'] }, { scope: 'read' })
      expect(tokensOf(await own.redeem(made.redeem)).scope).toBe('read write')
    })

    it('that denies is access_denied at the client, with state and iss, and one row', async () => {
      const to = await approve(project, client.authorizeUrl(CHALLENGE), { user, decision: 'deny' })
      expect([to.searchParams.get('error'), to.searchParams.get('state'), to.searchParams.get('iss'), to.searchParams.get('code')]).toEqual(
        ['access_denied', 'xyz', project.issuer, null],
      )
      expect((await project.audit()).filter(({ action, userId }) => action === 'grant.denied' && userId === user.id)).toHaveLength(1)
    })

    it('K05 K15 is a 302 that nothing keeps and no Referer follows', async () => {
      const { status, headers } = await allow(await open())
      expect([status, headers.get('cache-control'), headers.get('referrer-policy')]).toEqual([302, 'no-store', 'same-origin'])
    })
  })

  describe('twice', () => {
    it('K10 in turn: the second is told that it was answered', async () => {
      const opened = await open()
      const before = await approvals()
      expect(codeIn(await allow(opened))).not.toBeNull()
      const second = await allow(opened)
      expect(pageOf(second)).toBe('PAGE 400')
      expect(await second.text()).toContain('already answered')
      expect(await approvals()).toBe(before + 1)
    })

    it('K10 at once, five times: exactly one code', async () => {
      const opened = await open()
      const before = await approvals()
      const responses = await Promise.all(Array.from({ length: 5 }, () => allow(opened)))
      expect(responses.filter((response) => response.status === 302 && codeIn(response))).toHaveLength(1)
      expect(responses.filter((response) => pageOf(response) === 'PAGE 400')).toHaveLength(4)
      expect(await approvals()).toBe(before + 1)
    })

    it('K10 allowed and denied at once: one of both', async () => {
      const opened = await open()
      const responses = await Promise.all([allow(opened), allow(opened, { decision: 'deny' })])
      expect(responses.map(({ status }) => status).toSorted()).toEqual([302, 400])
    })

    it('K10 denied, then allowed: no code', async () => {
      const opened = await open()
      await allow(opened, { decision: 'deny' })
      expect(pageOf(await allow(opened))).toBe('PAGE 400')
    })
  })

  describe('too late', () => {
    it('after ten minutes is no answer', async () => {
      const opened = await open()
      await project.advance(601)
      const before = await project.snapshot()
      expect(pageOf(await allow(opened))).toBe('PAGE 400')
      expect(await project.snapshot()).toBe(before)
    })

    it('R29 after its client was revoked is no answer, and makes no code', async () => {
      const doomed = oauthClient(project, await project.client())
      const browser = project.browser()
      const url = await openConsent(project, doomed.authorizeUrl(CHALLENGE), { user, browser })
      const form = await browser.form(url)
      await project.revokeClient(doomed.clientId)
      const before = await project.snapshot()
      expect(pageOf(await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes }))).toBe('PAGE 400')
      expect(await project.snapshot()).toBe(before)
    })

    it('C17 after its account was disabled is no answer', async () => {
      const gone = await project.user()
      const opened = await open(project.browser(), gone)
      await project.disableUser(gone.id)
      const before = await project.snapshot()
      expect((await allow(opened)).headers.get('location')?.startsWith(`${project.issuer}/sign-in`)).toBe(true)
      expect(await project.snapshot()).toBe(before)
    })
  })

  it('K23 the cookies are out of reach of scripts and foreign sites, and bound to this project by name', async () => {
    const response = await project.fetch(client.authorizeUrl(CHALLENGE))
    const [cookie = ''] = response.headers.getSetCookie()
    const prefix = project.issuer.startsWith('https:') ? '__Host-' : ''
    expect(cookie.startsWith(`${prefix}gatehouse-browser-${project.slug}=`)).toBe(true)
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+/)
    expect(cookie).not.toMatch(/domain/i)
    expect(/; Secure$/.test(cookie)).toBe(prefix !== '')
  })
})
