import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { emailLink } from '#lib/issuer/email-link.ts'
import { auditRows, unique } from '#lib/management/fixtures.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import {
  anyAddress,
  ask,
  codeIn,
  linkIn,
  locationOf,
  mailTo,
  newPlace,
  PASSWORD,
  type Place,
  parameterOf,
  passMinutes,
  post,
  problemIn,
  setCookies,
  shownTo,
  signedIn,
  tokenIn,
  userAt,
  type Visit,
  visit,
  visitAccount,
} from '../fixtures.ts'

const someone = () => `${unique('user')}@example.com`
const wrong = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('a code by e-mail', () => {
  let place: Place
  let email: string
  beforeAll(async () => {
    place = await newPlace()
    email = someone()
    await createUser(place.setting.ctx, { email, password: PASSWORD })
  })
  afterAll(closeDatabase)

  const enter = (at: Visit, challenge: string, code: string) => post(at, 'enter-code', { challenge, code })

  it('signs in whoever types it in the browser that asked, and says so in the log once', async () => {
    const at = await visit(place)
    const challenge = await ask(at, 'email-code', email)
    expect(await shownTo(at, challenge)).toMatchObject({ mailed: { email, signUp: false } })
    const [mail] = await mailTo(email)
    const reply = await enter(at, challenge, codeIn(mail))
    expect(locationOf(reply)).toBe(`${place.issuer}/consent/${'request' in at.on && at.on.request}`)
    expect(await signedIn(at)).toBe(email)
    const rows = (await auditRows(place.setting.ctx)).filter(({ action, address }) => action === 'user.signed_in' && address === at.address)
    expect(rows).toEqual([expect.objectContaining({ clientId: place.clientId, detail: expect.stringContaining('"way":"email"') })])
  })

  it('makes an account with a proven address where people may make their own', async () => {
    const at = await visit(place)
    const address = someone()
    const challenge = await ask(at, 'email-code', address)
    expect(await userAt(place, address)).toBeNull()
    const [mail] = await mailTo(address)
    expect(locationOf(await enter(at, challenge, codeIn(mail)))).toContain('/consent/')
    expect(await userAt(place, address)).toMatchObject({ passwordHash: null, emailVerifiedAt: expect.any(Date) })
  })

  it('B12 is in the mail alone: neither code nor link can be found in the database or in a URL of ours', async () => {
    const at = await visit(place)
    const reply = await post(at, 'email-code', { email })
    const [mail] = await mailTo(email)
    const rows = JSON.stringify(await prisma().emailChallenge.findMany({ where: { projectId: place.projectId } }))
    expect(tokenIn(mail)).toMatch(/^[\w-]{43}$/)
    for (const secret of [tokenIn(mail), `"${codeIn(mail)}"`]) expect(rows + locationOf(reply)).not.toContain(secret)
    expect(locationOf(reply)).not.toMatch(/@|%40/)
  })

  it('B12 carries a link that is built from the stored issuer, whatever Host was called', async () => {
    const at = await visit(place)
    const before = (await mailTo(email)).length
    await post(at, 'email-code', { email }, { 'x-forwarded-host': 'evil.test' })
    const [mail, ...older] = await mailTo(email)
    expect(older).toHaveLength(before)
    expect(linkIn(mail).href.startsWith(`${place.issuer}/email?`)).toBe(true)
  })

  it('counts five tries, and the sixth finds nothing to try, right or wrong', async () => {
    const at = await visit(place)
    const challenge = await ask(at, 'email-code', email)
    const code = codeIn((await mailTo(email))[0])
    for (let i = 0; i < 5; i++) expect(problemIn(await enter(at, challenge, wrong(code)))).toBe('code')
    expect(problemIn(await enter(at, challenge, code))).toBe('code_spent')
    expect(await signedIn(at)).toBeNull()
  })

  it('gives no more than five tries when they come at once', async () => {
    const at = await visit(place)
    const challenge = await ask(at, 'email-code', email)
    const code = codeIn((await mailTo(email))[0])
    const problems = await Promise.all(Array.from({ length: 10 }, async () => problemIn(await enter(at, challenge, wrong(code)))))
    expect(problems.filter((problem) => problem === 'code')).toHaveLength(5)
  })

  it('works once: of two at the same moment one is let in', async () => {
    const at = await visit(place)
    const challenge = await ask(at, 'email-code', email)
    const code = codeIn((await mailTo(email))[0])
    const replies = await Promise.all([enter({ ...at }, challenge, code), enter({ ...at }, challenge, code)])
    expect(replies.filter((reply) => locationOf(reply).includes('/consent/'))).toHaveLength(1)
  })

  it('counts for ten minutes', async () => {
    const at = await visit(place)
    const challenge = await ask(at, 'email-code', email)
    const code = codeIn((await mailTo(email))[0])
    await passMinutes(place, 10)
    expect(problemIn(await enter(at, challenge, code))).toBe('code_spent')
    expect(await shownTo(at, challenge)).toMatchObject({ mailed: null })
  })

  it('is replaced by a newer one of the same browser, and not by a stranger who asks for one', async () => {
    const at = await visit(place)
    const first = await ask(at, 'email-code', email)
    const old = codeIn((await mailTo(email))[0])
    const second = await ask(at, 'email-code', email)
    const code = codeIn((await mailTo(email))[0])
    await ask(await visit(place), 'email-code', email)
    expect(problemIn(await enter(at, first, old))).toBe('code_spent')
    expect(locationOf(await enter(at, second, code))).toContain('/consent/')
  })

  it('K13 is worth nothing in another browser', async () => {
    const [mine, theirs] = [await visit(place), await visit(place)]
    const challenge = await ask(mine, 'email-code', email)
    const code = codeIn((await mailTo(email))[0])
    expect(problemIn(await enter(theirs, challenge, code))).toBe('code_spent')
    expect(await signedIn(theirs)).toBeNull()
    expect(locationOf(await enter(mine, challenge, code))).toContain('/consent/')
  })

  it('T01 is worth nothing at another project', async () => {
    const [at, other] = [await visit(place), await visit(await newPlace())]
    const challenge = await ask(at, 'email-code', email)
    const code = codeIn((await mailTo(email))[0])
    expect(problemIn(await enter(other, challenge, code))).toBe('code_spent')
  })

  describe('B09 for an address that may not come in', () => {
    it.each([
      ['is unknown where sign-up is closed', async (closed: Place) => [closed, someone()] as const],
      [
        'is disabled',
        async (closed: Place) => {
          const address = someone()
          const { id } = await createUser(closed.setting.ctx, { email: address, password: PASSWORD })
          await disableUser(closed.setting.ctx, { userId: id })
          return [closed, address] as const
        },
      ],
    ])('%s: the same answer and the same row, and no mail', async (_, make) => {
      const closed = await newPlace({ signInEmail: true, signUpOpen: false })
      const known = someone()
      await createUser(closed.setting.ctx, { email: known, password: PASSWORD })
      const [, address] = await make(closed)
      const shapes = []
      for (const each of [known, address]) {
        const at = await visit(closed)
        const reply = await post(at, 'email-code', { email: each })
        const place = new URL(locationOf(reply))
        const challenge = place.searchParams.get('challenge') ?? ''
        for (const name of ['request', 'challenge']) place.searchParams.set(name, 'x'.repeat(place.searchParams.get(name)?.length ?? 0))
        const tried = await post(at, 'enter-code', { challenge, code: '000000' })
        const row = await prisma().emailChallenge.findFirst({ where: { projectId: closed.projectId, email: each } })
        shapes.push([reply.status, reply.body, setCookies(reply), place.href, problemIn(tried), row?.userId, row?.codeHash?.length])
      }
      expect(shapes[1]).toEqual(shapes[0])
      expect(await mailTo(known)).toHaveLength(1)
      expect(await mailTo(address)).toEqual([])
    })
  })

  it.each(['nobody', '"a@evil.com"@victim.com', 'a@b@example.com', 'a\r\nbcc: b@example.com', ''])(
    'B10 is not sent to %j',
    async (text) => {
      const before = await prisma().emailChallenge.count({ where: { projectId: place.projectId } })
      expect(problemIn(await post(await visit(place), 'email-code', { email: text }))).toBe('address')
      expect(await prisma().emailChallenge.count({ where: { projectId: place.projectId } })).toBe(before)
    },
  )

  it('B11 is mailed six times in ten minutes to one address from one place, and the log says so once', async () => {
    const tired = someone()
    const at = await visit(place)
    for (let i = 0; i < 6; i++) expect(await ask(at, 'email-code', tired)).toMatch(/^[0-9a-f]{64}$/)
    for (let i = 0; i < 3; i++) expect(problemIn(await post(at, 'email-code', { email: tired }))).toBe('throttled')
    const rows = (await auditRows(place.setting.ctx)).filter((row) => row.action === 'user.sign_in_throttled' && row.address === at.address)
    expect(rows).toHaveLength(1)
    expect(await ask({ ...at, address: anyAddress() }, 'email-code', tired)).toMatch(/^[0-9a-f]{64}$/)
  })

  it('B11 is mailed twenty times in an hour to one address, from wherever it is asked for', async () => {
    const flooded = someone()
    const at = await visit(place)
    for (let i = 0; i < 20; i++) await ask({ ...at, address: anyAddress() }, 'email-code', flooded)
    expect(problemIn(await post({ ...at, address: anyAddress() }, 'email-code', { email: flooded }))).toBe('throttled')
    expect(await mailTo(flooded)).toHaveLength(20)
  })

  it.each<[string, Record<string, string>, Record<string, string>]>([
    ['K16 without a token', { csrf: '' }, {}],
    ['K02 from another origin', {}, { origin: 'https://evil.test' }],
    ['K13 without a browser cookie', {}, { cookie: 'x=1' }],
  ])('%s: 403, and nothing is mailed', async (_, fields, headers) => {
    const address = someone()
    const reply = await post(await visit(place), 'email-code', { email: address, ...fields }, headers)
    expect([reply.status, setCookies(reply)]).toEqual([403, []])
    expect(await mailTo(address)).toEqual([])
  })

  it('is refused where the project has it off, whatever the form says', async () => {
    const off = await newPlace({ signInEmail: false })
    expect((await post(await visit(off), 'email-code', { email })).status).toBe(403)
    const at = await visit(place)
    const [challenge, other] = [await ask(at, 'email-code', email), await newPlace()]
    expect(other.projectId).not.toBe(place.projectId)
    await updateProject(place.setting.ctx, { signInEmail: false })
    await new Promise((resolve) => setTimeout(resolve, 1_100)) // settings are a second old at most
    expect(problemIn(await enter(at, challenge, codeIn((await mailTo(email))[0])))).toBe('code_spent')
    await updateProject(place.setting.ctx, { signInEmail: true })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
  })

  describe('whose link is opened', () => {
    const open = (at: Visit, link: URL) => emailLink(Object.fromEntries(link.searchParams), at.place.issuer, at.cookies || null)

    it('changes nothing by being fetched, and signs in after a click in the browser that asked', async () => {
      const at = await visit(place)
      await ask(at, 'email-code', email)
      const [mail] = await mailTo(email)
      for (let i = 0; i < 3; i++) expect(await open(at, linkIn(mail))).toMatchObject({ kind: 'sign-in', email, signUp: false })
      expect(await signedIn(at)).toBeNull()
      expect(locationOf(await post(at, 'email-link', { token: tokenIn(mail) }))).toContain('/consent/')
      expect(await open(at, linkIn(mail))).toMatchObject({ kind: 'gone' })
      expect(problemIn(await post(await visit(place, at.cookies), 'email-link', { token: tokenIn(mail) }))).toBe('code_spent')
    })

    it('K13 shows the code in another browser and signs nobody in there', async () => {
      const [mine, theirs] = [await visit(place), await visit(place)]
      const challenge = await ask(mine, 'email-code', email)
      const [mail] = await mailTo(email)
      expect(await open(theirs, linkIn(mail))).toMatchObject({ kind: 'elsewhere', code: codeIn(mail) })
      expect(await open({ ...theirs, cookies: '' }, linkIn(mail))).toMatchObject({ kind: 'elsewhere', code: codeIn(mail) })
      expect(problemIn(await post(theirs, 'email-link', { token: tokenIn(mail) }))).toBe('code_spent')
      expect(await signedIn(theirs)).toBeNull()
      expect(locationOf(await enter(mine, challenge, codeIn(mail)))).toContain('/consent/')
    })

    it('T01 is nobody’s at another project', async () => {
      const at = await visit(place)
      await ask(at, 'email-code', email)
      const [mail] = await mailTo(email)
      expect(await emailLink(Object.fromEntries(linkIn(mail).searchParams), (await newPlace()).issuer, at.cookies)).toMatchObject({
        kind: 'gone',
      })
    })
  })

  describe('B14 for an account whose address nobody had proven', () => {
    it('ends what a stranger may have set up: password, passkeys, sessions and what apps were allowed', async () => {
      const hijacked = await newPlace({ signInEmail: false })
      const victim = someone()
      const attacker = await visit(hijacked)
      expect(locationOf(await post(attacker, 'sign-up', { email: victim, password: PASSWORD }))).toContain('/consent/')
      const user = await userAt(hijacked, victim)
      const of = { projectId: hijacked.projectId, userId: user?.id ?? '' }
      await prisma().passkey.create({
        data: { ...of, credentialId: unique('key'), name: 'Key', publicKey: 'x', signCount: 0, backedUp: false },
      })
      await prisma().externalIdentity.create({ data: { ...of, issuer: 'https://social.test', subject: unique('sub') } })
      expect(user).toMatchObject({ emailVerifiedAt: null })

      await updateProject(hijacked.setting.ctx, { signInEmail: true })
      await new Promise((resolve) => setTimeout(resolve, 1_100))
      const owner = await visit(hijacked)
      const challenge = await ask(owner, 'email-code', victim)
      expect(locationOf(await enter(owner, challenge, codeIn((await mailTo(victim))[0])))).toContain('/consent/')

      expect(await signedIn(owner)).toBe(victim)
      expect(await signedIn(attacker)).toBeNull()
      expect(problemIn(await post(await visit(hijacked), 'sign-in', { email: victim, password: PASSWORD }))).toBe('credentials')
      expect(await prisma().passkey.count({ where: of })).toBe(0)
      expect(await prisma().externalIdentity.count({ where: of })).toBe(0)
      const after = await userAt(hijacked, victim)
      expect(after).toMatchObject({ passwordHash: null, emailVerifiedAt: expect.any(Date) })
      expect(after?.validFrom.getTime()).toBeGreaterThan(user?.validFrom.getTime() ?? 0)
    })

    it('leaves alone what was set up after it was proven', async () => {
      const address = someone()
      await createUser(place.setting.ctx, { email: address, password: PASSWORD })
      await prisma().endUser.updateMany({ where: { projectId: place.projectId, email: address }, data: { emailVerifiedAt: new Date() } })
      const at = await visit(place)
      const challenge = await ask(at, 'email-code', address)
      await enter(at, challenge, codeIn((await mailTo(address))[0]))
      expect(locationOf(await post(await visit(place), 'sign-in', { email: address, password: PASSWORD }))).toContain('/consent/')
    })
  })

  describe('without a client’s request', () => {
    it('leads to the account page, and names no client in the log', async () => {
      const at = await visitAccount(place)
      const challenge = await ask(at, 'email-code', email)
      const [mail] = await mailTo(email)
      expect(linkIn(mail).searchParams.get('next')).toBe('account')
      expect(locationOf(await enter(at, challenge, codeIn(mail)))).toBe(`${place.issuer}/account`)
      const rows = (await auditRows(place.setting.ctx)).filter((row) => row.action === 'user.signed_in' && row.address === at.address)
      expect(rows).toEqual([expect.objectContaining({ clientId: null, requestId: null })])
    })

    it.each(['https://evil.test', '//evil.test', '/projects', 'consent', ''])('B16 goes nowhere else: %s', async (next) => {
      const at = { ...(await visitAccount(place)), on: { next } }
      const reply = await post(at, 'sign-in', { email, password: PASSWORD })
      expect([reply.status, locationOf(reply), setCookies(reply)]).toEqual([403, '', []])
    })

    it('K13 wants the browser cookie that it was shown with', async () => {
      const at = await visitAccount(place)
      const reply = await post(at, 'sign-in', { email, password: PASSWORD }, { cookie: 'x=1' })
      expect([reply.status, setCookies(reply)]).toEqual([403, []])
    })

    it('gives a cookie only to a browser that has none', async () => {
      const at = await visitAccount(place)
      expect(at.cookies).toMatch(/gatehouse-browser-/)
      expect((await visitAccount(place, at.cookies)).cookies).toBe(at.cookies)
    })
  })

  it('is offered together with the password, and named by the page', async () => {
    expect(await shownTo(await visit(place))).toMatchObject({
      ways: { password: true, emailCode: true, reset: true, passwordSignUp: 'by-mail' },
    })
    expect(parameterOf(await post(await visit(place), 'email-code', { email }), 'mode')).toBe('code')
  })
})
