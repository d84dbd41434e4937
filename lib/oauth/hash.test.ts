import { expect, it } from 'vitest'
import { equalInConstantTime, sha256Hex } from './hash.ts'

it('SHA-256 is the one of FIPS 180-4', () => {
  expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

it.each([
  ['a', 'a', true],
  ['', '', true],
  ['a', 'b', false],
  ['a', 'ab', false],
  ['é', 'e\u0301', false],
  ['', 'a', false],
])('P13 %j and %j are equal: %s', (a, b, equal) => expect(equalInConstantTime(a, b)).toBe(equal))
