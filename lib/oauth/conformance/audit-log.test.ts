import { beforeAll, expect, it } from 'vitest'
import {
  bearer,
  connect,
  FORM,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  pageOf,
  pkcePair,
  postForm,
  postJson,
  register,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject, type TestUser } from './target.ts'

conformance('the audit log', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    user = await project.user()
    client = oauthClient(project, await project.client())
  })

  it('L06 has ids, public names and reason codes, and neither a credential nor an address of a person', async () => {
    const { refresh, access } = await connect(project, client, { user })
    await register(project, { redirect_uris: [REDIRECT_URI], client_name: 'Registered' })
    await client.refresh(refresh)
    await client.revoke(access)
    await postJson(project, '/api/oauth/token/exchange', { user_id: 'customer|42' }, bearer(project.serverSecret))
    await postForm(project, '/api/oauth/introspect', { token: access }, { headers: bearer(project.registrationSecret) })
    const rows = await project.audit()
    expect(new Set(rows.map(({ action }) => action)).size).toBeGreaterThan(6)
    for (const row of rows) {
      const text = JSON.stringify(row)
      expect(text).not.toMatch(/gate_[a-z]+_|eyJ[\w-]+\./)
      expect(text).not.toContain(user.email)
    }
  })

  const noise: readonly (readonly [string, string, () => Promise<string>])[] = [
    ['a client nobody knows', '401 invalid_client', async () => outcomeOf(await token({ grant_type: 'refresh_token', client_id: 'c_x' }))],
    [
      'a secret nobody has',
      '401 invalid_client',
      async () => outcomeOf(await token({ grant_type: 'refresh_token', client_id: client.clientId, client_secret: 'x' })),
    ],
    [
      'a made-up code',
      '400 invalid_grant',
      async () => outcomeOf(await client.redeem({ code: 'gate_ac_x', code_verifier: 'v'.repeat(43) })),
    ],
    ['a made-up refresh token', '400 invalid_grant', async () => outcomeOf(await client.refresh('gate_rt_x'))],
    ['a made-up registration secret', '401 invalid_token', async () => outcomeOf(await register(project, {}, bearer('gate_reg_x')))],
    [
      'a made-up server secret',
      '401 invalid_client',
      async () => outcomeOf(await postJson(project, '/api/oauth/token/exchange', {}, bearer('gate_srv_x'))),
    ],
    [
      'an unregistered redirect URI',
      'PAGE 400',
      async () => pageOf(await project.fetch(client.authorizeUrl(pkcePair().challenge, { redirect_uri: 'https://evil.test' }))),
    ],
    [
      'a request without PKCE',
      '302',
      async () => String((await project.fetch(client.authorizeUrl(pkcePair().challenge, { code_challenge: undefined }))).status),
    ],
    [
      'a form of no page of ours',
      'PAGE 403',
      async () => pageOf(await project.fetch('/oauth/consent', { method: 'POST', headers: FORM, body: 'decision=allow' })),
    ],
    ['a body that is none', '400 invalid_request', async () => outcomeOf(await postForm(project, '/api/oauth/token', {}))],
  ]
  const token = (form: Readonly<Record<string, string>>) => postForm(project, '/api/oauth/token', form)

  it.each(noise)('Z03 does not grow by %s, however often: what proves no credential is only counted', async (_, outcome, send) => {
    const before = await project.snapshot()
    // fewer than the limit on failed authentications, which is noted once
    for (let i = 0; i < 8; i++) expect(await send()).toBe(outcome)
    expect(await project.snapshot()).toBe(before)
  })
})
