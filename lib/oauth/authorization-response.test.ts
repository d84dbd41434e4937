import { describe, expect, it } from 'vitest'
import { codeResponse, errorResponse } from './authorization-response.ts'
import { issuerWith } from './conformance/issuer.ts'
import { short } from './conformance/short.ts'

const to = (redirectUri: string, state: string | null = null) => ({ redirectUri, state })
const locationOf = (result: ReturnType<typeof codeResponse>): string => (result.kind === 'redirect' ? result.to : '')

describe('an authorization response', () => {
  it.each([
    ['https://client.example.com/cb', 'https://client.example.com/cb?code=x&iss='],
    ['https://client.example.com/cb?t=1', 'https://client.example.com/cb?t=1&code=x&iss='],
    ['com.acme.app:/cb', 'com.acme.app:/cb?code=x&iss='],
    ['https://client.example.com', 'https://client.example.com?code=x&iss='],
  ])('R04 keeps the redirect URI byte for byte and its query: %s', (redirectUri, start) => {
    expect(locationOf(codeResponse('x', to(redirectUri), issuerWith()))).toBe(`${start}https%3A%2F%2Fauth.example.com%2Fp%2Facme`)
  })

  it.each(['x', '', 'a b&c=d#e', 'é🤖', 'x'.repeat(2048), '%41+%20'].map(short))('K20 hands back the state unchanged: %j', (_, state) => {
    const url = new URL(locationOf(errorResponse('access_denied', 'No', to('https://client.example.com/cb', state), issuerWith())))
    expect(url.searchParams.getAll('state')).toEqual([state])
  })

  it('has no state when none was sent', () => {
    expect(locationOf(codeResponse('x', to('https://client.example.com/cb'), issuerWith()))).not.toContain('state')
  })

  it('has no iss where the project does not announce it', () => {
    expect(locationOf(codeResponse('x', to('https://client.example.com/cb'), issuerWith({ issParameter: false })))).toBe(
      'https://client.example.com/cb?code=x',
    )
  })

  it.each(['javascript:/alert(1)', 'https://client.example.com/cb\r\nSet-Cookie: a=b', 'data:/x', 'http://client.example.com/cb'])(
    'R14 never goes to %j, even if that was stored',
    (uri) => expect(() => codeResponse('x', to(uri), issuerWith())).toThrow(TypeError),
  )
})
