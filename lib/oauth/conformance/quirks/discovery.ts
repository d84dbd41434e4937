import { expect } from 'vitest'
import { answerOf } from '../oauth-client.ts'
import type { TestProject } from '../target.ts'
import { type Checks, type Contraries, METADATA } from './check.ts'

const MACHINES = [
  METADATA,
  '/.well-known/openid-configuration',
  '/.well-known/jwks.json',
  '/api/oauth/register',
  '/api/oauth/token',
  '/api/oauth/revoke',
]
const NOT_FOR_SCRIPTS = ['/oauth/authorize', '/oauth/consent', '/api/oauth/introspect', '/api/oauth/token/exchange']

/** Every address of the document, RFC 8414 §3.1 first. */
function addressesOf({ issuer, slug }: TestProject): string[] {
  const { origin } = new URL(issuer)
  const inserted = ['oauth-authorization-server', 'openid-configuration'].map((name) => `${origin}/.well-known/${name}/p/${slug}`)
  return [...inserted, `${issuer}/.well-known/openid-configuration`, `${issuer}${METADATA}`]
}

const preflight = (project: TestProject, path: string, origin: string, asks = 'mcp-protocol-version') =>
  project.fetch(path, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': asks },
  })

export const checks: Checks = {
  'preflight-on-every-machine-endpoint': async ({ project }) => {
    for (const path of MACHINES) {
      const { status, headers } = await preflight(project, path, 'http://localhost:6274')
      expect([path, status, headers.get('access-control-max-age')]).toEqual([path, 204, '86400'])
      const allowed = headers.get('access-control-allow-headers')?.toLowerCase().split(', ') ?? []
      expect(allowed).toEqual(expect.arrayContaining(['authorization', 'content-type', 'mcp-protocol-version', 'mcp-session-id', 'dpop']))
      expect(headers.get('access-control-allow-methods')).toContain(path.startsWith('/.well-known') ? 'GET' : 'POST')
    }
    for (const path of NOT_FOR_SCRIPTS) {
      const { status, headers } = await preflight(project, path, 'http://localhost:6274')
      expect([path, status, headers.get('access-control-allow-origin')]).toEqual([path, 405, null])
    }
  },

  'any-origin-without-credentials': async ({ project }) => {
    for (const origin of ['https://claude.ai', 'http://localhost:6274', 'https://nobody-knows.example']) {
      for (const response of [await preflight(project, METADATA, origin), await project.fetch(METADATA, { headers: { origin } })]) {
        expect(response.headers.get('access-control-allow-origin')).toBe('*')
        expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      }
    }
  },

  'head-before-get': async ({ project }) => {
    for (const address of [...addressesOf(project), '/.well-known/jwks.json']) {
      const [head, get] = [await project.fetch(address, { method: 'HEAD' }), await project.fetch(address)]
      expect([head.status, await head.text()]).toEqual([200, ''])
      for (const name of ['content-type', 'etag', 'cache-control']) expect(head.headers.get(name)).toBe(get.headers.get(name))
    }
  },

  'metadata-at-four-addresses': async ({ project }) => {
    const answers = await Promise.all(addressesOf(project).map(async (address) => answerOf(await project.fetch(address))))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(answers[0]?.body).toMatchObject({
      issuer: project.issuer,
      subject_types_supported: ['public'],
      response_types_supported: ['code'],
    })
    expect(answers[0]?.body.id_token_signing_alg_values_supported).not.toEqual([])
    expect(String(answers[0]?.body.jwks_uri)).toMatch(/\/jwks\.json$/)
  },

  'root-of-a-shared-host-is-nobody': async ({ project }) => {
    const { origin } = new URL(project.issuer)
    const asked = [
      ['GET', METADATA],
      ['GET', '/.well-known/openid-configuration'],
      ['GET', '/authorize'],
      ['POST', '/token'],
      ['POST', '/register'],
    ] as const
    for (const [method, path] of asked) {
      const { status, text } = await answerOf(await project.fetch(`${origin}${path}`, { method }))
      expect([path, status, text]).toEqual([path, 404, '{"error":"not_found"}'])
    }
  },

  'unknown-paths-in-json': async ({ project }) => {
    for (const path of ['/.well-known/oauth-authorization-server/mcp', '/mcp/authorize', '/oauth/nothing', '/api/oauth/nothing', '/']) {
      const { status, text, headers } = await answerOf(await project.fetch(path))
      expect([path, status, text, headers.get('location')]).toEqual([path, 404, '{"error":"not_found"}', null])
    }
  },

  'protocol-version-header': async ({ project }) => {
    const read = async (headers: Readonly<Record<string, string>>) => answerOf(await project.fetch(METADATA, { headers }))
    const { text } = await read({})
    for (const version of ['2024-11-05', '2026-07-28', 'tomorrow']) {
      expect(await read({ 'mcp-protocol-version': version })).toMatchObject({ status: 200, text })
    }
  },
}

export const otherwise: Contraries = {
  'any-origin-without-credentials': async (target) => {
    const project = await target.project({ allowedOrigins: ['https://app.example.com'] })
    const allowed = async (origin: string) => {
      const { headers } = await project.fetch(METADATA, { headers: { origin } })
      expect(headers.get('vary') ?? '').toMatch(/origin/i)
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      return headers.get('access-control-allow-origin')
    }
    expect(await allowed('https://app.example.com')).toBe('https://app.example.com')
    for (const origin of ['https://app.example.com.evil.test', 'https://APP.example.com', 'http://app.example.com', 'null']) {
      expect(await allowed(origin)).toBeNull()
    }
    const answered = async (origin: string) =>
      (await preflight(project, '/api/oauth/token', origin)).headers.get('access-control-allow-origin')
    expect([await answered('https://app.example.com'), await answered('https://claude.ai')]).toEqual(['https://app.example.com', null])
  },
}
