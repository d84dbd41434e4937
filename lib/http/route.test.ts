import { beforeAll, describe, expect, it, vi } from 'vitest'
import { route } from './route.ts'

beforeAll(() => {
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  const variables = { DATABASE_URL: 'postgres://localhost/none', BASE_URL: 'https://auth.example.com', ...secrets }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
})

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

describe('the framework’s door', () => {
  it('H01 has every method the framework knows, because its own 405 lacks Allow', () => {
    expect(Object.keys(route('token')).toSorted()).toEqual([...METHODS].toSorted())
  })

  it.each(METHODS)('H01 answers %s', async (method) => {
    const response = await route('unknown')[method](new Request('https://auth.example.com/p/acme/x', { method }))
    expect(response.status).toBe(404)
    expect(await response.text()).toBe(method === 'HEAD' ? '' : '{"error":"not_found"}')
  })

  it('answers a preflight without a body, also while the database is away: the request itself will say so', async () => {
    const response = await route('token').OPTIONS(new Request('https://auth.example.com/p/acme/api/oauth/token', { method: 'OPTIONS' }))
    expect([response.status, await response.text(), response.headers.get('access-control-allow-methods')]).toEqual([
      204,
      '',
      'POST, OPTIONS',
    ])
  })
})
