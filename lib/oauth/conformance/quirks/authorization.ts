import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { answerOf, approve, connect, newCode, type OAuthClient, openConsent, outcomeOf, pkcePair, redirectOf } from '../oauth-client.ts'
import { REDIRECT_URI } from '../target.ts'
import { type Checks, type Contraries, type Ground, METADATA, newGround, PUBLIC, registered } from './check.ts'

/** Where the answer of the consent form leads. */
async function decide(ground: Ground, client: OAuthClient, decision: 'allow' | 'deny'): Promise<Response> {
  const { project, user, browser } = ground
  const form = await browser.form(await openConsent(project, client.authorizeUrl(pkcePair().challenge), { user, browser }))
  return browser.post('/oauth/consent', { ...form.fields, decision, scope: form.scopes })
}

/** A code, a denial and an error after the redirect URI was proven. */
async function answersAt(ground: Ground): Promise<Response[]> {
  const client = await registered(ground.project, PUBLIC)
  return [
    await decide(ground, client, 'allow'),
    await decide(ground, client, 'deny'),
    await ground.browser.get(client.authorizeUrl(pkcePair().challenge, { response_type: 'token' })),
  ]
}

const ANSWERS = ['RED code', 'RED access_denied', 'RED unsupported_response_type']

async function offered(
  { project, user, browser }: Ground,
  changes: Parameters<OAuthClient['authorizeUrl']>[1],
): Promise<readonly string[]> {
  const client = await registered(project, PUBLIC)
  return (await browser.form(await openConsent(project, client.authorizeUrl(pkcePair().challenge, changes), { user, browser }))).scopes
}

export const checks: Checks = {
  'redirect-is-302': async (ground) => {
    const answers = await answersAt(ground)
    expect(answers.map(({ status }) => status)).toEqual([302, 302, 302])
    expect(answers.map((answer) => redirectOf(answer, REDIRECT_URI).kind)).toEqual(ANSWERS)
  },

  'iss-emitted-and-advertised': async (ground) => {
    const { project } = ground
    for (const answer of await answersAt(ground)) {
      expect(redirectOf(answer, REDIRECT_URI).url.searchParams.getAll('iss')).toEqual([project.issuer])
    }
    const { body } = await answerOf(await project.fetch(METADATA))
    expect([body.authorization_response_iss_parameter_supported, body.issuer]).toEqual([true, project.issuer])
  },

  'resource-in-three-spellings': async ({ project, user, browser }) => {
    const second = `${project.resource}/second`
    await project.addResource(second)
    const client = await registered(project, PUBLIC)
    for (const resource of [[project.resource, second], `${project.resource},${second}`, JSON.stringify([project.resource, second])]) {
      const { refresh, access } = await connect(project, client, { user, browser }, { resource })
      expect(decodeJwt(access).aud).toEqual([project.resource, second])
      const narrowed = Array.isArray(resource) ? [second, second] : resource.replace(project.resource, second)
      expect(decodeJwt((await client.refresh(refresh, { resource: narrowed })).body.access_token ?? '').aud).toBe(second)
    }
    const foreign = 'https://elsewhere.example.com/mcp'
    for (const resource of [[project.resource, foreign], `${project.resource},${foreign}`, JSON.stringify([project.resource, foreign])]) {
      const refused = await browser.get(client.authorizeUrl(pkcePair().challenge, { resource }))
      expect(redirectOf(refused, REDIRECT_URI).kind).toBe('RED invalid_target')
      const { redeem } = await newCode(project, client, { user, browser })
      expect(outcomeOf(await client.redeem({ ...redeem, resource }))).toBe('400 invalid_target')
    }
  },

  'resource-with-trailing-slash': async ({ project, user, browser }) => {
    const origin = new URL(project.resource).origin
    await project.addResource(origin)
    const client = await registered(project, PUBLIC)
    for (const resource of [`${origin}/`, origin.replace('https://mcp-', 'HTTPS://MCP-'), `${origin}:443`]) {
      expect(decodeJwt((await connect(project, client, { user, browser }, { resource })).access).aud).toBe(origin)
    }
    const { access } = await connect(project, client, { user, browser }, { resource: `${project.resource}/` })
    expect(decodeJwt(access).aud).toBe(project.resource)
  },

  'resource-left-out': async ({ project, user, browser }) => {
    await project.addResource(`${project.resource}/second`)
    const { access } = await connect(project, await registered(project, PUBLIC), { user, browser })
    expect(decodeJwt(access).aud).toBe(project.resource)
  },

  'scopes-listed-and-defaulted': async (ground) => {
    const { project } = ground
    await project.addScope('analytics:manage', false)
    const { body } = await answerOf(await project.fetch(METADATA))
    expect(body.scopes_supported).toEqual(expect.arrayContaining(['read', 'write', 'analytics:manage', 'offline_access']))
    expect(await offered(ground, {})).toEqual(['read', 'write'])
    expect(await offered(ground, { scope: 'analytics:manage' })).toEqual(['analytics:manage'])
  },

  'scope-with-leading-blank': async (ground) => {
    expect(await offered(ground, { scope: ' offline_access' })).toEqual(['read', 'write'])
    expect(await offered(ground, { scope: '  read   write ' })).toEqual(['read', 'write'])
  },

  'openid-scopes-without-openid': async (ground) => {
    const { body } = await answerOf(await ground.project.fetch(METADATA))
    for (const name of ['openid', 'profile', 'email']) expect(body.scopes_supported).not.toContain(name)
    expect(await offered(ground, { scope: 'openid email profile' })).toEqual(['read', 'write'])
    expect(await offered(ground, { scope: 'openid read' })).toEqual(['read'])
  },

  'long-state-echoed': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const state = `${'a1+/=_-.~&%'.repeat(190)} #`
    const to = await approve(project, client.authorizeUrl(pkcePair().challenge, { state }), { user, browser })
    expect(to.searchParams.getAll('state')).toEqual([state])
  },
}

