import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { unique } from '#lib/management/fixtures.ts'
import { getProject } from '#lib/management/projects/get.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { locationOf, newPlace, PASSWORD, type Place, post, postAccount, postReset, shownTo, visit } from './fixtures.ts'

describe('a public installation without a mail server', () => {
  let place: Place
  beforeAll(async () => {
    vi.stubEnv('BASE_URL', 'https://auth.example.com')
    vi.stubEnv('SMTP_URL', '')
    place = await newPlace({})
  })
  afterAll(closeDatabase)

  it('lets no project switch on sign-in by e-mail, and says what is missing', async () => {
    await expect(updateProject(place.setting.ctx, { signInEmail: true })).rejects.toMatchObject({
      code: 'invalid',
      fields: { signInEmail: expect.stringContaining('SMTP_URL') },
    })
    expect(await getProject(place.setting.ctx)).toMatchObject({ mail: 'none', settings: { signInEmail: false } })
  })

  it('offers nothing that needs mail, even where it was switched on before, and refuses it when asked all the same', async () => {
    const before = await newPlace({})
    await prisma().project.update({ where: { id: before.projectId }, data: { signInEmail: true } })
    const at = await visit(before)
    expect(await shownTo(at)).toMatchObject({ ways: { password: true, emailCode: false, reset: false, passwordSignUp: 'at-once' } })
    const email = `${unique('user')}@example.com`
    for (const intent of ['email-code', 'reset']) expect((await post(at, intent, { email })).status).toBe(403)
    expect((await postReset(at, { token: 'x'.repeat(43), password: PASSWORD })).status).toBe(403)
    expect(await prisma().emailChallenge.count({ where: { projectId: before.projectId } })).toBe(0)
  })

  it('makes accounts at once, whose address stays unproven', async () => {
    const at = await visit(place)
    const email = `${unique('user')}@example.com`
    expect(locationOf(await post(at, 'sign-up', { email, password: PASSWORD }))).toContain('/consent/')
    expect(await prisma().endUser.findFirst({ where: { projectId: place.projectId, email } })).toMatchObject({ emailVerifiedAt: null })
    for (const intent of ['confirm-email', 'change-email'])
      expect((await postAccount(at, intent, { email, password: PASSWORD })).status).toBe(403)
  })
})

describe('the last way to sign in', () => {
  it('cannot be switched off', async () => {
    const { setting } = await newPlace({})
    await expect(updateProject(setting.ctx, { signInPassword: false })).rejects.toMatchObject({ code: 'invalid' })
    await updateProject(setting.ctx, { signInPassword: false, signInPasskey: true })
    await expect(updateProject(setting.ctx, { signInPasskey: false })).rejects.toMatchObject({ code: 'invalid' })
  })
})
