import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import { connect, isActive, type OAuthClient, oauthClient, outcomeOf, tokensOf } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestBrowser, TestProject, TestUser } from './target.ts'

const DAY = 86_400

/** For the races: hundreds of requests, maybe against a server that compiles as it goes. */
const SLOW_MS = 120_000

conformance('the refresh token', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  let browser: TestBrowser
  beforeAll(async () => {
    project = await subject.target.project()
    user = await project.user()
    browser = project.browser()
    client = oauthClient(project, await project.client())
  })
  const fresh = (own = client) => connect(project, own, { user, browser })
  const rows = async (action: string, grantId: string) =>
    (await project.audit()).filter((row) => row.action === action && row.grantId === grantId)

  describe('used', () => {
    it('F01 yields the next one, an access token and one row', async () => {
      const { refresh, grantId, access } = await fresh()
      const answer = await client.refresh(refresh)
      expect(answer.body).toMatchObject({ expires_in: 3600, scope: 'read write' })
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const next = tokensOf(answer)
      expect(next.refresh).not.toBe(refresh)
      expect(next.access).not.toBe(access)
      expect(decodeJwt(next.access)).toMatchObject({ sub: user.id, client_id: client.clientId, aud: project.resource, grant_id: grantId })
      expect((await rows('refresh.rotated', grantId)).map(({ detail }) => detail?.generation)).toEqual([2])
    })

    it('by a confidential client rotates too', async () => {
      const secret = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
      const { refresh } = await fresh(secret)
      expect(tokensOf(await secret.refresh(refresh)).refresh).not.toBe(refresh)
    })

    it('again and again never ends by itself within its idle time', async () => {
      let { refresh } = await fresh()
      for (let generation = 2; generation <= 6; generation++) {
        await project.advance(DAY)
        ;({ refresh } = tokensOf(await client.refresh(refresh)))
        expect(refresh).toContain(`.${generation}.`)
      }
    })
  })

  describe('asked again', () => {
    it('F02 F19 within a minute, because the answer was lost, yields the same successor and no new generation', async () => {
      const { refresh, grantId } = await fresh()
      const first = tokensOf(await client.refresh(refresh))
      await project.advance(59)
      const again = tokensOf(await client.refresh(refresh))
      expect(again.refresh).toBe(first.refresh)
      expect([await rows('refresh.rotated', grantId), await rows('refresh.retried', grantId)].map(({ length }) => length)).toEqual([1, 1])
      expect(outcomeOf(await client.refresh(first.refresh))).toBe('200')
    })

    it('F04 after a minute is reuse: the family ends', async () => {
      const { refresh, access, grantId } = await fresh()
      const next = tokensOf(await client.refresh(refresh))
      await project.advance(61)
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.refresh(next.refresh))).toBe('400 invalid_grant')
      expect([await isActive(project, access), await isActive(project, next.access)]).toEqual([false, false])
      expect([await rows('refresh.reused', grantId), await rows('grant.revoked', grantId)].map(({ length }) => length)).toEqual([1, 1])
    })

    it('F04 once its successor was used is reuse, however soon', async () => {
      const { refresh, grantId } = await fresh()
      const second = tokensOf(await client.refresh(refresh))
      const third = tokensOf(await client.refresh(second.refresh))
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.refresh(third.refresh))).toBe('400 invalid_grant')
      expect(await rows('refresh.reused', grantId)).toHaveLength(1)
    })

    it('F09 is detected also when three rotations fall into one instant', async () => {
      const { refresh } = await fresh()
      let last = refresh
      for (let i = 0; i < 3; i++) last = tokensOf(await client.refresh(last)).refresh
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
      expect(outcomeOf(await client.refresh(last))).toBe('400 invalid_grant')
    })

    it(
      'F05 twenty times at once, twenty rounds: one generation more each, and every answer has the same successor',
      async () => {
        let { refresh, grantId } = await fresh()
        for (let round = 0; round < 20; round++) {
          const answers = await Promise.all(
            Array.from({ length: 20 }, (_, i) => client.refresh(refresh, {}, { instance: i % 2 === 0 ? 1 : 2 })),
          )
          expect(answers.map(outcomeOf)).toEqual(Array<string>(20).fill('200'))
          const successors = new Set(answers.map(({ body }) => body.refresh_token ?? ''))
          expect(successors.size).toBe(1)
          ;[refresh = ''] = successors
        }
        expect((await rows('refresh.rotated', grantId)).map(({ detail }) => detail?.generation)).toEqual(
          Array.from({ length: 20 }, (_, i) => i + 2),
        )
        expect(await rows('grant.revoked', grantId)).toHaveLength(0)
      },
      SLOW_MS,
    )
  })

  describe('in other hands', () => {
    it('F06 F11 is refused to another client, also within the grace, noted once and as good as before', async () => {
      const { refresh, grantId } = await fresh()
      const next = tokensOf(await client.refresh(refresh))
      for (const method of ['none', 'client_secret_basic'] as const) {
        const thief = oauthClient(project, await project.client({ method }))
        for (const token of [refresh, next.refresh, next.refresh]) expect(outcomeOf(await thief.refresh(token))).toBe('400 invalid_grant')
      }
      expect(await rows('refresh.misused', grantId)).toHaveLength(2) // two tokens were shown, each is noted once
      expect(outcomeOf(await client.refresh(next.refresh))).toBe('200')
    })

    it('F10 is refused at another project, noted there once, and as good as before', async () => {
      const other = await subject.target.project()
      const elsewhere = oauthClient(other, await other.client())
      const { refresh } = await fresh()
      const before = await project.snapshot()
      for (let i = 0; i < 2; i++) expect(outcomeOf(await elsewhere.refresh(refresh))).toBe('400 invalid_grant')
      expect((await other.audit()).filter(({ action }) => action === 'cross_tenant.used')).toHaveLength(1)
      expect(await project.snapshot()).toBe(before)
      expect(outcomeOf(await client.refresh(refresh))).toBe('200')
    })
  })

  describe('whose ground is gone', () => {
    it('F12 is invalid_client once the client was revoked', async () => {
      const doomed = oauthClient(project, await project.client())
      const { refresh, access } = await fresh(doomed)
      await project.revokeClient(doomed.clientId)
      expect(outcomeOf(await doomed.refresh(refresh))).toBe('401 invalid_client')
      expect(await isActive(project, access)).toBe(false)
    })

    it('F12 is unauthorized_client once the client may not refresh any more', async () => {
      const changed = oauthClient(project, await project.client())
      const { refresh } = await fresh(changed)
      await project.setGrantTypes(changed.clientId, ['authorization_code'])
      expect(outcomeOf(await changed.refresh(refresh))).toBe('400 unauthorized_client')
    })

    it('F16 is refused once the consent was withdrawn', async () => {
      const { refresh, grantId, access } = await fresh()
      await project.endGrant(grantId)
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
      expect(await isActive(project, access)).toBe(false)
    })

    it('F16 is refused once the user was disabled', async () => {
      const gone = await project.user()
      const { refresh, access } = await connect(project, client, { user: gone })
      await project.disableUser(gone.id)
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
      expect(await isActive(project, access)).toBe(false)
    })

    it('F15 is refused after 30 days without use', async () => {
      const { refresh } = await fresh()
      await project.advance(30 * DAY + 1)
      const before = await project.snapshot()
      expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
      expect(await project.snapshot()).toBe(before) // late is not reused
    })

    it('F14 is refused after 90 days, however much it was used', async () => {
      const own = await subject.target.project()
      const mine = oauthClient(own, await own.client())
      let { refresh } = await connect(own, mine, { user: await own.user() })
      for (let i = 0; i < 3; i++) {
        await own.advance(29 * DAY)
        ;({ refresh } = tokensOf(await mine.refresh(refresh)))
      }
      await own.advance(3 * DAY - 60)
      ;({ refresh } = tokensOf(await mine.refresh(refresh)))
      await own.advance(120)
      expect(outcomeOf(await mine.refresh(refresh))).toBe('400 invalid_grant')
    })

    it(
      'F13 revoked and used at once: after the revocation was answered nothing of it lives, in twenty rounds',
      async () => {
        for (let round = 0; round < 20; round++) {
          const { refresh, access } = await fresh()
          const [revoked, used] = await Promise.all([
            client.revoke(refresh, {}, { instance: 1 }),
            client.refresh(refresh, {}, { instance: 2 }),
          ])
          expect(outcomeOf(revoked)).toBe('200')
          expect(['200', '400 invalid_grant']).toContain(outcomeOf(used))
          const issued = used.status === 200 ? tokensOf(used) : null
          const left = [refresh, ...(issued ? [issued.refresh] : [])]
          expect((await Promise.all(left.map((token) => client.refresh(token)))).map(outcomeOf)).toEqual(
            left.map(() => '400 invalid_grant'),
          )
          const tokens = [access, ...(issued ? [issued.access] : [])]
          expect(await Promise.all(tokens.map((token) => isActive(project, token)))).toEqual(tokens.map(() => false))
        }
      },
      SLOW_MS,
    )
  })

  describe('that is none', () => {
    it.each<[string, (token: string) => string]>([
      ['with a blank behind', (token) => `${token} `],
      ['with a blank before', (token) => ` ${token}`],
      ['cut', (token) => token.slice(0, -1)],
      ['with another generation', (token) => token.replace(/\.(\d+)\./, '.2.')],
      ['of another prefix', (token) => token.replace('gate_rt_', 'gate_ac_')],
      ['an access token', () => 'eyJhbGciOiJub25lIn0.e30.'],
      ['text', () => 'not-a-token'],
    ])('F21 %s is invalid_grant, in the one sentence, and ends nothing', async (_, change) => {
      const { refresh } = await fresh()
      const before = await project.snapshot()
      const answer = await client.refresh(change(refresh))
      expect([outcomeOf(answer), answer.text]).toEqual(['400 invalid_grant', (await client.refresh('gate_rt_x')).text])
      expect(await project.snapshot()).toBe(before)
      expect(outcomeOf(await client.refresh(refresh))).toBe('200')
    })

    it('F21 of 100 KB is 413, and missing is invalid_request', async () => {
      expect((await client.refresh('x'.repeat(100_000))).status).toBe(413)
      expect(outcomeOf(await client.refresh(''))).toBe('400 invalid_request')
    })
  })

  describe('for less', () => {
    it('narrows the scope of the access token, not its own', async () => {
      const { refresh } = await fresh()
      const narrowed = tokensOf(await client.refresh(refresh, { scope: 'read offline_access' }))
      expect(narrowed.scope).toBe('read')
      expect(tokensOf(await client.refresh(narrowed.refresh)).scope).toBe('read write')
    })

    it('RI10 with a wider scope or a bad resource is refused, and its generation stands', async () => {
      const { refresh, grantId } = await connect(project, client, { user, browser, scopes: ['read'] })
      const before = await project.snapshot()
      expect(outcomeOf(await client.refresh(refresh, { scope: 'read write' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await client.refresh(refresh, { scope: '"' }))).toBe('400 invalid_scope')
      expect(outcomeOf(await client.refresh(refresh, { resource: 'https://evil.test' }))).toBe('400 invalid_target')
      expect(outcomeOf(await client.refresh(refresh, { resource: '/mcp' }))).toBe('400 invalid_target')
      expect(await project.snapshot()).toBe(before)
      await client.refresh(refresh)
      expect((await rows('refresh.rotated', grantId)).map(({ detail }) => detail?.generation)).toEqual([2])
    })

    it('RI14 is invalid_target once its resource was removed from the project', async () => {
      const own = await subject.target.project()
      await own.addResource('https://gone.example.com')
      const mine = oauthClient(own, await own.client())
      const { refresh, access } = await connect(own, mine, { user: await own.user() }, { resource: 'https://gone.example.com' })
      await own.removeResource('https://gone.example.com')
      expect(outcomeOf(await mine.refresh(refresh))).toBe('400 invalid_target')
      expect(await isActive(own, access)).toBe(true) // until it expires
    })
  })

  it('K26 of one connection lives on when another of the same user and client ends', async () => {
    const [one, two] = [await fresh(), await fresh()]
    await client.revoke(one.refresh)
    expect(outcomeOf(await client.refresh(one.refresh))).toBe('400 invalid_grant')
    expect(outcomeOf(await client.refresh(two.refresh))).toBe('200')
  })
})
