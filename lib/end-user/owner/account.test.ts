import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { accountPage } from '#lib/issuer/account-page.ts'
import { emailLink } from '#lib/issuer/email-link.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { auditRows, livingFamilies, newGrant, unique } from '#lib/management/fixtures.ts'
import { createUser } from '#lib/management/users/create.ts'
import {
  ask,
  codeIn,
  linkIn,
  locationOf,
  mailTo,
  newPlace,
  PASSWORD,
  type Place,
  parameterOf,
  post,
  postAccount,
  postReset,
  problemIn,
  setCookies,
  signedIn,
  tokenIn,
  userAt,
  type Visit,
  visit,
  visitAccount,
} from '../fixtures.ts'

const NEW = 'a new long password'
const someone = () => `${unique('user')}@example.com`

describe('the account page', () => {
  let place: Place
  let email: string
  let at: Visit
  beforeAll(async () => {
    place = await newPlace()
  })
  afterAll(closeDatabase)

  const signedInAs = async (address: string, password = PASSWORD): Promise<Visit> => {
    const visit = await visitAccount(place)
    expect(locationOf(await post(visit, 'sign-in', { email: address, password }))).toBe(`${place.issuer}/account`)
    return visit
  }
  const fresh = async () => {
    email = someone()
    await createUser(place.setting.ctx, { email, password: PASSWORD })
    at = await signedInAs(email)
  }
  const done = (reply: Parameters<typeof parameterOf>[0]) => parameterOf(reply, 'done')
  const audited = async (action: string) => {
    const user = await userAt(place, email)
    return (await auditRows(place.setting.ctx)).filter((row) => row.action === action && (!user || row.userId === user.id)).length
  }

  it('shows who is signed in, whether the address is proven, and nothing to anybody else', async () => {
    await fresh()
    expect(await accountPage(place.issuer, null, at.cookies)).toMatchObject({
      kind: 'open',
      account: { email, verified: false, asksPassword: true },
    })
    expect(await accountPage(place.issuer, null, null)).toEqual({ kind: 'signed-out', issuerUrl: place.issuer })
    expect(await accountPage((await newPlace()).issuer, null, at.cookies)).toMatchObject({ kind: 'signed-out' }) // K24
    expect(await accountPage('https://nobody.test', null, at.cookies)).toEqual({ kind: 'nowhere' })
  })

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['K01 without a token', { csrf: '' }, {}],
    ['K02 from another origin', {}, { origin: 'https://evil.test' }],
    ['K02 with Origin null', {}, { origin: 'null' }],
    ['H03 as JSON', {}, { 'content-type': 'application/json' }],
  ])('%s changes nothing', async (_, fields, headers) => {
    await fresh()
    const reply = await postAccount(at, 'sign-out-everywhere', fields, headers)
    expect([reply.status, setCookies(reply)]).toEqual([403, []])
    expect(await signedIn(at)).toBe(email)
  })

  it('K13 takes no form of one user’s from another', async () => {
    await fresh()
    const mine = at
    await fresh()
    const page = await accountPage(place.issuer, null, mine.cookies)
    const reply = await postAccount(at, 'sign-out', { csrf: page.kind === 'open' ? page.csrf : '' })
    expect(reply.status).toBe(403)
  })

  it('asks to sign in when the session is over', async () => {
    await fresh()
    const page = await accountPage(place.issuer, null, at.cookies)
    await postAccount({ ...at }, 'sign-out')
    const reply = await postAccount(at, 'change-password', {
      csrf: page.kind === 'open' ? page.csrf : '',
      password: PASSWORD,
      new_password: NEW,
    })
    expect([reply.status, locationOf(reply)]).toEqual([302, `${place.issuer}/account`])
    expect(locationOf(await post(await visit(place), 'sign-in', { email, password: PASSWORD }))).toContain('/consent/')
  })

  describe('a new password', () => {
    it('needs the current one; other sessions end and K15 this one gets a new name', async () => {
      await fresh()
      const other = await signedInAs(email)
      const before = at.cookies
      expect(problemIn(await postAccount(at, 'change-password', { password: 'wrong password', new_password: NEW }))).toBe('credentials')
      expect(problemIn(await postAccount(at, 'change-password', { new_password: NEW }))).toBe('credentials')
      expect(done(await postAccount(at, 'change-password', { password: PASSWORD, new_password: NEW }))).toBe('password')
      expect([await signedIn(at), await signedIn(other), await signedIn({ ...at, cookies: before })]).toEqual([email, null, null])
      expect(problemIn(await post(await visit(place), 'sign-in', { email, password: PASSWORD }))).toBe('credentials')
      await signedInAs(email, NEW)
      expect(await audited('user.password_changed')).toBe(1)
    })

    it('B12 makes reset links worthless that were mailed before', async () => {
      await fresh()
      await post(await visit(place), 'reset', { email })
      const token = tokenIn((await mailTo(email))[0])
      await postAccount(at, 'change-password', { password: PASSWORD, new_password: NEW })
      expect(problemIn(await postReset(at, { token, password: 'yet another password' }))).toBe('code_spent')
    })

    it('needs a recent sign-in where there is none yet', async () => {
      const address = someone()
      const visitor = await visitAccount(place)
      const challenge = await ask(visitor, 'email-code', address)
      await post(visitor, 'enter-code', { challenge, code: codeIn((await mailTo(address))[0]) })
      await prisma()
        .$executeRaw`UPDATE end_user_session SET auth_time = auth_time - interval '11 minutes' WHERE project_id = ${place.projectId}::uuid`
      expect(problemIn(await postAccount(visitor, 'change-password', { new_password: NEW }))).toBe('not_recent')
      await prisma()
        .$executeRaw`UPDATE end_user_session SET auth_time = auth_time + interval '11 minutes' WHERE project_id = ${place.projectId}::uuid`
      expect(done(await postAccount(visitor, 'change-password', { new_password: NEW }))).toBe('password')
      await signedInAs(address, NEW)
    })

    it('B11 lets nobody guess the current one more than thirty times in five minutes', async () => {
      await fresh()
      for (let i = 0; i < 30; i++) await postAccount(at, 'change-password', { password: 'wrong password', new_password: NEW })
      expect(problemIn(await postAccount(at, 'change-password', { password: PASSWORD, new_password: NEW }))).toBe('throttled')
    })
  })

  describe('a new address', () => {
    it('B13 needs the password and a code sent to it; the old one is told, and its reset links are dead', async () => {
      await fresh()
      const [old, next] = [email, someone()]
      await post(await visit(place), 'reset', { email: old })
      const reset = tokenIn((await mailTo(old))[0])
      expect(problemIn(await postAccount(at, 'change-email', { email: next, password: 'wrong password' }))).toBe('credentials')
      expect(await mailTo(next)).toEqual([])
      const other = await signedInAs(old)
      const challenge = parameterOf(await postAccount(at, 'change-email', { email: next, password: PASSWORD }), 'challenge') ?? ''
      expect(await signedIn(at)).toBe(old)
      expect(await accountPage(place.issuer, challenge, at.cookies)).toMatchObject({ mailed: { email: next } })
      const code = codeIn((await mailTo(next))[0])
      expect(done(await postAccount(at, 'enter-code', { challenge, code }))).toBe('email')
      expect([await signedIn(at), await signedIn(other)]).toEqual([next, null])
      expect(await userAt(place, next)).toMatchObject({ emailVerifiedAt: expect.any(Date) })
      expect(await userAt(place, old)).toBeNull()
      const [notice] = await mailTo(old)
      expect(notice?.subject).toContain('was changed')
      expect(notice?.text).not.toContain(next)
      expect(problemIn(await postReset(at, { token: reset, password: NEW }))).toBe('code_spent')
      email = next
      expect(await audited('user.email_changed')).toBe(1)
    })

    it('B13 is replaced by a newer wish, and counts only in the browser and the account that asked', async () => {
      await fresh()
      const [first, second] = [someone(), someone()]
      const wish = async (address: string) =>
        parameterOf(await postAccount(at, 'change-email', { email: address, password: PASSWORD }), 'challenge') ?? ''
      const one = await wish(first)
      const two = await wish(second)
      const [old, code] = [codeIn((await mailTo(first))[0]), codeIn((await mailTo(second))[0])]
      expect(problemIn(await postAccount(at, 'enter-code', { challenge: one, code: old }))).toBe('code_spent')
      const [mine, mail] = [at, (await mailTo(second))[0]]
      await fresh()
      expect(problemIn(await postAccount(at, 'enter-code', { challenge: two, code }))).toBe('code_spent')
      expect(problemIn(await postAccount(at, 'email-link', { token: tokenIn(mail) }))).toBe('code_spent')
      expect(await emailLink(Object.fromEntries(linkIn(mail).searchParams), place.issuer, at.cookies)).toMatchObject({
        kind: 'elsewhere',
        code,
      })
      expect(await emailLink(Object.fromEntries(linkIn(mail).searchParams), place.issuer, mine.cookies)).toMatchObject({ kind: 'confirm' })
      expect(done(await postAccount(mine, 'email-link', { token: tokenIn(mail) }))).toBe('email')
      expect(await signedIn(mine)).toBe(second)
    })

    it('B09 that somebody has already is answered alike; only its owner is told', async () => {
      await fresh()
      const taken = email
      await fresh()
      const reply = await postAccount(at, 'change-email', { email: taken, password: PASSWORD })
      expect(parameterOf(reply, 'challenge')).toMatch(/^[0-9a-f]{64}$/)
      const [mail] = await mailTo(taken)
      expect([mail?.subject.includes('You have an account'), codeIn(mail)]).toEqual([true, ''])
      expect(await signedIn(at)).toBe(email)
    })
  })

  it('proves the address that it has, by code or by link', async () => {
    await fresh()
    const challenge = parameterOf(await postAccount(at, 'confirm-email'), 'challenge') ?? ''
    const [mail] = await mailTo(email)
    expect(problemIn(await postAccount(at, 'enter-code', { challenge, code: '' }))).toBe('code')
    expect(await userAt(place, email)).toMatchObject({ emailVerifiedAt: null })
    expect(done(await postAccount(at, 'enter-code', { challenge, code: codeIn(mail) }))).toBe('confirmed')
    const user = await userAt(place, email)
    expect(user).toMatchObject({ emailVerifiedAt: expect.any(Date), passwordHash: expect.any(String) })
    expect(await signedIn(at)).toBe(email)
    expect(await audited('user.email_confirmed')).toBe(1)
  })

  it('K15 signs out here alone, or everywhere, which disconnects every app too', async () => {
    await fresh()
    const other = await signedInAs(email)
    await postAccount(other, 'sign-out')
    expect([await signedIn(at), await signedIn(other)]).toEqual([email, null])

    const again = await signedInAs(email)
    const user = await userAt(place, email)
    const { clientId } = await createClient(place.setting.ctx, {
      ...{ name: 'App', redirectUris: ['https://client.example.com/cb'], tokenEndpointAuthMethod: 'none' },
    })
    await newGrant(place.setting.ctx, clientId, user?.id ?? '')
    const before = await livingFamilies(place.setting.ctx)
    await postAccount(at, 'sign-out-everywhere')
    expect([await signedIn(at), await signedIn(again)]).toEqual([null, null])
    expect(await livingFamilies(place.setting.ctx)).toBe(before - 1)
    expect((await userAt(place, email))?.validFrom.getTime()).toBeGreaterThan(user?.validFrom.getTime() ?? 0)
    expect(await audited('user.signed_out_everywhere')).toBe(1)
  })
})
