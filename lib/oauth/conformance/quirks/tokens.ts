import { expect } from 'vitest'
import { basic, bearer, connect, introspect, newCode, outcomeOf, postForm, postJson, tokensOf, type Wire } from '../oauth-client.ts'
import { type Checks, type Contraries, type Ground, newGround, PUBLIC, registered } from './check.ts'

/** What the token endpoint and the exchange answer: for a code, for a refresh token, for a user the backend names. */
async function tokenResponses({ project, user, browser }: Ground): Promise<Wire[]> {
  const client = await registered(project, PUBLIC)
  const { redeem } = await newCode(project, client, { user, browser })
  const first = await client.redeem(redeem)
  const answers = [
    first,
    await client.refresh(tokensOf(first).refresh),
    await postJson(project, '/api/oauth/token/exchange', { user_id: user.id }, bearer(project.serverSecret)),
  ]
  expect(answers.map(outcomeOf)).toEqual(['200', '200', '200'])
  return answers.map(({ body }) => body)
}

export const checks: Checks = {
  'token-type-in-lower-case': async (ground) => {
    expect((await tokenResponses(ground)).map(({ token_type }) => token_type)).toEqual(['bearer', 'bearer', 'bearer'])
  },

  'expiry-and-scope-always-told': async (ground) => {
    for (const { expires_in, scope } of await tokenResponses(ground)) expect([expires_in, scope]).toEqual([3600, 'read write'])
  },

  'refresh-again-same-successor': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const { refresh } = await connect(project, client, { user, browser })
    const answers = [await client.refresh(refresh), ...(await Promise.all([1, 2, 3].map(() => client.refresh(refresh))))]
    expect(answers.map(outcomeOf)).toEqual(['200', '200', '200', '200'])
    const successors = new Set(answers.map(({ body }) => body.refresh_token))
    expect([successors.size, successors.has(refresh)]).toEqual([1, false])
    const [successor = ''] = successors
    expect(outcomeOf(await client.refresh(successor))).toBe('200')
    expect(outcomeOf(await client.refresh(refresh))).toBe('400 invalid_grant')
  },

  'refresh-token-without-offline-access': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const { refresh } = await connect(project, client, { user, browser }, { scope: 'read' })
    expect(outcomeOf(await client.refresh(refresh))).toBe('200')
  },

  'offline-access-at-refresh': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const { refresh } = await connect(project, client, { user, browser }, { scope: 'read' })
    const answer = await client.refresh(refresh, { scope: 'read offline_access' })
    expect([outcomeOf(answer), answer.body.scope]).toEqual(['200', 'read'])
    expect(outcomeOf(await client.refresh(tokensOf(answer).refresh, { scope: 'read write' }))).toBe('400 invalid_scope')
  },

  'dead-refresh-token-is-invalid-grant': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const { refresh } = await connect(project, client, { user, browser })
    await client.revoke(refresh)
    for (const dead of [refresh, 'nobody-knows-this', `${refresh}x`])
      expect(outcomeOf(await client.refresh(dead))).toBe('400 invalid_grant')
  },

  'secret-sent-empty': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const { redeem } = await newCode(project, client, { user, browser })
    expect(outcomeOf(await client.redeem({ ...redeem, client_secret: 'a-secret' }))).toBe('401 invalid_client')
    expect(outcomeOf(await client.redeem({ ...redeem, client_secret: '' }))).toBe('200')
  },

  'basic-tried-first': async ({ project, user, browser }) => {
    const open = await registered(project, PUBLIC)
    const grant = { grant_type: 'authorization_code' }
    const { redeem } = await newCode(project, open, { user, browser })
    const headers = { authorization: basic(open.clientId, '') }
    expect(outcomeOf(await postForm(project, '/api/oauth/token', { ...grant, ...redeem }, { headers }))).toBe('200')

    const secretive = await registered(project, { ...PUBLIC, token_endpoint_auth_method: 'client_secret_post' })
    const second = await newCode(project, secretive, { user, browser })
    const first = { authorization: basic(secretive.clientId, '') }
    expect(outcomeOf(await postForm(project, '/api/oauth/token', { ...grant, ...second.redeem }, { headers: first }))).toBe(
      '401 invalid_client',
    )
    expect(outcomeOf(await secretive.redeem(second.redeem))).toBe('200')
  },

  'client-id-beside-basic': async ({ project, user, browser }) => {
    const client = await registered(project, { ...PUBLIC, token_endpoint_auth_method: 'client_secret_basic' })
    const { clientId, clientSecret } = client
    for (const spell of [String, encodeURIComponent]) {
      const { redeem } = await newCode(project, client, { user, browser })
      const headers = { authorization: basic(spell(clientId), spell(clientSecret ?? '')) }
      const form = { grant_type: 'authorization_code', client_id: clientId, ...redeem }
      expect(outcomeOf(await postForm(project, '/api/oauth/token', form, { headers }))).toBe('200')
    }
    expect(clientId + clientSecret).toMatch(/^[A-Za-z0-9._~-]+$/)
  },

  'revocation-answers-json': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const { access } = await connect(project, client, { user, browser })
    for (const token of [access, 'nobody-knows-this']) {
      const { status, text, headers } = await client.revoke(token)
      expect([status, text, headers.get('content-type')]).toEqual([200, '{}', 'application/json'])
    }
    expect((await introspect(project, access)).body).toEqual({ active: false })
  },
}

export const otherwise: Contraries = {
  'token-type-in-lower-case': async (target) => {
    const ground = await newGround(target, { tokenType: 'Bearer' })
    expect((await tokenResponses(ground)).map(({ token_type }) => token_type)).toEqual(['Bearer', 'Bearer', 'Bearer'])
  },

  'expiry-and-scope-always-told': async (target) => {
    const ground = await newGround(target, { accessTokenTtlSeconds: 600 })
    for (const { expires_in, scope } of await tokenResponses(ground)) {
      expect(expires_in).toBeLessThanOrEqual(600)
      expect(scope).toBe('read write')
    }
  },

  'refresh-token-without-offline-access': async (target) => {
    const { project, user, browser } = await newGround(target, { offlineAccessRequired: true })
    const client = await registered(project, PUBLIC)
    const answerTo = async (scope: string) => {
      const { redeem } = await newCode(project, client, { user, browser }, { scope })
      return (await client.redeem(redeem)).body
    }
    expect(await answerTo('read')).not.toHaveProperty('refresh_token')
    expect(await answerTo('read offline_access')).toHaveProperty('refresh_token')
  },
}
