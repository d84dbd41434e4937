import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { flushCounters } from '#lib/audit/stream.ts'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import type { HttpReply } from '#lib/http/message.ts'
import { accountPage } from '#lib/issuer/account-page.ts'
import { auditRows, unique } from '#lib/management/fixtures.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import { listUsers } from '#lib/management/users/list.ts'
import {
  ask,
  codeIn,
  type Fields,
  locationOf,
  mailTo,
  newPlace,
  PASSWORD,
  type Place,
  parameterOf,
  post,
  postAccount,
  problemIn,
  setCookies,
  shownTo,
  signedIn,
  userAt,
  type Visit,
  visit,
  visitAccount,
} from '../fixtures.ts'
import { FLAGS, SoftwareAuthenticator, type Twist } from './fixtures-authenticator.ts'
import { findPasskey } from './passkey.ts'

const someone = () => `${unique('user')}@example.com`
const originOf = ({ issuer }: Place) => new URL(issuer).origin
const newAuthenticator = (place: Place, more?: ConstructorParameters<typeof SoftwareAuthenticator>[1]) =>
  new SoftwareAuthenticator(originOf(place), more)
const json = ({ status, body }: HttpReply) => {
  expect(status).toBe(200)
  return JSON.parse(String(body))
}
const done = (reply: HttpReply) => parameterOf(reply, 'done')

/** Somebody with a password, signed in on their account page. */
async function person(place: Place): Promise<{ at: Visit; email: string; userId: string }> {
  const email = someone()
  const { id: userId } = await createUser(place.setting.ctx, { email, password: PASSWORD })
  const at = await visitAccount(place)
  expect(locationOf(await post(at, 'sign-in', { email, password: PASSWORD }))).toBe(`${place.issuer}/account`)
  return { at, email, userId }
}

async function add(at: Visit, authenticator: SoftwareAuthenticator, twist: Twist = {}, fields: Fields = {}): Promise<HttpReply> {
  const credential = authenticator.create(json(await postAccount(at, 'passkey-options')), twist)
  return postAccount(at, 'add-passkey', { credential, name: 'Chrome on Mac', ...fields })
}

/** Somebody who has a passkey, and the device with it. */
async function personWithPasskey(place: Place, more?: ConstructorParameters<typeof SoftwareAuthenticator>[1]) {
  const who = await person(place)
  const authenticator = newAuthenticator(place, more)
  expect(done(await add(who.at, authenticator))).toBe('passkey')
  return { ...who, authenticator }
}

async function enter(at: Visit, authenticator: SoftwareAuthenticator, twist: Twist = {}, headers: Fields = {}): Promise<HttpReply> {
  const credential = authenticator.get(json(await post(at, 'passkey-options')), twist)
  return post(at, 'passkey', { credential }, headers)
}

const passkeysOf = ({ projectId }: Place, userId: string) => prisma().passkey.findMany({ where: { projectId, userId } })
const actionsOf = async (place: Place, userId: string) =>
  (await auditRows(place.setting.ctx)).filter((row) => row.userId === userId && /^passkey\./.test(row.action))
const challengesOf = ({ projectId }: Place) => prisma().passkeyChallenge.findMany({ where: { projectId } })
const age = async ({ projectId }: Place, minutes: number) => {
  await prisma()
    .$executeRaw`UPDATE passkey_challenge SET expires_at = expires_at - make_interval(mins => ${minutes}) WHERE project_id = ${projectId}::uuid`
  await prisma()
    .$executeRaw`UPDATE end_user_session SET auth_time = auth_time - make_interval(mins => ${minutes}) WHERE project_id = ${projectId}::uuid`
}

