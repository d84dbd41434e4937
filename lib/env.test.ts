import { afterEach, describe, expect, it, vi } from 'vitest'

/** The configuration under these variables: it is parsed once and kept. */
async function envUnder(variables: Record<string, string>) {
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  const all = {
    DATABASE_URL: 'postgres://localhost/none',
    BASE_URL: 'https://auth.example.com',
    OUTBOUND_LOOPBACK: '',
    GATEHOUSE_LIMITS: '',
  }
  for (const [name, value] of Object.entries({ ...all, ...secrets, ...variables })) vi.stubEnv(name, value)
  vi.resetModules()
  const { env } = await import('./env.ts')
  return env()
}
afterEach(() => void vi.unstubAllEnvs())

describe('the configuration', () => {
  it('fetches nothing from this machine unless told to', async () => expect((await envUnder({})).OUTBOUND_LOOPBACK).toBe('off'))

  describe.each(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'])('L07 without a good %s', (name) => {
    it.each([
      ['missing', ''],
      ['short', 'x'.repeat(31)],
    ])('lets nothing start: %s', async (_, value) => {
      await expect(envUnder({ [name]: value })).rejects.toThrow(name)
    })

    it('lets nothing start: the same as another, so that none can stand in for it', async () => {
      for (const other of ['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].filter((one) => one !== name))
        await expect(envUnder({ [name]: other.padEnd(32, '.') })).rejects.toThrow('must be three different secrets')
    })
  })

  it.each([
    ['OUTBOUND_LOOPBACK', 'on'],
    ['GATEHOUSE_LIMITS', 'off'],
  ])('%s=%s is for a loopback name only', async (name, value) => {
    await expect(envUnder({ [name]: value })).rejects.toThrow(`${name} may be ${value} only where BASE_URL is a loopback name`)
    expect(await envUnder({ [name]: value, BASE_URL: 'http://localhost:3000' })).toMatchObject({ [name]: value })
  })

  it.each([
    [{ GITHUB_CLIENT_ID: 'x' }, 'GITHUB_CLIENT_SECRET must be set too'],
    [{ GOOGLE_CLIENT_SECRET: 'x' }, 'GOOGLE_CLIENT_ID must be set too'],
    [{ OIDC_ISSUER: 'https://id.example.com', OIDC_CLIENT_ID: 'x' }, 'OIDC_CLIENT_SECRET must be set too'],
    [{ OIDC_ISSUER: 'http://id.example.com', OIDC_CLIENT_ID: 'x', OIDC_CLIENT_SECRET: 'x' }, 'OIDC_ISSUER must be https'],
  ])('lets nothing start with half a provider to sign in with: %j', async (variables, sentence) => {
    await expect(envUnder(variables as Record<string, string>)).rejects.toThrow(sentence)
  })
})
