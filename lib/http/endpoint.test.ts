import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { Unavailable } from '#lib/db/transaction.ts'
import type { OAuthContext } from '#lib/oauth/context.ts'
import { publicDocument } from '#lib/oauth/document.ts'
import { invalidGrant } from '#lib/oauth/errors.ts'
import { answer, type ContextOf } from './endpoint.ts'
import { BodyRefused, type HttpRequest } from './message.ts'

beforeAll(() => {
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  const variables = { DATABASE_URL: 'postgres://localhost/none', BASE_URL: 'https://auth.example.com', ...secrets }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
})
afterEach(() => void vi.restoreAllMocks())

const request = (given: Partial<HttpRequest> = {}): HttpRequest => ({
  method: 'GET',
  path: '/p/acme/.well-known/jwks.json',
  query: '',
  headers: new Headers(),
  socketAddress: '192.0.2.1',
  readBody: async () => new Uint8Array(),
  ...given,
})
const document = publicDocument({ keys: [] })
const contextOf: ContextOf = async () => ({ jwks: async () => document, count: () => {} }) as unknown as OAuthContext
const failing =
  (error: unknown): ContextOf =>
  async () => {
    throw error
  }

describe('an answer', () => {
  it('is 404 JSON where no project speaks, never a redirect', async () => {
    const reply = await answer('metadata', request(), async () => null)
    expect([reply.status, reply.body]).toEqual([404, '{"error":"not_found"}'])
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store', 'access-control-allow-origin': '*' })
  })

  it('is 404 JSON for what does not exist, whatever the method', async () => {
    for (const method of ['GET', 'POST', 'OPTIONS', 'TRACE'])
      expect((await answer('unknown', request({ method }), contextOf)).status).toBe(404)
  })

  it('V07 is 503 with Retry-After when the database is away: an OAuth error would make clients drop their credentials', async () => {
    const reply = await answer('token', request({ method: 'POST' }), failing(new Unavailable(new Error('secret'), 5, true)))
    expect(reply.status).toBe(503)
    expect(reply.headers['retry-after']).toBe('5')
    expect(String(reply.body)).toContain('"temporarily_unavailable"')
    expect(String(reply.body)).not.toContain('secret')
  })

  it('tells with an error where it is explained, and nothing that the code itself does not tell (RFC 6749 §5.2)', async () => {
    const bodies = await Promise.all(
      (['code_unknown', 'client_revoked'] as const).map((kind) =>
        answer('token', request({ method: 'POST' }), failing(invalidGrant({ kind }))),
      ),
    )
    const [first, second] = bodies.map(({ body }) => String(body))
    expect(JSON.parse(first ?? '')).toMatchObject({
      error: 'invalid_grant',
      error_uri: 'https://auth.example.com/docs/errors#invalid_grant',
    })
    expect(second).toBe(first)
  })

  it('is a page of 503 where a person waits', async () => {
    const reply = await answer('authorize', request(), failing(new Unavailable(new Error(), 1, false)))
    expect([reply.status, reply.headers['content-type'], reply.headers['retry-after']]).toEqual([503, 'text/html; charset=utf-8', '1'])
    expect(reply.headers).not.toHaveProperty('location')
  })

  it('L04 is 500 for a fault of ours, and the log has its place but not its message', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const reply = await answer('token', request({ method: 'POST' }), failing(new TypeError('gate_rt_secret')))
    expect(reply.status).toBe(500)
    expect(logged.mock.calls.flat().join()).toContain('token failed: TypeError')
    expect(`${logged.mock.calls.flat().join()}${String(reply.body)}`).not.toContain('gate_rt_secret')
  })

  it.each([413, 408] as const)('D01 is %i for a body that is too large or too slow, and ends the connection', async (status) => {
    const readBody = async () => {
      throw new BodyRefused(status)
    }
    const reply = await answer('token', request({ method: 'POST', readBody }), contextOf)
    expect([reply.status, reply.headers.connection]).toEqual([status, 'close'])
  })

  it('asks for no body where there is none', async () => {
    const readBody = vi.fn(async () => new Uint8Array())
    await answer('jwks', request({ readBody }), contextOf)
    await answer('jwks', request({ method: 'HEAD', readBody }), contextOf)
    expect(readBody).not.toHaveBeenCalled()
  })
})

describe('a public document', () => {
  it('may be kept for five minutes and is compared afterwards', async () => {
    const first = await answer('jwks', request(), contextOf)
    expect(first.headers).toMatchObject({ 'cache-control': 'public, max-age=300', etag: document.etag, 'content-type': 'application/json' })
    const again = await answer('jwks', request({ headers: new Headers({ 'if-none-match': document.etag }) }), contextOf)
    expect([again.status, again.body]).toEqual([304, ''])
  })

  it('is sent anew once it has changed', async () => {
    expect((await answer('jwks', request({ headers: new Headers({ 'if-none-match': '"old"' }) }), contextOf)).status).toBe(200)
  })
})
