import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { as, auditRows, unique } from '#lib/management/fixtures.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { clearReviewer, setReviewer } from '#lib/management/projects/reviewer.ts'
import { createUser } from '#lib/management/users/create.ts'
import {
  anyAddress,
  ask,
  locationOf,
  mailTo,
  newPlace,
  PASSWORD,
  type Place,
  post,
  problemIn,
  signedIn,
  userAt,
  visit,
} from '../fixtures.ts'

const someone = () => `${unique('reviewer')}@store.example`

describe('a reviewer', () => {
  let place: Place
  let email: string
  let code: string
  beforeAll(async () => {
    place = await newPlace()
    email = someone()
    code = (await setReviewer(place.setting.ctx, { email, days: 30 })).code
  })
  afterAll(closeDatabase)

  const enter = async (from: Place, address: string, digits: string) => {
    const at = await visit(from)
    const challenge = await ask(at, 'email-code', address)
    return { at, reply: await post(at, 'enter-code', { challenge, code: digits }) }
  }

  it('signs in with the fixed code, as often as it takes, without a mail, and the log says how', async () => {
    for (let i = 0; i < 2; i++) {
      const { at, reply } = await enter(place, email, code)
      expect(locationOf(reply)).toContain('/consent/')
      expect(await signedIn(at)).toBe(email)
      const rows = (await auditRows(place.setting.ctx)).filter(({ address }) => address === at.address)
      expect(rows.filter(({ action }) => action === 'user.signed_in')).toEqual([
        expect.objectContaining({ detail: expect.stringContaining('"way":"reviewer"') }),
      ])
    }
    expect(await mailTo(email)).toEqual([])
    expect(await userAt(place, email)).toMatchObject({ emailVerifiedAt: null, passwordHash: null })
  })

  it('has a code of ten digits, of which only an HMAC is kept', async () => {
    expect(code).toMatch(/^\d{10}$/)
    const project = await prisma().project.findUniqueOrThrow({ where: { id: place.projectId } })
    const rows = await auditRows(place.setting.ctx)
    expect(JSON.stringify([project, rows], (_, value) => (typeof value === 'bigint' ? `${value}` : value))).not.toContain(code)
    expect(project.reviewerCodeHash).toMatch(/^[\w-]{43}$/)
    expect(rows.filter(({ action }) => action === 'reviewer.set')).toHaveLength(1)
  })

  it('opens nobody else’s account with that code, and no other project', async () => {
    const user = someone()
    await createUser(place.setting.ctx, { email: user, password: PASSWORD })
    expect(problemIn((await enter(place, user, code)).reply)).toBe('code')
    const other = await newPlace()
    expect(problemIn((await enter(other, email, code)).reply)).toBe('code')
  })

  it('B11 cannot be guessed: five tries for each form, and not more than fifty in an hour from everywhere', async () => {
    const guessed = await newPlace()
    const address = someone()
    const { code: right } = await setReviewer(guessed.setting.ctx, { email: address, days: 1 })
    const problems: (string | null)[] = []
    for (let form = 0; form < 10; form++) {
      const here = { ...(await visit(guessed)), address: anyAddress() }
      const challenge = await ask(here, 'email-code', address)
      for (let i = 0; i < 5; i++) problems.push(problemIn(await post(here, 'enter-code', { challenge, code: '0000000000' })))
    }
    expect(problems.every((problem) => problem === 'code')).toBe(true)
    expect(problemIn((await enter(guessed, address, right)).reply)).toBe('throttled')
  })

  it('is over when its time is, or when it is removed, with all that was signed in by it', async () => {
    const over = await newPlace()
    const address = someone()
    const { code: right } = await setReviewer(over.setting.ctx, { email: address, days: 90 })
    const { at } = await enter(over, address, right)
    expect((await getProject(over.setting.ctx)).reviewer).toMatchObject({ email: address })
    await prisma().$executeRaw`UPDATE project SET reviewer_expires_at = now() WHERE id = ${over.projectId}::uuid`
    expect(problemIn((await enter(over, address, right)).reply)).toBe('code')
    expect(await signedIn(at)).toBe(address)
    await clearReviewer(over.setting.ctx)
    expect(await signedIn(at)).toBeNull()
    expect((await getProject(over.setting.ctx)).reviewer).toBeNull()
    await expect(clearReviewer(over.setting.ctx)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is replaced by the next one', async () => {
    const next = await newPlace()
    const address = someone()
    const first = await setReviewer(next.setting.ctx, { email: address })
    const second = await setReviewer(next.setting.ctx, { email: address })
    expect(problemIn((await enter(next, address, first.code)).reply)).toBe('code')
    expect(locationOf((await enter(next, address, second.code)).reply)).toContain('/consent/')
  })

  it('is made by whoever may handle secrets, for at most ninety days, for nobody’s address, where codes are on', async () => {
    const { ctx } = place.setting
    await expect(setReviewer(await as('developer', ctx), { email: someone() })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(setReviewer(ctx, { email: someone(), days: 91 })).rejects.toMatchObject({ code: 'invalid' })
    const user = someone()
    await createUser(ctx, { email: user, password: PASSWORD })
    await expect(setReviewer(ctx, { email: user })).rejects.toMatchObject({ code: 'conflict' })
    const off = await newPlace({ signInEmail: false })
    await expect(setReviewer(off.setting.ctx, { email: someone() })).rejects.toMatchObject({ code: 'conflict' })
    expect(locationOf((await enter(place, email, code)).reply)).toContain('/consent/') // refused ones changed nothing
  })
})