export const otherwise: Contraries = {
  'iss-emitted-and-advertised': async (target) => {
    const ground = await newGround(target, { issParameter: false })
    const answers = await answersAt(ground)
    expect(answers.map((answer) => redirectOf(answer, REDIRECT_URI).kind)).toEqual(ANSWERS)
    for (const answer of answers) expect(redirectOf(answer, REDIRECT_URI).url.searchParams.has('iss')).toBe(false)
    const { body } = await answerOf(await ground.project.fetch(METADATA))
    expect(body).not.toHaveProperty('authorization_response_iss_parameter_supported')
  },

  'scopes-listed-and-defaulted': async (target) => {
    const { project, user, browser } = await newGround(target, { offerAllScopes: true })
    await project.addScope('analytics:manage', false)
    const client = await registered(project, PUBLIC)
    const { verifier, challenge } = pkcePair()
    const url = client.authorizeUrl(challenge, { scope: 'read' })
    const to = await approve(project, url, { user, browser, scopes: ['read', 'analytics:manage'] })
    const code = to.searchParams.get('code') ?? ''
    const { body } = await client.redeem({ code, code_verifier: verifier, redirect_uri: client.redirectUri })
    expect(body.scope?.split(' ').toSorted()).toEqual(['analytics:manage', 'read'])
  },

  'openid-scopes-without-openid': async (target) => {
    const { project, user, browser } = await newGround(target, { openidConnect: true })
    const { body } = await answerOf(await project.fetch(METADATA))
    expect(body.scopes_supported).toContain('openid')
    const client = await registered(project, PUBLIC)
    const { redeem } = await newCode(project, client, { user, browser }, { scope: 'openid read' })
    const answer = await client.redeem(redeem)
    expect(decodeJwt(String(answer.body.id_token))).toMatchObject({ iss: project.issuer, aud: client.clientId, sub: user.id })
  },
}
