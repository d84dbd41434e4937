import { describe, expect, it } from 'vitest'
import { OAuthError } from './errors.ts'
import { parseFormBody, parseParameters, requireForm } from './parameters.ts'

const FORM = 'application/x-www-form-urlencoded'
const bytes = (text: string) => new TextEncoder().encode(text)
const refusal = (work: () => unknown): string => {
  try {
    work()
  } catch (error) {
    if (error instanceof OAuthError) return error.code
    throw error
  }
  return 'none'
}

describe('parameters', () => {
  it.each([
    ['H07 a plus and %20 are a blank', 'a=x+y%20z', 'x y z'],
    ['an encoded plus stays a plus', 'a=x%2By', 'x+y'],
    ['a value may have equal signs', 'a=x=y==', 'x=y=='],
    ['UTF-8 is decoded', 'a=%C3%A9', 'é'],
    ['H07 a semicolon separates nothing', 'a=x;b=y', 'x;b=y'],
    ['empty pairs are nothing', '&&a=x&', 'x'],
    ['names are decoded too', '%61=x', 'x'],
  ])('%s', (_, text, value) => expect(parseParameters(text).get('a')).toBe(value))

  it.each(['', 'a', 'a=', 'b=1'])('RFC 6749 §3.1: without a value is not sent (%j)', (text) => {
    expect(parseParameters(text).get('a')).toBeUndefined()
    expect(parseParameters(text).all('a')).toEqual([])
  })

  it.each(['a=%ff', 'a=%c0%80', 'a=%ed%a0%80', 'a=%u0041', 'a=%', 'a=%zz', '%ff=a'])('H07 %s is invalid_request and never U+FFFD', (text) =>
    expect(refusal(() => parseParameters(text))).toBe('invalid_request'),
  )

  it('H04 tells which came twice, and which may', () => {
    const parameters = parseParameters('a=1&a=1&resource=x&resource=y&audience=x&audience=y&b=1&c=&c=2')
    expect(parameters.repeated()).toEqual(['a'])
    expect(parameters.all('resource')).toEqual(['x', 'y'])
  })

  it('Z01 are at most 200', () => {
    const pairs = (count: number) => Array.from({ length: count }, (_, i) => `p${i}=1`).join('&')
    expect(parseParameters(pairs(200)).get('p199')).toBe('1')
    expect(refusal(() => parseParameters(pairs(201)))).toBe('invalid_request')
    expect(refusal(() => parseParameters('&'.repeat(50_000)))).toBe('invalid_request')
  })

  it('have no names they were not sent with', () => {
    const parameters = parseParameters('__proto__=x&constructor=y')
    expect(parameters.get('toString')).toBeUndefined()
    expect(parameters.get('__proto__')).toBe('x')
    expect({}).not.toHaveProperty('x')
  })

  it.each(['a', '%41', '+', '=', '%'])('Z11 50 KB of %j are read or refused', (text) => {
    expect(['none', 'invalid_request']).toContain(refusal(() => parseParameters(`x=${text.repeat(50_000 / text.length)}`)))
  })
})

describe('a form', () => {
  it('is read', () => expect(parseFormBody(FORM, bytes('grant_type=x')).get('grant_type')).toBe('x'))

  it.each([FORM, `${FORM}; charset=utf-8`, `${FORM};charset="UTF-8"`, 'Application/X-WWW-Form-Urlencoded', ` ${FORM} `])(
    'may be called %s',
    (type) => expect(refusal(() => requireForm(type))).toBe('none'),
  )

  it.each([
    null,
    '',
    'application/json',
    'multipart/form-data; boundary=x',
    'text/plain',
    `application/json, ${FORM}`,
    `${FORM}, application/json`,
    `${FORM}; charset=utf-7`,
    `${FORM}; charset=iso-8859-1`,
    `${FORM}x`,
    `${FORM}; boundary=x`,
  ])('H03 must not be called %s', (type) => expect(refusal(() => parseFormBody(type, bytes('a=1')))).toBe('invalid_request'))

  it.each([
    ['H07 NUL', bytes('a=%00')],
    ['H07 a raw NUL', bytes('a=\0')],
    ['H07 bytes that are no UTF-8', new Uint8Array([0x61, 0x3d, 0xff])],
    ['H07 an overlong form', new Uint8Array([0x61, 0x3d, 0xc0, 0x80])],
    ['H07 a surrogate', new Uint8Array([0x61, 0x3d, 0xed, 0xa0, 0x80])],
    ['H04 a parameter twice', bytes('a=1&a=2')],
    ['H04 the same value twice', bytes('a=1&a=1')],
    ['H04 a parameter twice, once encoded', bytes('a=1&%61=2')],
  ])('has no %s', (_, body) => expect(refusal(() => parseFormBody(FORM, body))).toBe('invalid_request'))

  it('H04 may repeat what the endpoint names', () => {
    expect(parseFormBody(FORM, bytes('scope=a&scope=b'), ['scope']).all('scope')).toEqual(['a', 'b'])
    expect(refusal(() => parseFormBody(FORM, bytes('scope=a&scope=b&csrf=1&csrf=2'), ['scope']))).toBe('invalid_request')
  })
})
