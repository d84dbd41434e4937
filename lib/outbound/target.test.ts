import { describe, expect, it } from 'vitest'
import { OutboundRefused } from './refused.ts'
import { isFetchable, targetOf } from './target.ts'

const refusalOf = (url: string, developmentLoopback = false): string | null => {
  try {
    targetOf(url, { developmentLoopback })
    return null
  } catch (error) {
    return error instanceof OutboundRefused ? error.kind : 'another error'
  }
}

describe('the text of a URL that strangers name', () => {
  it('leads to its host at port 443', () =>
    expect(targetOf('https://app.example.com/a/b.json?v=1', { developmentLoopback: false })).toMatchObject({
      hostname: 'app.example.com',
      port: 443,
    }))

  it.each([
    ...['http://app.example.com/c', 'ftp://app.example.com/c', 'file:///etc/passwd', 'javascript:alert(1)', '//app.example.com/c', ''],
    ...['https://app.example.com', 'https://app.example.com/c#a', 'https://u@app.example.com/c', 'https://u:p@app.example.com/c'],
    ...['https://app.example.com/a/../c', 'https://app.example.com/./c', 'https://app.example.com/a/%2e%2e/c', 'https://APP.example.com/c'],
    ...[
      'https:\\\\app.example.com/c',
      'https://app.example.com\\c',
      'https://app.example.com/a b',
      'https://app.example.com/a\tb',
      ' https://app.example.com/c',
    ],
    ...[
      'https://app.example.com/c\n',
      'https://äpp.example.com/c',
      'https://app.example.com/ä',
      `https://app.example.com/${'a'.repeat(2048)}`,
    ],
  ])('CI01 %j is refused before any name is asked for', (url) => expect(refusalOf(url)).toBe('url'))

  it.each([
    '127.0.0.1',
    '8.8.8.8',
    '[::1]',
    '[::]',
    '[::ffff:7f00:1]',
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fc00::1]',
    '[2606:4700::1111]',
  ])('CI02 CI03 CI08 %s is refused for being an address, public or not', (host) =>
    expect(refusalOf(`https://${host}/c`)).toBe('address_literal'),
  )
  it.each(['127.1', '0x7f.1', '2130706433', '0177.0.0.1', '①②⑦.0.0.1', '[fe80::1%25eth0]', '[::ffff:127.0.0.1]'])(
    'CI02 CI03 %s is refused for being an address in disguise',
    (host) => expect(refusalOf(`https://${host}/c`)).toBe('url'),
  )
  it.each([
    'localhost',
    'x.localhost',
    'metadata.google.internal',
    'a.internal',
    'printer.local',
    'intranet',
    'a.home.arpa',
    'db.corp',
    'a.test',
    'app.example.com.',
  ])('CI05 %s is refused for being a private name', (host) => expect(refusalOf(`https://${host}/c`)).toBe('private_name'))
  it.each(['22', '25', '80', '5432', '6379', '8443', '0', '65536', ''])('CI09 port %j is refused', (port) =>
    expect(refusalOf(`https://app.example.com:${port}/c`)).toBe('url'),
  )

  it.each(['http://localhost:3456/c', 'http://127.0.0.1:3456/c', 'https://localhost:3456/c', 'http://localhost/c'])(
    '%s is for development only',
    (url) => {
      expect(refusalOf(url)).not.toBeNull()
      expect(refusalOf(url, true)).toBeNull()
    },
  )
  it.each([
    'http://app.example.com/c',
    'http://10.0.0.1/c',
    'http://[::1]:3000/c',
    'http://127.0.0.2:3000/c',
    'http://a.localhost:3000/c',
    'https://app.example.com:8443/c',
  ])('%s is refused also in development', (url) => expect(refusalOf(url, true)).not.toBeNull())

  it('is told apart without an error by who only wants to know', () => {
    expect(isFetchable('https://app.example.com/c', { developmentLoopback: false })).toBe(true)
    expect(isFetchable('https://10.0.0.1/c', { developmentLoopback: false })).toBe(false)
  })
})
