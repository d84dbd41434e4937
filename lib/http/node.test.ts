import type { IncomingMessage } from 'node:http'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { protocolName } from './node.ts'

beforeAll(() => {
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  const variables = { DATABASE_URL: 'postgres://localhost/none', BASE_URL: 'https://auth.example.com', TRUST_PROXY: '0', ...secrets }
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value)
})

const nameAt = (host: string, url: string) => protocolName({ url, headers: { host } } as IncomingMessage)

describe('on the shared host the Node door', () => {
  const at = (url: string) => nameAt('auth.example.com', url)

  it.each([
    ['/p/acme/api/oauth/token', 'token'],
    ['/p/acme/api/oauth/token/', 'token'],
    ['/p/acme/api/oauth/token?x=1', 'token'],
    ['/p/acme/api/oauth/token/exchange', 'exchange'],
    ['/p/acme/oauth/authorize?client_id=x', 'authorize'],
    ['/p/acme/oauth/consent', 'consent'],
    ['/p/acme/oauth/sign-in', 'signIn'],
    ['/p/acme/.well-known/jwks.json', 'jwks'],
    ['/p/acme/.well-known/openid-configuration', 'openid'],
    ['/.well-known/oauth-authorization-server/p/acme', 'metadata'],
    ['/.well-known/openid-configuration/p/acme', 'openid'],
    // of no issuer: answered, by a 404, because no project speaks there
    ['/.well-known/oauth-authorization-server', 'metadata'],
    ['/api/oauth/token', 'token'],
    ['/token', 'token'],
    ['/authorize', 'authorize'],
  ])('answers %s as %s', (url, name) => expect(at(url)).toBe(name))

  it.each([
    '/p/acme',
    '/p/acme/',
    '/p/acme/nothing',
    '/p/acme//api/oauth/token',
    '/p/acme/api%2foauth/token',
    '/p/acme/api/oauth/TOKEN',
    '/p/a%2fb/api/oauth/token',
    '/p/a%2F..%2Fb/sign-in',
    '/p/ACME/sign-in',
    '/p/',
    '/p',
    '/p/acme/consent/a/b',
    '/p/acme/projects',
    '/.well-known/openid-configuration/p/a%2fb',
    '/.well-known/jwks.json/p/acme',
    '/.well-known/security.txt',
    '/oauth/nothing',
    '/api/oauth/nothing',
  ])('H14 answers %s as nothing that exists', (url) => expect(at(url)).toBe('unknown'))

  it.each([
    '/',
    '/projects',
    '/login',
    '/sign-in',
    '/api/auth/session',
    '/api/health',
    '/_next/static/chunks/main.js',
    '/icon.svg',
    '/favicon.ico',
    '/p/acme/sign-in?request=x',
    '/p/acme/consent/handle',
    '/p/acme/connected-apps',
    '/pricing',
    '/tokens',
    '/api/oauthx',
  ])('leaves %s to the framework', (url) => expect(at(url)).toBeNull())

  it.each(['//p/acme/api/oauth/token', '//evil.example/p/acme', '///'])('H14 hands %s to nobody who could answer it', (url) => {
    expect(at(url)).toBeNull() // refused before this, see request-line.test.ts
  })
})

describe('on a host of its own the Node door', () => {
  const at = (url: string) => nameAt('login.customer.com', url)

  it.each([
    ['/.well-known/oauth-authorization-server', 'metadata'],
    ['/api/oauth/token', 'token'],
    ['/authorize', 'authorize'],
    ['/token', 'token'],
    ['/register', 'register'],
  ])('answers %s as %s', (url, name) => expect(at(url)).toBe(name))

  it.each(['/', '/projects', '/login', '/api/auth/session', '//api/oauth/token', '/p/acme/api/oauth/token', '/consent'])(
    'H14 answers %s as nothing that exists: the dashboard does not live here',
    (url) => expect(at(url)).toBe('unknown'),
  )

  it.each(['/sign-in', '/consent/handle', '/connected-apps', '/_next/static/x.css', '/api/health'])('leaves %s to the framework', (url) => {
    expect(at(url)).toBeNull()
  })

  it('H09 X-Forwarded-Host makes it no other host', () => {
    const headers = { host: 'login.customer.com', 'x-forwarded-host': 'auth.example.com' }
    expect(protocolName({ url: '/projects', headers } as unknown as IncomingMessage)).toBe('unknown')
  })
})
