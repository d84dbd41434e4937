import { describe, expect, it } from 'vitest'
import { secretKeeper } from './secrets.ts'

const SECRET = 'gate_rt_family.1.salt.k7-Tq_xZ0~signature'

describe('the secret sweep', () => {
  it.each([
    ['as it is', `before ${SECRET} after`],
    ['by the part that makes it one', 'k7-Tq_xZ0~signature'],
    ['URL-encoded', encodeURIComponent(`a&${SECRET}&b`)],
    ['in base64, wherever it begins', Buffer.from(`{"x":"${SECRET}"}`).toString('base64')],
    ['in base64, one byte later', Buffer.from(`{"xy":"${SECRET}"}`).toString('base64')],
    ['in base64, two bytes later', Buffer.from(`{"xyz":"${SECRET}"}`).toString('base64')],
    ['in base64url', Buffer.from(`??>>${SECRET}`).toString('base64url')],
  ])('finds a secret %s', (_, text) => {
    const secrets = secretKeeper()
    secrets.remember(SECRET)
    expect(secrets.leaksIn({ log: text })).toEqual(['log holds gate_rt_fami…'])
  })

  it('finds what an answer gave away', () => {
    const secrets = secretKeeper()
    const headers = new Headers({
      location: 'https://client.example.com/cb?code=the-authorization-code',
      'content-type': 'application/json',
    })
    headers.append('set-cookie', 'name=the-cookie-value; Path=/')
    secrets.rememberAnswer(
      headers,
      '{"access_token":"the-access-token","refresh_token":"the-refresh-token","client_secret":"the-client-secret"}',
    )
    const all = ['the-authorization-code', 'the-cookie-value', 'the-access-token', 'the-refresh-token', 'the-client-secret']
    expect(secrets.leaksIn(Object.fromEntries(all.map((text) => [text, text])))).toHaveLength(all.length)
  })

  it('is content with everything else', () => {
    const secrets = secretKeeper()
    secrets.remember(SECRET, null, undefined, '', 'short')
    expect(secrets.leaksIn({ log: 'gate_rt_ family salt short' })).toEqual([])
  })
})
