import { afterEach, expect, it, vi } from 'vitest'

/** `env()` reads once, so each number of proxies gets a fresh copy of the module. */
async function addressBehind(proxies: number, sent: string | undefined): Promise<string | undefined> {
  vi.resetModules()
  vi.stubEnv('TRUST_PROXY', String(proxies))
  const { addressFrom } = await import('./caller-address.ts')
  return addressFrom((name) => (name === 'x-forwarded-for' ? sent : undefined))
}

afterEach(() => vi.unstubAllEnvs())

it.each([
  [0, '198.51.100.7', undefined],
  [1, undefined, undefined],
  [1, '198.51.100.7', '198.51.100.7'],
  [1, '203.0.113.66, 198.51.100.7', '198.51.100.7'],
  [2, '203.0.113.66, 198.51.100.7, 10.0.0.1', '198.51.100.7'],
  [2, '198.51.100.7', undefined],
  [1, '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  [1, '2001:db8::1', '2001:db8:0:0::/64'],
  [1, '::ffff:198.51.100.7', '198.51.100.7'],
  [1, 'fe80::1%eth0', undefined],
  [1, 'x'.repeat(10_000), undefined],
])('behind %i proxies takes %j as %j', async (proxies, sent, address) => {
  expect(await addressBehind(proxies, sent)).toBe(address)
})
