import { beforeAll, describe, expect, it } from 'vitest'
import { endpoints } from '../endpoints.ts'
import { answerOf } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject } from './target.ts'

conformance('discovery', (subject) => {
  let project: TestProject
  beforeAll(async () => {
    project = await subject.target.project()
  })
  const get = async (path: string, headers = {}) => answerOf(await project.fetch(path, { headers }))
  const origin = () => new URL(project.issuer).origin
  /** Every address of the document, RFC 8414 §3.1 first. */
  const addresses = () => [
    `${origin()}/.well-known/oauth-authorization-server/p/${project.slug}`,
    `${origin()}/.well-known/openid-configuration/p/${project.slug}`,
    '/.well-known/openid-configuration',
    '/.well-known/oauth-authorization-server',
  ]

  describe('the metadata document', () => {
    it('is the same, byte for byte, at its four addresses', async () => {
      const answers = await Promise.all(addresses().map((address) => get(address)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
      expect(answers[0]?.body.issuer).toBe(project.issuer)
      expect(answers[0]?.headers.get('content-type')).toBe('application/json')
    })

    it('H14 names only URLs of its own issuer, and each of them answers', async () => {
      const { body } = await get('/.well-known/oauth-authorization-server')
      const urls = Object.entries(body).filter(([name]) => /_endpoint$|_uri$/.test(name))
      expect(urls.length).toBe(6)
      for (const [, url] of urls) {
        expect(String(url).startsWith(`${project.issuer}/`)).toBe(true)
        expect((await project.fetch(String(url), { method: 'PUT' })).status).toBe(405)
      }
    })

    it('P12 offers S256 only, and no member that is null or empty', async () => {
      const { body, text } = await get('/.well-known/oauth-authorization-server')
      expect(body.code_challenge_methods_supported).toEqual(['S256'])
      expect(text).not.toMatch(/null|""|\[\]/)
    })

    it('may be kept for five minutes and is compared afterwards', async () => {
      const first = await get('/.well-known/oauth-authorization-server')
      const etag = first.headers.get('etag') ?? ''
      expect(first.headers.get('cache-control')).toBe('public, max-age=300')
      expect((await get('/.well-known/oauth-authorization-server', { 'if-none-match': etag })).status).toBe(304)
      expect((await get('/.well-known/oauth-authorization-server', { 'if-none-match': '"other"' })).status).toBe(200)
    })

    it('answers HEAD like GET, which ChatGPT asks first', async () => {
      for (const address of addresses()) {
        const response = await project.fetch(address, { method: 'HEAD' })
        expect([response.status, await response.text()]).toEqual([200, ''])
        expect(response.headers.get('content-type')).toBe('application/json')
      }
    })

    it('does not mind what an MCP client says of its version', async () => {
      expect((await get('/.well-known/oauth-authorization-server', { 'mcp-protocol-version': '1999-01-01' })).status).toBe(200)
    })

    it('promises no registration, no exchange and no client credentials where they are off', async () => {
      const closed = await subject.target.project({
        registrationMode: 'off',
        clientCredentials: false,
        tokenExchange: false,
        issParameter: false,
      })
      const { body } = await answerOf(await closed.fetch('/.well-known/oauth-authorization-server'))
      expect(body).not.toHaveProperty('registration_endpoint')
      expect(body).not.toHaveProperty('authorization_response_iss_parameter_supported')
      expect(body.grant_types_supported).toEqual(['authorization_code', 'refresh_token'])
    })
  })

  describe('where nobody speaks', () => {
    it.each([
      '/.well-known/oauth-authorization-server',
      '/.well-known/openid-configuration',
      '/.well-known/oauth-authorization-server/p/no-such-project',
      '/p/no-such-project/.well-known/openid-configuration',
      '/p/no-such-project/api/oauth/token',
      '/p/no-such-project/oauth/authorize',
      '/.well-known/oauth-authorization-server/p/a%2fb',
      '/.well-known/oauth-authorization-server/p/a%2F..%2Fb',
      '/.well-known/oauth-authorization-server/p/A-B',
      '/token',
      '/authorize',
      '/register',
      '/api/oauth/token',
      '/api/oauth/nothing',
      '/oauth/nothing',
    ])('H14 %s is 404 JSON, never another project’s answer and never a redirect', async (path) => {
      const method = /token$|register$/.test(path) ? 'POST' : 'GET'
      const answer = await answerOf(await project.fetch(`${origin()}${path}`, { method }))
      expect([answer.status, answer.text]).toEqual([404, '{"error":"not_found"}'])
      expect(answer.headers.get('location')).toBeNull()
    })

    it.each([
      '/nothing',
      '/api/oauth/nothing',
      '/oauth/nothing',
      '/',
      '/projects',
      '/api/oauth/token/exchange/x',
      '/.well-known/jwks.json/x',
    ])('H14 below an issuer %s is 404 JSON, never HTML', async (path) => {
      const answer = await get(path)
      expect([answer.status, answer.text]).toEqual([404, '{"error":"not_found"}'])
    })
  })

  describe('the JWKS', () => {
    it('J08 has public members only', async () => {
      const { body, headers } = await get('/.well-known/jwks.json')
      const keys = body.keys as Record<string, unknown>[]
      expect(keys.length).toBeGreaterThan(0)
      for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'])
      expect(headers.get('cache-control')).toBe('public, max-age=300')
    })

    it('J02 names no key as another project names one', async () => {
      const other = await subject.target.project()
      const [mine, theirs] = await Promise.all(
        [project, other].map(async (each) => (await answerOf(await each.fetch('/.well-known/jwks.json'))).body.keys),
      )
      const kids = [mine, theirs].flatMap((keys) => (keys as { kid: string }[]).map(({ kid }) => kid))
      expect(new Set(kids).size).toBe(kids.length)
    })
  })

  it('covers each endpoint that is advertised or implied', () => {
    expect(Object.keys(endpoints)).toHaveLength(15) // a new one wants its rows here and in methods-and-cors
  })
})
