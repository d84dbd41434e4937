import { beforeAll, describe, expect, it } from 'vitest'
import { endpoints } from '../endpoints.ts'
import {
  answerOf,
  basic,
  bearer,
  connect,
  introspect,
  newCode,
  oauthClient,
  outcomeOf,
  postForm,
  postJson,
  register,
} from './oauth-client.ts'
import { conformance } from './suite.ts'
import { REDIRECT_URI, type TestProject } from './target.ts'

const APP = 'https://app.example.com'
const MACHINE = { method: 'client_secret_basic', grantTypes: ['client_credentials'] } as const

conformance('the wire switches', (subject) => {
  describe('C4 a project’s own list of origins', () => {
    let project: TestProject
    beforeAll(async () => {
      project = await subject.target.project({ allowedOrigins: [APP, 'http://localhost:6274'] })
    })
    const corsOf = ({ headers }: { headers: Headers }) => ({
      origin: headers.get('access-control-allow-origin'),
      vary: headers.get('vary')?.toLowerCase().includes('origin') ?? false,
      credentials: headers.get('access-control-allow-credentials'),
    })
    const scripted = Object.values(endpoints).filter(({ cors }) => cors)
    const others = Object.values(endpoints).filter(({ cors }) => !cors)
    const strangers = [
      'https://evil.test',
      'null',
      `${APP}.evil.test`,
      `${APP}:443`,
      'http://app.example.com',
      'HTTPS://APP.EXAMPLE.COM',
      APP.slice(0, -1),
    ]

    it.each(scripted)('answers $path to its own, byte for byte, and varies by origin', async ({ path, methods }) => {
      for (const origin of [APP, 'http://localhost:6274']) {
        const answer = await answerOf(await project.fetch(path, { method: methods[0] ?? 'GET', headers: { origin } }))
        expect(corsOf(answer)).toEqual({ origin, vary: true, credentials: null })
        expect(answer.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
      }
    })

    it.each(scripted)('H11 answers $path to nobody else, and never reflects', async ({ path, methods }) => {
      for (const origin of [undefined, ...strangers]) {
        const headers: Record<string, string> = origin === undefined ? {} : { origin }
        for (const method of [methods[0] ?? 'GET', 'PATCH'])
          expect(corsOf(await project.fetch(path, { method, headers }))).toEqual({ origin: null, vary: true, credentials: null })
      }
    })

    it.each(scripted)('answers a preflight of $path to its own, and tells others nothing', async ({ path }) => {
      const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' }
      const own = await project.fetch(path, { method: 'OPTIONS', headers: { origin: APP, ...asked } })
      expect([own.status, corsOf(own)]).toEqual([204, { origin: APP, vary: true, credentials: null }])
      expect(own.headers.get('access-control-allow-headers')).toContain('MCP-Protocol-Version')
      const strange = await project.fetch(path, { method: 'OPTIONS', headers: { origin: 'https://evil.test', ...asked } })
      expect([strange.status, corsOf(strange)]).toEqual([204, { origin: null, vary: true, credentials: null }])
      expect(strange.headers.get('access-control-allow-methods')).toBeNull()
    })

    it.each(others)('gives $path no CORS at all', async ({ path, methods }) => {
      const { origin } = corsOf(await project.fetch(path, { method: methods[0] ?? 'GET', headers: { origin: APP } }))
      expect(origin).toBeNull()
    })

    it('keeps out no client without an Origin', async () => {
      expect((await register(project, { redirect_uris: [REDIRECT_URI] })).status).toBe(201)
      const machine = oauthClient(project, await project.client(MACHINE))
      expect(outcomeOf(await machine.token({ grant_type: 'client_credentials' }))).toBe('200')
    })

    it('ends with the list: then it is any origin again', async () => {
      await project.configure({ allowedOrigins: [] })
      const response = await project.fetch('/.well-known/jwks.json', { headers: { origin: 'https://evil.test' } })
      expect(corsOf(response)).toMatchObject({ origin: '*', credentials: null })
    })
  })

  it.each(['bearer', 'Bearer'] as const)('C7 the token type is spelled %s in every answer', async (tokenType) => {
    const project = await subject.target.project({ tokenType })
    const user = await project.user()
    const client = oauthClient(project, await project.client())
    const { redeem } = await newCode(project, client, { user })
    const made = await client.redeem(redeem)
    const refreshed = await client.refresh(made.body.refresh_token ?? '')
    const machine = await project.client(MACHINE)
    const credentials = await oauthClient(project, machine).token({ grant_type: 'client_credentials' })
    const exchanged = await postJson(project, '/api/oauth/token/exchange', { user_id: 'customer-7' }, bearer(project.serverSecret))
    const asked = await introspect(project, refreshed.body.access_token ?? '')
    const byClient = await postForm(
      project,
      '/api/oauth/introspect',
      { token: credentials.body.access_token },
      { headers: { authorization: basic(machine.clientId, machine.clientSecret ?? '') } },
    )
    for (const answer of [made, refreshed, credentials, exchanged, asked, byClient])
      expect([answer.status, answer.body.token_type]).toEqual([200, tokenType])
  })

  describe('where refresh tokens are for who asks for offline_access', () => {
    let project: TestProject
    beforeAll(async () => {
      project = await subject.target.project({ offlineAccessRequired: true })
    })

    it('gives none without, and one with it', async () => {
      const user = await project.user()
      const client = oauthClient(project, await project.client())
      const without = await client.redeem((await newCode(project, client, { user })).redeem)
      expect([without.status, without.body.refresh_token, without.body.scope]).toEqual([200, undefined, 'read write'])
      const connected = await connect(project, client, { user }, { scope: 'read offline_access' })
      expect(connected.scope).toBe('read offline_access')
      expect(outcomeOf(await client.refresh(connected.refresh))).toBe('200')
    })

    it('says the same in its metadata', async () => {
      const metadata = (await (await project.fetch('/.well-known/oauth-authorization-server')).json()) as Record<string, string[]>
      expect(metadata.scopes_supported).toContain('offline_access')
      expect(metadata.grant_types_supported).toContain('refresh_token')
    })
  })
})
