import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { DEVICE_CODE } from '../grant-type.ts'
import { dpopKey, serverClock } from './dpop-key.ts'
import {
  type Answer,
  answerOf,
  type Form,
  introspect,
  isActive,
  newCode,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  pageOf,
  postForm,
  register,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestBrowser, type TestProject, type TestUser } from './target.ts'

const GRANTS = [DEVICE_CODE, 'authorization_code', 'refresh_token']

conformance('the device grant', (subject) => {
  /** Ten codes may be typed at a project in five minutes, so tests that type share few. */
  type Place = { readonly project: TestProject; readonly user: TestUser; readonly client: OAuthClient }
  const newPlace = async (settings = {}): Promise<Place> => {
    const project = await subject.target.project({ deviceGrant: true, ...settings })
    return { project, user: await project.user(), client: oauthClient(project, await project.client({ grantTypes: GRANTS })) }
  }
  let place: Place
  beforeAll(async () => {
    place = await newPlace()
  })

  type Device = { readonly deviceCode: string; readonly userCode: string; readonly answer: Answer }
  const start = async ({ client }: Pick<Place, 'client'> = place, form: Form = {}): Promise<Device> => {
    const answer = await client.device(form)
    const { device_code, user_code } = answer.body
    if (!device_code || !user_code) throw new Error(`no device code: ${outcomeOf(answer)}`)
    subject.target.remember(user_code.replace('-', ''))
    return { deviceCode: device_code, userCode: user_code, answer }
  }
  /** Types the code as a person would; answers where that leads. */
  const type = async ({ project }: Place, userCode: string, browser: TestBrowser): Promise<string> => {
    const { fields } = await browser.form(`${project.issuer}/device`)
    const answered = await browser.post('/oauth/device', { ...fields, user_code: userCode })
    expect(answered.status).toBe(302)
    return answered.headers.get('location') ?? ''
  }
  const consentAt = async (at: Place, userCode: string, browser = at.project.browser()) => {
    const to = await type(at, userCode, browser)
    const url = to.includes('/sign-in') ? await browser.signIn(to, at.user) : to
    return { browser, url, form: await browser.form(url) }
  }
  const decide = async (at: Place, userCode: string, decision: 'allow' | 'deny', scopes?: readonly string[]): Promise<Response> => {
    const { browser, form } = await consentAt(at, userCode)
    return browser.post('/oauth/consent', { ...form.fields, decision, scope: scopes ?? form.scopes })
  }
  const allowed = async (at: Place = place, form: Form = {}): Promise<Device> => {
    const device = await start(at, form)
    expect(pageOf(await decide(at, device.userCode, 'allow'))).toBe('PAGE 200')
    return device
  }
  const problemIn = (location: string): string | null => new URL(location).searchParams.get('error')
  const rowsOf = async ({ project }: Place, action: string) => (await project.audit()).filter((row) => row.action === action)

  describe('a device', () => {
    it('is given its two codes and where to type the short one', async () => {
      const { answer } = await start()
      const page = `${place.project.issuer}/device`
      expect(answer.body).toEqual({
        device_code: expect.stringMatching(/^gate_dc_[\w-]{43}\.[\w-]{43}$/),
        user_code: expect.stringMatching(/^[BCDFGHJKLMNPQRSTVWXZ]{4}-[BCDFGHJKLMNPQRSTVWXZ]{4}$/),
        verification_uri: page,
        verification_uri_complete: `${page}?user_code=${answer.body.user_code}`,
        expires_in: 600,
        interval: 5,
      })
      expect(answer.headers.get('cache-control')).toBe('no-store')
    })

    it('polls until somebody allows it, and then has tokens like any other client', async () => {
      const at = await newPlace()
      const { deviceCode, userCode } = await start(at)
      expect(outcomeOf(await at.client.poll(deviceCode))).toBe('400 authorization_pending')
      const { browser, form } = await consentAt(at, userCode.toLowerCase().replace('-', ' '))
      expect(form.scopes).toEqual(['read', 'write'])
      await at.project.advance(6)
      expect(outcomeOf(await at.client.poll(deviceCode))).toBe('400 authorization_pending')

      const answered = await browser.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: 'read' })
      expect(pageOf(answered)).toBe('PAGE 200')
      expect(await answered.text()).toContain('go back to your device')
      const tokens = tokensOf(await at.client.poll(deviceCode))
      expect(decodeJwt(tokens.access)).toMatchObject({
        sub: at.user.id,
        client_id: at.client.clientId,
        scope: 'read',
        aud: at.project.resource,
      })
      expect(outcomeOf(await at.client.refresh(tokens.refresh))).toBe('200')
      expect((await introspect(at.project, tokens.access)).body.active).toBe(true)
      const actions = (await at.project.audit())
        .map(({ action }) => action)
        .filter((action) => /^(device|authorization|grant|token)\./.test(action))
      expect(actions).toEqual(['device.requested', 'authorization.requested', 'grant.approved', 'token.issued'])
    })

    it('that asks too often waits five seconds longer each time', async () => {
      const { deviceCode } = await start()
      const pollAfter = async (seconds: number) => {
        await place.project.advance(seconds)
        return outcomeOf(await place.client.poll(deviceCode))
      }
      expect(await pollAfter(0)).toBe('400 authorization_pending')
      expect(await pollAfter(2)).toBe('400 slow_down')
      expect(await pollAfter(7)).toBe('400 slow_down') // ten seconds by now
      expect(await pollAfter(16)).toBe('400 authorization_pending') // fifteen
    })

    it('is told when it was denied, and the log says so', async () => {
      const device = await start()
      const answered = await decide(place, device.userCode, 'deny')
      expect([pageOf(answered), (await answered.text()).includes('was not connected')]).toEqual(['PAGE 200', true])
      expect(outcomeOf(await place.client.poll(device.deviceCode))).toBe('400 access_denied')
      expect(outcomeOf(await place.client.poll(device.deviceCode))).toBe('400 access_denied')
      expect(await rowsOf(place, 'device.denied')).toHaveLength(1)
    })

    it('is told when nobody decided within ten minutes, or it did not ask within ten more', async () => {
      const at = await newPlace()
      const ignored = await start(at)
      await at.project.advance(601)
      expect(outcomeOf(await at.client.poll(ignored.deviceCode))).toBe('400 expired_token')
      expect(problemIn(await type(at, ignored.userCode, at.project.browser()))).toBe('unknown')
      const forgotten = await allowed(at)
      await at.project.advance(601)
      expect(outcomeOf(await at.client.poll(forgotten.deviceCode))).toBe('400 expired_token')
    })

    it('may have all this for OpenID Connect too', async () => {
      const at = await newPlace({ openidConnect: true })
      const { deviceCode } = await allowed(at, { scope: 'openid email' })
      const { body } = await at.client.poll(deviceCode)
      expect(decodeJwt(body.id_token ?? '')).toMatchObject({ sub: at.user.id, aud: at.client.clientId, email: at.user.email })
      expect(body.scope).toBe('email openid')
    })

    it('may bind its tokens to a key (RFC 9449 §5)', async () => {
      const at = await newPlace({ dpop: 'on' })
      const { deviceCode } = await allowed(at)
      const [key, now] = [await dpopKey(), await serverClock(at.project)]
      const proof = await key.proof({ htm: 'POST', htu: `${at.project.issuer}/api/oauth/token`, iat: now() })
      const form = { grant_type: DEVICE_CODE, device_code: deviceCode, client_id: at.client.clientId }
      const answer = await postForm(at.project, '/api/oauth/token', form, { headers: { dpop: proof } })
      expect([answer.body.token_type, decodeJwt(answer.body.access_token ?? '').cnf]).toEqual(['DPoP', { jkt: key.jkt }])
    })
  })

  describe('a device code', () => {
    it('C02 is spent once: coming back later ends all that it made', async () => {
      const { deviceCode } = await allowed()
      const tokens = tokensOf(await place.client.poll(deviceCode))
      await place.project.advance(3)
      expect(outcomeOf(await place.client.poll(deviceCode))).toBe('400 invalid_grant')
      expect(await isActive(place.project, tokens.access)).toBe(false)
      expect(outcomeOf(await place.client.refresh(tokens.refresh))).toBe('400 invalid_grant')
      expect(await rowsOf(place, 'code.replayed')).toHaveLength(1)
    })

    it('C05 twenty times at once wins exactly once', async () => {
      const { deviceCode } = await allowed()
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, i) => place.client.poll(deviceCode, {}, { instance: i % 2 === 0 ? 1 : 2 })),
      )
      expect(answers.map(outcomeOf).toSorted()).toEqual(['200', ...Array<string>(19).fill('400 invalid_grant')])
    })

    it('C09 of one client by another is refused, and stands in the log once, before and after it was allowed', async () => {
      const at = await newPlace()
      const thief = oauthClient(at.project, await at.project.client({ grantTypes: GRANTS }))
      const { deviceCode, userCode } = await start(at)
      for (let i = 0; i < 2; i++) expect(outcomeOf(await thief.poll(deviceCode))).toBe('400 invalid_grant')
      expect(outcomeOf(await at.client.poll(deviceCode))).toBe('400 authorization_pending') // nobody has polled for it before
      await decide(at, userCode, 'allow')
      expect(outcomeOf(await thief.poll(deviceCode))).toBe('400 invalid_grant')
      expect(await rowsOf(at, 'code.misused')).toMatchObject([{ actorId: thief.clientId, clientId: at.client.clientId }])
      expect(outcomeOf(await at.client.poll(deviceCode))).toBe('200')
    })

    it('C08 at another project is refused, and stands in that project’s log', async () => {
      const other = await newPlace()
      const { deviceCode } = await start()
      expect(outcomeOf(await other.client.poll(deviceCode))).toBe('400 invalid_grant')
      expect(await rowsOf(other, 'cross_tenant.used')).toHaveLength(1)
    })

    it('C13 is no authorization code, nor the reverse', async () => {
      const device = await start()
      const made = await newCode(place.project, place.client, { user: place.user })
      const before = await place.project.snapshot()
      expect(outcomeOf(await place.client.redeem({ ...made.redeem, code: device.deviceCode }))).toBe('400 invalid_grant')
      expect(outcomeOf(await place.client.poll(made.code))).toBe('400 invalid_grant')
      expect(outcomeOf(await place.client.poll(device.userCode))).toBe('400 invalid_grant')
      expect(await place.project.snapshot()).toBe(before)
      expect(outcomeOf(await place.client.redeem(made.redeem))).toBe('200')
    })

    it('C13 is no authorization code once it was allowed either', async () => {
      const { deviceCode } = await allowed()
      const before = await place.project.snapshot()
      for (const changes of [{}, { code_verifier: 'w'.repeat(43) }, { redirect_uri: REDIRECT_URI, code_verifier: '' }])
        expect(outcomeOf(await place.client.redeem({ code: deviceCode, ...changes }))).toBe('400 invalid_grant')
      expect(await place.project.snapshot()).toBe(before)
      expect(outcomeOf(await place.client.poll(deviceCode))).toBe('200')
    })

    it.each([
      ['missing', undefined, '400 invalid_request'],
      ['made up', `gate_dc_${'a'.repeat(43)}.${'b'.repeat(43)}`, '400 invalid_grant'],
      ['cut', 'gate_dc_x', '400 invalid_grant'],
      ['10 KB', 'x'.repeat(10_000), '400 invalid_grant'],
    ])('%s is refused, and nothing is stored', async (_, device_code, outcome) => {
      const before = await place.project.snapshot()
      expect(outcomeOf(await place.client.token({ grant_type: DEVICE_CODE, device_code }))).toBe(outcome)
      expect(await place.project.snapshot()).toBe(before)
    })

    it('C17 is worth nothing once its user was disabled', async () => {
      const at = await newPlace()
      const { deviceCode } = await allowed(at)
      await at.project.disableUser(at.user.id)
      expect(outcomeOf(await at.client.poll(deviceCode))).toBe('400 invalid_grant')
    })
  })

  describe('the code that somebody types', () => {
    it('K13 opens a request for that browser and no other', async () => {
      const at = await newPlace()
      const { deviceCode, userCode } = await start(at)
      const { form, url } = await consentAt(at, userCode)
      const stranger = at.project.browser()
      await consentAt(at, (await start(at)).userCode, stranger) // signed in, with a request of its own
      const before = await at.project.snapshot()
      await expect(stranger.form(url)).rejects.toThrow('shows no form')
      expect(pageOf(await stranger.post('/oauth/consent', { ...form.fields, decision: 'allow', scope: form.scopes }))).toBe('PAGE 403')
      expect(await at.project.snapshot()).toBe(before)
      expect(outcomeOf(await at.client.poll(deviceCode))).toBe('400 authorization_pending')
    })

    it('K10 typed in two browsers is decided in one: the second answer counts for nothing', async () => {
      const at = await newPlace()
      const { deviceCode, userCode } = await start(at)
      const [first, second] = [await consentAt(at, userCode), await consentAt(at, userCode)]
      const answer = ({ browser, form }: typeof first, decision: string) =>
        browser.post('/oauth/consent', { ...form.fields, decision, scope: form.scopes })
      expect(pageOf(await answer(first, 'allow'))).toBe('PAGE 200')
      expect(pageOf(await answer(second, 'allow'))).toBe('PAGE 400')
      await answer(second, 'deny')
      expect(await rowsOf(at, 'grant.approved')).toHaveLength(1)
      expect(outcomeOf(await at.client.poll(deviceCode))).toBe('200')
      expect(problemIn(await type(at, userCode, at.project.browser()))).toBe('unknown') // decided, so it is no code any more
    })

    it.each([
      ['a foreign Origin', { origin: 'https://evil.test' }],
      ['Origin null', { origin: 'null' }],
      ['JSON', { 'content-type': 'application/json' }],
    ])('K02 posted with %s: 403, and nothing is stored', async (_, headers) => {
      const { userCode } = await start()
      const before = await place.project.snapshot()
      expect(pageOf(await place.project.browser().post('/oauth/device', { user_code: userCode }, headers))).toBe('PAGE 403')
      expect(await place.project.snapshot()).toBe(before)
    })

    it('cannot be guessed: after ten tries not even the right one counts, and what was wrong is not told', async () => {
      const at = await newPlace()
      const { userCode } = await start(at)
      const browser = at.project.browser()
      for (const typed of ['', 'x', 'AEIOU', '1234-5678', '<script>', 'Y'.repeat(100)])
        expect(problemIn(await type(at, typed, browser))).toBe('unknown')
      const before = await at.project.snapshot()
      for (let i = 0; i < 10; i++) expect(problemIn(await type(at, 'BBBB-BBBB', browser))).toBe('unknown')
      expect(problemIn(await type(at, userCode, browser))).toBe('throttled')
      expect(await at.project.snapshot()).toBe(before)
    })

    it('of another project is no code here', async () => {
      const other = await newPlace()
      const { userCode } = await start(other)
      expect(problemIn(await type(place, userCode, place.project.browser()))).toBe('unknown')
    })

    it('is worth nothing once its client was revoked', async () => {
      const at = await newPlace()
      const { userCode } = await start(at)
      await at.project.revokeClient(at.client.clientId)
      expect(problemIn(await type(at, userCode, at.project.browser()))).toBe('unknown')
    })
  })

  describe('asked for', () => {
    it('by a client that registered itself, it may be had: it could not know', async () => {
      const at = await newPlace()
      const { body } = await register(at.project, { redirect_uris: [REDIRECT_URI], token_endpoint_auth_method: 'none' })
      const own = { clientId: body.client_id ?? '', clientSecret: null, method: 'none', redirectUri: REDIRECT_URI } as const
      const registered = { ...at, client: oauthClient(at.project, own) }
      const { deviceCode } = await allowed(registered)
      expect(outcomeOf(await registered.client.poll(deviceCode))).toBe('200')
    })

    it.each<[string, Form, string]>([
      ['with an unknown resource', { resource: 'https://evil.test' }, '400 invalid_target'],
      ['with unknown scopes', { scope: 'unknown' }, '400 invalid_scope'],
      ['with a parameter twice', { scope: ['read', 'read'] }, '400 invalid_request'],
      ['by nobody', { client_id: undefined }, '401 invalid_client'],
      ['by somebody unknown', { client_id: 'c_unknown' }, '401 invalid_client'],
      ['by a public client with a secret', { client_secret: 'x' }, '401 invalid_client'],
    ])('%s it is refused, and nothing is stored', async (_, form, outcome) => {
      const before = await place.project.snapshot()
      expect(outcomeOf(await place.client.device(form))).toBe(outcome)
      expect(await place.project.snapshot()).toBe(before)
    })

    it('by a client whose grants an operator chose without it, it is unauthorized_client, when polling too', async () => {
      const { deviceCode } = await start()
      const without = oauthClient(place.project, await place.project.client())
      expect(outcomeOf(await without.device())).toBe('400 unauthorized_client')
      expect(outcomeOf(await without.poll(deviceCode))).toBe('400 unauthorized_client')
    })

    it('by a confidential client it takes its secret', async () => {
      const secret = oauthClient(place.project, await place.project.client({ method: 'client_secret_basic', grantTypes: GRANTS }))
      expect(outcomeOf(await secret.device())).toBe('200')
      expect(outcomeOf(await postForm(place.project, '/api/oauth/device_authorization', { client_id: secret.clientId }))).toBe(
        '401 invalid_client',
      )
    })
  })

  describe('switched off', () => {
    it('is neither promised nor answered', async () => {
      const off = await newPlace({ deviceGrant: false })
      const { body } = await answerOf(await off.project.fetch('/.well-known/oauth-authorization-server'))
      expect(body).not.toHaveProperty('device_authorization_endpoint')
      expect(body.grant_types_supported).not.toContain(DEVICE_CODE)
      expect((await off.client.device()).status).toBe(404)
      expect(outcomeOf(await off.client.poll('gate_dc_x'))).toBe('400 unsupported_grant_type')
      expect(pageOf(await off.project.browser().post('/oauth/device', { user_code: 'BBBB-BBBB' }))).toBe('PAGE 404')
    })

    it('is promised once it is on', async () => {
      const { body } = await answerOf(await place.project.fetch('/.well-known/oauth-authorization-server'))
      expect(body.device_authorization_endpoint).toBe(`${place.project.issuer}/api/oauth/device_authorization`)
      expect(body.grant_types_supported).toContain(DEVICE_CODE)
    })
  })

  it('has pages that a form cannot leave, and a code in the URL is filled in and not sent', async () => {
    if (subject.target.door === 'in-process') return // there are no pages
    const at = await newPlace()
    const { userCode, answer } = await start(at)
    const browser = at.project.browser()
    const before = await at.project.snapshot()
    const page = await browser.get(String(answer.body.verification_uri_complete), { accept: 'text/html' })
    expect([page.status, /form-action ([^;]*)/.exec(page.headers.get('content-security-policy') ?? '')?.[1]]).toEqual([200, "'self'"])
    expect(await page.text()).toContain(`value="${userCode}"`)
    expect(await at.project.snapshot()).toBe(before)
    const { url } = await consentAt(at, userCode, browser)
    const consent = await browser.get(url, { accept: 'text/html' })
    expect(/form-action ([^;]*)/.exec(consent.headers.get('content-security-policy') ?? '')?.[1]).toBe("'self'")
    expect(await consent.text()).toContain('It asks from another device')
    const off = await subject.target.project()
    expect((await off.browser().get(`${off.issuer}/device`, { accept: 'text/html' })).status).toBe(404)
  })
})