describe('passkeys', () => {
  let place: Place
  let other: Place
  beforeAll(async () => {
    place = await newPlace({ signInPasskey: true })
    other = await newPlace({ signInPasskey: true })
  })
  afterAll(closeDatabase)

  describe('adding one', () => {
    it('asks for one that finds its user by itself and verifies them, bound to the issuer’s exact host and to the project’s user', async () => {
      const { at, email } = await person(place)
      const { challenge, ...options } = json(await postAccount(at, 'passkey-options'))
      expect(challenge).toMatch(/^[\w-]{43}$/)
      expect(options).toMatchObject({
        rp: { id: new URL(place.issuer).hostname },
        user: { name: email, id: expect.stringMatching(/^[\w-]{43}$/) },
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        attestation: 'none',
      })
      const kept = JSON.stringify(await challengesOf(place))
      expect(kept).not.toContain(challenge)
    })

    it('keeps the key, how it is reached and what it is called, and says so in the log', async () => {
      const { at, userId, authenticator } = await personWithPasskey(place)
      expect(await passkeysOf(place, userId)).toMatchObject([
        { credentialId: authenticator.credentialId, name: 'Chrome on Mac', signCount: 0n, backedUp: false, lastUsedAt: null },
      ])
      expect(await actionsOf(place, userId)).toMatchObject([{ action: 'passkey.added', step: 'sign-in', actorId: userId }])
      expect(await accountPage(place.issuer, null, at.cookies)).toMatchObject({
        passkeys: { mayChange: true, full: false, kept: [{ name: 'Chrome on Mac', lastUsedAt: null }] },
      })
      expect((await listUsers(place.setting.ctx, { query: userId })).users).toMatchObject([{ passkeyCount: 1 }])
      const { excludeCredentials } = json(await postAccount(at, 'passkey-options'))
      expect(excludeCredentials).toMatchObject([{ id: authenticator.credentialId }])
    })

    it.each<[string, string, string]>([
      ['nothing', '', 'Passkey'],
      ['several lines', ' My\n\tphone\u0007 ', 'My phone'],
      ['too much', '💾'.repeat(70), '💾'.repeat(60)],
    ])('gives %s a name of one line', async (_, name, kept) => {
      const { at, userId } = await person(place)
      await add(at, newAuthenticator(place), {}, { name })
      expect(await passkeysOf(place, userId)).toMatchObject([{ name: kept }])
    })

    it('takes a key that attests itself, as browsers may leave it, and only with its signature', async () => {
      const { at } = await person(place)
      expect(done(await add(at, newAuthenticator(place), { selfAttested: true }))).toBe('passkey')
      const statement = new Map<string, unknown>([
        ['alg', -7],
        ['sig', Buffer.alloc(70, 1)],
      ])
      expect(problemIn(await add(at, newAuthenticator(place), { format: 'packed', statement }))).toBe('passkey_invalid')
    })

    it.each<[string, Twist]>([
      ['another origin', { clientData: { origin: 'https://evil.test' } }],
      ['a parent of the origin', { clientData: { origin: 'https://example.com' } }],
      ['an answer made in a frame', { clientData: { crossOrigin: true } }],
      ['an answer made in a named frame', { clientData: { topOrigin: 'https://evil.test' } }],
      ['an answer to signing in', { clientData: { type: 'webauthn.get' } }],
      ['another relying party', { rpId: 'evil.test' }],
      ['a user who was not verified', { flags: FLAGS.present }],
      ['a user who was not there', { flags: 0x04 }],
      ['a backup that may not be', { flags: FLAGS.verified | 0x10 }],
      ['another algorithm', { algorithm: -8 }],
      ['a statement of nothing', { statement: new Map([['sig', Buffer.alloc(8)]]) }],
      [
        'a certificate chain',
        {
          format: 'packed',
          statement: new Map<string, unknown>([
            ['alg', -7],
            ['sig', Buffer.alloc(8)],
            ['x5c', [Buffer.alloc(8)]],
          ]),
        },
      ],
      ['Apple’s attestation', { format: 'apple', statement: new Map([['x5c', [Buffer.alloc(8)]]]) }],
      ['an attestation by a certificate, right as it is', { certified: true }],
      ['an unknown attestation', { format: 'evil' }],
      ['an id that is not its own', { envelope: { rawId: 'AAAA' } }],
      ['an id that is too long', { envelope: { id: 'A'.repeat(1_365), rawId: 'A'.repeat(1_365) } }],
      ['a password credential', { envelope: { type: 'password' } }],
      ['no answer', { envelope: { response: {} } }],
    ])('refuses %s, and keeps nothing', async (_, twist) => {
      const { at, userId } = await person(place)
      expect(problemIn(await add(at, newAuthenticator(place), twist))).toBe('passkey_invalid')
      expect([await passkeysOf(place, userId), await actionsOf(place, userId)]).toEqual([[], []])
    })

    it.each(['', '{', 'null', '[]', '"x"'])('refuses %j as an answer', async (credential) => {
      const { at } = await person(place)
      expect(problemIn(await postAccount(at, 'add-passkey', { credential }))).toBe('passkey_invalid')
    })

    it('takes an answer once, within five minutes, of the user and in the browser that was asked', async () => {
      const { at, userId } = await person(place)
      const mine = newAuthenticator(place)
      const credential = mine.create(json(await postAccount(at, 'passkey-options')))
      const { at: elsewhere } = await person(place)
      expect(problemIn(await postAccount(elsewhere, 'add-passkey', { credential }))).toBe('passkey_spent')

      expect(done(await postAccount(at, 'add-passkey', { credential }))).toBe('passkey')
      expect(problemIn(await postAccount(at, 'add-passkey', { credential }))).toBe('passkey_spent')

      const late = newAuthenticator(place).create(json(await postAccount(at, 'passkey-options')))
      await age(place, 5)
      expect(problemIn(await postAccount(at, 'add-passkey', { credential: late }))).toBe('passkey_spent')
      const made = newAuthenticator(place)
      expect(problemIn(await add(at, made, { clientData: { challenge: randomBytes(32).toString('base64url') } }))).toBe('passkey_spent')
      expect(await passkeysOf(place, userId)).toHaveLength(1)
    })

    it('takes no challenge of the sign-in page, nor the sign-in page one of this', async () => {
      const { at, authenticator } = await personWithPasskey(place)
      const toSignIn = json(await post(at, 'passkey-options'))
      const toAdd = json(await postAccount(at, 'passkey-options'))
      const fresh = newAuthenticator(place)
      const credential = fresh.create({ ...toAdd, challenge: toSignIn.challenge })
      expect(problemIn(await postAccount(at, 'add-passkey', { credential }))).toBe('passkey_spent')
      const assertion = authenticator.get({ challenge: toAdd.challenge, rpId: toAdd.rp.id })
      expect(problemIn(await post(at, 'passkey', { credential: assertion }))).toBe('passkey_spent')
    })

    it('needs a sign-in within the last ten minutes, when it asks and when it answers', async () => {
      const { at, userId } = await person(place)
      const credential = newAuthenticator(place).create(json(await postAccount(at, 'passkey-options')))
      await prisma()
        .$executeRaw`UPDATE end_user_session SET auth_time = auth_time - interval '10 minutes' WHERE project_id = ${place.projectId}::uuid AND user_id = ${userId}`
      expect(problemIn(await postAccount(at, 'add-passkey', { credential }))).toBe('not_recent')
      expect(problemIn(await postAccount(at, 'passkey-options'))).toBe('not_recent')
      expect(await accountPage(place.issuer, null, at.cookies)).toMatchObject({ passkeys: { mayChange: false } })
      expect(await passkeysOf(place, userId)).toEqual([])
    })

    it('is not for somebody who was let in for less than everything: signing in with it would open all', async () => {
      const { at, userId } = await person(place)
      const credential = newAuthenticator(place).create(json(await postAccount(at, 'passkey-options')))
      await prisma().endUserSession.updateMany({ where: { projectId: place.projectId, userId }, data: { scopeCeiling: 'read' } })
      for (const intent of ['passkey-options', 'add-passkey'])
        expect(problemIn(await postAccount(at, intent, { credential }))).toBe('passkey_limited')
      expect(await passkeysOf(place, userId)).toEqual([])
    })

    it('knows each key once in a project', async () => {
      const { authenticator } = await personWithPasskey(place)
      const { at } = await person(place)
      expect(problemIn(await add(at, newAuthenticator(place, { id: authenticator.id })))).toBe('passkey_exists')
    })

    it('stops at twenty, also when two come at once', async () => {
      const { at, userId } = await person(place)
      const data = Array.from({ length: 19 }, () => ({ credentialId: unique('id'), publicKey: 'x', signCount: 0, backedUp: false }))
      await prisma().passkey.createMany({ data: data.map((each) => ({ ...each, projectId: place.projectId, userId, name: 'Old' })) })
      const credentials = [newAuthenticator(place), newAuthenticator(place)].map(async (each) =>
        each.create(json(await postAccount(at, 'passkey-options'))),
      )
      const answers = await Promise.all(credentials)
      const replies = await Promise.all(answers.map((credential) => postAccount({ ...at }, 'add-passkey', { credential })))
      expect(replies.map((reply) => done(reply) ?? problemIn(reply)).toSorted()).toEqual(['passkey', 'passkey_full'])
      expect(problemIn(await postAccount(at, 'passkey-options'))).toBe('passkey_full')
      expect(await passkeysOf(place, userId)).toHaveLength(20)
      expect(await accountPage(place.issuer, null, at.cookies)).toMatchObject({ passkeys: { full: true } })
    })

    it.each<[string, Fields, Fields]>([
      ['K01 without a token', { csrf: '' }, {}],
      ['K02 from another origin', {}, { origin: 'https://evil.test' }],
      ['K02 with Origin null', {}, { origin: 'null' }],
      ['H03 as JSON', {}, { 'content-type': 'application/json' }],
    ])('%s asks and adds nothing', async (_, fields, headers) => {
      const { at, userId } = await person(place)
      const credential = newAuthenticator(place).create(json(await postAccount(at, 'passkey-options')))
      for (const intent of ['passkey-options', 'add-passkey'])
        expect((await postAccount(at, intent, { credential, ...fields }, headers)).status).toBe(403)
      expect(await passkeysOf(place, userId)).toEqual([])
    })

    it('is not done for a session that was ended meanwhile', async () => {
      const { at, userId } = await person(place)
      const credential = newAuthenticator(place).create(json(await postAccount(at, 'passkey-options')))
      const copy = { ...at }
      const held = prisma().$transaction(async (tx) => {
        await tx.$executeRaw`UPDATE end_user SET valid_from = now() WHERE project_id = ${place.projectId}::uuid AND id = ${userId}`
        const adding = postAccount(copy, 'add-passkey', { credential })
        await new Promise((resolve) => setTimeout(resolve, 300)) // it waits for the row
        return { adding }
      })
      expect(problemIn(await (await held).adding)).toBe('not_recent')
      expect(await passkeysOf(place, userId)).toEqual([])
    })
  })

  describe('signing in with one', () => {
    it('asks without naming any account, and says the same to everybody', async () => {
      await personWithPasskey(place)
      const { challenge, ...options } = json(await post(await visit(place), 'passkey-options'))
      expect(challenge).toMatch(/^[\w-]{43}$/)
      expect(options).toEqual({ rpId: new URL(place.issuer).hostname, userVerification: 'required', timeout: 300_000 })
    })

    it('lets its user in, on to the client’s consent, under a session of a new name (K15)', async () => {
      const { email, userId, authenticator } = await personWithPasskey(place)
      const at = await visit(place)
      expect(await shownTo(at)).toMatchObject({ ways: { passkey: true } })
      const before = at.cookies
      const reply = await enter(at, authenticator)
      expect(locationOf(reply)).toContain('/consent/')
      expect(setCookies(reply)).toHaveLength(1)
      expect([await signedIn(at), at.cookies === before]).toEqual([email, false])
      expect((await passkeysOf(place, userId))[0]?.lastUsedAt).not.toBeNull()
      const rows = await auditRows(place.setting.ctx)
      expect(rows.filter((row) => row.userId === userId && row.action === 'user.signed_in').at(-1)).toMatchObject({
        detail: '{"way":"passkey"}',
        clientId: place.clientId,
      })
      expect(locationOf(await enter(await visitAccount(place), authenticator))).toBe(`${place.issuer}/account`)
    })

    it.each<[string, Twist]>([
      ['another origin', { clientData: { origin: 'https://evil.test' } }],
      ['an answer made in a frame', { clientData: { crossOrigin: true } }],
      ['an answer made in a named frame', { clientData: { topOrigin: 'https://evil.test' } }],
      ['an answer to adding one', { clientData: { type: 'webauthn.create' } }],
      ['a challenge of another form', { clientData: { challenge: 'x' } }],
      ['another relying party', { rpId: 'evil.test' }],
      ['a user who was not verified', { flags: FLAGS.present }],
      ['a user who was not there', { flags: 0x04 }],
      ['a backup that may not be', { flags: FLAGS.verified | 0x10 }],
      ['a signature of nothing', { signature: Buffer.alloc(70, 1) }],
      ['another user’s handle', { userHandle: 'A'.repeat(43) }],
      ['no handle', { userHandle: undefined }],
      ['an unknown credential', { envelope: { id: 'AAAA', rawId: 'AAAA' } }],
      ['an id that is not its own', { envelope: { rawId: 'AAAA' } }],
      ['a password credential', { envelope: { type: 'password' } }],
      ['no answer', { envelope: { response: {} } }],
    ])('refuses %s', async (_, twist) => {
      const { authenticator } = await personWithPasskey(place)
      const at = await visit(place)
      const reply = await enter(at, authenticator, twist)
      expect([problemIn(reply), setCookies(reply), await signedIn(at)]).toEqual(['passkey', [], null])
    })

    it.each(['', '{', 'null', '[]'])('refuses %j as an answer', async (credential) => {
      expect(problemIn(await post(await visit(place), 'passkey', { credential }))).toBe('passkey')
    })

    it('takes one key’s signature for no other', async () => {
      const { authenticator } = await personWithPasskey(place)
      const stranger = newAuthenticator(place, { id: authenticator.id })
      const at = await visit(place)
      const { challenge, rpId } = json(await post(at, 'passkey-options'))
      const { userHandle } = JSON.parse(authenticator.get({ challenge, rpId })).response
      const reply = await post(at, 'passkey', { credential: stranger.get({ challenge, rpId }, { userHandle }) })
      expect(problemIn(reply)).toBe('passkey')
    })

    it('takes an answer once, within five minutes, in the browser that was asked', async () => {
      const { authenticator } = await personWithPasskey(place)
      const at = await visit(place)
      const credential = authenticator.get(json(await post(at, 'passkey-options')))
      expect(problemIn(await post(await visit(place), 'passkey', { credential }))).toBe('passkey_spent')
      const again = { ...(await visit(place, at.cookies)) }
      expect(locationOf(await post(at, 'passkey', { credential }))).toContain('/consent/')
      expect(problemIn(await post(again, 'passkey', { credential }))).toBe('passkey_spent')

      const late = await visit(place)
      const old = authenticator.get(json(await post(late, 'passkey-options')))
      await age(place, 5)
      expect(problemIn(await post(late, 'passkey', { credential: old }))).toBe('passkey_spent')
    })

    it('lets one of two in that come at once with the same answer', async () => {
      const { authenticator } = await personWithPasskey(place)
      const at = await visit(place)
      const credential = authenticator.get(json(await post(at, 'passkey-options')))
      const replies = await Promise.all([post({ ...at }, 'passkey', { credential }), post({ ...at }, 'passkey', { credential })])
      expect(replies.map(problemIn).toSorted()).toEqual([null, 'passkey_spent'].toSorted())
    })

    it('K24 is unknown at another project of the same host, with the same relying party', async () => {
      const { authenticator, userId } = await personWithPasskey(place)
      expect(new URL(other.issuer).origin).toBe(originOf(place))
      const at = await visit(other)
      expect(problemIn(await enter(at, authenticator))).toBe('passkey')

      expect(await findPasskey(other.projectId, authenticator.credentialId)).toBeNull()

      // Not even with its row and a user of the same id: the handle that it answers with names a user of this project.
      const [rows, users] = await Promise.all([
        passkeysOf(place, userId),
        prisma().endUser.findMany({ where: { projectId: place.projectId, id: userId } }),
      ])
      const { projectId } = other
      await prisma().passkey.createMany({ data: rows.map((row) => ({ ...row, projectId })) })
      await prisma().endUser.createMany({ data: users.map((user) => ({ ...user, projectId })) })
      expect(problemIn(await enter(at, authenticator))).toBe('passkey')
      expect(await signedIn(at)).toBeNull()
    })

    it('refuses a counter that does not grow, records that there may be a copy, and goes on with the one that counts on', async () => {
      const { userId, authenticator } = await personWithPasskey(place, { signCount: 7 })
      expect(problemIn(await enter(await visit(place), authenticator))).toBeNull()
      expect(await passkeysOf(place, userId)).toMatchObject([{ signCount: 8n }])
      for (const signCount of [8, 3, 0]) {
        const at = await visit(place)
        expect(problemIn(await enter(at, authenticator, { signCount }))).toBe('passkey')
        expect(await signedIn(at)).toBeNull()
      }
      const rows = (await actionsOf(place, userId)).filter(({ action }) => action === 'passkey.suspicious')
      expect(rows.map(({ detail }) => JSON.parse(detail ?? ''))).toEqual(
        [8, 3, 0].map((counter) => ({ name: 'Chrome on Mac', counter, lastCounter: 8 })),
      )
      expect(problemIn(await enter(await visit(place), authenticator, { signCount: 9 }))).toBeNull()
    })

    it('lets nobody raise that alarm who cannot sign, nor twice with one answer', async () => {
      const { userId, authenticator } = await personWithPasskey(place, { signCount: 7 })
      const at = await visit(place)
      await enter(at, authenticator, { signCount: 2, signature: Buffer.alloc(70, 1) })
      expect(await actionsOf(place, userId)).toHaveLength(1)
      const credential = authenticator.get(json(await post(at, 'passkey-options')), { signCount: 2 })
      expect(problemIn(await post(at, 'passkey', { credential }))).toBe('passkey')
      expect(problemIn(await post(at, 'passkey', { credential }))).toBe('passkey_spent')
      expect(await actionsOf(place, userId)).toHaveLength(2)
    })

    it('refuses a disabled user, without an alarm', async () => {
      const { userId, authenticator } = await personWithPasskey(place)
      await disableUser(place.setting.ctx, { userId })
      const at = await visit(place)
      expect([problemIn(await enter(at, authenticator)), await signedIn(at)]).toEqual(['passkey', null])
      expect(await actionsOf(place, userId)).toMatchObject([{ action: 'passkey.added' }])
    })

    it.each<[string, Fields, Fields]>([
      ['K01 without a token', { csrf: '' }, {}],
      ['K16 with another browser’s token', { csrf: 'x'.repeat(43) }, {}],
      ['K02 from another origin', {}, { origin: 'https://evil.test' }],
      ['H03 as JSON', {}, { 'content-type': 'application/json' }],
    ])('%s asks and lets in nobody', async (_, fields, headers) => {
      const { authenticator } = await personWithPasskey(place)
      const at = await visit(place)
      const credential = authenticator.get(json(await post(at, 'passkey-options')))
      for (const intent of ['passkey-options', 'passkey'])
        expect((await post(at, intent, { credential, ...fields }, headers)).status).toBe(403)
      expect(await signedIn(at)).toBeNull()
    })

    it('is counted when it fails', async () => {
      const counted = await newPlace({ signInPasskey: true })
      await post(await visit(counted), 'passkey', { credential: '{}' })
      await flushCounters()
      expect(await prisma().eventCounter.count({ where: { projectId: counted.projectId, kind: 'rejected:sign-in:passkey' } })).toBe(1)
    })
  })

  describe('removing one', () => {
    const remove = (at: Visit, { credentialId }: SoftwareAuthenticator) => postAccount(at, 'remove-passkey', { passkey: credentialId })

    it('ends it, and says so in the log', async () => {
      const { at, userId, authenticator } = await personWithPasskey(place)
      expect(done(await remove(at, authenticator))).toBe('passkey-removed')
      expect(done(await remove(at, authenticator))).toBe('passkey-removed') // a double click
      expect((await actionsOf(place, userId)).map(({ action }) => action)).toEqual(['passkey.added', 'passkey.removed'])
      expect(problemIn(await enter(await visit(place), authenticator))).toBe('passkey')
    })

    it('is for one’s own, after a sign-in within ten minutes', async () => {
      const { at, userId, authenticator } = await personWithPasskey(place)
      const { at: stranger } = await person(place)
      await remove(stranger, authenticator)
      expect(await passkeysOf(place, userId)).toHaveLength(1)
      await age(place, 10)
      expect(problemIn(await remove(at, authenticator))).toBe('not_recent')
      expect(await passkeysOf(place, userId)).toHaveLength(1)
    })

    it('never takes the last way in, also when two are removed at once', async () => {
      const only = await newPlace({ signInPasskey: true })
      const { at, userId, authenticator } = await personWithPasskey(only)
      const second = newAuthenticator(only)
      await add(at, second)
      await updateProject(only.setting.ctx, { signInPassword: false })
      await new Promise((resolve) => setTimeout(resolve, 1_100)) // settings are at most a second old
      const replies = await Promise.all([remove({ ...at }, authenticator), remove({ ...at }, second)])
      expect(replies.map((reply) => done(reply) ?? problemIn(reply)).toSorted()).toEqual(['passkey-removed', 'passkey_last'])
      expect(await passkeysOf(only, userId)).toHaveLength(1)
      expect((await actionsOf(only, userId)).filter(({ action }) => action === 'passkey.removed')).toHaveLength(1)
    })
  })

  it.each([
    ['OpenID Connect', 'oidc', 'https://login.example.com', 'https://login.example.com'],
    ['GitHub', 'github', null, 'https://github.com'],
  ])('count %s as a way in that leaves the last one free to go, while it is on', async (_, preset, issuer, identity) => {
    const one = await newPlace({ signInPasskey: true })
    const { at, userId, authenticator } = await personWithPasskey(one)
    const { projectId } = one
    const provider = { projectId, id: randomUUID(), preset, issuer, name: 'Provider', clientId: 'c', sealedSecret: 'x', enabled: false }
    await prisma().upstreamProvider.create({ data: provider })
    await prisma().externalIdentity.create({ data: { projectId, issuer: identity, subject: '42', userId } })
    await updateProject(one.setting.ctx, { signInPassword: false })
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    const remove = () => postAccount(at, 'remove-passkey', { passkey: authenticator.credentialId })
    expect(problemIn(await remove())).toBe('passkey_last')
    await prisma().upstreamProvider.updateMany({ where: { projectId }, data: { enabled: true } })
    expect(done(await remove())).toBe('passkey-removed')
  })

  describe('where a project does not use them', () => {
    it('they are neither offered nor answered, whoever has one', async () => {
      const off = await newPlace({ signInPasskey: true })
      const { at, authenticator } = await personWithPasskey(off)
      const visitor = await visit(off)
      const credential = authenticator.get(json(await post(visitor, 'passkey-options')))
      await updateProject(off.setting.ctx, { signInPasskey: false })
      await new Promise((resolve) => setTimeout(resolve, 1_100))
      expect(await shownTo(visitor)).toMatchObject({ ways: { passkey: false } })
      expect(await accountPage(off.issuer, null, at.cookies)).toMatchObject({ passkeys: null })
      for (const intent of ['passkey-options', 'passkey']) expect((await post(visitor, intent, { credential })).status).toBe(403)
      for (const intent of ['passkey-options', 'add-passkey', 'remove-passkey'])
        expect((await postAccount(at, intent, { credential, passkey: authenticator.credentialId })).status).toBe(403)
    })
  })

  it('B14 are ended by the first to prove the address, for whoever made the account may have been somebody else', async () => {
    const mixed = await newPlace({ signInPasskey: true, signInEmail: true })
    const { email, userId, authenticator } = await personWithPasskey(mixed)
    const owner = await visit(mixed)
    const challenge = await ask(owner, 'email-code', email)
    await post(owner, 'enter-code', { challenge, code: codeIn((await mailTo(email))[0]) })
    expect([await signedIn(owner), (await userAt(mixed, email))?.id]).toEqual([email, userId])
    expect(await passkeysOf(mixed, userId)).toEqual([])
    expect(problemIn(await enter(await visit(mixed), authenticator))).toBe('passkey')
  })
})
