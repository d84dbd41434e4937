import { describe, expect, it } from 'vitest'
import { parseJsonObject } from './json-body.ts'

const JSON_TYPE = 'application/json'
const parse = (text: string) => parseJsonObject(JSON_TYPE, new TextEncoder().encode(text))

describe('a JSON body', () => {
  it.each(['{}', '{"a":{"b":[1,"x",null]},"b":{"b":1}}', '{"a":"{\\"a\\":1,\\"a\\":2}"}', '{"a":"\\\\","b":":"}', '{"a":["a","a"]}'])(
    'is read: %s',
    (text) => expect(parse(text)).toEqual(JSON.parse(text)),
  )

  it.each(['null', '[]', '"x"', '5', 'true'])('D04 that is no object is refused: %s', (text) => expect(parse(text)).toBe('not_an_object'))

  it.each(['', '{', '{"a":1', '{"a":1}}', '{"a":1,}', "{'a':1}", '{"a":"\\"}', '\uFEFF{}', '{"a":\u0000}', 'x', '{"a":01}'])(
    'D04 that is broken is refused: %j',
    (text) => expect(parse(text)).toBe('syntax'),
  )

  it('D04 that is no UTF-8 is refused', () => {
    expect(parseJsonObject(JSON_TYPE, new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe('syntax')
  })

  it.each([
    '{"a":1,"a":2}',
    '{"a":1,"\\u0061":2}',
    '{"x":{"a":1,"a":1}}',
    '[{"a":1,"a":1}]',
    '{"a":{},"a":[]}',
    '{"__proto__":1,"__proto__":2}',
  ])('D04 with a member twice is refused: %s', (text) => expect(['duplicate_member', 'not_an_object']).toContain(parse(text)))

  it.each([
    ['[', ']'],
    ['{"a":', '1}'],
  ])('D04 that is nested 10,000 deep is refused: %s', (open, close) => {
    expect(parse(`{"a":${open.repeat(10_000)}${close.repeat(10_000)}}`)).toBe('too_deep')
    expect(parse(open.repeat(50_000 / open.length))).toBe('too_deep')
  })

  it('brackets inside strings nest nothing', () => expect(parse(`{"a":"${'['.repeat(100)}"}`)).toEqual({ a: '['.repeat(100) }))

  it('D16 with __proto__ changes no prototype', () => {
    expect(Object.getPrototypeOf(parse('{"__proto__":{"polluted":true}}'))).toBe(Object.prototype)
    expect({}).not.toHaveProperty('polluted')
  })

  it.each(['application/json', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'APPLICATION/JSON'])(
    'may be called %s',
    (type) => expect(parseJsonObject(type, new TextEncoder().encode('{}'))).toEqual({}),
  )

  it.each([
    null,
    '',
    'text/plain',
    'application/x-www-form-urlencoded',
    'application/json; charset=utf-16',
    'application/json, text/plain',
    'application/jsonp',
    'application/scim+json',
  ])('D05 must not be called %s', (type) => expect(parseJsonObject(type, new TextEncoder().encode('{}'))).toBe('media_type'))

  it.each(['"', '\\', ':', '"":', '\\"', '{', '0'])('Z11 50 KB of %j are refused', (text) => {
    expect(typeof parse(`{"a":${text.repeat(50_000 / text.length)}`)).toBe('string')
  })
})
