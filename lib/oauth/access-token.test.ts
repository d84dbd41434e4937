import { describe, expect, it } from 'vitest'
import { accessTokenClaims, RESERVED_CLAIMS, type TokenSubject } from './access-token.ts'
import { issuerWith } from './conformance/issuer.ts'
import { isClientId } from './identifier.ts'

const subject: TokenSubject = {
  userId: 'user_1',
  clientId: 'c_1',
  scopes: ['read', 'write'],
  resources: ['https://mcp.acme.com/mcp'],
  issuedAt: new Date('2026-11-21T12:00:00.999Z'),
  lifetimeSeconds: 3600,
}
const issuer = issuerWith()

describe('an access token', () => {
  it('RFC 9068 §2.2 says who, for whom, by whom, what and how long, in whole seconds', () => {
    const { jti, ...claims } = accessTokenClaims(issuer, subject)
    expect(claims).toEqual({
      iss: 'https://auth.example.com/p/acme',
      aud: 'https://mcp.acme.com/mcp',
      sub: 'user_1',
      client_id: 'c_1',
      scope: 'read write',
      iat: Date.UTC(2026, 10, 21, 12) / 1000,
      exp: Date.UTC(2026, 10, 21, 13) / 1000,
    })
    expect(jti).toMatch(/^[0-9a-f-]{36}$/)
  })

  it('has an array for aud only when it is for several', () => {
    expect(accessTokenClaims(issuer, { ...subject, resources: ['https://a', 'https://b'] }).aud).toEqual(['https://a', 'https://b'])
  })

  it('never repeats a jti', () => {
    expect(new Set(Array.from({ length: 1000 }, () => accessTokenClaims(issuer, subject).jti)).size).toBe(1000)
  })

  it('tells grant, sign-in and actor when there are', () => {
    expect(accessTokenClaims(issuer, { ...subject, grantId: 'g', authTime: new Date(5999), act: { sub: 'c_2' } })).toMatchObject({
      grant_id: 'g',
      auth_time: 5,
      act: { sub: 'c_2' },
    })
  })

  it('lets no caller’s claim stand in the place of one of ours', () => {
    const mine = Object.fromEntries([...RESERVED_CLAIMS].map((name) => [name, 'mine']))
    const claims = accessTokenClaims(issuer, {
      ...subject,
      grantId: 'g',
      authTime: new Date(0),
      act: { sub: 'c_2' },
      claims: { ...mine, tenant: 't' },
    })
    const ours = ['iss', 'sub', 'aud', 'exp', 'iat', 'jti', 'client_id', 'scope', 'auth_time', 'grant_id', 'act'] as const
    expect(ours.filter((name) => claims[name] === 'mine')).toEqual([])
    expect(claims.tenant).toBe('t')
  })
})

it.each([
  ['c_AAAAAAAAAAAAAAAAAAAAAA', true],
  ['backend', true],
  ['workload:', true],
  [`workload:${'0'.repeat(64)}`, true],
  ['user_AAAAAAAAAAAAAAAAAAAAAA', false],
  ['c_short', false],
  ['auth0|c_AAAAAAAAAAAAAAAAAAAAAA', false],
  ['c_AAAAAAAAAAAAAAAAAAAAAA\n', false],
])('J13 %j reads as a client acting for itself: %s', (id, is) => expect(isClientId(id)).toBe(is))
