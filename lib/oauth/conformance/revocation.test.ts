import { beforeAll, describe, expect, it } from 'vitest'
import { answerOf, connect, FORM, isActive, type OAuthClient, oauthClient, outcomeOf, postForm, tokensOf } from './oauth-client.ts'
import { short } from './short.ts'
import { conformance } from './suite.ts'
import type { TestBrowser, TestProject, TestUser } from './target.ts'

conformance('revocation', (subject) => {
  let project: TestProject
  let user: TestUser
  let browser: TestBrowser
  let client: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    user = await project.user()
    browser = project.browser()
    client = oauthClient(project, await project.client())
  })
  const fresh = (own = client) => connect(project, own, { user, browser })
  const rows = async (action: string) => (await project.audit()).filter((row) => row.action === action)

  it('V06 of a refresh token ends its whole grant, with one row', async () => {
    const connected = await fresh()
    const next = tokensOf(await client.refresh(connected.refresh))
    const answer = await client.revoke(next.refresh)
    expect([answer.status, answer.text, answer.headers.get('content-type')]).toEqual([200, '{}', 'application/json'])
    expect([await isActive(project, connected.access), await isActive(project, next.access)]).toEqual([false, false])
    expect(outcomeOf(await client.refresh(next.refresh))).toBe('400 invalid_grant')
    expect((await rows('grant.revoked')).filter(({ grantId }) => grantId === connected.grantId)).toEqual([
      expect.objectContaining({ reason: 'token_revoked', actorId: client.clientId }),
    ])
  })

  it('V06 of an access token ends that one only, with one row', async () => {
    const connected = await fresh()
    const next = tokensOf(await client.refresh(connected.refresh))
    expect(outcomeOf(await client.revoke(connected.access))).toBe('200')
    expect([await isActive(project, connected.access), await isActive(project, next.access)]).toEqual([false, true])
    expect(outcomeOf(await client.refresh(next.refresh))).toBe('200')
    expect((await rows('token.revoked')).filter(({ grantId }) => grantId === connected.grantId)).toHaveLength(1)
  })

  it('of an old refresh token ends its grant too', async () => {
    const { refresh } = await fresh()
    const next = tokensOf(await client.refresh(refresh))
    await client.revoke(refresh)
    expect(outcomeOf(await client.refresh(next.refresh))).toBe('400 invalid_grant')
  })

  it.each(['refresh_token', 'access_token', 'nonsense', ''])('V03 finds the token whatever the hint says: %j', async (token_type_hint) => {
    const { refresh, access } = await fresh()
    expect(outcomeOf(await client.revoke(access, { token_type_hint }))).toBe('200')
    expect(await isActive(project, access)).toBe(false)
    expect(outcomeOf(await client.revoke(refresh, { token_type_hint }))).toBe('200')
    expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
  })

  it.each(['none', 'client_secret_basic'] as const)(
    'V04 of another client’s token by a %s client is 200 without effect, noted once',
    async (method) => {
      const { refresh, access } = await fresh()
      const stranger = oauthClient(project, await project.client({ method }))
      for (const token of [refresh, access, refresh, access]) {
        const answer = await stranger.revoke(token)
        expect([answer.status, answer.text]).toEqual([200, '{}'])
      }
      expect((await rows('revoke.foreign')).filter(({ actorId }) => actorId === stranger.clientId)).toHaveLength(2) // one for each token
      expect(await isActive(project, access)).toBe(true)
      expect(outcomeOf(await client.refresh(refresh))).toBe('200')
    },
  )

  it('V05 T01 of another project’s token is 200 without effect', async () => {
    const other = await subject.target.project()
    const elsewhere = oauthClient(other, await other.client())
    const { refresh, access } = await fresh()
    const before = await project.snapshot()
    for (const token of [refresh, access]) expect(outcomeOf(await elsewhere.revoke(token))).toBe('200')
    expect(await project.snapshot()).toBe(before)
    expect(await isActive(project, access)).toBe(true)
  })

  it.each(['unknown', 'gate_rt_x', 'gate_ac_x', 'eyJhbGciOiJub25lIn0.e30.', 'x'.repeat(10_000)].map(short))(
    'of %j is 200, and nothing changes',
    async (_, token) => {
      const before = await project.snapshot()
      const answer = await client.revoke(token)
      expect([answer.status, answer.text]).toEqual([200, '{}'])
      expect(await project.snapshot()).toBe(before)
    },
  )

  it('V08 twice and at once is 200 each time, and one row', async () => {
    const connected = await fresh()
    const before = (await rows('token.revoked')).length
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => client.revoke(connected.access, {}, { instance: i % 2 === 0 ? 1 : 2 })),
    )
    expect(new Set(answers.map(outcomeOf))).toEqual(new Set(['200']))
    expect((await rows('token.revoked')).length).toBe(before + 1)
    const more = await Promise.all(
      Array.from({ length: 10 }, (_, i) => client.revoke(connected.refresh, {}, { instance: i % 2 === 0 ? 1 : 2 })),
    )
    expect(new Set(more.map(outcomeOf))).toEqual(new Set(['200']))
    expect((await rows('grant.revoked')).filter(({ grantId }) => grantId === connected.grantId)).toHaveLength(1)
  })

  it('C13 T07 of a code that waits leaves it as it is', async () => {
    const before = await project.snapshot()
    expect(outcomeOf(await client.revoke('gate_ac_something'))).toBe('200')
    expect(await project.snapshot()).toBe(before)
  })

  describe('is refused', () => {
    it('without a client, or with a wrong secret', async () => {
      const { refresh } = await fresh()
      const secret = oauthClient(project, await project.client({ method: 'client_secret_post' }))
      expect(outcomeOf(await postForm(project, '/api/oauth/revoke', { token: refresh }))).toBe('401 invalid_client')
      expect(outcomeOf(await secret.revoke(refresh, { client_secret: 'wrong' }))).toBe('401 invalid_client')
      expect(outcomeOf(await client.refresh(refresh))).toBe('200')
    })

    it('without a token, with two, or as JSON', async () => {
      expect(outcomeOf(await client.revoke(''))).toBe('400 invalid_request')
      expect(outcomeOf(await postForm(project, '/api/oauth/revoke', { client_id: client.clientId, token: ['a', 'b'] }))).toBe(
        '400 invalid_request',
      )
      const body = JSON.stringify({ client_id: client.clientId, token: 'a' })
      const asJson = await project.fetch('/api/oauth/revoke', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      expect(outcomeOf(await answerOf(asJson))).toBe('400 invalid_request')
    })

    it('H05 with a token in the query', async () => {
      const { refresh } = await fresh()
      const response = await project.fetch(`/api/oauth/revoke?token=${refresh}`, {
        method: 'POST',
        headers: FORM,
        body: `client_id=${client.clientId}`,
      })
      expect(outcomeOf(await answerOf(response))).toBe('400 invalid_request')
      expect(outcomeOf(await client.refresh(refresh))).toBe('200')
    })
  })
})
