import { afterEach, describe, expect, it, vi } from 'vitest'

async function under(BASE_URL: string) {
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  for (const [name, value] of Object.entries({ DATABASE_URL: 'postgres://localhost/none', BASE_URL, ...secrets })) vi.stubEnv(name, value)
  vi.resetModules()
  return import('./cookies.ts')
}
afterEach(() => void vi.unstubAllEnvs())

const VALUE = 'v'.repeat(43)

describe('our cookies', () => {
  it('K23 on https are bound to the host, the path and the project, and out of reach of scripts', async () => {
    const { cookie } = await under('https://auth.example.com')
    expect(cookie('session', 'acme', VALUE, 3600)).toBe(
      `__Host-gatehouse-session-acme=${VALUE}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600; Secure`,
    )
  })

  it('K23 on a http origin have neither prefix nor Secure, which cookie jars drop there', async () => {
    const { cookie } = await under('http://localhost:3000')
    expect(cookie('browser', 'acme', VALUE, 3600)).toBe(`gatehouse-browser-acme=${VALUE}; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600`)
  })

  it('K23 of one project are not read at another, nor one kind for the other', async () => {
    const { readCookie } = await under('https://auth.example.com')
    const header = `x=1; __Host-gatehouse-session-acme=${VALUE}; y=2`
    expect(readCookie(header, 'session', 'acme')).toBe(VALUE)
    expect(readCookie(header, 'session', 'acm')).toBeNull()
    expect(readCookie(header, 'session', 'acme-2')).toBeNull()
    expect(readCookie(header, 'browser', 'acme')).toBeNull()
  })

  it('K23 without the prefix are not read on https, where any subdomain could have set them', async () => {
    const { readCookie } = await under('https://auth.example.com')
    expect(readCookie(`gatehouse-session-acme=${VALUE}`, 'session', 'acme')).toBeNull()
  })

  it.each([
    null,
    '',
    'gatehouse-session-acme=',
    `gatehouse-session-acme="${VALUE}"`,
    `gatehouse-session-acme=${VALUE}x`,
    `xgatehouse-session-acme=${VALUE}`,
  ])('are nothing in a header like %j', async (header) => {
    const { readCookie } = await under('http://localhost:3000')
    expect(readCookie(header, 'session', 'acme')).toBeNull()
  })
})
