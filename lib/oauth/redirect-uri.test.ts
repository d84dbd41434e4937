import { describe, expect, it } from 'vitest'
import { checkRedirectUri, formActionSource, isSafeToEmit, matchesRegistered, redirectDisplay, toAsciiRedirectUri } from './redirect-uri.ts'

const REGISTERED = 'https://client.example.com/cb'

describe('a redirect URI that was sent', () => {
  it('is proven by an equal registered one, whichever it is', () => {
    expect(matchesRegistered(REGISTERED, ['cursor://x/cb', REGISTERED])).toBe(true)
  })

  it.each([
    ['R01', 'https://evil.test/cb'],
    ['R02 a longer path', `${REGISTERED}/x`],
    ['R02 a trailing slash', `${REGISTERED}/`],
    ['R02 the parent path', 'https://client.example.com/'],
    ['R04 a query that was not registered', `${REGISTERED}?t=1`],
    ['R05 the host in upper case', 'https://CLIENT.example.com/cb'],
    ['R05 the default port', 'https://client.example.com:443/cb'],
    ['R05 the scheme in upper case', 'HTTPS://client.example.com/cb'],
    ['R07 a tab', 'https://client.example.com/\tcb'],
    ['R07 a newline', 'https://client.example.com/cb\n'],
    ['R07 a leading space', ` ${REGISTERED}`],
    ['R07 an encoded tab', 'https://client.example.com/%09cb'],
    ['R07 encoded CRLF', `${REGISTERED}%0d%0a`],
    ['R08 backslashes', 'https:\\\\client.example.com\\cb'],
    ['R08 no slashes', 'https:client.example.com/cb'],
    ['R08 three slashes', 'https:///client.example.com/cb'],
    ['R09 the registered host as a user', 'https://client.example.com@evil.test/cb'],
    ['R09 two at signs', 'https://client.example.com@evil.test@evil.test/cb'],
    ['R09 a backslash before the at sign', 'https://evil.test\\@client.example.com/cb'],
    ['R09 an encoded slash before the at sign', 'https://evil.test%2f@client.example.com/cb'],
    ['R10 a trailing dot', 'https://client.example.com./cb'],
    ['R11 full-width letters', 'https://ｃlient.example.com/cb'],
    ['R11 ideographic full stops', 'https://client。example。com/cb'],
    ['R11 a dotless i', 'https://clıent.example.com/cb'],
    ['R12 a path parameter', 'https://client.example.com/cb;jsessionid=1'],
    ['R12 ..;/', 'https://client.example.com/x/..;/cb'],
    ['R12 dot segments', 'https://client.example.com/x/../cb'],
    ['R13 a fragment', `${REGISTERED}#frag`],
    ['R13 an empty fragment', `${REGISTERED}#`],
    ['R16 http', 'http://client.example.com/cb'],
    ['R22 another port', 'https://client.example.com:8443/cb'],
    ['R22 percent-encoding of the same path', 'https://client.example.com/%63b'],
    ['nothing', ''],
  ])('is refused: %s', (_, sent) => expect(matchesRegistered(sent, [REGISTERED])).toBe(false))

  it.each(['?t=1&u=2', '?t=2', '', '?', '?T=1'])('R04 must repeat a registered query, so that %j is refused', (query) => {
    expect(matchesRegistered(`${REGISTERED}${query}`, [`${REGISTERED}?t=1`])).toBe(false)
    expect(matchesRegistered(`${REGISTERED}?t=1`, [`${REGISTERED}?t=1`])).toBe(true)
  })

  it.each([
    'javascript:alert(1)',
    'JavaScript:alert(1)',
    'data:text/html,x',
    'vbscript:x',
    'blob:https://a/b',
    'file:///etc/passwd',
    'javascript:/x',
  ])('R14 %s is refused even if it was somehow stored', (uri) => {
    expect(matchesRegistered(uri, [uri])).toBe(false)
    expect(isSafeToEmit(uri)).toBe(false)
  })

  it.each(['com.acme.app://cb', 'COM.ACME.APP:/cb', 'com.acme.app:/other', 'com.acme.app:cb', 'com.acme.app:/cb/'])(
    'R15 %s is not the registered com.acme.app:/cb',
    (sent) => expect(matchesRegistered(sent, ['com.acme.app:/cb'])).toBe(false),
  )

  it('R15 may have a private-use scheme', () => expect(matchesRegistered('com.acme.app:/cb', ['com.acme.app:/cb'])).toBe(true))

  it('R26 has at most 2,048 characters', () => {
    const longest = `${REGISTERED}?${'a'.repeat(2048 - REGISTERED.length - 1)}`
    expect(matchesRegistered(longest, [longest])).toBe(true)
    expect(matchesRegistered(`${longest}a`, [`${longest}a`])).toBe(false)
  })
})

