import { expect } from 'vitest'
import { answerOf, approve, connect, oauthClient, outcomeOf, pkcePair, register, tokensOf } from '../oauth-client.ts'
import { REDIRECT_URI, type TestProject } from '../target.ts'
import { type Checks, type Contraries, type Ground, METADATA, PUBLIC, registered } from './check.ts'

const CURSOR = [
  'cursor://anysphere.cursor-mcp/oauth/callback',
  'https://www.cursor.com/agents/mcp/oauth/callback',
  'http://localhost:8787/callback',
]

const answerTo = (project: TestProject, metadata: Readonly<Record<string, unknown>>) => register(project, metadata, {})

/** Registers with the URIs, and gets a code at the one that is asked. */
async function codeAt({ project, user, browser }: Ground, redirectUris: readonly string[], asked: string): Promise<void> {
  const client = await registered(project, { ...PUBLIC, redirect_uris: redirectUris })
  const to = await approve(project, client.authorizeUrl(pkcePair().challenge, { redirect_uri: asked }), { user, browser })
  expect(to.href.startsWith(`${asked}?code=`)).toBe(true)
}

export const checks: Checks = {
  'refresh-token-grant-always-registered': async ({ project }) => {
    for (const sent of [{}, { grant_types: ['authorization_code'] }, { grant_types: ['authorization_code', 'refresh_token'] }]) {
      expect((await answerTo(project, { ...PUBLIC, ...sent })).body.grant_types).toEqual(['authorization_code', 'refresh_token'])
    }
  },

  'registration-echoes-what-is-in-force': async ({ project, user, browser }) => {
    const sent = {
      redirect_uris: ['https://claude.ai/api/mcp/auth_callback'],
      client_name: 'Claude',
      token_endpoint_auth_method: 'client_secret_post',
    }
    const { status, body } = await answerTo(project, sent)
    expect(status).toBe(201)
    expect(body).toMatchObject({ ...sent, response_types: ['code'], application_type: 'web', client_secret_expires_at: 0 })
    expect(body.client_id_issued_at).toBeTypeOf('number')
    const [clientId = '', clientSecret = ''] = [body.client_id, body.client_secret]
    const client = oauthClient(project, { clientId, clientSecret, method: 'client_secret_post', redirectUri: sent.redirect_uris[0] ?? '' })
    expect((await connect(project, client, { user, browser })).access).not.toBe('')
  },

  'unknown-grants-dropped': async ({ project }) => {
    const { status, body } = await answerTo(project, {
      ...PUBLIC,
      grant_types: ['authorization_code', 'urn:example:grant-type:unheard-of', 'refresh_token'],
      response_types: ['code', 'id_token'],
    })
    expect([status, body.grant_types, body.response_types]).toEqual([201, ['authorization_code', 'refresh_token'], ['code']])
    expect(outcomeOf(await answerTo(project, { ...PUBLIC, grant_types: ['implicit'] }))).toBe('400 invalid_client_metadata')
  },

  'method-left-out-means-basic': async ({ project, user, browser }) => {
    const { body } = await answerTo(project, { redirect_uris: [REDIRECT_URI] })
    expect(body.token_endpoint_auth_method).toBe('client_secret_basic')
    const secretive = await registered(project, { redirect_uris: [REDIRECT_URI] })
    expect(secretive.clientSecret).not.toBeNull()
    expect((await connect(project, secretive, { user, browser })).access).not.toBe('')
    expect((await answerTo(project, PUBLIC)).body).not.toHaveProperty('client_secret')
  },

  'scope-echoed-at-registration': async ({ project }) => {
    expect((await answerTo(project, PUBLIC)).body.scope?.split(' ')).toEqual(expect.arrayContaining(['read', 'write', 'offline_access']))
    expect((await answerTo(project, { ...PUBLIC, scope: 'read' })).body.scope).toBe('read')
  },

  'no-member-null-or-empty': async ({ project, user, browser }) => {
    const client = await registered(project, PUBLIC)
    const answers = [
      await answerOf(await project.fetch(METADATA)),
      await answerTo(project, { ...PUBLIC, client_uri: '', logo_uri: '', tos_uri: '', contacts: [], scope: '' }),
      await client.refresh((await connect(project, client, { user, browser })).refresh),
    ]
    for (const { body } of answers) {
      const empty = Object.entries(body).filter(
        ([, value]) => value === null || value === '' || (Array.isArray(value) && value.length === 0),
      )
      expect(empty).toEqual([])
    }
  },

  'registration-without-a-secret': async ({ target }) => {
    const guarded = await target.project()
    const { body } = await answerOf(await guarded.fetch(METADATA))
    expect(body.registration_endpoint).toBe(`${guarded.issuer}/api/oauth/register`)
    expect(outcomeOf(await answerTo(guarded, PUBLIC))).toBe('401 invalid_token')
    expect((await register(guarded, PUBLIC)).status).toBe(201)
  },

  'loopback-from-a-web-client': async ({ project }) => {
    const { body } = await answerTo(project, { ...PUBLIC, redirect_uris: ['http://127.0.0.1:33418/'], application_type: 'web' })
    expect(body.application_type).toBe('native')
  },

  'private-use-schemes': async (ground) => codeAt(ground, CURSOR, CURSOR[0] ?? ''),

  'any-registered-redirect': async (ground) => {
    for (const asked of CURSOR) await codeAt(ground, CURSOR, asked)
  },

  'redirect-hosts-unknown': async (ground) => {
    const hosted = [
      'https://global.consent.azure-apim.net/redirect/cr938-5fnotes-5f0a1b2c3d',
      'https://chatgpt.com/connector/oauth/ABC123',
      'https://chatgpt.com/connector_platform_oauth_redirect',
    ]
    for (const uri of hosted) await codeAt(ground, [uri], uri)
  },

  'scope-sent-empty': async ({ project, user, browser }) => {
    const client = await registered(project, { ...PUBLIC, scope: '' })
    expect((await connect(project, client, { user, browser }, { scope: '' })).scope).toBe('read write')
  },

  'step-up-to-any-scope': async ({ project, user, browser }) => {
    const client = await registered(project, { ...PUBLIC, scope: 'read' })
    const first = await connect(project, client, { user, browser }, { scope: 'read' })
    expect(first.scope).toBe('read')
    await project.addScope('analytics:manage', false)
    const second = await connect(project, client, { user, browser }, { scope: 'read analytics:manage' })
    expect(second.scope.split(' ').toSorted()).toEqual(['analytics:manage', 'read'])
    expect(tokensOf(await client.refresh(second.refresh)).scope).toBe(second.scope)
  },

  'loopback-on-any-port': async (ground) => {
    const { project, browser } = ground
    await codeAt(ground, ['http://localhost/callback'], 'http://localhost:3118/callback')
    await codeAt(ground, ['http://127.0.0.1:33418/'], 'http://127.0.0.1:49151/')
    await codeAt(ground, ['http://[::1]/cb'], 'http://[::1]:5000/cb')
    const client = await registered(project, { ...PUBLIC, redirect_uris: ['http://localhost/callback'] })
    for (const uri of ['http://127.0.0.1:3118/callback', 'http://localhost:3118/other', 'https://localhost:3118/callback']) {
      const response = await browser.get(client.authorizeUrl(pkcePair().challenge, { redirect_uri: uri }))
      expect([response.status, response.headers.get('location')]).toEqual([400, null])
    }
  },
}

export const otherwise: Contraries = {
  'registration-without-a-secret': async (target) => {
    expect((await answerTo(await target.project({ registrationMode: 'open' }), PUBLIC)).status).toBe(201)
    const off = await target.project({ registrationMode: 'off' })
    expect((await answerOf(await off.fetch(METADATA))).body).not.toHaveProperty('registration_endpoint')
    expect((await answerTo(off, PUBLIC)).status).toBe(404)
  },

  'private-use-schemes': async (target) => {
    const strict = await target.project({ registrationMode: 'open', privateUseSchemes: false })
    expect(outcomeOf(await answerTo(strict, { ...PUBLIC, redirect_uris: CURSOR }))).toBe('400 invalid_redirect_uri')
    expect((await answerTo(strict, { ...PUBLIC, redirect_uris: CURSOR.slice(1) })).status).toBe(201)
  },
}
