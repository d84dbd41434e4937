import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeDatabase, pool, prisma } from '#lib/db/client.ts'
import {
  type Approved,
  approval,
  approved,
  documentClient,
  event,
  hash,
  newClient,
  newRequest,
  redeemed,
  successor,
} from '#lib/db/fixtures.ts'
import { oauthStore } from '#lib/db/oauth-store.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { accountPage } from '#lib/issuer/account-page.ts'
import { type ConnectedApp, type ConnectedAppsPage, connectedAppsPage } from '#lib/issuer/connected-apps-page.ts'
import { auditRows, unique } from '#lib/management/fixtures.ts'
import { revokeGrant } from '#lib/management/grants/revoke.ts'
import { createUser } from '#lib/management/users/create.ts'
import type { NewClient, OAuthStore } from '#lib/oauth/store.ts'
import { takeOverAddress } from '../account.ts'
import {
  allowIn,
  authorizeIn,
  locationOf,
  newPlace,
  PASSWORD,
  type Place,
  parameterOf,
  post,
  postAccount,
  postConnectedApps,
  setCookies,
  signedIn,
  type Visit,
  visitAccount,
} from '../fixtures.ts'

const HTTPS = 'https://client.example.com/cb'
const PLACE_HASH = hash()

describe('the connected apps page', () => {
  let place: Place
  let store: OAuthStore
  let userId: string
  let at: Visit
  beforeAll(async () => {
    place = await newPlace()
    store = oauthStore(place.projectId)
  })
  afterAll(closeDatabase)

  const newOwner = async () => {
    const email = `${unique('user')}@example.com`
    const { id } = await createUser(place.setting.ctx, { email, password: PASSWORD })
    const visit = await visitAccount(place)
    await post(visit, 'sign-in', { email, password: PASSWORD })
    return { id, visit }
  }
  const fresh = async () => {
    const owner = await newOwner()
    userId = owner.id
    at = owner.visit
  }
  const open = async (visit = at): Promise<Extract<ConnectedAppsPage, { kind: 'open' }>> => {
    const page = await connectedAppsPage(place.issuer, visit.cookies)
    if (page.kind !== 'open') throw new Error(`the page is ${page.kind}`)
    return page
  }
  const grantsShown = async (visit = at) => (await open(visit)).apps.flatMap(({ connections }) => connections.map(({ grantId }) => grantId))
  const only = ({ apps }: { apps: readonly ConnectedApp[] }): ConnectedApp => {
    expect(apps).toHaveLength(1)
    return apps[0] as ConnectedApp
  }
  const clientNamed = async (fields: Partial<NewClient> = {}) => {
    const client = newClient({ source: 'manual', redirectUris: [HTTPS], ...fields })
    await store.createClient(client, null, event('client.registered'))
    return client.clientId
  }
  const connect = (clientId: string, fields: Partial<Approved> = {}) => redeemed(store, { clientId, userId, ...fields })
  const remember = async (clientId: string, who = userId) => {
    const request = newRequest(clientId)
    await store.createAuthorizationRequest(request, null, event('authorization.requested'))
    expect(await store.approveRequest(request.idHash, approval({ userId: who }), PLACE_HASH, event('grant.approved'))).toBe('approved')
  }
  const recall = async (clientId: string, who = userId): Promise<boolean> => {
    const request = newRequest(clientId)
    await store.createAuthorizationRequest(request, null, event('authorization.requested'))
    return store.approveRemembered(request.idHash, approval({ userId: who }), PLACE_HASH, event('grant.approved'))
  }
  const lives = async ({ grantId, familyId, codeHash, clientId }: Awaited<ReturnType<typeof redeemed>>, who = userId) => {
    const token = { jti: randomUUID(), grantId, clientId, userId: who, issuedAt: new Date(), expiresAt: new Date(Date.now() + 60_000) }
    const [family, code, access] = await Promise.all([store.findRefreshFamily(familyId), store.findCode(codeHash), store.tokenLives(token)])
    expect([family?.revoked, code?.revoked]).toEqual([!access, !access])
    return access
  }
  const age = (table: string, columns: string[], hours: number, grantId: string) =>
    pool().query(
      `UPDATE ${table} SET ${columns.map((name) => `${name} = ${name} - make_interval(hours => $3)`).join(', ')}
       WHERE project_id = $1 AND ${table === 'oauth_grant' ? 'id' : 'grant_id'} = $2`,
      [place.projectId, grantId, hours],
    )
  const revocations = async () =>
    (await auditRows(place.setting.ctx)).filter(({ action, userId: of }) => action === 'grant.revoked' && of === userId)

  describe('shows', () => {
    it('K24 nothing to anybody who is not signed in here', async () => {
      await fresh()
      expect(await connectedAppsPage(place.issuer, null)).toEqual({ kind: 'signed-out', issuerUrl: place.issuer })
      expect(await connectedAppsPage((await newPlace()).issuer, at.cookies)).toMatchObject({ kind: 'signed-out' })
      expect(await connectedAppsPage('https://nobody.test', at.cookies)).toEqual({ kind: 'nowhere' })
      expect(await connectedAppsPage(null, at.cookies)).toEqual({ kind: 'nowhere' })
    })

    it('who is signed in, and no app to who has allowed none', async () => {
      await fresh()
      expect(await open()).toMatchObject({ apps: [], account: { email: await signedIn(at) } })
    })

    it('an app that a member made, with its scopes in words, where it returned to and since when', async () => {
      await fresh()
      const clientId = await clientNamed({ name: 'Desk', clientUri: 'https://desk.example.com/' })
      const { grantId } = await connect(clientId, { scope: 'read gone offline_access' })
      expect(only(await open())).toEqual({
        clientId,
        client: { name: 'Desk', verified: true, byDomain: false, host: 'desk.example.com', logo: null },
        connections: [
          {
            grantId,
            redirect: { display: '127.0.0.1:51004', loopback: true },
            resources: ['Notes'],
            scopes: [expect.stringMatching(/^\S+ \S+/), 'gone'],
            connectedAt: expect.any(Date),
            renewedAt: expect.any(Date),
          },
        ],
      })
    })

    it('K07 a client that registered itself as unverified, and one known by its document by its host', async () => {
      await fresh()
      const registered = await clientNamed({ name: 'Claude', source: 'registered' })
      await connect(registered)
      expect(only(await open()).client).toEqual({ name: 'Claude', verified: false, byDomain: false, host: null, logo: null })
      const document = documentClient({ name: 'Totally Claude' })
      await store.keepDocumentClient(document, { step: 'consent', actorKind: 'user' })
      await connect(document.clientId)
      const [newest] = (await open()).apps
      expect(newest?.client).toEqual({ name: 'Totally Claude', verified: true, byDomain: true, host: 'app.example.com', logo: null })
    })

    it('our copy of the logo of a client that somebody vouches for, and none of one that registered itself', async () => {
      const logoUri = 'https://app.example.com/logo.png'
      const copy = { uri: logoUri, mediaType: 'image/png', bytes: Buffer.from('png'), hash: 'a'.repeat(64), readAt: new Date() }
      const logoOf = async (source: NewClient['source']) => {
        await fresh()
        const clientId = await clientNamed({ source, logoUri })
        await prisma().clientLogo.create({ data: { projectId: place.projectId, clientId, ...copy } })
        await connect(clientId)
        return only(await open()).client.logo
      }
      expect(await logoOf('manual')).toBe(`${new URL(place.issuer).pathname.replace(/\/$/, '')}/client-logo/${copy.hash}`)
      expect(await logoOf('registered')).toBeNull()
    })

    it('when a client last got a token, and never for one that has not come for its first', async () => {
      await fresh()
      const clientId = await clientNamed()
      await approved(store, { clientId, userId })
      const renewed = async () => only(await open()).connections[0]?.renewedAt
      expect(await renewed()).toBeNull()

      await fresh()
      const { grantId, familyId, currentHash } = await connect(clientId)
      await prisma().endUser.updateMany({ where: { projectId: place.projectId, id: userId }, data: { validFrom: new Date(0) } })
      await age('refresh_family', ['created_at'], 5, grantId)
      await age('authorization_code', ['redeemed_at'], 5, grantId)
      const first = await renewed()
      expect(Date.now() - (first?.getTime() ?? 0)).toBeGreaterThan(4 * 3_600_000)
      await store.rotateRefreshToken(familyId, currentHash, successor(), event('refresh.rotated'))
      expect(Date.now() - ((await renewed())?.getTime() ?? 0)).toBeLessThan(60_000)
    })

    it('K26 each connection of one app by itself, the one that was active last first', async () => {
      await fresh()
      const clientId = await clientNamed()
      const [one, other] = [await connect(clientId), await connect(clientId)]
      await age('refresh_family', ['created_at'], 1, other.grantId)
      await age('authorization_code', ['redeemed_at'], 1, other.grantId)
      expect(only(await open()).connections.map(({ grantId }) => grantId)).toEqual([one.grantId, other.grantId])
    })

    it('nothing that can do nothing any more', async () => {
      await fresh()
      const clientId = await clientNamed()
      const expired = await connect(clientId)
      await age('refresh_family', ['created_at', 'idle_expires_at', 'absolute_expires_at'], 25, expired.grantId)
      expect(await grantsShown()).toEqual([expired.grantId]) // its last access token may be a few hours old
      await age('authorization_code', ['redeemed_at'], 25, expired.grantId)
      expect(await grantsShown()).toEqual([])

      const unused = await approved(store, { clientId, userId })
      expect(await grantsShown()).toEqual([unused.grantId])
      await age('authorization_code', ['expires_at'], 1, unused.grantId)
      expect(await grantsShown()).toEqual([])

      const revoked = await connect(clientId)
      await store.revokeGrant(revoked.grantId, 'token_revoked', event('grant.revoked'))
      expect(await grantsShown()).toEqual([])

      const doomed = await clientNamed()
      await connect(doomed)
      await prisma().oAuthClient.updateMany({ where: { projectId: place.projectId, clientId: doomed }, data: { revokedAt: new Date() } })
      expect(await grantsShown()).toEqual([])
    })

    it('nothing of another person', async () => {
      await fresh()
      const mine = at
      await connect(await clientNamed())
      await fresh()
      expect(await grantsShown()).toEqual([])
      expect(await grantsShown(mine)).toHaveLength(1)
    })
  })

  describe('disconnects', () => {
    it('K25 one connection with all its tokens at once, and leaves the others of the same app', async () => {
      await fresh()
      const clientId = await clientNamed()
      const [one, other] = [await connect(clientId), await connect(clientId)]
      const reply = await postConnectedApps(at, 'disconnect', { grant: one.grantId })
      expect([reply.status, locationOf(reply)]).toEqual([302, `${place.issuer}/connected-apps?done=disconnect`])
      expect([await lives(one), await lives(other)]).toEqual([false, true])
      expect(await grantsShown()).toEqual([other.grantId])
      expect(await revocations()).toMatchObject([
        {
          grantId: one.grantId,
          clientId,
          userId,
          reason: 'user',
          actorKind: 'user',
          actorId: userId,
          step: 'revoke',
          address: expect.any(String),
        },
      ])
    })

    it('a whole app, or every app', async () => {
      await fresh()
      const [first, second] = [await clientNamed(), await clientNamed()]
      const grants = [await connect(first), await connect(first), await connect(second)]
      expect(parameterOf(await postConnectedApps(at, 'disconnect-app', { client: first }), 'done')).toBe('disconnect-app')
      expect(await Promise.all(grants.map((grant) => lives(grant)))).toEqual([false, false, true])
      expect(await revocations()).toHaveLength(2)
      const more = await connect(first)
      expect(parameterOf(await postConnectedApps(at, 'disconnect-all'), 'done')).toBe('disconnect-all')
      expect([await lives(more), await lives(grants[2] as typeof more)]).toEqual([false, false])
      expect([(await open()).apps, (await revocations()).length]).toEqual([[], 4])
    })

    it('a code that its client has not come for yet', async () => {
      await fresh()
      const { grantId, codeHash } = await approved(store, { userId, clientId: await clientNamed() })
      await postConnectedApps(at, 'disconnect', { grant: grantId })
      expect(await store.findCode(codeHash)).toMatchObject({ revoked: true })
    })

    it('and forgets what was remembered of that app, and of no other person’s', async () => {
      await fresh()
      const [first, second, other] = [await clientNamed(), await clientNamed(), await newOwner()]
      for (const clientId of [first, second]) await remember(clientId)
      await remember(first, other.id)
      const { grantId } = await connect(first)
      await postConnectedApps(at, 'disconnect', { grant: grantId })
      expect([await recall(first), await recall(second), await recall(first, other.id)]).toEqual([false, true, true])
      await remember(first)
      await postConnectedApps(at, 'disconnect-app', { client: first })
      expect([await recall(first), await recall(second)]).toEqual([false, true])
      await remember(first)
      await postConnectedApps(at, 'disconnect-all')
      expect([await recall(first), await recall(second), await recall(first, other.id)]).toEqual([false, false, true])
    })

    it('also what is being approved from memory at that moment', async () => {
      await fresh()
      const clientId = await clientNamed()
      for (let round = 0; round < 20; round++) {
        await remember(clientId)
        await Promise.all([recall(clientId), postConnectedApps(at, 'disconnect-all'), recall(clientId)])
        expect(await grantsShown()).toEqual([])
        expect(await recall(clientId)).toBe(false)
      }
    })

    it('nothing of anybody else', async () => {
      await fresh()
      const [clientId, victim] = [await clientNamed(), userId]
      const grant = await connect(clientId)
      const elsewhere = await newPlace()
      await pool().query('INSERT INTO end_user (project_id, id) VALUES ($1, $2)', [elsewhere.projectId, userId])
      const foreign = await redeemed(oauthStore(elsewhere.projectId), { userId })
      await fresh()
      for (const [intent, fields] of [
        ['disconnect', { grant: grant.grantId }],
        ['disconnect', { grant: foreign.grantId }],
        ['disconnect', { grant: randomUUID() }],
        ['disconnect-app', { client: clientId }],
        ['disconnect-app', { client: 'c_nobody' }],
        ['disconnect-all', {}],
      ] as const) {
        expect(locationOf(await postConnectedApps(at, intent, fields))).toBe(`${place.issuer}/connected-apps`)
      }
      expect(await lives(grant, victim)).toBe(true)
      expect(await oauthStore(elsewhere.projectId).findRefreshFamily(foreign.familyId)).toMatchObject({ revoked: false })
      expect(await revocations()).toEqual([])
    })

    it('nothing twice', async () => {
      await fresh()
      const { grantId } = await connect(await clientNamed())
      await Promise.all(Array.from({ length: 5 }, () => postConnectedApps(at, 'disconnect', { grant: grantId })))
      expect(await revocations()).toHaveLength(1)
    })
  })

  describe('refuses', () => {
    it.each<[string, Record<string, string>, Record<string, string>]>([
      ['K01 a form without a token', { csrf: '' }, {}],
      ['K02 a form from another origin', {}, { origin: 'https://evil.test' }],
      ['K02 a form with Origin null', {}, { origin: 'null' }],
      ['H03 JSON', {}, { 'content-type': 'application/json' }],
      ['an intent it does not have', { intent: 'toString' }, {}],
      ['a grant that is no id', { intent: 'disconnect', grant: 'x' }, {}],
      ['no grant', { intent: 'disconnect' }, {}],
      ['no client', { intent: 'disconnect-app' }, {}],
      ['a NUL', { intent: 'disconnect-app', client: '\0' }, {}],
    ])('%s', async (_, fields, headers) => {
      await fresh()
      const grant = await connect(await clientNamed())
      const reply = await postConnectedApps(at, 'disconnect-all', fields, headers)
      expect([reply.status, setCookies(reply)]).toEqual([403, []])
      expect(await lives(grant)).toBe(true)
    })

    it('K01 K13 the token of another page, and that of another person', async () => {
      await fresh()
      const mine = at
      const account = await accountPage(place.issuer, null, at.cookies)
      const csrf = account.kind === 'open' ? account.csrf : ''
      expect((await postConnectedApps(at, 'disconnect-all', { csrf })).status).toBe(403)
      expect((await postAccount(at, 'sign-out', { csrf: (await open()).csrf })).status).toBe(403)
      await fresh()
      expect((await postConnectedApps(at, 'disconnect-all', { csrf: (await open(mine)).csrf })).status).toBe(403)
    })

    it('to act for a session that is over: it asks to sign in', async () => {
      await fresh()
      const grant = await connect(await clientNamed())
      const { csrf } = await open()
      await prisma().endUserSession.deleteMany({ where: { projectId: place.projectId, userId } })
      expect(locationOf(await postConnectedApps(at, 'disconnect-all', { csrf }))).toBe(`${place.issuer}/connected-apps`)
      expect(await lives(grant)).toBe(true)
    })
  })

  describe('what was remembered', () => {
    it('is forgotten when a member ends a grant of it', async () => {
      await fresh()
      const [first, second] = [await clientNamed(), await clientNamed()]
      for (const clientId of [first, second]) await remember(clientId)
      const { grantId } = await connect(first)
      await revokeGrant(place.setting.ctx, { grantId })
      expect([await recall(first), await recall(second)]).toEqual([false, true])
    })

    it('is forgotten by who signs out everywhere, and with the address of somebody who never proved it', async () => {
      const clientId = await clientNamed()
      await fresh()
      await remember(clientId)
      await postAccount(at, 'sign-out-everywhere')
      expect(await recall(clientId)).toBe(false)
      await fresh()
      await remember(clientId)
      await inTransaction((tx) => takeOverAddress(tx, place.projectId, userId))
      expect(await recall(clientId)).toBe(false)
    })

    it('X-13 of five hundred clients is in no cookie: one more still gets its code at once, and sets none', async () => {
      await fresh()
      const { cookies } = at
      const scope = { scope: 'read' }
      const allowed = await allowIn(at, locationOf(await authorizeIn(at, scope)))
      expect([parameterOf(allowed, 'code'), setCookies(allowed)]).toEqual([expect.stringMatching(/^gate_ac_/), []])
      await pool().query(
        `INSERT INTO remembered_consent (project_id, user_id, client_id, place_hash, scope, metadata_hash)
         SELECT project_id, user_id, 'c_' || n, place_hash, scope, metadata_hash FROM remembered_consent, generate_series(1, 499) AS n
         WHERE project_id = $1 AND user_id = $2`,
        [place.projectId, userId],
      )
      const again = await authorizeIn(at, scope)
      expect([parameterOf(again, 'code'), setCookies(again), at.cookies]).toEqual([expect.stringMatching(/^gate_ac_/), [], cookies])
      expect(await prisma().rememberedConsent.count({ where: { projectId: place.projectId, userId } })).toBe(500)
    })
  })
})
