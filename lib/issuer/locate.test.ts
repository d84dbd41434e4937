import { describe, expect, it } from 'vitest'
import { locate } from './locate.ts'

const SHARED = 'https://auth.example.com'
const at = (url: string) => {
  const [, origin = '', path = ''] = /^(https?:\/\/[^/]+)(.*)$/.exec(url) ?? []
  return locate(origin, path, SHARED)
}

describe('which issuer a URL speaks to', () => {
  it.each([
    ['https://acme.auth.example.com/api/oauth/token', 'https://acme.auth.example.com', '/api/oauth/token'],
    ['https://login.customer.com/.well-known/openid-configuration', 'https://login.customer.com', '/.well-known/openid-configuration'],
    ['https://login.customer.com/', 'https://login.customer.com', '/'],
    ['https://login.customer.com/p/acme/api/oauth/token', 'https://login.customer.com', '/p/acme/api/oauth/token'],
    ['https://auth.example.com/p/acme/api/oauth/token', 'https://auth.example.com/p/acme', '/api/oauth/token'],
    ['https://auth.example.com/p/acme/api/oauth/token/', 'https://auth.example.com/p/acme', '/api/oauth/token'],
    ['https://auth.example.com/p/acme', 'https://auth.example.com/p/acme', '/'],
    ['https://auth.example.com/p/acme/', 'https://auth.example.com/p/acme', '/'],
    ['https://auth.example.com/p/a', 'https://auth.example.com/p/a', '/'],
    [
      'https://auth.example.com/.well-known/oauth-authorization-server/p/acme',
      'https://auth.example.com/p/acme',
      '/.well-known/oauth-authorization-server',
    ],
    [
      'https://auth.example.com/.well-known/openid-configuration/p/acme/',
      'https://auth.example.com/p/acme',
      '/.well-known/openid-configuration',
    ],
    [
      'https://auth.example.com/p/acme/.well-known/openid-configuration',
      'https://auth.example.com/p/acme',
      '/.well-known/openid-configuration',
    ],
  ])('%s speaks to %s', (url, issuer, path) => expect(at(url)).toEqual({ issuer, path }))

  it.each([
    '/',
    '/.well-known/oauth-authorization-server',
    '/.well-known/openid-configuration',
    '/.well-known/jwks.json/p/acme',
    '/.well-known/oauth-authorization-server/p/',
    '/.well-known/oauth-authorization-server/p/acme/x',
    '/.well-known/oauth-authorization-server/p/a%2Fb',
    '/.well-known/oauth-authorization-server/p/ACME',
    '/.well-known/oauth-authorization-server//p/acme',
    '/p',
    '/p/',
    '/p//api/oauth/token',
    '/p/a%2F..%2Fb/api/oauth/token',
    '/p/a%62/api/oauth/token',
    '/p/../p/acme/api/oauth/token',
    '/p/ACME/api/oauth/token',
    '/p/-acme/api/oauth/token',
    '/p/acme-/api/oauth/token',
    '/p/ac.me/api/oauth/token',
    '/p/acm%C3%A9/api/oauth/token',
    `/p/${'a'.repeat(41)}/api/oauth/token`,
    '//p/acme/api/oauth/token',
    '/P/acme/api/oauth/token',
    '/api/oauth/token',
    '/token',
    '/projects',
  ])('H14 the shared host itself is nobody at %s', (path) => expect(locate(SHARED, path, SHARED)).toBeNull())

  it('hands over what is below untouched, for the endpoint table to refuse', () => {
    expect(at('https://auth.example.com/p/acme//api/oauth/token')?.path).toBe('//api/oauth/token')
    expect(at('https://auth.example.com/p/acme/api%2Foauth/token')?.path).toBe('/api%2Foauth/token')
  })

  it('H09 another scheme or port is another origin', () => {
    expect(at('http://auth.example.com/p/acme')?.issuer).toBe('http://auth.example.com')
    expect(at('https://auth.example.com:8443/p/acme')?.issuer).toBe('https://auth.example.com:8443')
  })

  it.each(['/', 'a', '-', '%'])('Z11 50 KB of %j are located or not', (text) => {
    expect(locate(SHARED, `/p/a${text.repeat(50_000)}`, SHARED)?.issuer ?? 'nobody').toMatch(
      /^(nobody|https:\/\/auth\.example\.com\/p\/a)$/,
    )
  })
})
