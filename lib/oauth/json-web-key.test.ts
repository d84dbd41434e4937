import { generateKeyPairSync } from 'node:crypto'
import type { JWK } from 'jose'
import { describe, expect, it } from 'vitest'
import { canSign, parseJsonWebKeySet, rsaBits } from './json-web-key.ts'

const rsa = (modulusLength: number): JWK => generateKeyPairSync('rsa', { modulusLength }).publicKey.export({ format: 'jwk' }) as JWK
const ec = (namedCurve: string): JWK => generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' }) as JWK
const okp = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }) as JWK
const [p256, p384, rsa2048] = [ec('P-256'), ec('P-384'), rsa(2048)]
/** A modulus of that many bits, or one that pretends to have them. */
const modulus = (bits: number, zeros = 0) =>
  Buffer.concat([Buffer.alloc(zeros), Buffer.from([1 << ((bits - 1) % 8)]), Buffer.alloc(Math.ceil(bits / 8) - 1, 0xff)]).toString(
    'base64url',
  )

describe('a client’s key set', () => {
  it('keeps the public members of the keys that can verify', () => {
    const set = { keys: [{ ...p256, kid: 'a', use: 'sig', alg: 'ES256', x5u: 'https://evil.test' }, { ...rsa2048, kid: 'b' }, okp, p384] }
    expect(parseJsonWebKeySet(set)).toEqual({ keys: [{ ...p256, kid: 'a', use: 'sig', alg: 'ES256' }, { ...rsa2048, kid: 'b' }, okp] })
  })

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a list', [p256]],
    ['keys that are no list', { keys: p256 }],
    ['a key that is no object', { keys: ['x'] }],
    ['no key', { keys: [] }],
    ['21 keys', { keys: Array.from({ length: 21 }, (_, i) => ({ ...p256, kid: `${i}` })) }],
    ['100 keys', { keys: Array.from({ length: 100 }, () => p256) }],
    ['more than 16 KB', { keys: [p256], padding: 'x'.repeat(16_384) }],
    ['a private elliptic key', { keys: [p256, { ...p256, d: 'x' }] }],
    ['a private RSA key', { keys: [{ ...rsa2048, p: 'x' }] }],
    ['a symmetric key', { keys: [p256, { kty: 'oct', k: 'x' }] }],
    [
      'a kid twice',
      {
        keys: [
          { ...p256, kid: 'a' },
          { ...okp, kid: 'a' },
        ],
      },
    ],
    ['a kid that is no text', { keys: [{ ...p256, kid: 5 }] }],
    ['RSA of 512 bits', { keys: [p256, rsa(512)] }],
    ['RSA of 2,047 bits', { keys: [{ ...rsa2048, n: modulus(2047) }] }],
    ['RSA of 1,024 bits behind zeros', { keys: [{ ...rsa2048, n: modulus(1024, 128) }] }],
    ['RSA of 8,192 bits', { keys: [{ ...rsa2048, n: modulus(8192) }] }],
    ['RSA with the exponent 1', { keys: [{ ...rsa2048, e: 'AQ' }] }],
    ['RSA with the exponent 1, longer', { keys: [{ ...rsa2048, e: 'AAAB' }] }],
    ['only another curve', { keys: [p384] }],
    ['only a key for encryption', { keys: [{ ...p256, use: 'enc' }] }],
    ['only a key for something else', { keys: [{ ...p256, key_ops: ['deriveKey'] }] }],
  ])('D18 is none with %s', (_, value) => expect(parseJsonWebKeySet(value)).toEqual(expect.any(String)))

  it('measures a modulus without its leading zeros', () => {
    expect([rsaBits(rsa2048), rsaBits({ n: modulus(2047) }), rsaBits({ n: modulus(1024, 200) }), rsaBits({ n: '' }), rsaBits({})]).toEqual([
      2048, 2047, 1024, 0, 0,
    ])
  })

  it('X06 takes no coordinate of another length', () => {
    expect(canSign({ ...p256, x: `${p256.x}AAAA` })).toBe(false)
    expect(canSign({ ...okp, x: 'AA' })).toBe(false)
  })
})
