import { decodeJwt } from 'jose'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  answerOf,
  bearer,
  connect,
  FORM,
  introspect,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  postForm,
  tokensOf,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject, TestUser } from './target.ts'

conformance('introspection', (subject) => {
  let project: TestProject
  let other: TestProject
  let user: TestUser
  let client: OAuthClient
  let access: string
  let refresh: string
  beforeAll(async () => {
    project = await subject.target.project()
    other = await subject.target.project()
    user = await project.user()
    client = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
    ;({ access, refresh } = await connect(project, client, { user }))
  })

  it('tells the project’s own server what a living token is', async () => {
    const { body, headers } = await introspect(project, access)
    const claims = decodeJwt(access)
    expect(body).toEqual({ active: true, ...claims, nbf: claims.iat, token_type: 'bearer' })
    expect(headers.get('cache-control')).toBe('no-store')
  })

  it('tells a confidential client of its own tokens', async () => {
    expect((await client.introspect(access)).body).toMatchObject({ active: true, client_id: client.clientId, sub: user.id })
  })

  describe('V10 V11 says exactly the same', () => {
    const INACTIVE = '{"active":false}'

    it('for every token that is not the caller’s business', async () => {
      const stranger = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
      const foreign = await connect(other, oauthClient(other, await other.client()), { user: await other.user() })
      const revoked = tokensOf(await client.refresh(refresh)).access
      await client.revoke(revoked)
      const reference = await introspect(project, 'unknown')
      const answers = [
        reference,
        await stranger.introspect(access),
        await introspect(project, foreign.access),
        await introspect(project, revoked),
        await introspect(project, refresh),
        await introspect(project, foreign.refresh),
        await introspect(project, 'x'.repeat(20_000)),
        await introspect(project, `${access}x`),
        await introspect(project, project.serverSecret),
        await introspect(project, client.clientSecret ?? ''),
      ]
      const visible = ({ status, text, headers }: (typeof answers)[number]) => [
        status,
        text,
        [...headers.keys()].filter((name) => name !== 'date').toSorted(),
      ]
      expect(answers.map(visible)).toEqual(answers.map(() => visible(reference)))
      expect([reference.status, reference.text]).toEqual([200, INACTIVE])
    })

    it('V13 whatever form the caller would accept', async () => {
      const headers = { ...bearer(project.serverSecret), accept: 'application/token-introspection+jwt' }
      const answer = await postForm(project, '/api/oauth/introspect', { token: 'unknown' }, { headers })
      expect([answer.text, answer.headers.get('content-type')]).toEqual([INACTIVE, 'application/json'])
    })

    it('for a token whose time is over', async () => {
      if (subject.target.door !== 'in-process') return // there the clock is ours to turn
      const short = await subject.target.project({ accessTokenTtlSeconds: 600 })
      const connected = await connect(short, oauthClient(short, await short.client()), { user: await short.user() })
      await short.advance(599)
      expect((await introspect(short, connected.access)).body.active).toBe(true)
      await short.advance(1)
      expect((await introspect(short, connected.access)).text).toBe(INACTIVE)
    })
  })

  describe('V09 is 401 invalid_client', () => {
    it('without authentication, for a public client, and for a wrong secret', async () => {
      const open = oauthClient(project, await project.client())
      const answers = [
        await postForm(project, '/api/oauth/introspect', { token: access }),
        await open.introspect(access),
        await postForm(project, '/api/oauth/introspect', { token: access }, { headers: bearer('gate_srv_wrong') }),
        await postForm(project, '/api/oauth/introspect', { token: access }, { headers: bearer(access) }),
        await postForm(project, '/api/oauth/introspect', { token: access }, { headers: bearer(project.registrationSecret) }),
        await postForm(project, '/api/oauth/introspect', { token: access }, { headers: bearer(other.serverSecret) }),
        await postForm(project, '/api/oauth/introspect', { token: access, client_id: client.clientId, client_secret: 'wrong' }),
      ]
      expect(answers.map(outcomeOf)).toEqual(answers.map(() => '401 invalid_client'))
      expect(answers.every(({ text }) => !text.includes('active'))).toBe(true)
    })
  })

  it('V12 H05 takes no token in the query, by GET or POST', async () => {
    expect((await project.fetch(`/api/oauth/introspect?token=${access}`, { headers: bearer(project.serverSecret) })).status).toBe(405)
    const posted = await project.fetch(`/api/oauth/introspect?token=${access}`, {
      method: 'POST',
      headers: { ...FORM, ...bearer(project.serverSecret) },
      body: '',
    })
    expect(outcomeOf(await answerOf(posted))).toBe('400 invalid_request')
  })

  it('writes no row: it is the most frequent request of all', async () => {
    await introspect(project, access) // notes when the secret was last used, at most once a minute
    const before = await project.snapshot()
    await introspect(project, access)
    expect(await project.snapshot()).toBe(before)
  })
})