describe('a loopback redirect URI', () => {
  it.each([
    ['http://localhost/callback', 'http://localhost:3118/callback'],
    ['http://localhost:6274/callback', 'http://localhost:50000/callback'],
    ['http://localhost:6274/callback', 'http://localhost/callback'],
    ['http://127.0.0.1/', 'http://127.0.0.1:33418/'],
    ['http://[::1]:1/cb', 'http://[::1]:65535/cb'],
    ['http://127.0.0.1/cb?a=1', 'http://127.0.0.1:9/cb?a=1'],
  ])('registered as %s is proven at any port: %s', (registered, sent) => expect(matchesRegistered(sent, [registered])).toBe(true))

  it.each([
    ['R17 a host that only starts so', 'http://localhost.evil.test/cb'],
    ['R17 a name that resolves so', 'http://127.0.0.1.nip.io/cb'],
    ['R17 every address', 'http://0.0.0.0:1/cb'],
    ['R17 IPv4 in IPv6', 'http://[::ffff:127.0.0.1]/cb'],
    ['R19 another path', 'http://127.0.0.1/other'],
    ['R19 an added query', 'http://127.0.0.1/cb?x=1'],
    ['R19 userinfo', 'http://user@127.0.0.1/cb'],
    ['R19 userinfo that looks like a port', 'http://127.0.0.1:1@evil.test/cb'],
    ['R19 a short form', 'http://127.1/cb'],
    ['R19 a hexadecimal form', 'http://0x7f.1/cb'],
    ['R19 a decimal form', 'http://2130706433/cb'],
    ['R19 the other name of the same machine', 'http://localhost/cb'],
    ['R19 a long form of ::1', 'http://[0:0:0:0:0:0:0:1]/cb'],
    ['R21 https', 'https://127.0.0.1/cb'],
    ['R21 port 0', 'http://127.0.0.1:0/cb'],
    ['R21 port 65536', 'http://127.0.0.1:65536/cb'],
    ['R21 an empty port', 'http://127.0.0.1:/cb'],
    ['R21 a port with a leading zero', 'http://127.0.0.1:080/cb'],
    ['R21 a port that is none', 'http://127.0.0.1:8a/cb'],
  ])('is refused: %s', (_, sent) => expect(matchesRegistered(sent, ['http://127.0.0.1:3118/cb'])).toBe(false))

  it('keeps its port rule to itself: no other URI has it', () => {
    expect(matchesRegistered('cursor://localhost:1/cb', ['cursor://localhost:2/cb'])).toBe(false)
  })
})

