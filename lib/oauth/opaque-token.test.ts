import { randomBytes, randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { short } from './conformance/short.ts'
import {
  csrfTokenOf,
  isMintedCode,
  isMintedDeviceCode,
  mintCode,
  mintDeviceCode,
  mintRequestHandle,
  parseRefreshToken,
  projectOfHandle,
  randomSalt,
  refreshTokenOf,
  userCodeHashOf,
} from './opaque-token.ts'

const pepper = randomBytes(32)
const other = randomBytes(32)

/** Every text that differs from this one in a single place, one for each place. */
const tampered = (text: string): string[] =>
  Array.from(text, (character, i) => text.slice(0, i) + (character === 'A' ? 'B' : 'A') + text.slice(i + 1))

describe('an authorization code', () => {
  it('is known as ours without asking anybody', () => expect(isMintedCode(mintCode(pepper), pepper)).toBe(true))

  it('is nobody’s once a single character differs', () => {
    expect(tampered(mintCode(pepper)).filter((code) => isMintedCode(code, pepper))).toEqual([])
  })

  it('is nobody’s under another pepper', () => expect(isMintedCode(mintCode(other), pepper)).toBe(false))

  it.each([
    ['nothing', () => ''],
    ['a prefix alone', () => 'gate_ac_'],
    ['a blank at its end', () => `${mintCode(pepper)} `],
    ['a newline at its end', () => `${mintCode(pepper)}\n`],
    ['something appended', () => `${mintCode(pepper)}.A`],
    ['T07 the prefix of another kind', () => mintCode(pepper).replace('gate_ac_', 'gate_rt_')],
    ['Z11 50 KB', () => `gate_ac_${'a'.repeat(50_000)}`],
  ])('is refused with %s', (_, code) => expect(isMintedCode(code(), pepper)).toBe(false))

  it('C20 of 10,000 no two are equal, and each holds 256 random bits behind a prefix that names the kind only', () => {
    const codes = Array.from({ length: 10_000 }, () => mintCode(pepper))
    expect(new Set(codes).size).toBe(codes.length)
    expect(codes.every((code) => /^gate_ac_[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}$/.test(code))).toBe(true)
    // 43 characters of base64url: were a bit fixed, a place would have at most half of its letters. The last holds four bits only.
    const letters = Array.from({ length: 43 }, (_, place) => new Set(codes.map((code) => code.charAt('gate_ac_'.length + place))).size)
    expect(letters.slice(0, 42).every((size) => size === 64)).toBe(true)
    expect(letters[42]).toBe(16)
  })
})

describe('a device code', () => {
  it('is known as ours, and is nobody’s once a character or the pepper differs', () => {
    const code = mintDeviceCode(pepper)
    expect(code).toMatch(/^gate_dc_[A-Za-z0-9_-]{43}\.[A-Za-z0-9_-]{43}$/)
    expect(isMintedDeviceCode(code, pepper)).toBe(true)
    expect([...tampered(code), mintDeviceCode(other), '', `${code}\n`].filter((each) => isMintedDeviceCode(each, pepper))).toEqual([])
  })

  it('T07 is no authorization code, nor the reverse, whatever its prefix says', () => {
    const [code, deviceCode] = [mintCode(pepper), mintDeviceCode(pepper)]
    expect(isMintedDeviceCode(code.replace('gate_ac_', 'gate_dc_'), pepper)).toBe(false)
    expect(isMintedCode(deviceCode.replace('gate_dc_', 'gate_ac_'), pepper)).toBe(false)
  })
})

describe('what is kept of a user code', () => {
  it('depends on the pepper, so that the table alone gives none away', () => {
    expect(userCodeHashOf('WDJBMJHT', pepper)).toBe(userCodeHashOf('WDJBMJHT', pepper))
    expect(userCodeHashOf('WDJBMJHT', pepper)).not.toBe(userCodeHashOf('WDJBMJHT', other))
    expect(userCodeHashOf('WDJBMJHT', pepper)).not.toBe(userCodeHashOf('WDJBMJHZ', pepper))
  })
})

describe('a refresh token', () => {
  const familyId = randomUUID()
  const salt = randomSalt()
  const token = refreshTokenOf(familyId, 3, salt, pepper)

  it('names its family and generation', () => expect(parseRefreshToken(token, pepper)).toEqual({ familyId, generation: 3 }))

  it('F02 is the same again for the same family, generation and salt', () => {
    expect(refreshTokenOf(familyId, 3, salt, pepper)).toBe(token)
    expect(new Set([token, refreshTokenOf(familyId, 4, salt, pepper), refreshTokenOf(familyId, 3, randomSalt(), pepper)]).size).toBe(3)
  })

  it('is nobody’s once a single character differs, so that a guess never ends a family', () => {
    expect(tampered(token).filter((each) => parseRefreshToken(each, pepper))).toEqual([])
  })

  it('is nobody’s under another pepper', () => expect(parseRefreshToken(token, other)).toBeNull())

  it.each([
    ['nothing', ''],
    ['a blank before', ` ${token}`],
    ['a blank behind', `${token} `],
    ['a newline behind', `${token}\n`],
    ['a generation with a leading zero', token.replace('.3.', '.03.')],
    ['generation 0', token.replace('.3.', '.0.')],
    ['T07 the prefix of a code', token.replace('gate_rt_', 'gate_ac_')],
    ['Z11 50 KB', `gate_rt_${'a'.repeat(50_000)}`],
    ['Z11 50 KB of dots', `gate_rt_${'.'.repeat(50_000)}`],
  ])('F21 is refused with %s', (_, each) => expect(parseRefreshToken(each, pepper)).toBeNull())

  it('T07 is no code, and a code is none', () => {
    expect(isMintedCode(token, pepper)).toBe(false)
    expect(parseRefreshToken(mintCode(pepper), pepper)).toBeNull()
  })
})

describe('the handle of an authorization request', () => {
  const projectId = randomUUID()

  it('leads to its project and to no two requests', () => {
    const handles = Array.from({ length: 1000 }, () => mintRequestHandle(projectId))
    expect(new Set(handles).size).toBe(1000)
    expect(new Set(handles.map(projectOfHandle))).toEqual(new Set([projectId]))
  })

  it.each(['', 'short', 'a'.repeat(44), `${'a'.repeat(42)}=`, `${'a'.repeat(43)}\n`, 'a'.repeat(50_000)].map(short))(
    'is not %j',
    (_, text) => expect(projectOfHandle(text)).toBeNull(),
  )
})

it('K01 a CSRF token is worth nothing for another request, browser, account or installation', () => {
  const tokens = [
    csrfTokenOf('handle', 'browser', 'user', pepper),
    csrfTokenOf('handle2', 'browser', 'user', pepper),
    csrfTokenOf('handle', 'browser2', 'user', pepper),
    csrfTokenOf('handle', 'browser', 'user2', pepper),
    csrfTokenOf('handle', 'browser', null, pepper),
    csrfTokenOf('handle', 'browser', 'user', other),
    csrfTokenOf('handlebrowser', '', 'user', pepper),
  ]
  expect(new Set(tokens).size).toBe(tokens.length)
})
