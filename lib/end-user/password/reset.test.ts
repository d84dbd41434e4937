import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { emailLink } from '#lib/issuer/email-link.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { auditRows, newGrant, unique } from '#lib/management/fixtures.ts'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import {
  linkIn,
  locationOf,
  mailTo,
  newPlace,
  PASSWORD,
  type Place,
  passMinutes,
  post,
  postReset,
  problemIn,
  setCookies,
  signedIn,
  tokenIn,
  userAt,
  type Visit,
  visit,
} from '../fixtures.ts'

const NEW = 'a new long password'

describe('a forgotten password', () => {
  let place: Place
  beforeAll(async () => {
    place = await newPlace({})
  })
  afterAll(closeDatabase)

  const user = async (): Promise<string> => {
    const email = `${unique('user')}@example.com`
    await createUser(place.setting.ctx, { email, password: PASSWORD })
    return email
  }
  const enter = (at: Visit, email: string, password: string) => post(at, 'sign-in', { email, password })

  it('B12 is replaced by way of a mailed link, once; then the old one opens nothing and every session is over', async () => {
    const email = await user()
    const elsewhere = await visit(place)
    await enter(elsewhere, email, PASSWORD)
    const at = await visit(place)
    expect(locationOf(await post(at, 'reset', { email }))).toContain('mode=sent')
    const [mail] = await mailTo(email)
    const reply = await postReset(at, { token: tokenIn(mail), password: NEW, request: linkIn(mail).searchParams.get('request') ?? '' })
    expect(locationOf(reply)).toBe(`${place.issuer}/sign-in?request=${'request' in at.on && at.on.request}&done=reset`)
    expect([await signedIn(at), await signedIn(elsewhere)]).toEqual([null, null])
    expect(problemIn(await enter(await visit(place), email, PASSWORD))).toBe('credentials')
    expect(locationOf(await enter(at, email, NEW))).toContain('/consent/')
    expect(problemIn(await postReset(at, { token: tokenIn(mail), password: 'yet another password' }))).toBe('code_spent')
    const found = await userAt(place, email)
    expect(
      (await auditRows(place.setting.ctx)).filter((row) => row.action === 'user.password_reset' && row.userId === found?.id),
    ).toHaveLength(1)
  })

  it('B12 is replaced once by two at the same moment', async () => {
    const email = await user()
    const at = await visit(place)
    await post(at, 'reset', { email })
    const token = tokenIn((await mailTo(email))[0])
    const replies = await Promise.all([NEW, 'yet another password'].map((password) => postReset({ ...at }, { token, password })))
    expect(replies.map((reply) => problemIn(reply) ?? 'done').toSorted()).toEqual(['code_spent', 'done'])
  })

  it('B12 counts by the newest link only, and that for thirty minutes', async () => {
    const email = await user()
    const at = await visit(place)
    await post(at, 'reset', { email })
    const first = tokenIn((await mailTo(email))[0])
    await post(await visit(place), 'reset', { email })
    const second = tokenIn((await mailTo(email))[0])
    expect(second).not.toBe(first)
    expect(problemIn(await postReset(at, { token: first, password: NEW }))).toBe('code_spent')
    await passMinutes(place, 29)
    expect(await emailLink({ token: second }, place.issuer, null)).toMatchObject({ kind: 'reset', email })
    await passMinutes(place, 1)
    expect(await emailLink({ token: second }, place.issuer, null)).toMatchObject({ kind: 'gone' })
    expect(problemIn(await postReset(at, { token: second, password: NEW }))).toBe('code_spent')
    expect(locationOf(await enter(at, email, PASSWORD))).toContain('/consent/')
  })

  it('B12 works in another browser, whose owner then signs in for themselves', async () => {
    const email = await user()
    await post(await visit(place), 'reset', { email })
    const [mail] = await mailTo(email)
    const phone: Visit = { ...(await visit(place)), cookies: '' }
    const reply = await postReset(phone, { token: tokenIn(mail), password: NEW, request: linkIn(mail).searchParams.get('request') ?? '' })
    expect(locationOf(reply)).toBe(`${place.issuer}/sign-in?next=account&done=reset`)
    expect(await signedIn(phone)).toBeNull()
  })

  it('B12 leaves nothing of the link in a URL of ours, and only a hash in the database', async () => {
    const email = await user()
    const at = await visit(place)
    await post(at, 'reset', { email })
    const token = tokenIn((await mailTo(email))[0])
    const reply = await postReset(at, { token, password: NEW })
    const rows = JSON.stringify(await prisma().emailChallenge.findMany({ where: { projectId: place.projectId } }))
    expect(token).toMatch(/^[\w-]{43}$/)
    expect(locationOf(reply) + rows).not.toContain(token)
  })

  it('ends what apps were allowed', async () => {
    const email = await user()
    const found = await userAt(place, email)
    const { clientId } = await createClient(place.setting.ctx, {
      ...{ name: 'App', redirectUris: ['https://client.example.com/cb'], tokenEndpointAuthMethod: 'none' },
    })
    await newGrant(place.setting.ctx, clientId, found?.id ?? '')
    const at = await visit(place)
    await post(at, 'reset', { email })
    await postReset(at, { token: tokenIn((await mailTo(email))[0]), password: NEW })
    const dead = await prisma().$queryRaw<{ dead: boolean }[]>`
      SELECT u.valid_from > f.created_at AS dead FROM refresh_family f JOIN end_user u ON u.project_id = f.project_id AND u.id = f.user_id
      WHERE f.project_id = ${place.projectId}::uuid AND f.user_id = ${found?.id}`
    expect(dead).toEqual([{ dead: true }])
  })

  it('proves the address, and B14 ends the passkeys of whoever had not', async () => {
    const email = await user()
    const found = await userAt(place, email)
    const of = { projectId: place.projectId, userId: found?.id ?? '' }
    await prisma().passkey.create({
      data: { ...of, credentialId: unique('key'), name: 'Key', publicKey: 'x', signCount: 0, backedUp: false },
    })
    const at = await visit(place)
    await post(at, 'reset', { email })
    await postReset(at, { token: tokenIn((await mailTo(email))[0]), password: NEW })
    expect(await userAt(place, email)).toMatchObject({ emailVerifiedAt: expect.any(Date) })
    expect(await prisma().passkey.count({ where: of })).toBe(0)
  })

  it('B09 is mailed only to who has an account, with the same answer and the same work for all', async () => {
    const disabled = await user()
    await disableUser(place.setting.ctx, { userId: (await userAt(place, disabled))?.id ?? '' })
    const known = await user()
    const unknown = `${unique('nobody')}@example.com`
    const shapes = []
    for (const email of [known, disabled, unknown]) {
      const at = await visit(place)
      const reply = await post(at, 'reset', { email })
      const rows = await prisma().emailChallenge.count({ where: { projectId: place.projectId, email } })
      shapes.push([
        reply.status,
        reply.body,
        setCookies(reply),
        locationOf(reply).replace('request' in at.on ? at.on.request : '', ''),
        rows,
      ])
    }
    expect(new Set(shapes.map((shape) => JSON.stringify(shape))).size).toBe(1)
    expect([(await mailTo(known)).length, (await mailTo(disabled)).length, (await mailTo(unknown)).length]).toEqual([1, 0, 0])
  })

  it.each(['short', 'x'.repeat(129), ''])('B08 is not replaced by %s', async (password) => {
    const email = await user()
    const at = await visit(place)
    await post(at, 'reset', { email })
    const token = tokenIn((await mailTo(email))[0])
    expect(problemIn(await postReset(at, { token, password }))).toBe('password')
    expect(locationOf(await enter(at, email, PASSWORD))).toContain('/consent/')
  })

  it('K02 is not replaced by a form of another site', async () => {
    const email = await user()
    const at = await visit(place)
    await post(at, 'reset', { email })
    const token = tokenIn((await mailTo(email))[0])
    expect((await postReset(at, { token, password: NEW }, { origin: 'https://evil.test' })).status).toBe(403)
    expect(locationOf(await enter(at, email, PASSWORD))).toContain('/consent/')
  })

  it('a code to sign in is no link to reset, and the other way round', async () => {
    const both = await newPlace()
    const email = `${unique('user')}@example.com`
    await createUser(both.setting.ctx, { email, password: PASSWORD })
    const at = await visit(both)
    await post(at, 'email-code', { email })
    expect(problemIn(await postReset(at, { token: tokenIn((await mailTo(email))[0]), password: NEW }))).toBe('code_spent')
    await post(at, 'reset', { email })
    expect(problemIn(await post(at, 'email-link', { token: tokenIn((await mailTo(email))[0]) }))).toBe('code_spent')
    expect(await signedIn(at)).toBeNull()
  })
})