describe('a redirect URI to be registered', () => {
  it.each([
    'https://client.example.com/cb',
    'https://client.example.com',
    'https://client.example.com:8443/cb?tenant=1',
    'https://93.184.216.34/cb',
    'http://localhost/callback',
    'http://localhost:8787/callback',
    'http://127.0.0.1:33418/',
    'http://[::1]:5000/cb',
    'cursor://anysphere.cursor-mcp/oauth/callback',
    'com.acme.app:/cb',
    'vscode://dynamicauthprovider/cb',
  ])('D10 may be %s', (uri) => expect(checkRedirectUri(uri)).toBeNull())

  it.each([
    'javascript:/x',
    'data:/x',
    'vbscript:/x',
    'blob:/x',
    'file:///x',
    'about:/x',
    'ws://x/',
    'wss://x/',
    'ftp://x/',
    'intent://x/',
  ])('D08 must not be %s', (uri) => expect(checkRedirectUri(uri)).not.toBeNull())

  it.each([
    'JAVASCRIPT:/x',
    'JavaScript:alert(1)',
    ' javascript:/x',
    '\tjavascript:/x',
    '\0javascript:/x',
    'java\nscript:/x',
    'javascript&colon;/x',
  ])('D08 must not hide its scheme: %j', (uri) => expect(checkRedirectUri(uri)).not.toBeNull())

  it.each([
    ['http on a public host', 'http://client.example.com/cb'],
    ['a wildcard', 'https://*.example.com/cb'],
    ['a wildcard in the path', 'https://client.example.com/*'],
    ['userinfo', 'https://user:pass@client.example.com/cb'],
    ['empty userinfo', 'https://@client.example.com/cb'],
    ['a fragment', 'https://client.example.com/cb#x'],
    ['an empty fragment', 'https://client.example.com/cb#'],
    ['a private address', 'https://10.0.0.1/cb'],
    ['a private address, 172.16/12', 'https://172.31.255.1/cb'],
    ['a private address, 192.168/16', 'https://192.168.1.1/cb'],
    ['carrier-grade NAT', 'https://100.64.0.1/cb'],
    ['the metadata address', 'https://169.254.169.254/cb'],
    ['a loopback address with https', 'https://127.0.0.1/cb'],
    ['a decimal address', 'https://2130706433/cb'],
    ['a hexadecimal address', 'https://0x7f.1/cb'],
    ['::1', 'https://[::1]/cb'],
    ['a unique local address', 'https://[fd00::1]/cb'],
    ['a link-local address', 'https://[fe80::1]/cb'],
    ['IPv4 in IPv6', 'https://[::ffff:10.0.0.1]/cb'],
    ['NAT64', 'https://[64:ff9b::7f00:1]/cb'],
    ['6to4', 'https://[2002:7f00:1::]/cb'],
    ['multicast', 'https://224.0.0.1/cb'],
    ['a trailing dot', 'https://client.example.com./cb'],
    ['localhost with a trailing dot', 'http://localhost./cb'],
    ['an empty host', 'https:///cb'],
    ['port 0', 'https://client.example.com:0/cb'],
    ['an empty port', 'https://client.example.com:/cb'],
    ['a port above 65535', 'https://client.example.com:65536/cb'],
    ['a backslash', 'https://client.example.com\\cb'],
    ['no scheme', '//client.example.com/cb'],
    ['a path only', '/cb'],
    ['a scheme without a slash', 'com.acme.app:cb'],
    ['nothing', ''],
    ['2,049 characters', `https://client.example.com/${'a'.repeat(2049 - 27)}`],
  ])('D09 must not have %s', (_, uri) => expect(checkRedirectUri(uri)).not.toBeNull())

  it.each([
    ['https://bücher.example/cb', 'https://xn--bcher-kva.example/cb'],
    ['https://bücher.example:8443/cb?x=1', 'https://xn--bcher-kva.example:8443/cb?x=1'],
    ['https://ｃlient.example.com/cb', 'https://client.example.com/cb'],
    ['https://client.example.com/CB?Case=Kept', 'https://client.example.com/CB?Case=Kept'],
  ])('D11 R11 is kept with its host as A-label: %s', (sent, kept) => {
    expect(toAsciiRedirectUri(sent)).toBe(kept)
    expect(matchesRegistered(kept, [kept])).toBe(true)
  })

  it.each([
    'https://client.example.com/é',
    'cursor://bücher/cb',
    'https://ü@client.example.com/cb',
    'http://löcalhost/cb',
    'https://client.example.com\\ü/cb',
  ])('D11 may be other than ASCII in an https host only: %s', (uri) => expect(toAsciiRedirectUri(uri)).toBeNull())
})

describe('a redirect URI as people and browsers see it', () => {
  it.each([
    ['https://client.example.com/cb', 'client.example.com', 'https://client.example.com'],
    ['http://localhost:3118/cb', 'localhost:3118', 'http://localhost:3118'],
    ['http://[::1]:3118/cb', '[::1]:3118', 'http:'],
    ['cursor://anysphere.cursor-mcp/oauth/callback', 'cursor:', 'cursor:'],
    ['com.acme.app:/cb', 'com.acme.app:', 'com.acme.app:'],
  ])('K04 %s is shown as %s and lets forms end at %s', (uri, display, source) => {
    expect(redirectDisplay(uri)).toBe(display)
    expect(formActionSource(uri)).toBe(source)
  })

  it('K27 a homograph is shown as its A-label', () => expect(redirectDisplay('https://xn--pple-43d.com/cb')).toBe('xn--pple-43d.com'))
})

it.each(['a', '/', '?', ':', '%', '.', '@', '[', '0', 'ü'])('Z11 50 KB of %j are judged at once', (character) => {
  const text = `https://${character.repeat(50_000)}`
  expect(checkRedirectUri(text)).not.toBeNull()
  expect(matchesRegistered(text, [REGISTERED])).toBe(false)
  expect([null, text].some((each) => toAsciiRedirectUri(text) === each) || toAsciiRedirectUri(text)?.startsWith('https://')).toBe(true)
})
