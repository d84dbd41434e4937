import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, it } from 'vitest'
import type {
  Approval,
  AuthorizationRequest,
  Client,
  DeviceAuthorization,
  NewClient,
  NewRegistration,
  OAuthStore,
} from '#lib/oauth/store.ts'
import {
  approval,
  approved,
  deviceRequest,
  documentClient,
  event,
  hash,
  newClient,
  newDevice,
  newFamily,
  newRequest,
  redeemed,
  registered,
  successor,
} from './fixtures.ts'
import type { World } from './fixtures-postgres.ts'

/** What every store promises, whatever it is made of. `rounds`: how often a race is run. */
export function storeContract(name: string, open: () => World, rounds: number): void {
  describe(`the store in ${name}`, () => {
    let world: World
    let store: OAuthStore
    beforeEach(() => {
      world = open()
      store = world.store
    })
    const secondsFromNow = (seconds: number) => new Date(world.now().getTime() + seconds * 1000)
    const countOf = async (action: string) => (await world.actions()).filter((each) => each === action).length
    const redeem = (codeHash: string, requestId: string = randomUUID(), family = newFamily()) =>
      store.redeemCode(codeHash, requestId, family, event('token.issued'))
    const rotate = (familyId: string, presented: string, next = successor()) =>
      store.rotateRefreshToken(familyId, presented, next, event('refresh.rotated'))
    const revoke = (grantId: string) => store.revokeGrant(grantId, 'user', event('grant.revoked'))

    describe('clients', () => {
      it('gives a registration back as it was made', async () => {
        const client = newClient({
          secretHash: hash(),
          tokenEndpointAuthMethod: 'client_secret_basic',
          tokenEndpointAuthMethods: ['client_secret_basic'],
          scope: 'read',
          clientUri: 'https://a.example',
          logoUri: 'https://a.example/logo.png',
        })
        const created = await store.createClient(client, null, event('client.registered'))
        expect(created).toMatchObject({ outcome: 'created', trusted: false })
        const { secretHash, secretLastFour, registrationTokenHash, ...kept } = client
        expect(await store.findClient(client.clientId)).toEqual({
          ...kept,
          ...{ secretHashes: [secretHash], trusted: false, revoked: false, documentReadAt: null, readAt: expect.any(Date) },
        })
      })
      it('does not know a client of another project', async () => {
        const clientId = await registered(open().store)
        expect(await store.findClient(clientId)).toBeNull()
      })
      it('trusts who brings a live registration secret', async () => {
        const secret = hash()
        await world.outside.addSecret('registration', secret)
        expect(await store.createClient(newClient(), secret, event('client.registered'))).toMatchObject({
          outcome: 'created',
          trusted: true,
        })
      })
      it.each(['unknown', 'server'])('keeps nothing for an %s secret', async (kind) => {
        const secret = hash()
        if (kind === 'server') await world.outside.addSecret('server', secret)
        const client = newClient()
        expect(await store.createClient(client, secret, event('client.registered'))).toEqual({ outcome: 'secret_unknown' })
        expect(await store.findClient(client.clientId)).toBeNull()
        expect(await world.actions()).toEqual([])
      })
      it('still tells of a revoked one', async () => {
        const clientId = await registered(store)
        await world.outside.revokeClient(clientId)
        expect(await store.findClient(clientId)).toMatchObject({ revoked: true })
      })
      it('Z02 holds a thousand never-used registrations, lets the oldest give way after ten minutes, and never a used one', async () => {
        const used = await approved(store)
        const oldest = await registered(store)
        await world.pass(1)
        for (let i = 1; i < 1_000; i += 50) await Promise.all(Array.from({ length: Math.min(50, 1_000 - i) }, () => registered(store)))
        expect(await store.createClient(newClient(), null, event('client.registered'))).toEqual({ outcome: 'full' })
        expect(await store.findClient(oldest)).not.toBeNull()

        const secret = hash()
        await world.outside.addSecret('registration', secret)
        expect(await store.createClient(newClient(), secret, event('client.registered'))).toMatchObject({ outcome: 'created' })

        await world.pass(601)
        expect(await store.createClient(newClient(), null, event('client.registered'))).toMatchObject({ outcome: 'created' })
        expect(await store.findClient(oldest)).toBeNull()
        expect(await store.findClient(used.clientId)).not.toBeNull()
      })
    })

    describe('registrations that nobody vouched for', () => {
      const heavy = (redirectUris = Array.from({ length: 20 }, (_, i) => `https://client.example.com/${i}/${'a'.repeat(1_900)}`)) =>
        newClient({ redirectUris })

      it('that say much of themselves take room from one another, the oldest first, and never from those that say little', async () => {
        const light = await registered(store)
        const made = []
        for (let i = 0; i < 5; i++) {
          const client = heavy()
          made.push(client.clientId)
          expect(await store.createClient(client, null, event('client.registered'))).toMatchObject({ outcome: 'created' })
          await world.pass(1)
        }
        const kept = await Promise.all(made.map(async (clientId) => (await store.findClient(clientId)) !== null))
        expect(kept).toEqual([false, false, true, true, true])
        expect(await store.findClient(light)).not.toBeNull()
      })
      it('keep out none that says little, however many of them there are', async () => {
        for (let i = 0; i < 5; i++) await store.createClient(heavy(), null, event('client.registered'))
        expect(await store.createClient(newClient(), null, event('client.registered'))).toMatchObject({ outcome: 'created' })
      })
      it('are recorded a hundred times an hour, and always with a secret', async () => {
        for (let i = 0; i < 110; i += 10) await Promise.all(Array.from({ length: 10 }, () => registered(store)))
        const recorded = await countOf('client.registered')
        expect(recorded).toBeGreaterThanOrEqual(100)
        expect(recorded).toBeLessThanOrEqual(110) // parallel ones may each see room for the last
        await registered(store)
        expect(await countOf('client.registered')).toBe(recorded)
        const secret = hash()
        await world.outside.addSecret('registration', secret)
        await store.createClient(newClient(), secret, event('client.registered'))
        expect(await countOf('client.registered')).toBe(recorded + 1)
        await world.pass(3_601)
        await registered(store)
        expect(await countOf('client.registered')).toBe(recorded + 2)
      })
    })

    describe('the management of registrations', () => {
      const made = async (vouched: boolean, fields: Partial<NewClient> = {}) => {
        const secret = hash()
        if (vouched) await world.outside.addSecret('registration', secret)
        const client = newClient({ registrationTokenHash: hash(), ...fields })
        await store.createClient(client, vouched ? secret : null, event('client.registered'))
        return { ...client, tokenHash: client.registrationTokenHash ?? '' }
      }
      const beforeOf = ({ clientId, metadataHash, secretHash }: NewClient) => ({ clientId, metadataHash, secretHash })
      const changedTo = (fields: Partial<NewRegistration> = {}): NewRegistration => {
        const { name, applicationType, tokenEndpointAuthMethod, tokenEndpointAuthMethods, grantTypes, clientUri, logoUri, ...client } =
          newClient()
        const { redirectUris, jwks, jwksUri, dpopBoundAccessTokens } = client
        return {
          ...{
            name,
            applicationType,
            tokenEndpointAuthMethod,
            tokenEndpointAuthMethods,
            grantTypes,
            clientUri,
            logoUri,
            redirectUris,
            jwks,
            jwksUri,
          },
          ...{ dpopBoundAccessTokens, metadataHash: hash(), secret: null, ...fields },
        }
      }
      const replace = (client: NewClient, next: NewRegistration) =>
        store.replaceRegistration(beforeOf(client), next, event('client.updated'))

      it('finds a living one by its own token, and nothing by any other', async () => {
        const [one, two] = [await made(true), await made(true)]
        expect(await store.findRegistration(one.clientId, one.tokenHash)).toMatchObject({
          ...{ clientId: one.clientId, name: one.name, trusted: true, createdAt: expect.any(Date), readAt: expect.any(Date) },
        })
        expect(await store.findRegistration(one.clientId, two.tokenHash)).toBeNull()
        expect(await open().store.findRegistration(one.clientId, one.tokenHash)).toBeNull()
        await world.outside.revokeClient(one.clientId)
        expect(await store.findRegistration(one.clientId, one.tokenHash)).toBeNull()
      })
      it('finds none that a member made, whatever stands in its row', async () => {
        const client = await made(false, { source: 'manual' })
        expect(await store.findRegistration(client.clientId, client.tokenHash)).toBeNull()
        expect(await replace(client, changedTo())).toBe('changed')
        await store.deleteRegistration(client.clientId, client.tokenHash, event('client.deleted'))
        expect(await store.findClient(client.clientId)).toMatchObject({ revoked: false })
      })
      it('replaces all that a client says of itself, and leaves what is ours', async () => {
        const client = await made(true, { scope: 'read' })
        const next = changedTo({
          ...{
            name: 'Renamed',
            redirectUris: ['https://new.example.com/cb'],
            applicationType: 'web',
            clientUri: 'https://new.example.com',
            logoUri: 'https://new.example.com/logo.png',
          },
          ...{ tokenEndpointAuthMethod: 'private_key_jwt', tokenEndpointAuthMethods: ['private_key_jwt'], dpopBoundAccessTokens: true },
          jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }] },
        })
        expect(await replace(client, next)).toBe('replaced')
        const { secret, ...said } = next
        const kept = { clientId: client.clientId, source: 'registered', trusted: true, scope: 'read', secretHashes: [], revoked: false }
        expect(await store.findClient(client.clientId)).toMatchObject({ ...said, ...kept })
        expect(await store.findRegistration(client.clientId, client.tokenHash)).toMatchObject(said)
        expect(await countOf('client.updated')).toBe(1)
      })
      it('keeps, gives or takes its secret, as it is told', async () => {
        const first = { secretHash: hash(), secretLastFour: 'abcd' }
        const client = await made(true, { ...first, tokenEndpointAuthMethod: 'client_secret_basic' })
        const one = changedTo({ secret: 'kept' })
        expect(await replace(client, one)).toBe('replaced')
        expect(await store.findClient(client.clientId)).toMatchObject({ secretHashes: [first.secretHash] })
        const second = { secretHash: hash(), secretLastFour: 'efgh' }
        const two = changedTo({ secret: second })
        expect(await replace({ ...client, ...one }, two)).toBe('replaced')
        expect(await store.findClient(client.clientId)).toMatchObject({ secretHashes: [second.secretHash] })
        expect(await replace({ ...client, ...two, ...second }, changedTo())).toBe('replaced')
        expect(await store.findClient(client.clientId)).toMatchObject({ secretHashes: [] })
      })
      it('M09 of many replacements at once makes one, and the others hear of it', async () => {
        for (let round = 0; round < rounds; round++) {
          const client = await made(true)
          const before = await countOf('client.updated')
          const wanted = Array.from({ length: 10 }, (_, i) =>
            changedTo({ name: `Client ${i}`, redirectUris: [`https://c-${i}.example.com/cb`] }),
          )
          const outcomes = await Promise.all(wanted.map((next) => replace(client, next)))
          expect(outcomes.toSorted()).toEqual([...Array(9).fill('changed'), 'replaced'])
          const { secret, ...winner } = wanted[outcomes.indexOf('replaced')] ?? changedTo()
          expect(await store.findClient(client.clientId)).toMatchObject(winner)
          expect(await countOf('client.updated')).toBe(before + 1)
        }
      })
      it('M09 of two that each give a secret lets one, even where nothing else differs', async () => {
        const client = await made(true)
        const given = () => changedTo({ metadataHash: client.metadataHash, secret: { secretHash: hash(), secretLastFour: 'abcd' } })
        const outcomes = await Promise.all([replace(client, given()), replace(client, given())])
        expect(outcomes.toSorted()).toEqual(['changed', 'replaced'])
      })
      it('lets no client that nobody vouched for and nobody used grow, and records nothing of it', async () => {
        const client = await made(false)
        const grown = changedTo({
          redirectUris: Array.from({ length: 20 }, (_, i) => `https://client.example.com/${i}/${'a'.repeat(1_900)}`),
        })
        expect(await replace(client, grown)).toBe('too_large')
        expect(await store.findClient(client.clientId)).toMatchObject({
          redirectUris: client.redirectUris,
          metadataHash: client.metadataHash,
        })
        const next = changedTo({ name: 'Renamed' })
        expect(await replace(client, next)).toBe('replaced')
        await store.deleteRegistration(client.clientId, client.tokenHash, event('client.deleted'))
        expect(await world.actions()).toEqual(['client.registered'])
        expect(await replace(await made(true), grown)).toBe('replaced')
      })
      it('M10 deletes with all grants and tokens, once, and never another’s', async () => {
        const client = await made(true)
        const [family, stranger] = [await redeemed(store, { clientId: client.clientId }), await redeemed(store)]
        const code = await approved(store, { clientId: client.clientId })
        await store.deleteRegistration(client.clientId, hash(), event('client.deleted'))
        await open().store.deleteRegistration(client.clientId, client.tokenHash, event('client.deleted'))
        expect(await store.findClient(client.clientId)).toMatchObject({ revoked: false })

        await Promise.all([1, 2, 3].map(() => store.deleteRegistration(client.clientId, client.tokenHash, event('client.deleted'))))
        expect(await store.findRegistration(client.clientId, client.tokenHash)).toBeNull()
        expect(await store.findClient(client.clientId)).toMatchObject({ revoked: true })
        expect(await store.findRefreshFamily(family.familyId)).toMatchObject({ revoked: true })
        expect(await redeem(code.codeHash)).toBe('revoked')
        expect(await rotate(family.familyId, family.currentHash)).toEqual({ outcome: 'lost' })
        const token = { jti: randomUUID(), grantId: family.grantId, clientId: client.clientId, userId: family.userId }
        expect(await store.tokenLives({ ...token, issuedAt: world.now(), expiresAt: secondsFromNow(3_600) })).toBe(false)
        expect(await replace(client, changedTo())).toBe('changed')
        expect(await store.findRefreshFamily(stranger.familyId)).toMatchObject({ revoked: false })
        expect(await countOf('client.deleted')).toBe(1)
      })
      it('leaves nothing alive when it deletes while a person approves', async () => {
        for (let round = 0; round < rounds; round++) {
          const client = await made(true)
          const request = newRequest(client.clientId)
          const answer = approval()
          await store.createAuthorizationRequest(request, null, event('authorization.requested'))
          await Promise.all([
            store.approveRequest(request.idHash, answer, null, event('grant.approved')),
            store.deleteRegistration(client.clientId, client.tokenHash, event('client.deleted')),
          ])
          expect((await store.findCode(answer.codeHash))?.revoked ?? true).toBe(true)
        }
      })
    })

    describe('clients known by their documents', () => {
      const keep = (client: Client) => store.keepDocumentClient(client, { step: 'consent', actorKind: 'user', clientId: client.clientId })
      const keptAt = async ({ clientId }: Client) => (await store.findClient(clientId))?.documentReadAt?.getTime() ?? null

      it('are kept as their documents say', async () => {
        const client = documentClient({
          tokenEndpointAuthMethods: ['none', 'private_key_jwt'],
          jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }] },
          clientUri: 'https://app.example.com/about',
          logoUri: 'https://app.example.com/logo.png',
          dpopBoundAccessTokens: true,
          documentReadAt: secondsFromNow(-3_600),
        })
        await keep(client)
        expect(await store.findClient(client.clientId)).toEqual({ ...client, readAt: expect.any(Date) })
        expect(await world.actions()).toEqual(['client.registered'])
      })
      it('belong to one project', async () => {
        const client = documentClient()
        await keep(client)
        expect(await open().store.findClient(client.clientId)).toBeNull()
      })
      it('are written once, however many approve at once, and anew when their documents change', async () => {
        for (let round = 0; round < rounds; round++) {
          const [before, after] = [
            documentClient(),
            {
              ...{ name: 'Renamed', redirectUris: ['https://app.example.com/cb2'], logoUri: 'https://app.example.com/logo.png' },
              metadataHash: hash(),
            },
          ]
          const created = await countOf('client.registered')
          const changed = await countOf('client.document_changed')
          await Promise.all(Array.from({ length: 5 }, () => keep(before)))
          expect(await countOf('client.registered')).toBe(created + 1)
          await Promise.all(Array.from({ length: 5 }, () => keep({ ...before, ...after })))
          expect(await store.findClient(before.clientId)).toMatchObject(after)
          expect(await countOf('client.registered')).toBe(created + 1)
          expect(await countOf('client.document_changed')).toBe(changed + 1)
        }
      })
      it('remember when they were last found unchanged, to the hour', async () => {
        const client = documentClient({ documentReadAt: secondsFromNow(-7_400) })
        await keep(client)
        await keep({ ...client, documentReadAt: secondsFromNow(-3_700) })
        const noted = await keptAt(client)
        expect(noted).toBeGreaterThan(secondsFromNow(-3_800).getTime())
        await keep({ ...client, documentReadAt: secondsFromNow(-200) })
        expect(await keptAt(client)).toBe(noted)
        await keep({ ...client, documentReadAt: secondsFromNow(-9_000) })
        await keep({ ...client, documentReadAt: null })
        expect(await keptAt(client)).toBe(noted)
        expect(await world.actions()).toEqual(['client.registered'])
      })
      it('are not replaced by a copy that was read before theirs', async () => {
        const client = documentClient({ documentReadAt: secondsFromNow(-60) })
        await keep(client)
        await keep({ ...client, name: 'Older', metadataHash: hash(), documentReadAt: secondsFromNow(-3_600) })
        expect(await store.findClient(client.clientId)).toMatchObject({ name: client.name, metadataHash: client.metadataHash })
        expect(await world.actions()).toEqual(['client.registered'])
      })
      it('stay revoked, whatever their documents say', async () => {
        const client = documentClient()
        await keep(client)
        await world.outside.revokeClient(client.clientId)
        await keep(client)
        await keep({ ...client, name: 'Back again', metadataHash: hash(), documentReadAt: secondsFromNow(7_200) })
        expect(await store.findClient(client.clientId)).toMatchObject({ name: client.name, revoked: true })
        expect(await world.actions()).toEqual(['client.registered'])
      })
      it('take nothing from a client that has registered under the same id', async () => {
        const registration = newClient()
        await store.createClient(registration, null, event('client.registered'))
        await keep(documentClient({ clientId: registration.clientId, name: 'Taken over', metadataHash: hash() }))
        expect(await store.findClient(registration.clientId)).toMatchObject({ name: registration.name, source: 'registered' })
      })
      it('may be approved once they are kept, and only as they were asked about', async () => {
        const client = documentClient()
        const ask = async () => {
          const request = newRequest(client.clientId)
          await store.createAuthorizationRequest(request, null, event('authorization.requested'))
          return request.idHash
        }
        const idHash = await ask()
        expect(await store.approveRequest(idHash, approval(), null, event('grant.approved'))).toBe('client_gone')
        await keep(client)
        expect(await store.approveRequest(idHash, approval(), null, event('grant.approved'))).toBe('approved')
        const again = await ask()
        await keep({ ...client, metadataHash: hash() })
        expect(await store.approveRequest(again, approval(), null, event('grant.approved'))).toBe('client_changed')
      })
    })

    it('tells the time', async () => expect(Math.abs((await store.now()).getTime() - world.now().getTime())).toBeLessThan(10_000))

    describe('authorization requests', () => {
      it('gives one back as it was made, with the moment from which a sign-in counts', async () => {
        const request = newRequest(await registered(store))
        expect(await store.createAuthorizationRequest(request, 60, event('authorization.requested'))).toBe('created')
        const found = await store.findAuthorizationRequest(request.idHash)
        expect(found).toEqual({ ...request, authTimeFrom: expect.any(Date), answered: false, expired: false })
        expect(Math.abs((found?.authTimeFrom?.getTime() ?? 0) - secondsFromNow(-60).getTime())).toBeLessThan(10_000)
      })
      it('accepts any sign-in when no age was asked for', async () => {
        const request = newRequest(await registered(store))
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        expect(await store.findAuthorizationRequest(request.idHash)).toMatchObject({ authTimeFrom: null })
      })
      it('K10 is answered once, whichever answer comes first', async () => {
        const { idHash } = await approved(store)
        expect(await store.approveRequest(idHash, approval(), null, event('grant.approved'))).toBe('already_answered')
        expect(await store.denyRequest(idHash, event('grant.denied'))).toBe('already_answered')

        const denied = newRequest(await registered(store))
        await store.createAuthorizationRequest(denied, null, event('authorization.requested'))
        expect(await store.denyRequest(denied.idHash, event('grant.denied'))).toBe('denied')
        expect(await store.approveRequest(denied.idHash, approval(), null, event('grant.approved'))).toBe('already_answered')
        expect(await countOf('grant.approved')).toBe(1)
        expect(await countOf('grant.denied')).toBe(1)
      })
      it('cannot be answered after ten minutes', async () => {
        const request = newRequest(await registered(store))
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        await world.pass(601)
        expect(await store.findAuthorizationRequest(request.idHash)).toMatchObject({ expired: true })
        expect(await store.approveRequest(request.idHash, approval(), null, event('grant.approved'))).toBe('expired')
        expect(await store.denyRequest(request.idHash, event('grant.denied'))).toBe('expired')
      })
      it('cannot be approved for a client that was revoked meanwhile', async () => {
        const request = newRequest(await registered(store))
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        await world.outside.revokeClient(request.clientId)
        expect(await store.approveRequest(request.idHash, approval(), null, event('grant.approved'))).toBe('client_gone')
        expect(await countOf('grant.approved')).toBe(0)
      })
      it('cannot be approved by a user who was disabled meanwhile', async () => {
        await world.outside.addUser('user_disabled')
        const request = newRequest(await registered(store))
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        await world.outside.disableUser('user_disabled')
        const answer = approval({ userId: 'user_disabled' })
        expect(await store.approveRequest(request.idHash, answer, null, event('grant.approved'))).toBe('expired')
        expect(await countOf('grant.approved')).toBe(0)
      })
      it('makes one grant of many simultaneous approvals', async () => {
        for (let round = 0; round < rounds; round++) {
          const request = newRequest(await registered(store))
          await store.createAuthorizationRequest(request, null, event('authorization.requested'))
          const answers = await Promise.all(
            Array.from({ length: 10 }, () => store.approveRequest(request.idHash, approval(), null, event('grant.approved'))),
          )
          expect(answers.toSorted()).toEqual([...Array(9).fill('already_answered'), 'approved'])
        }
        expect(await countOf('grant.approved')).toBe(rounds)
      })
    })

    describe('remembered consent', () => {
      const PLACE = hash()
      const opened = async (clientId: string, fields: Partial<AuthorizationRequest> = {}, maxAgeSeconds: number | null = null) => {
        const request = { ...newRequest(clientId), ...fields }
        await store.createAuthorizationRequest(request, maxAgeSeconds, event('authorization.requested'))
        return request.idHash
      }
      const allow = async (clientId: string, scope: string, placeHash: string | null = PLACE) =>
        store.approveRequest(await opened(clientId), approval({ scope }), placeHash, event('grant.approved'))
      const recall = (idHash: string, fields: Partial<Approval> = {}, placeHash = PLACE) =>
        store.approveRemembered(idHash, approval(fields), placeHash, event('grant.approved'))

      it('answers a request for what was allowed there before, or less, with a grant and a code as a person would', async () => {
        const clientId = await registered(store)
        expect(await allow(clientId, 'read write')).toBe('approved')
        const [idHash, answer] = [await opened(clientId), approval({ scope: 'write read' })]
        expect(await store.approveRemembered(idHash, answer, PLACE, event('grant.approved'))).toBe(true)
        expect(await store.findAuthorizationRequest(idHash)).toMatchObject({ answered: true })
        expect(await store.findCode(answer.codeHash)).toMatchObject({
          grantId: answer.grantId,
          scope: 'write read',
          redeemed: false,
          revoked: false,
        })
        expect(await recall(await opened(clientId), { scope: '' })).toBe(true)
        expect(await countOf('grant.approved')).toBe(3)
      })
      it('answers each request once, and the same call again', async () => {
        const clientId = await registered(store)
        await allow(clientId, 'read')
        for (let round = 0; round < rounds; round++) {
          const idHash = await opened(clientId)
          const answers = await Promise.all(Array.from({ length: 5 }, () => recall(idHash)))
          expect(answers.filter(Boolean)).toHaveLength(1)
        }
        const [idHash, answer] = [await opened(clientId), approval()]
        const again = () => store.approveRemembered(idHash, answer, PLACE, event('grant.approved'))
        expect([await again(), await again()]).toEqual([true, true])
        expect(await countOf('grant.approved')).toBe(rounds + 2)
      })
      it('K09 is of one user, client and place, and covers no more than was ticked', async () => {
        const [clientId, otherClient] = [await registered(store), await registered(store)]
        await allow(clientId, 'read')
        expect(await recall(await opened(clientId), { scope: 'read write' })).toBe(false)
        expect(await recall(await opened(clientId), { userId: 'customer-8' })).toBe(false)
        expect(await recall(await opened(clientId), {}, hash())).toBe(false)
        expect(await recall(await opened(otherClient))).toBe(false)
        const elsewhere = open().store
        const request = newRequest(await registered(elsewhere))
        await elsewhere.createAuthorizationRequest(request, null, event('authorization.requested'))
        expect(await elsewhere.approveRemembered(request.idHash, approval(), PLACE, event('grant.approved'))).toBe(false)
        expect(await countOf('grant.approved')).toBe(1)
      })
      it('is what was allowed last', async () => {
        const clientId = await registered(store)
        await allow(clientId, 'read write')
        await allow(clientId, 'write')
        expect(await recall(await opened(clientId), { scope: 'read write' })).toBe(false)
        expect(await recall(await opened(clientId), { scope: 'write' })).toBe(true)
        await allow(clientId, 'read', null)
        expect(await recall(await opened(clientId), { scope: 'read' })).toBe(false)
      })
      it('K09 is void when the client has changed, for requests from before and after the change, until it is allowed anew', async () => {
        const client = documentClient()
        const keep = (fields: Partial<Client> = {}) =>
          store.keepDocumentClient({ ...client, ...fields, documentReadAt: null }, { step: 'consent', actorKind: 'user' })
        await keep()
        await allow(client.clientId, 'read')
        const before = await opened(client.clientId)
        const metadataHash = hash()
        await keep({ metadataHash })
        expect(await recall(before)).toBe(false)
        const after = await opened(client.clientId, { metadataHash })
        expect(await recall(after)).toBe(false)
        expect(await store.approveRequest(after, approval(), PLACE, event('grant.approved'))).toBe('approved')
        expect(await recall(await opened(client.clientId, { metadataHash }))).toBe(true)
      })
      it('does not answer for a sign-in that is older than the request wants', async () => {
        const clientId = await registered(store)
        await allow(clientId, 'read')
        const idHash = await opened(clientId, {}, 60)
        expect(await recall(idHash, { authTime: secondsFromNow(-90) })).toBe(false)
        expect(await store.findAuthorizationRequest(idHash)).toMatchObject({ answered: false })
        expect(await recall(idHash, { authTime: secondsFromNow(-30) })).toBe(true)
      })
      it('answers nothing too late, twice, or for a client that was revoked', async () => {
        const clientId = await registered(store)
        await allow(clientId, 'read')
        const late = await opened(clientId)
        await world.pass(601)
        expect(await recall(late)).toBe(false)
        const { idHash } = await approved(store, { clientId })
        expect(await recall(idHash)).toBe(false)
        const pending = await opened(clientId)
        await world.outside.revokeClient(clientId)
        expect(await recall(pending)).toBe(false)
      })
      it('is never of a device', async () => {
        const clientId = await registered(store)
        const device = newDevice(clientId)
        await store.createDeviceAuthorization(device, event('device.requested'))
        const request = deviceRequest(device)
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        const answer = approval({ codeHash: device.deviceCodeHash })
        expect(await store.approveRequest(request.idHash, answer, PLACE, event('grant.approved'))).toBe('approved')
        expect(await recall(await opened(clientId))).toBe(false)
      })
      it('is forgotten when its user denies the client something, and only theirs', async () => {
        const [clientId, otherClient] = [await registered(store), await registered(store)]
        await allow(clientId, 'read')
        await allow(otherClient, 'read')
        expect(await store.denyRequest(await opened(clientId), event('grant.denied', { userId: 'customer-8' }))).toBe('denied')
        expect(await recall(await opened(clientId))).toBe(true)
        expect(await store.denyRequest(await opened(clientId), event('grant.denied', { userId: 'customer-7' }))).toBe('denied')
        expect([await recall(await opened(clientId)), await recall(await opened(otherClient))]).toEqual([false, true])
      })
    })

    describe('living grants', () => {
      const grantsOf = (clientId: string, userId = 'customer-7') => store.findLivingGrants(clientId, userId)

      it('are one client’s of one user, the newest first, as they were made', async () => {
        const { clientId } = await approved(store, { scope: 'read' })
        await world.pass(1)
        await approved(store, { clientId, scope: 'read write' })
        await approved(store, { clientId, userId: 'customer-8' })
        await approved(store)
        const { redirectUri, resources } = newRequest(clientId)
        expect(await grantsOf(clientId)).toEqual([
          { redirectUri, resources, scope: 'read write' },
          { redirectUri, resources, scope: 'read' },
        ])
        expect(await open().store.findLivingGrants(clientId, 'customer-7')).toEqual([])
      })
      it('are none that anybody ended', async () => {
        const { clientId, grantId } = await approved(store)
        await revoke(grantId)
        expect(await grantsOf(clientId)).toEqual([])
        const ended = await approved(store)
        await world.outside.revokeClient(ended.clientId)
        expect(await grantsOf(ended.clientId)).toEqual([])
        const cutOff = await approved(store)
        await world.pass(10)
        await world.outside.cutOffClient(cutOff.clientId)
        expect(await grantsOf(cutOff.clientId)).toEqual([])
        for (const end of ['disableUser', 'signOutEverywhere'] as const) {
          const userId = `user_${end}`
          await world.outside.addUser(userId)
          const { clientId: of } = await approved(store, { userId })
          expect(await grantsOf(of, userId)).toHaveLength(1)
          await world.pass(10)
          await world.outside[end](userId)
          expect(await grantsOf(of, userId)).toEqual([])
        }
      })
    })

    describe('pushed requests', () => {
      const pushed = { clientId: 'c_1', parameters: 'response_type=code&state=a%26b', lifetimeSeconds: 60 }
      const push = async (idHash = hash()) => {
        await store.pushRequest({ ...pushed, idHash }, event('authorization.pushed'))
        return idHash
      }
      const take = (idHash: string, requestId: string = randomUUID(), clientId = 'c_1') =>
        store.takePushedRequest(idHash, clientId, requestId)

      it('are given out once, as they were made', async () => {
        const idHash = await push()
        expect(await take(idHash)).toEqual({ outcome: 'taken', parameters: pushed.parameters })
        expect(await take(idHash)).toEqual({ outcome: 'used' })
        expect(await world.actions()).toEqual(['authorization.pushed'])
      })
      it('are given again to the request that took them', async () => {
        const [idHash, requestId] = [await push(), randomUUID()]
        const first = await take(idHash, requestId)
        expect(await take(idHash, requestId)).toEqual(first)
        expect(await take(idHash)).toEqual({ outcome: 'used' })
      })
      it('are kept and recorded once when pushing is run twice', async () => {
        const idHash = await push()
        await push(idHash)
        expect(await countOf('authorization.pushed')).toBe(1)
        expect(await take(idHash)).toMatchObject({ outcome: 'taken' })
      })
      it('are unknown to another client and another project, which do not use them up', async () => {
        const idHash = await push()
        expect(await take(idHash, randomUUID(), 'c_2')).toEqual({ outcome: 'unknown' })
        expect(await open().store.takePushedRequest(idHash, 'c_1', randomUUID())).toEqual({ outcome: 'unknown' })
        expect(await take(hash())).toEqual({ outcome: 'unknown' })
        expect(await take(idHash)).toMatchObject({ outcome: 'taken' })
        expect(await take(idHash, randomUUID(), 'c_2')).toEqual({ outcome: 'unknown' })
      })
      it('live as long as was said', async () => {
        const [early, late] = [await push(), await push()]
        await world.pass(59)
        expect(await take(early)).toMatchObject({ outcome: 'taken' })
        await world.pass(2)
        expect(await take(late)).toEqual({ outcome: 'unknown' })
        expect(await take(early)).toEqual({ outcome: 'unknown' })
      })
      it('are taken by one of twenty that come at once', async () => {
        for (let round = 0; round < rounds; round++) {
          const idHash = await push()
          const outcomes = (await Promise.all(Array.from({ length: 20 }, () => take(idHash)))).map(({ outcome }) => outcome)
          expect(outcomes.toSorted()).toEqual(['taken', ...Array(19).fill('used')])
        }
      })
    })

    describe('devices', () => {
      const waiting = async (clientId?: string) => {
        const device = newDevice(clientId ?? (await registered(store)))
        expect(await store.createDeviceAuthorization(device, event('device.requested'))).toBe('created')
        return device
      }
      const typed = async (device: DeviceAuthorization) => {
        const request = deviceRequest(device)
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        return request
      }
      const approve = ({ idHash }: { idHash: string }, { deviceCodeHash }: DeviceAuthorization) =>
        store.approveRequest(idHash, approval({ codeHash: deviceCodeHash }), null, event('grant.approved'))
      const poll = async ({ deviceCodeHash, clientId }: DeviceAuthorization) => (await store.pollDevice(deviceCodeHash, clientId)).outcome

      it('are found by their user codes while they wait, and by nobody else', async () => {
        const device = await waiting()
        expect(await store.findWaitingDevice(device.userCodeHash)).toEqual(device)
        expect(await open().store.findWaitingDevice(device.userCodeHash)).toBeNull()
        await world.pass(601)
        expect(await store.findWaitingDevice(device.userCodeHash)).toBeNull()
      })
      it('never share a user code, also with one that has expired, and are recorded once', async () => {
        const device = await waiting()
        expect(await store.createDeviceAuthorization(device, event('device.requested'))).toBe('created') // the same, run twice
        const second = { ...newDevice(device.clientId), userCodeHash: device.userCodeHash }
        expect(await store.createDeviceAuthorization(second, event('device.requested'))).toBe('taken')
        expect(await countOf('device.requested')).toBe(1)
      })
      it('are asked to slow down five seconds more for each hasty poll', async () => {
        const device = await waiting()
        expect([await poll(device), await poll(device)]).toEqual(['pending', 'slow_down'])
        await world.pass(6)
        expect(await poll(device)).toBe('slow_down')
        await world.pass(16)
        expect(await poll(device)).toBe('pending')
      })
      it('of simultaneous polls let one be the first', async () => {
        for (let round = 0; round < rounds; round++) {
          const device = await waiting()
          const outcomes = await Promise.all(Array.from({ length: 5 }, () => poll(device)))
          expect(outcomes.toSorted()).toEqual(['pending', ...Array(4).fill('slow_down')])
        }
      })
      it('are polled by their own client only: another leaves no trace', async () => {
        const device = await waiting()
        const stranger = await registered(store)
        expect(await store.pollDevice(device.deviceCodeHash, stranger)).toEqual({ outcome: 'other_client', clientId: device.clientId })
        expect(await poll(device)).toBe('pending')
        expect(await open().store.pollDevice(device.deviceCodeHash, device.clientId)).toEqual({ outcome: 'unknown' })
      })
      it('are answered with their request, and their code lives ten minutes', async () => {
        const device = await waiting()
        expect(await approve(await typed(device), device)).toBe('approved')
        expect([await poll(device), await poll(device)]).toEqual(['approved', 'approved'])
        expect(await store.findWaitingDevice(device.userCodeHash)).toBeNull()
        expect(await store.findCode(device.deviceCodeHash)).toMatchObject({ clientId: device.clientId, expired: false, revoked: false })
        await world.pass(590)
        expect(await store.findCode(device.deviceCodeHash)).toMatchObject({ expired: false })
        expect(await redeem(device.deviceCodeHash)).toBe('redeemed')
        await world.pass(3)
        expect(await redeem(device.deviceCodeHash)).toBe('replayed')
      })
      it('are denied with their request', async () => {
        const device = await waiting()
        const { idHash } = await typed(device)
        expect(await store.denyRequest(idHash, event('device.denied'))).toBe('denied')
        expect(await poll(device)).toBe('denied')
        expect(await store.findCode(device.deviceCodeHash)).toBeNull()
      })
      it('are too late to be answered after ten minutes, however fresh the request is', async () => {
        const device = await waiting()
        await world.pass(590)
        const request = await typed(device)
        await world.pass(20)
        expect(await approve(request, device)).toBe('expired')
        expect(await poll(device)).toBe('expired')
        expect(await countOf('grant.approved')).toBe(0)
      })
      it('whose code was typed in many browsers are answered in one, with one grant', async () => {
        for (let round = 0; round < rounds; round++) {
          const device = await waiting()
          const requests = await Promise.all(Array.from({ length: 8 }, () => typed(device)))
          const outcomes = await Promise.all(requests.map((request) => approve(request, device)))
          expect(outcomes.filter((outcome) => outcome === 'approved')).toHaveLength(1)
          expect(await redeem(device.deviceCodeHash)).toBe('redeemed')
        }
        expect(await countOf('grant.approved')).toBe(rounds)
      })
      it('that were allowed stay allowed when another browser denies', async () => {
        const device = await waiting()
        const [first, second] = [await typed(device), await typed(device)]
        expect(await approve(first, device)).toBe('approved')
        await store.denyRequest(second.idHash, event('device.denied'))
        expect(await poll(device)).toBe('approved')
      })
      it('that were allowed and denied at once have a code exactly when they were allowed', async () => {
        for (let round = 0; round < rounds; round++) {
          const device = await waiting()
          const [first, second] = [await typed(device), await typed(device)]
          const [approved] = await Promise.all([approve(first, device), store.denyRequest(second.idHash, event('device.denied'))])
          expect(await poll(device)).toBe(approved === 'approved' ? 'approved' : 'denied')
          expect((await store.findCode(device.deviceCodeHash)) !== null).toBe(approved === 'approved')
        }
      })
      it('cannot be allowed for a client that was revoked meanwhile', async () => {
        const device = await waiting()
        const request = await typed(device)
        await world.outside.revokeClient(device.clientId)
        expect(await approve(request, device)).toBe('client_gone')
        expect(await poll(device)).toBe('pending')
      })
    })

    describe('people', () => {
      it('are told of by their ids, with an address that is unverified until it is verified', async () => {
        await world.outside.addUser('user_1', 'ann@example.com')
        expect(await store.findPerson('user_1')).toEqual({ email: 'ann@example.com', emailVerified: false, name: null })
        await world.outside.verifyEmail('user_1')
        expect(await store.findPerson('user_1')).toMatchObject({ emailVerified: true })
        expect(await store.findPerson('customer-7')).toBeNull()
        expect(await open().store.findPerson('user_1')).toBeNull()
      })
    })

    describe('what is known of a user', () => {
      it('comes with a code and with a refresh family, as it is at that moment; for who has no row there is nothing', async () => {
        const { clientId, codeHash, userId } = await approved(store)
        const family = newFamily()
        const told = async () => [
          (await store.findCode(codeHash))?.userAttributes,
          (await store.findClientAndCode(clientId, codeHash)).found?.userAttributes,
          (await store.findRefreshFamily(family.id))?.userAttributes,
          (await store.findClientAndFamily(clientId, family.id)).found?.userAttributes,
        ]
        await redeem(codeHash, randomUUID(), family)
        expect(await told()).toEqual([null, null, null, null])
        await open().outside.addUser(userId) // of the same name, at another project
        expect(await told()).toEqual([null, null, null, null])
        await world.outside.addUser(userId)
        expect(await told()).toEqual(['{}', '{}', '{}', '{}'])
        await world.outside.setAttributes(userId, '{"plan":"pro"}')
        expect(await told()).toEqual(Array(4).fill('{"plan":"pro"}'))
      })
    })

    describe('codes', () => {
      it('hands the key it is bound to on to its refresh family only where that is wanted', async () => {
        const request = { ...newRequest(await registered(store)), dpopJkt: 'k'.repeat(43) }
        const answer = approval()
        await store.createAuthorizationRequest(request, null, event('authorization.requested'))
        expect(await store.findAuthorizationRequest(request.idHash)).toMatchObject({ dpopJkt: request.dpopJkt })
        await store.approveRequest(request.idHash, answer, null, event('grant.approved'))
        expect(await store.findCode(answer.codeHash)).toMatchObject({ dpopJkt: request.dpopJkt })
        expect((await store.findClientAndCode(request.clientId, answer.codeHash)).found).toMatchObject({ dpopJkt: request.dpopJkt })

        const [bound, free] = [newFamily({ dpopJkt: 'f'.repeat(43) }), newFamily()]
        await redeem(answer.codeHash, randomUUID(), bound)
        expect(await store.findRefreshFamily(bound.id)).toMatchObject({ dpopJkt: bound.dpopJkt })
        await rotate(bound.id, bound.currentHash)
        expect((await store.findClientAndFamily(request.clientId, bound.id)).found).toMatchObject({ dpopJkt: bound.dpopJkt, generation: 2 })
        const other = await approved(store)
        await redeem(other.codeHash, randomUUID(), free)
        expect(await store.findRefreshFamily(free.id)).toMatchObject({ dpopJkt: null })
      })
      it('carries what was approved, not what was asked', async () => {
        const code = await approved(store, { scope: 'read' })
        expect(await store.findCode(code.codeHash)).toMatchObject({
          ...{ grantId: code.grantId, clientId: code.clientId, userId: code.userId, scope: 'read', authTime: code.authTime },
          ...{ redeemed: false, expired: false, revoked: false, resources: ['https://mcp.example.com/mcp'] },
        })
      })
      it('is redeemed once: at once again it raced, two seconds later it is a replay', async () => {
        const { codeHash } = await approved(store)
        expect(await redeem(codeHash)).toBe('redeemed')
        expect(await redeem(codeHash)).toBe('raced')
        await world.pass(2.1)
        expect(await redeem(codeHash)).toBe('replayed')
        await world.pass(3_600)
        expect(await redeem(codeHash)).toBe('replayed')
        expect(await countOf('token.issued')).toBe(1)
      })
      it('answers redeemed again to the request that redeemed it, and records that once', async () => {
        const { codeHash } = await approved(store)
        const [requestId, family] = [randomUUID(), newFamily()]
        expect(await redeem(codeHash, requestId, family)).toBe('redeemed')
        expect(await redeem(codeHash, requestId, family)).toBe('redeemed')
        expect(await countOf('token.issued')).toBe(1)
      })
      it('lives a minute', async () => {
        const { codeHash } = await approved(store)
        await world.pass(59)
        expect(await store.findCode(codeHash)).toMatchObject({ expired: false })
        await world.pass(2)
        expect(await store.findCode(codeHash)).toMatchObject({ expired: true })
        expect(await redeem(codeHash)).toBe('expired')
      })
      it.each([
        ['its grant is revoked', async (code: { grantId: string }) => revoke(code.grantId)],
        ['its client is revoked', async (code: { clientId: string }) => world.outside.revokeClient(code.clientId)],
        ['its client is cut off', async (code: { clientId: string }) => world.outside.cutOffClient(code.clientId)],
        ['its user is disabled', async (code: { userId: string }) => world.outside.disableUser(code.userId)],
        ['its user is signed out everywhere', async (code: { userId: string }) => world.outside.signOutEverywhere(code.userId)],
      ])('is worth nothing once %s', async (_, end) => {
        await world.outside.addUser('user_1')
        await world.pass(10)
        const code = await approved(store, { userId: 'user_1', authTime: world.now() })
        await world.pass(10)
        await end(code)
        expect(await store.findCode(code.codeHash)).toMatchObject({ revoked: true, redeemed: false })
        expect(await redeem(code.codeHash)).toBe('revoked')
        expect(await countOf('token.issued')).toBe(0)
      })
      it('is worth nothing when its user had signed in before being signed out everywhere', async () => {
        await world.outside.addUser('user_1')
        await world.pass(60)
        await world.outside.signOutEverywhere('user_1')
        const { codeHash } = await approved(store, { userId: 'user_1', authTime: secondsFromNow(-30) })
        expect(await redeem(codeHash)).toBe('revoked')
      })
      it('serves a user who signed up a moment ago', async () => {
        await world.outside.addUser('user_1')
        const { codeHash } = await approved(store, { userId: 'user_1' })
        expect(await redeem(codeHash)).toBe('redeemed')
      })
      it('starts no family when none is wanted', async () => {
        const { codeHash } = await approved(store)
        expect(await store.redeemCode(codeHash, randomUUID(), null, event('token.issued'))).toBe('redeemed')
      })
      it('is unknown to another project, and stays intact', async () => {
        const { codeHash } = await approved(store)
        const other = open().store
        expect(await other.findCode(codeHash)).toBeNull()
        expect(await other.redeemCode(codeHash, randomUUID(), newFamily(), event('token.issued'))).toBe('expired')
        expect(await redeem(codeHash)).toBe('redeemed')
      })
      it('lets only one of twenty simultaneous redemptions through', async () => {
        for (let round = 0; round < rounds; round++) {
          const { codeHash } = await approved(store)
          const families = Array.from({ length: 20 }, () => newFamily())
          const outcomes = await Promise.all(families.map((family) => redeem(codeHash, randomUUID(), family)))
          expect(outcomes.toSorted()).toEqual([...Array(19).fill('raced'), 'redeemed'])
          const kept = await Promise.all(families.map(({ id }) => store.findRefreshFamily(id)))
          expect(kept.filter(Boolean)).toHaveLength(1)
        }
        expect(await countOf('token.issued')).toBe(rounds)
      })
    })

    describe('refresh tokens', () => {
      it('starts in generation one, with what the code carried', async () => {
        const { familyId, currentHash, grantId, clientId, authTime } = await redeemed(store)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({
          ...{ generation: 1, currentHash, previousHash: null, previousValid: false, grantId, clientId, authTime },
          ...{ scope: 'read', expired: false, revoked: false },
        })
      })
      it('rotates, and keeps the token before for a minute', async () => {
        const { familyId, currentHash } = await redeemed(store)
        const next = successor()
        expect(await rotate(familyId, currentHash, next)).toMatchObject({ outcome: 'rotated' })
        const rotated = { generation: 2, currentHash: next.hash, previousHash: currentHash, salt: next.salt }
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ ...rotated, previousValid: true })
        await world.pass(61)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ ...rotated, previousValid: false })
      })
      it('does not rotate on a token that is not the current one', async () => {
        const { familyId, currentHash } = await redeemed(store)
        await rotate(familyId, currentHash)
        expect(await rotate(familyId, currentHash)).toEqual({ outcome: 'lost' })
        expect(await rotate(familyId, hash())).toEqual({ outcome: 'lost' })
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ generation: 2 })
        expect(await countOf('refresh.rotated')).toBe(1)
      })
      it('answers rotated again to the rotation that made this successor, and records that once', async () => {
        const { familyId, currentHash } = await redeemed(store)
        const next = successor()
        expect(await rotate(familyId, currentHash, next)).toEqual(await rotate(familyId, currentHash, next))
        expect(await countOf('refresh.rotated')).toBe(1)
      })
      it('sees a token older than both it keeps, however fast it was rotated', async () => {
        const { familyId, currentHash } = await redeemed(store)
        let presented = currentHash
        for (let i = 0; i < 3; i++) {
          const next = successor()
          await rotate(familyId, presented, next)
          presented = next.hash
        }
        const family = await store.findRefreshFamily(familyId)
        expect(family).toMatchObject({ generation: 4, currentHash: presented })
        expect([family?.currentHash, family?.previousHash]).not.toContain(currentHash)
      })
      it('expires when idle; use puts that off, but never past the absolute end', async () => {
        const { familyId, currentHash } = await redeemed(store, {}, { idleSeconds: 100, absoluteSeconds: 250 })
        await world.pass(90)
        const second = successor(100)
        await rotate(familyId, currentHash, second)
        await world.pass(90)
        const third = successor(100)
        expect(await rotate(familyId, second.hash, third)).toMatchObject({ outcome: 'rotated' })
        await world.pass(69)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ expired: false })
        await world.pass(2)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ expired: true })
        expect(await rotate(familyId, third.hash)).toEqual({ outcome: 'lost' })
      })
      it('expires when idle', async () => {
        const { familyId, currentHash } = await redeemed(store, {}, { idleSeconds: 100 })
        await world.pass(101)
        expect(await store.findRefreshFamily(familyId)).toMatchObject({ expired: true })
        expect(await rotate(familyId, currentHash)).toEqual({ outcome: 'lost' })
      })
      it.each([
        ['its grant is revoked', async (family: { grantId: string }) => revoke(family.grantId)],
        ['its client is revoked', async (family: { clientId: string }) => world.outside.revokeClient(family.clientId)],
        ['its client is cut off', async (family: { clientId: string }) => world.outside.cutOffClient(family.clientId)],
        ['its user is disabled', async (family: { userId: string }) => world.outside.disableUser(family.userId)],
        ['its user is signed out everywhere', async (family: { userId: string }) => world.outside.signOutEverywhere(family.userId)],
      ])('ends once %s', async (_, end) => {
        await world.outside.addUser('user_1')
        const family = await redeemed(store, { userId: 'user_1', authTime: world.now() })
        await world.pass(10)
        await end(family)
        expect(await store.findRefreshFamily(family.familyId)).toMatchObject({ revoked: true })
        expect(await rotate(family.familyId, family.currentHash)).toEqual({ outcome: 'lost' })
        expect(await countOf('refresh.rotated')).toBe(0)
      })
      it('is unknown to another project', async () => {
        const { familyId, currentHash } = await redeemed(store)
        const other = open().store
        expect(await other.findRefreshFamily(familyId)).toBeNull()
        expect(await other.rotateRefreshToken(familyId, currentHash, successor(), event('refresh.rotated'))).toEqual({ outcome: 'lost' })
      })
      it('lets one of twenty simultaneous rotations through, and shows its successor to the others', async () => {
        const { familyId, currentHash } = await redeemed(store)
        let presented = currentHash
        for (let round = 0; round < rounds; round++) {
          const successors = Array.from({ length: 20 }, () => successor())
          const outcomes = await Promise.all(successors.map((next) => rotate(familyId, presented, next)))
          const winner = successors[outcomes.findIndex(({ outcome }) => outcome === 'rotated')]
          expect(outcomes.filter(({ outcome }) => outcome === 'rotated')).toHaveLength(1)
          expect(await store.findRefreshFamily(familyId)).toMatchObject({
            ...{ generation: round + 2, currentHash: winner?.hash, previousHash: presented, previousValid: true },
          })
          presented = winner?.hash ?? ''
        }
        expect(await countOf('refresh.rotated')).toBe(rounds)
      })
      it('leaves nothing alive when revoked while it rotates', async () => {
        for (let round = 0; round < rounds; round++) {
          const { familyId, currentHash, grantId } = await redeemed(store)
          await Promise.all([rotate(familyId, currentHash), revoke(grantId), rotate(familyId, currentHash)])
          const family = await store.findRefreshFamily(familyId)
          expect(family).toMatchObject({ revoked: true })
          expect(await rotate(familyId, family?.currentHash ?? '')).toEqual({ outcome: 'lost' })
        }
      })
      it('leaves nothing alive when its grant is revoked while its code is redeemed', async () => {
        for (let round = 0; round < rounds; round++) {
          const { codeHash, grantId } = await approved(store)
          const family = newFamily()
          await Promise.all([redeem(codeHash, randomUUID(), family), revoke(grantId)])
          expect((await store.findRefreshFamily(family.id))?.revoked ?? true).toBe(true)
          expect(await rotate(family.id, family.currentHash)).toEqual({ outcome: 'lost' })
        }
      })
    })

    describe('revocation', () => {
      it('records the end of a grant once, however many ask at once', async () => {
        const { grantId } = await redeemed(store)
        await Promise.all([revoke(grantId), revoke(grantId), revoke(grantId)])
        expect(await countOf('grant.revoked')).toBe(1)
      })
      it('does nothing for a grant of another project', async () => {
        const { grantId, codeHash } = await approved(store)
        await open().store.revokeGrant(grantId, 'user', event('grant.revoked'))
        expect(await redeem(codeHash)).toBe('redeemed')
      })
      const token = (fields: object = {}) => {
        const life = { issuedAt: world.now(), expiresAt: secondsFromNow(3_600) }
        return { jti: randomUUID(), grantId: null, userId: null, clientId: '', ...life, ...fields }
      }
      it('ends one access token and no other, and records it once', async () => {
        const { clientId, grantId, userId } = await redeemed(store)
        const [first, second] = [token({ clientId, grantId, userId }), token({ clientId, grantId, userId })]
        await Promise.all([1, 2, 3].map(() => store.revokeToken(first.jti, first.expiresAt, event('token.revoked'))))
        expect(await store.tokenLives(first)).toBe(false)
        expect(await store.tokenLives(second)).toBe(true)
        expect(await countOf('token.revoked')).toBe(1)
      })
      it('finds a token dead that has expired, or whose client or grant it does not know', async () => {
        const { clientId, grantId } = await redeemed(store)
        expect(await store.tokenLives(token({ clientId, grantId }))).toBe(true)
        expect(await store.tokenLives(token({ clientId, grantId, expiresAt: secondsFromNow(-5) }))).toBe(false)
        expect(await store.tokenLives(token({ clientId: 'c_unknown' }))).toBe(false)
        expect(await store.tokenLives(token({ clientId, grantId: randomUUID() }))).toBe(false)
      })
      it.each([
        ['its grant is revoked', async (of: { grantId: string }) => revoke(of.grantId)],
        ['its client is revoked', async (of: { clientId: string }) => world.outside.revokeClient(of.clientId)],
        ['its client is cut off', async (of: { clientId: string }) => world.outside.cutOffClient(of.clientId)],
        ['its user is disabled', async (of: { userId: string }) => world.outside.disableUser(of.userId)],
        ['its user is signed out everywhere', async (of: { userId: string }) => world.outside.signOutEverywhere(of.userId)],
      ])('finds a token dead once %s', async (_, end) => {
        await world.outside.addUser('user_1')
        const family = await redeemed(store, { userId: 'user_1', authTime: world.now() })
        const { clientId, grantId, userId } = family
        await world.pass(10)
        const issuedAt = secondsFromNow(-5)
        expect(await store.tokenLives(token({ clientId, grantId, userId, issuedAt }))).toBe(true)
        await end(family)
        expect(await store.tokenLives(token({ clientId, grantId, userId, issuedAt }))).toBe(false)
      })
      it('measures a token without a grant by the time it was issued', async () => {
        const clientId = await registered(store)
        await world.outside.addUser('user_1')
        await world.pass(60)
        const [before, after] = [secondsFromNow(-30), secondsFromNow(1)]
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt: before }))).toBe(true)
        await world.outside.signOutEverywhere('user_1')
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt: before }))).toBe(false)
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt: after }))).toBe(true)
      })
      it('lets the token of a workload live while its issuer is trusted, and not revive when it is trusted anew', async () => {
        const workloadIssuer = 'https://platform.example.com'
        const clientId = 'workload:1'
        await world.outside.trustWorkloads(workloadIssuer)
        const issued = token({ clientId, workloadIssuer, issuedAt: secondsFromNow(0) })
        const revoked = token({ clientId, workloadIssuer, issuedAt: secondsFromNow(0) })
        await store.revokeToken(revoked.jti, revoked.expiresAt, event('token.revoked'))
        const others = [{ workloadIssuer: 'https://other.example.com' }, { workloadIssuer, expiresAt: secondsFromNow(-1) }, {}]
        expect(await store.tokenLives(issued)).toBe(true)
        expect(await store.tokenLives(revoked)).toBe(false)
        for (const other of others) expect(await store.tokenLives(token({ clientId, ...other }))).toBe(false)
        expect(await open().store.tokenLives(issued)).toBe(false)

        const server = hash()
        await world.outside.addSecret('server', server)
        expect(await store.checkSecretAndToken(server, issued)).toMatchObject({ state: 'live', lives: true })
        await world.outside.distrustWorkloads(workloadIssuer)
        expect(await store.checkSecretAndToken(server, issued)).toMatchObject({ state: 'live', lives: false })
        const before = token({ clientId, workloadIssuer, issuedAt: secondsFromNow(-5) })
        await world.outside.trustWorkloads(workloadIssuer)
        expect(await store.tokenLives(before)).toBe(false)
      })
      it('lets a token live whose whole-second time of issue lies before its user was made', async () => {
        const clientId = await registered(store)
        await world.outside.addUser('user_1')
        const issuedAt = secondsFromNow(-0.999)
        expect(await store.tokenLives(token({ clientId, userId: 'user_1', issuedAt }))).toBe(true)
      })
    })

    describe('identities of other issuers', () => {
      const [issuer, newUserId] = ['https://idp.example.com', () => `user_${randomUUID()}`]
      const link = (subject: string, email: string | null = null, userId = newUserId(), at = store) =>
        at.linkIdentity({ issuer, subject, email }, userId, event('identity.linked'))

      it('are one user each, for good, and recorded once', async () => {
        const [ann, again, bob] = [await link('ann'), await link('ann'), await link('bob')]
        expect([ann, again === ann, bob === ann]).toEqual([expect.stringMatching(/^user_/), true, false])
        expect(await store.linkIdentity({ issuer: `${issuer}/`, subject: 'ann', email: null }, 'user_2', event('identity.linked'))).toBe(
          'user_2',
        )
        expect(await link('ann', null, newUserId(), open().store)).not.toBe(ann)
        expect(await countOf('identity.linked')).toBe(3)
      })
      it('are one user also when twenty come at once', async () => {
        for (let round = 0; round < rounds; round++) {
          const users = await Promise.all(Array.from({ length: 20 }, () => link(`at-once-${round}`)))
          expect(new Set(users).size).toBe(1)
          expect(users[0]).not.toBeNull()
        }
        expect(await countOf('identity.linked')).toBe(rounds)
      })
      it('belong to the user who has proven the address, in any spelling of it', async () => {
        await world.outside.addUser('user_1', 'ann@example.com')
        await world.outside.verifyEmail('user_1')
        expect(await link('ann', 'ann@example.com')).toBe('user_1')
        expect(await link('ann at work', ' Ann@Example.COM')).toBe('user_1')
        expect(await link('ann', null)).toBe('user_1')
        expect(await link('nobody', 'not an address', 'user_2')).toBe('user_2')
        expect(await link('ann elsewhere', 'ann@example.com', 'user_3', open().store)).toBe('user_3')
      })
      it('do not belong to whoever only claims the address', async () => {
        await world.outside.addUser('user_1', 'ann@example.com')
        expect(await link('ann', 'ann@example.com', 'user_2')).toBe('user_2')
        await world.outside.verifyEmail('user_1')
        expect(await link('ann', 'ann@example.com')).toBe('user_2')
      })
      it('are nobody while their user is disabled, and leave nothing', async () => {
        await world.outside.addUser('user_1', 'ann@example.com')
        await world.outside.verifyEmail('user_1')
        await link('ann', 'ann@example.com')
        await world.outside.disableUser('user_1')
        expect([await link('ann'), await link('ann'), await link('other', 'ann@example.com')]).toEqual([null, null, null])
        expect(await countOf('identity.linked')).toBe(1)
        expect(await link('other', null, 'user_2')).toBe('user_2')
      })
    })

    describe('secrets and records', () => {
      it('tells a live secret from one of another kind and from none of ours', async () => {
        const [server, registration] = [hash(), hash()]
        await world.outside.addSecret('server', server)
        await world.outside.addSecret('registration', registration)
        expect(await store.checkSecret('server', server)).toMatchObject({ state: 'live', readAt: expect.any(Date) })
        expect(await store.checkSecret('server', registration)).toMatchObject({ state: 'other_kind' })
        expect(await store.checkSecret('server', hash())).toMatchObject({ state: 'unknown' })
        expect(await open().store.checkSecret('server', server)).toMatchObject({ state: 'unknown' })
      })
      it('lets an assertion count once, again for the same request, and anew once it has expired', async () => {
        const [id, requestId] = [hash(), randomUUID()]
        expect(await store.useAssertion(id, secondsFromNow(60), requestId)).toBe(true)
        expect(await store.useAssertion(id, secondsFromNow(60), requestId)).toBe(true)
        expect(await store.useAssertion(id, secondsFromNow(60), randomUUID())).toBe(false)
        expect(await open().store.useAssertion(id, secondsFromNow(60), randomUUID())).toBe(true)
        await world.pass(61)
        expect(await store.useAssertion(id, secondsFromNow(60), randomUUID())).toBe(true)
        for (let round = 0; round < rounds; round++) {
          const same = hash()
          const firsts = await Promise.all(Array.from({ length: 20 }, () => store.useAssertion(same, secondsFromNow(60), randomUUID())))
          expect(firsts.filter(Boolean)).toHaveLength(1)
        }
      })
      it('records one misuse per credential and action', async () => {
        const credential = hash()
        await Promise.all([1, 2, 3].map(() => store.recordMisuse(credential, event('code.misused'))))
        await store.recordMisuse(credential, event('code.replayed'))
        await store.recordMisuse(hash(), event('code.misused'))
        expect((await world.actions()).toSorted()).toEqual(['code.misused', 'code.misused', 'code.replayed'])
      })
      it('records every event it is given', async () => {
        await store.record(event('refresh.retried'))
        await store.record(event('refresh.retried'))
        expect(await world.actions()).toEqual(['refresh.retried', 'refresh.retried'])
      })
    })
  })
}
