import { describe, expect, it } from 'vitest'
import { localeCookie, spokenLocale } from './language.ts'

const spoken = (headers: Record<string, string>) => spokenLocale(new Headers(headers))

describe('the language of a page', () => {
  it('is English where nobody asks for another', () => expect(spoken({})).toBe('en'))

  it('is the one that the browser prefers', () => expect(spoken({ 'accept-language': 'nl,ja;q=0.9,de;q=0.5' })).toBe('ja'))

  it('is the one that was chosen, whatever the browser prefers', () =>
    expect(spoken({ cookie: 'a=b; gatehouse-language=de', 'accept-language': 'ja' })).toBe('de'))

  it.each(['xx', '"><script>', ''])('is not %j, which a cookie says', (value) =>
    expect(spoken({ cookie: `gatehouse-language=${value}`, 'accept-language': 'fr' })).toBe('fr'),
  )
})

it('K23 the cookie is out of reach of scripts, and lasts as long as it should', () => {
  expect(localeCookie('pt-BR', 3600)).toBe('gatehouse-language=pt-BR; Path=/; HttpOnly; SameSite=Lax; Max-Age=3600')
  expect(localeCookie('ja', null)).toBe('gatehouse-language=ja; Path=/; HttpOnly; SameSite=Lax')
})
