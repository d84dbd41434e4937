import { decodeJwt } from 'jose'
import { beforeAll, expect, it } from 'vitest'
import { type Form, newCode, type OAuthClient, oauthClient, postJson } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject, TestUser } from './target.ts'

const PLAN = 'https://acme.example/plan'

conformance('custom claims', (subject) => {
  let project: TestProject
  let user: TestUser
  let client: OAuthClient
  beforeAll(async () => {
    const claimMappings = [
      { claim: PLAN, from: 'plan' },
      { claim: 'urn:acme:teams', from: 'teams' },
    ]
    project = await subject.target.project({ openidConnect: true, claimMappings })
    user = await project.user()
    client = oauthClient(project, await project.client())
  })
  const redeemed = async (changes: Form = {}) => (await client.redeem((await newCode(project, client, { user }, changes)).redeem)).body
  const claimsIn = (token: string | undefined) => decodeJwt(token ?? '')

  it('are absent while nothing is known of the user', async () => {
    const claims = claimsIn((await redeemed()).access_token)
    expect(Object.keys(claims)).not.toContain(PLAN)
  })

  it('stand in access token and id_token, and are read anew at a refresh', async () => {
    await project.setAttributes(user.id, { plan: 'pro', teams: ['a', 'b'], iss: 'https://evil.example', unmapped: true })
    const first = await redeemed({ scope: 'openid read' })
    for (const token of [first.access_token, first.id_token]) {
      expect(claimsIn(token)).toMatchObject({ iss: project.issuer, sub: user.id, [PLAN]: 'pro', 'urn:acme:teams': ['a', 'b'] })
      expect(claimsIn(token)).not.toHaveProperty('unmapped')
    }
    await project.setAttributes(user.id, { plan: 'free' })
    const { body } = await client.refresh(first.refresh_token ?? '')
    for (const token of [body.access_token, body.id_token]) {
      expect(claimsIn(token)).toMatchObject({ iss: project.issuer, sub: user.id, [PLAN]: 'free' })
      expect(claimsIn(token)).not.toHaveProperty('urn:acme:teams')
    }
  })

  it('are not in a token that the backend mints: it says itself what that carries', async () => {
    const answer = await postJson(
      project,
      '/api/oauth/token/exchange',
      { user_id: user.id },
      { authorization: `Bearer ${project.serverSecret}` },
    )
    expect(claimsIn(answer.body.access_token)).not.toHaveProperty([PLAN])
  })
})
