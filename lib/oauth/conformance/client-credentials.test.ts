import { decodeJwt } from 'jose'
import { beforeAll, expect, it } from 'vitest'
import { isActive, type OAuthClient, oauthClient, outcomeOf, postForm, tokensOf } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { ClientOptions, TestProject } from './target.ts'

const GRANT = { grant_type: 'client_credentials' } as const
const MACHINE: ClientOptions = { method: 'client_secret_basic', grantTypes: ['client_credentials'] }

conformance('client credentials', (subject) => {
  let project: TestProject
  let machine: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    await project.addResource('https://files.example.com')
    await project.addScope('admin', false)
    machine = oauthClient(project, await project.client(MACHINE))
  })

  it('J13 yield a token in which the client is its own subject, and no refresh token', async () => {
    const answer = await machine.token(GRANT)
    expect(Object.keys(answer.body).toSorted()).toEqual(['access_token', 'expires_in', 'scope', 'token_type'])
    const claims = decodeJwt(tokensOf(answer).access)
    expect(claims).toMatchObject({
      sub: machine.clientId,
      client_id: machine.clientId,
      aud: project.resource,
      iss: project.issuer,
      scope: 'read write',
    })
    expect(claims.sub).toMatch(/^c_/)
    expect(claims).not.toHaveProperty('grant_id')
  })

  it('leave exactly one row', async () => {
    const { access } = tokensOf(await machine.token(GRANT))
    const { jti } = decodeJwt(access)
    expect((await project.audit()).filter(({ action, detail }) => action === 'token.issued' && detail?.jti === jti)).toHaveLength(1)
  })

  it.each([
    ['S01 the known part', 'read unknown', 'read'],
    ['no offline_access: there is nothing to refresh', 'read offline_access', 'read'],
    ['a scope that is no default, when it is asked for', 'admin', 'admin'],
  ])('are for %s of the scope', async (_, scope, granted) => expect(tokensOf(await machine.token({ ...GRANT, scope })).scope).toBe(granted))

  it('S03 stay below the ceiling of the client', async () => {
    const reader = oauthClient(project, await project.client({ ...MACHINE, scope: 'read' }))
    expect(tokensOf(await reader.token({ ...GRANT, scope: 'read write' })).scope).toBe('read')
    expect(outcomeOf(await reader.token({ ...GRANT, scope: 'write' }))).toBe('400 invalid_scope')
  })

  it('are for one of the project’s resources, or several', async () => {
    const audienceOf = async (resource: string | string[]) => decodeJwt(tokensOf(await machine.token({ ...GRANT, resource })).access).aud
    expect(await audienceOf('https://files.example.com/')).toBe('https://files.example.com')
    expect(await audienceOf([project.resource, 'https://files.example.com'])).toEqual([project.resource, 'https://files.example.com'])
    expect(outcomeOf(await machine.token({ ...GRANT, resource: 'https://evil.test' }))).toBe('400 invalid_target')
  })

  it('are unauthorized_client for a client without that grant, and for a public one that was given it', async () => {
    const web = oauthClient(project, await project.client({ method: 'client_secret_basic' }))
    expect(outcomeOf(await web.token(GRANT))).toBe('400 unauthorized_client')
    const open = await project.client()
    await project.setGrantTypes(open.clientId, ['client_credentials'])
    expect(outcomeOf(await oauthClient(project, open).token(GRANT))).toBe('400 unauthorized_client')
  })

  it('are unauthorized_client where the project has them off', async () => {
    const closed = await subject.target.project({ clientCredentials: false })
    expect(outcomeOf(await oauthClient(closed, await closed.client(MACHINE)).token(GRANT))).toBe('400 unauthorized_client')
  })

  it('do not work with the server secret as bearer', async () => {
    const answer = await postForm(project, '/api/oauth/token', GRANT, { headers: { authorization: `Bearer ${project.serverSecret}` } })
    expect(outcomeOf(answer)).toBe('401 invalid_client')
  })

  it('end with the client', async () => {
    const doomed = oauthClient(project, await project.client(MACHINE))
    const { access } = tokensOf(await doomed.token(GRANT))
    expect(await isActive(project, access)).toBe(true)
    await project.revokeClient(doomed.clientId)
    expect(await isActive(project, access)).toBe(false)
  })
})
