import { afterEach, describe, expect, it, vi } from 'vitest'

/** The module under the environment given: it is parsed once and kept. */
async function under(variables: Record<string, string>) {
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  const all = {
    DATABASE_URL: 'postgres://localhost/none',
    BASE_URL: 'https://auth.example.com',
    TRUST_PROXY: '0',
    ...secrets,
    ...variables,
  }
  for (const [name, value] of Object.entries(all)) vi.stubEnv(name, value)
  vi.resetModules()
  return import('./external-url.ts')
}
afterEach(() => void vi.unstubAllEnvs())

const headers = (values: Record<string, string>) => new Headers(values)
const FORGED = {
  'x-forwarded-host': 'evil.example',
  'x-forwarded-proto': 'http',
  'x-forwarded-port': '1',
  'x-forwarded-prefix': '/evil',
  forwarded: 'host=evil.example;proto=http',
}

describe('the origin a client called', () => {
  it.each([
    ['auth.example.com', 'https://auth.example.com'],
    ['AUTH.Example.COM', 'https://auth.example.com'],
    ['auth.example.com:443', 'https://auth.example.com'],
    ['auth.example.com:8443', 'https://auth.example.com:8443'],
    ['evil.example', 'https://evil.example'],
  ])('is the Host header, in one spelling: %s', async (host, origin) => {
    const { externalOrigin } = await under({})
    expect(externalOrigin(headers({ host }))).toBe(origin)
  })

  it('H09 is not what a client says was forwarded, when no proxy was declared', async () => {
    const { externalOrigin } = await under({})
    expect(externalOrigin(headers({ host: 'auth.example.com', ...FORGED }))).toBe('https://auth.example.com')
  })

  it('H09 has the scheme of BASE_URL, whatever is forwarded', async () => {
    const { externalOrigin } = await under({ TRUST_PROXY: '1' })
    expect(externalOrigin(headers({ host: 'inner', 'x-forwarded-host': 'auth.example.com', 'x-forwarded-proto': 'http' }))).toBe(
      'https://auth.example.com',
    )
  })

  it.each([
    ['auth.example.com', 'https://auth.example.com'],
    ['evil.example, auth.example.com', 'https://auth.example.com'],
    ['', 'https://inner'],
  ])('H09 behind a declared proxy is what that proxy wrote last: %j', async (forwarded, origin) => {
    const { externalOrigin } = await under({ TRUST_PROXY: '1' })
    expect(externalOrigin(headers({ host: 'inner', 'x-forwarded-host': forwarded }))).toBe(origin)
  })

  it('is of no host without a Host header, which no issuer has', async () => {
    const { externalOrigin } = await under({})
    expect(externalOrigin(headers({}))).toBe('https://')
  })

  it('drops port 80 where the installation speaks http', async () => {
    const { externalOrigin } = await under({ BASE_URL: 'http://localhost:3000' })
    expect(externalOrigin(headers({ host: 'acme.localhost:80' }))).toBe('http://acme.localhost')
    expect(externalOrigin(headers({ host: 'acme.localhost:443' }))).toBe('http://acme.localhost:443')
  })
})

describe('the address of a caller', () => {
  it.each([
    ['0', '198.51.100.9'],
    ['1', '203.0.113.3'],
    ['2', '203.0.113.2'],
    ['3', '203.0.113.1'],
    ['4', '198.51.100.9'],
  ])('behind %s proxies is %s: text before that was written by the client', async (proxies, address) => {
    const { clientAddress } = await under({ TRUST_PROXY: proxies })
    const list = headers({ 'x-forwarded-for': '203.0.113.1, 203.0.113.2,203.0.113.3' })
    expect(clientAddress(list, '198.51.100.9')).toBe(address)
  })

  it('H09 Z02 is one and the same whatever a client writes in front: no limit is escaped by making up addresses', async () => {
    for (const [proxies, behind] of [
      ['1', ''],
      ['2', ', 10.0.0.2'],
      ['3', ', 10.0.0.3, 10.0.0.2'],
    ]) {
      const { clientAddress } = await under({ TRUST_PROXY: proxies ?? '' })
      const made = Array.from(
        { length: 100 },
        (_, i) => `${Array.from({ length: i % 5 }, (_, j) => `192.0.2.${i + j}, `).join('')}203.0.113.7${behind}`,
      )
      expect(new Set(made.map((list) => clientAddress(headers({ 'x-forwarded-for': list }), '10.0.0.1')))).toEqual(new Set(['203.0.113.7']))
    }
    const { clientAddress } = await under({ TRUST_PROXY: '0' })
    const forged = ['x-forwarded-for', 'x-real-ip', 'forwarded', 'cf-connecting-ip', 'true-client-ip', 'x-client-ip']
    for (const name of forged) expect(clientAddress(headers({ [name]: '192.0.2.1' }), '203.0.113.7')).toBe('203.0.113.7')
  })

  it('is unknown when nobody says it', async () => {
    const { clientAddress } = await under({ TRUST_PROXY: '1' })
    expect(clientAddress(headers({}), undefined)).toBe('unknown')
    expect(clientAddress(headers({ 'x-forwarded-for': 'unknown, _hidden' }), undefined)).toBe('unknown')
  })

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:4711', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002:ffff::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['[2001:db8::1]', '2001:db8:0:0::/64'],
    ['[2001:db8::1]:443', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['', 'unknown'],
    ['localhost', 'unknown'],
    ['192.0.2.1; DROP TABLE', 'unknown'],
  ])('is canonical: %j is %s', async (text, canonical) => {
    const { canonicalAddress } = await under({})
    expect(canonicalAddress(text)).toBe(canonical)
  })

  it.each(['a', ':', '1', '[', '%'])('Z11 50 KB of %j are no address', async (character) => {
    const { canonicalAddress } = await under({})
    expect(canonicalAddress(character.repeat(50_000))).toBe('unknown')
  })
})
