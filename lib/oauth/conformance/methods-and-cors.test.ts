import { beforeAll, describe, expect, it } from 'vitest'
import { type Endpoint, endpoints } from '../endpoints.ts'
import { answerOf } from './oauth-client.ts'
import { conformance } from './suite.ts'
import type { TestProject } from './target.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']
const SIGN_IN: Pick<Endpoint, 'path' | 'methods' | 'cors'> = { path: '/oauth/sign-in', methods: ['GET', 'POST'], cors: false }
const all = [...Object.values<Pick<Endpoint, 'path' | 'methods' | 'cors'>>(endpoints), SIGN_IN]
const allowed = ({ methods, cors }: Pick<Endpoint, 'methods' | 'cors'>): string[] => [
  ...methods,
  ...(methods.includes('GET') ? ['HEAD'] : []),
  ...(cors ? ['OPTIONS'] : []),
]

conformance('methods and CORS', (subject) => {
  let project: TestProject
  beforeAll(async () => {
    project = await subject.target.project({ pushedRequests: true, deviceGrant: true, openidConnect: true })
  })
  const send = async (path: string, method: string, headers = {}) => answerOf(await project.fetch(path, { method, headers }))

  describe.each(all)('H01 $path', (endpoint) => {
    const methods = allowed(endpoint)

    it.each(METHODS.filter((method) => !methods.includes(method)))('D28 V12 refuses %s with 405 and Allow', async (method) => {
      const answer = await send(endpoint.path, method)
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, methods.join(', ')])
    })

    it.each(methods.filter((method) => method !== 'OPTIONS'))('knows %s', async (method) => {
      expect([405, 404, 500]).not.toContain((await send(endpoint.path, method)).status)
    })

    it.each(['https://evil.test', 'null'])('H11 tells origin %s nothing it would not tell all', async (origin) => {
      for (const method of endpoint.methods) {
        const { headers } = await send(endpoint.path, method, { origin })
        expect(headers.get('access-control-allow-origin')).toBe(endpoint.cors ? '*' : null)
        expect(headers.get('access-control-allow-credentials')).toBeNull()
        if (endpoint.cors) expect(headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
      }
    })
  })

  it.each(all.filter(({ cors }) => cors))('H01 $path answers a preflight, for any origin and without credentials', async (endpoint) => {
    const answer = await send(endpoint.path, 'OPTIONS', { origin: 'https://evil.test', 'access-control-request-method': 'POST' })
    expect([answer.status, answer.text]).toEqual([204, ''])
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    expect(answer.headers.get('access-control-allow-methods')).toBe(allowed(endpoint).join(', '))
    expect(answer.headers.get('access-control-allow-headers')).toBe(
      'Authorization, Content-Type, MCP-Protocol-Version, MCP-Session-ID, DPoP',
    )
    expect(answer.headers.get('access-control-max-age')).toBe('86400')
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull()
  })

  it.each(['TRACE', 'PROPFIND'])('H01 an exotic method (%s) is 405 with Allow at the Node door', async (method) => {
    if (subject.target.door === 'next') return // the framework answers those it does not know
    const answer = await send('/api/oauth/token', method)
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST, OPTIONS'])
  })

  it.each([{ 'x-http-method-override': 'POST' }, { 'x-http-method': 'POST' }, { 'x-method-override': 'POST' }])(
    'H02 %j changes no method',
    async (headers) => expect((await send('/api/oauth/token?_method=POST', 'GET', headers)).status).toBe(405),
  )
})
