import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { emailLink } from '#lib/issuer/email-link.ts'
import { auditRows, unique } from '#lib/management/fixtures.ts'
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
  post,
  problemIn,
  setCookies,
  shownTo,
  signedIn,
  tokenIn,
  userAt,
  type Visit,
  visit,
} from '../fixtures.ts'

const someone = () => `${unique('new')}@example.com`

describe('a sign-up with a password where mail is used', () => {
  let place: Place
  beforeAll(async () => {
    place = await newPlace()
  })
  afterAll(closeDatabase)

  const finish = (at: Visit, challenge: string, code: string, password = PASSWORD) => post(at, 'enter-code', { challenge, code, password })

  it('B14 makes no account before the address is proven, and one with a proven address then', async () => {
    const at = await visit(place)
    const email = someone()
    const challenge = await ask(at, 'sign-up', email)
    expect(await userAt(place, email)).toBeNull()
    expect(await shownTo(at, challenge)).toMatchObject({ mailed: { email, signUp: true } })
    expect(locationOf(await finish(at, challenge, codeIn((await mailTo(email))[0])))).toContain('/consent/')
    expect(await signedIn(at)).toBe(email)
    const user = await userAt(place, email)
    expect(user).toMatchObject({ emailVerifiedAt: expect.any(Date), passwordHash: expect.stringMatching(/^\$argon2id\$/) })
    const rows = (await auditRows(place.setting.ctx)).filter((row) => row.userId === user?.id)
    expect(rows).toEqual([expect.objectContaining({ action: 'user.signed_up', detail: expect.stringContaining('"way":"password"') })])
    expect(locationOf(await post(await visit(place), 'sign-in', { email, password: PASSWORD }))).toContain('/consent/')
  })

  it('B09 answers the same for a known address, and tells its owner by mail', async () => {
    const known = someone()
    await createUser(place.setting.ctx, { email: known, password: PASSWORD })
    const unknown = someone()
    const shapes = []
    for (const email of [unknown, known]) {
      const at = await visit(place)
      const reply = await post(at, 'sign-up', { email })
      const to = new URL(locationOf(reply))
      const challenge = to.searchParams.get('challenge') ?? ''
      for (const name of ['request', 'challenge']) to.searchParams.set(name, 'x'.repeat(to.searchParams.get(name)?.length ?? 0))
      const row = await prisma().emailChallenge.findFirst({ where: { projectId: place.projectId, email } })
      const tried = await finish(at, challenge, '000000', 'another password')
      shapes.push([
        reply.status,
        reply.body,
        setCookies(reply),
        to.href,
        row?.userId,
        row?.purpose,
        row?.codeHash?.length,
        problemIn(tried),
      ])
    }
    expect(shapes[1]).toEqual(shapes[0])
    const [mail, ...more] = await mailTo(known)
    expect(more).toEqual([])
    expect(mail?.subject).toContain('You have an account')
    expect([codeIn(mail), mail?.text.includes('Forgot your password?')]).toEqual(['', true])
  })

  it('B09 does not tell by a sign-in afterwards whether the address was free', async () => {
    const at = await visit(place)
    const email = someone()
    await ask(at, 'sign-up', email)
    expect(problemIn(await post(at, 'sign-in', { email, password: PASSWORD }))).toBe('credentials')
  })

  it('B08 wants a password of at least twelve characters, and forgives a short one', async () => {
    const at = await visit(place)
    const email = someone()
    const challenge = await ask(at, 'sign-up', email)
    const code = codeIn((await mailTo(email))[0])
    expect(problemIn(await finish(at, challenge, code, 'eleven char'))).toBe('password')
    expect(await userAt(place, email)).toBeNull()
    expect(locationOf(await finish(at, challenge, code))).toContain('/consent/')
  })

  it('goes on by the link in the browser that asked, and in no other', async () => {
    const [mine, theirs] = [await visit(place), await visit(place)]
    const email = someone()
    await ask(mine, 'sign-up', email)
    const [mail] = await mailTo(email)
    const query = Object.fromEntries(linkIn(mail).searchParams)
    expect(await emailLink(query, place.issuer, mine.cookies)).toMatchObject({ kind: 'sign-in', signUp: true })
    expect(await emailLink(query, place.issuer, theirs.cookies)).toMatchObject({ kind: 'elsewhere' })
    expect(problemIn(await post(theirs, 'email-link', { token: tokenIn(mail), password: PASSWORD }))).toBe('code_spent')
    const short = await post(mine, 'email-link', { token: tokenIn(mail), password: 'short' })
    expect([new URL(locationOf(short)).pathname.endsWith('/email'), problemIn(short)]).toEqual([true, 'password'])
    expect(locationOf(await post(mine, 'email-link', { token: tokenIn(mail), password: PASSWORD }))).toContain('/consent/')
    expect(await userAt(place, email)).not.toBeNull()
  })

  it('of one address in two browsers makes one account', async () => {
    const email = someone()
    const visits = await Promise.all([visit(place), visit(place)])
    const codes = []
    for (const at of visits) {
      const challenge = await ask(at, 'sign-up', email)
      codes.push([at, challenge, codeIn((await mailTo(email))[0])] as const)
    }
    const replies = await Promise.all(codes.map(([at, challenge, code]) => finish(at, challenge, code)))
    expect(replies.map((reply) => problemIn(reply) ?? 'in').toSorted()).toEqual(['exists', 'in'])
    expect(await prisma().endUser.count({ where: { projectId: place.projectId, email } })).toBe(1)
  })

  it('is refused where the project has closed it', async () => {
    const closed = await newPlace({ signInEmail: true, signUpOpen: false })
    const email = someone()
    expect(problemIn(await post(await visit(closed), 'sign-up', { email, password: PASSWORD }))).toBe('closed')
    expect(await mailTo(email)).toEqual([])
  })
})
