import { createHmac, createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { CompactEncrypt, type CryptoKey, exportJWK, FlattenedSign, generateKeyPair, type JWK, SignJWT } from 'jose'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { short } from './conformance/short.ts'
import type { JsonWebKeySet } from './json-web-key.ts'
import { unverifiedClaims, verifySignedJwt } from './signed-jwt.ts'

type Pair = { readonly jwk: JWK; readonly privateKey: CryptoKey; readonly alg: string }
const pairOf = async (alg: string, kid?: string): Promise<Pair> => {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  return { jwk: { ...(await exportJWK(publicKey)), ...(kid ? { kid } : {}) }, privateKey, alg }
}
const tokenOf = (
  { privateKey, alg }: Pair,
  header: Record<string, unknown> = {},
  claims: Record<string, unknown> = { sub: 'me', exp: 2_000_000_000 },
) => new SignJWT(claims).setProtectedHeader({ alg, ...header }).sign(privateKey)
const encode = (value: unknown) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

let ec: Pair
let rsa: Pair
let other: Pair
beforeAll(async () => {
  ec = await pairOf('ES256', 'ec')
  rsa = await pairOf('RS256', 'rsa')
  other = await pairOf('ES256', 'other')
})
const set = (...pairs: Pair[]): JsonWebKeySet => ({ keys: pairs.map(({ jwk }) => jwk) })
const verify = (token: string, keys: JsonWebKeySet | null = set(ec, rsa)) => verifySignedJwt(token, async () => keys)
/** ES256, over whatever text. */
const signed = (header: string, payload: string) => {
  const input = `${encode(header)}.${encode(payload)}`
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')
  return { token: `${input}.${signature}`, keys: { keys: [publicKey.export({ format: 'jwk' }) as JWK] } }
}

describe('a JWT that somebody else signed', () => {
  it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('may be signed with %s', async (alg) => {
    const pair = await pairOf(alg)
    expect(await verify(await tokenOf(pair), set(pair))).toEqual({
      typ: undefined,
      kid: undefined,
      claims: { sub: 'me', exp: 2_000_000_000 },
    })
  })

  it('says its typ in one spelling, and its kid', async () => {
    expect(await verify(await tokenOf(ec, { typ: 'application/At+JWT', kid: 'ec' }))).toMatchObject({ typ: 'at+jwt', kid: 'ec' })
  })

  it('is found by its kid, and without one by trying', async () => {
    const asked: (string | undefined)[] = []
    const keysOf = async (kid: string | undefined) => {
      asked.push(kid)
      return set(other, ec)
    }
    expect(await verifySignedJwt(await tokenOf(ec, { kid: 'ec' }), keysOf)).not.toBeNull()
    expect(await verifySignedJwt(await tokenOf(ec), keysOf)).not.toBeNull()
    expect(asked).toEqual(['ec', undefined])
    expect(await verify(await tokenOf(ec, { kid: 'other' }), set(other, ec))).toBeNull()
    expect(await verify(await tokenOf(ec, { kid: 'unknown' }), set(other, ec))).toBeNull()
  })

  it('with a kid may be of a key that has none', async () => {
    const { kid, ...nameless } = ec.jwk
    expect(await verify(await tokenOf(ec, { kid: 'ec' }), { keys: [nameless] })).not.toBeNull()
  })

  describe('X06 J04 is refused:', () => {
    it('alg none, in any spelling, with and without a signature', async () => {
      for (const alg of ['none', 'None', 'NONE', 'nOnE']) {
        const unsigned = `${encode({ alg })}.${encode({ sub: 'me' })}.`
        expect([await verify(unsigned), await verify(`${unsigned}AA`)]).toEqual([null, null])
      }
    })

    it.each(['HS256', 'HS384', 'HS512'])('%s keyed with our copy of the public key, as PEM, DER, JWK or modulus', async (alg) => {
      const key = createPublicKey({ key: rsa.jwk as never, format: 'jwk' })
      const input = `${encode({ alg, kid: 'rsa' })}.${encode({ sub: 'me' })}`
      const pem = key.export({ format: 'pem', type: 'spki' })
      for (const secret of [pem, key.export({ format: 'der', type: 'spki' }), JSON.stringify(rsa.jwk), rsa.jwk.n ?? '']) {
        const mac = createHmac(`sha${alg.slice(2)}`, secret)
          .update(input)
          .digest('base64url')
        expect(await verify(`${input}.${mac}`)).toBeNull()
      }
    })

    it.each(['ES384', 'ES512', 'RS384', 'PS512'])('%s, which is not on the list', async (alg) => {
      const pair = await pairOf(alg)
      expect(await verify(await tokenOf(pair), set(pair))).toBeNull()
    })

    it('a header without alg, or with one that is no text', async () => {
      for (const header of ['{}', '{"alg":null}', '{"alg":["ES256"]}', '{"alg":{}}', '[]', 'null', '"ES256"', '{"alg":"ES256"', 'x']) {
        const { token, keys } = signed(header, '{"sub":"me"}')
        expect(await verify(token, keys)).toBeNull()
      }
    })

    it.each([{ crit: ['exp'] }, { crit: ['x'], x: 1 }, { crit: [] }, { b64: false }, { b64: false, crit: ['b64'] }])(
      'an extension that must be understood: %j',
      async (extension) => {
        const { token, keys } = signed(JSON.stringify({ alg: 'ES256', ...extension }), '{"sub":"me"}')
        expect(await verify(token, keys)).toBeNull()
      },
    )

    it('a key used for another algorithm than its own', async () => {
      const pinned = { ...rsa.jwk, alg: 'PS256' }
      expect(await verify(await tokenOf(rsa, { kid: 'rsa' }), { keys: [pinned] })).toBeNull()
      expect(await verify(await tokenOf(ec, { kid: 'ec' }), { keys: [{ ...ec.jwk, use: 'enc' }] })).toBeNull()
      expect(await verify(await tokenOf(ec, { kid: 'ec' }), { keys: [{ ...ec.jwk, key_ops: ['encrypt'] }] })).toBeNull()
    })

    it('RSA of 1,024 bits', async () => {
      const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
      const input = `${encode({ alg: 'RS256' })}.${encode({ sub: 'me' })}`
      const token = `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
      expect(await verify(token, { keys: [publicKey.export({ format: 'jwk' }) as JWK] })).toBeNull()
    })

    it('another signer, a changed payload, a changed signature, no signature', async () => {
      const token = await tokenOf(ec, { kid: 'ec' })
      const [header = '', , signature = ''] = token.split('.')
      expect(await verify(await tokenOf({ ...other, jwk: ec.jwk }, { kid: 'ec' }))).toBeNull()
      expect(await verify(`${header}.${encode({ sub: 'you' })}.${signature}`)).toBeNull()
      expect(await verify(`${token.slice(0, -10)}AAAAAAAAAA`)).toBeNull()
      expect(await verify(`${token.slice(0, token.lastIndexOf('.'))}.`)).toBeNull()
    })
  })

  it.each([
    ['a path', '../../etc/passwd', null],
    ['SQL', "' OR 1=1 --", null],
    ['10 KB', 'k'.repeat(10_000), null],
    ['a list', ['ec'], null],
    ['a number', 5, null],
    ['an object', { kid: 'ec' }, null],
  ])('X07 with a kid that is %s verifies nothing', async (_, kid, outcome) => {
    const { token, keys } = signed(JSON.stringify({ alg: 'ES256', kid }), '{"sub":"me"}')
    expect(await verify(token, { keys: keys.keys.map((key) => ({ ...key, kid: 'ec' })) })).toBe(outcome)
  })

  it('X08 reads no key out of its own header, and goes nowhere for one', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch')
    const { token, keys } = signed(
      JSON.stringify({ alg: 'ES256', jku: 'https://evil.test/jwks', x5u: 'https://evil.test/cert', jwk: other.jwk, x5c: ['MIIB'] }),
      '{"sub":"me"}',
    )
    expect(await verify(token, set(ec))).toBeNull()
    expect(await verify(token, keys)).not.toBeNull()
    const own = await tokenOf(other, { jwk: other.jwk, jku: 'https://evil.test/jwks' })
    expect(await verify(own, set(ec))).toBeNull()
    expect(fetched).not.toHaveBeenCalled()
    fetched.mockRestore()
  })

  describe('X11 J04 is nothing else:', () => {
    it('a JWE', async () => {
      const { publicKey } = await generateKeyPair('RSA-OAEP-256')
      const jwe = await new CompactEncrypt(Buffer.from('{"sub":"me"}'))
        .setProtectedHeader({ alg: 'RSA-OAEP-256', enc: 'A256GCM' })
        .encrypt(publicKey)
      expect(await verify(jwe)).toBeNull()
    })

    it('JWS in JSON', async () => {
      const json = await new FlattenedSign(Buffer.from('{"sub":"me"}')).setProtectedHeader({ alg: 'ES256', kid: 'ec' }).sign(ec.privateKey)
      expect(await verify(JSON.stringify(json))).toBeNull()
    })

    it('a JWT in a JWT', async () => {
      const { token, keys } = signed('{"alg":"ES256","cty":"JWT"}', await tokenOf(ec))
      expect(await verify(token, keys)).toBeNull()
    })

    it.each(['null', '[]', '"x"', '5', '{', ''])('a payload of %j', async (payload) => {
      const { token, keys } = signed('{"alg":"ES256"}', payload)
      expect(await verify(token, keys)).toBeNull()
    })

    it('a compressed or an ill-encoded payload', async () => {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      for (const bytes of [deflateRawSync('{"sub":"me"}'), Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])]) {
        const input = `${encode({ alg: 'ES256', zip: 'DEF' })}.${bytes.toString('base64url')}`
        const token = `${input}.${sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
        expect(await verify(token, { keys: [publicKey.export({ format: 'jwk' }) as JWK] })).toBeNull()
      }
    })

    it.each(['', '.', '..', 'a.b', 'a.b.c.d', 'a.b.c.d.e', ' a.b.c', 'a b.c.d', 'é.b.c', `${'a'.repeat(100_000)}.b.c`].map(short))(
      'the text %j, and no key is asked for',
      async (_, text) => {
        const keysOf = vi.fn(async () => set(ec))
        expect(await verifySignedJwt(text, keysOf)).toBeNull()
        expect(keysOf).not.toHaveBeenCalled()
      },
    )

    it('a good one of more than 16 KB', async () => {
      expect(await verify(await tokenOf(ec, { kid: 'ec' }, { sub: 'me', padding: 'x'.repeat(16_384) }))).toBeNull()
    })
  })

  it.each(['"2000000000"', '-1', '1.5', '1e400', '-1e400', 'null', '[]', '9007199254740993'])(
    'J06 with a date of %s is refused',
    async (date) => {
      for (const name of ['exp', 'nbf', 'iat']) {
        const { token, keys } = signed('{"alg":"ES256"}', `{"sub":"me","${name}":${date}}`)
        expect(await verify(token, keys)).toBeNull()
      }
    },
  )

  it('is refused when its signer’s keys cannot be had, and by a set of junk', async () => {
    const token = await tokenOf(ec, { kid: 'ec' })
    const junk = [{ kty: 'EC' }, { kty: 'EC', crv: 'P-256', x: 1, y: 2, kid: 'ec' }, { kid: 'ec' }] as unknown as JWK[]
    expect([await verify(token, null), await verify(token, { keys: [] }), await verify(token, { keys: junk })]).toEqual([null, null, null])
    expect(await verify(token, { keys: [...junk, ec.jwk] })).not.toBeNull()
  })

  it('is tried with at most twenty keys', async () => {
    const { kid, ...nameless } = other.jwk
    const { kid: name, ...own } = ec.jwk
    const crowd = (before: number) => ({ keys: [...Array.from({ length: before }, () => nameless), own] })
    const token = await tokenOf(ec)
    expect(await verify(token, crowd(19))).not.toBeNull()
    expect(await verify(token, crowd(20))).toBeNull()
  })

  it('passes on what its keys’ source throws', async () => {
    const away = async () => {
      throw new RangeError('away')
    }
    await expect(verifySignedJwt(await tokenOf(ec), away)).rejects.toThrow(RangeError)
  })
})

describe('unverified claims', () => {
  it('are what the payload says, and null for what is no JWT', async () => {
    expect(unverifiedClaims(`${encode({ alg: 'none' })}.${encode({ sub: 'me' })}.x`)).toEqual({ sub: 'me' })
    for (const text of ['', 'x', 'a.b.c', `x.${encode('[]')}.x`, `x.${encode('{')}.x`, `x.${'e30'.repeat(9_000)}.x`])
      expect(unverifiedClaims(text)).toBeNull()
  })
})
