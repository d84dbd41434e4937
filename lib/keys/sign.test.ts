import { createHmac, createPrivateKey, createSign, generateKeyPairSync } from 'node:crypto'
import { calculateJwkThumbprint, createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { closeDatabase, pool } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { claims, idTokenClaims, projectWithKeys, withIdTokenKeys } from './fixtures.ts'
import { open } from './seal.ts'
import { idTokenSigner, jwks, signer, verifier } from './sign.ts'

requireDatabase()
afterAll(closeDatabase)

const published = async (projectId: string): Promise<JSONWebKeySet> => JSON.parse((await jwks(projectId)).body.toString())
const segment = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')

describe.each(['ES256', 'RS256'] as const)('an access token signed with %s', (algorithm) => {
  it('verifies for a stranger who has only the JWKS', async () => {
    const projectId = await projectWithKeys(algorithm)
    const said = claims()
    const token = await signer(projectId)(said)
    const { payload, protectedHeader } = await jwtVerify(token, createLocalJWKSet(await published(projectId)), { typ: 'at+jwt' })
    expect(payload).toEqual(said)
    expect(protectedHeader).toEqual({ typ: 'at+jwt', alg: algorithm, kid: (await published(projectId)).keys[0]?.kid })
  })

  it('verifies for us, whole and for its own project only', async () => {
    const [projectId, other] = [await projectWithKeys(algorithm), await projectWithKeys(algorithm)]
    const said = claims()
    const token = await signer(projectId)(said)
    expect(await verifier(projectId)(token)).toEqual(said)
    expect(await verifier(other)(token)).toBeNull()
  })
})

describe('the JWKS', () => {
  it.each([
    ['ES256' as const, ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']],
    ['RS256' as const, ['alg', 'e', 'kid', 'kty', 'n', 'use']],
  ])('publishes the public members of %s and no others', async (algorithm, members) => {
    const { keys } = await published(await projectWithKeys(algorithm))
    expect(keys).toHaveLength(2)
    for (const key of keys) expect(Object.keys(key).toSorted()).toEqual(members)
  })
  it('publishes nothing private even when a row holds it', async () => {
    const projectId = await projectWithKeys()
    await pool().query(
      `UPDATE signing_key SET public_jwk = replace(public_jwk, '{', '{"d":"private","k":"private",') WHERE project_id = $1`,
      [projectId],
    )
    const { body } = await jwks(projectId)
    expect(body.toString()).not.toContain('private')
    expect(JSON.parse(body.toString()).keys).toHaveLength(2)
  })
  it('J02 J14 names each key by its RFC 7638 thumbprint', async () => {
    for (const algorithm of ['ES256', 'RS256'] as const)
      for (const key of (await published(await projectWithKeys(algorithm))).keys) expect(key.kid).toBe(await calculateJwkThumbprint(key))
  })
  it('has an ETag that changes only with its content', async () => {
    const projectId = await projectWithKeys()
    const first = await jwks(projectId)
    expect(first.etag).toMatch(/^"[\w-]{22}"$/)
    expect((await jwks(projectId)).etag).toBe(first.etag)
    expect((await jwks(await projectWithKeys())).etag).not.toBe(first.etag)
  })
})

describe('what is not one of our access tokens', async () => {
  const projectId = await projectWithKeys()
  const verify = verifier(projectId)
  const token = await signer(projectId)(claims())
  const [header = '', payload = '', signature = ''] = token.split('.')
  const key = (await published(projectId)).keys[0]
  const kid = key?.kid ?? ''
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey

  it.each<[string, string]>([
    ['nothing', ''],
    ['one segment', 'abc'],
    ['five segments, as a JWE has', `${header}.a.b.c.d`],
    ['alg none', `${segment({ typ: 'at+jwt', alg: 'none', kid })}.${payload}.`],
    ['alg none with a signature', `${segment({ typ: 'at+jwt', alg: 'none', kid })}.${payload}.${signature}`],
    [
      'HS256 with the public key as the secret',
      (() => {
        const signed = `${segment({ typ: 'at+jwt', alg: 'HS256', kid })}.${payload}`
        return `${signed}.${createHmac('sha256', JSON.stringify(key)).update(signed).digest('base64url')}`
      })(),
    ],
    ['another algorithm', `${segment({ typ: 'at+jwt', alg: 'PS256', kid })}.${payload}.${signature}`],
    ['typ JWT', `${segment({ typ: 'JWT', alg: 'ES256', kid })}.${payload}.${signature}`],
    ['no typ', `${segment({ alg: 'ES256', kid })}.${payload}.${signature}`],
    ['an unknown kid', `${segment({ typ: 'at+jwt', alg: 'ES256', kid: 'other' })}.${payload}.${signature}`],
    ['a critical extension', `${segment({ typ: 'at+jwt', alg: 'ES256', kid, crit: ['b64'], b64: false })}.${payload}.${signature}`],
    ['an embedded key', `${segment({ typ: 'at+jwt', alg: 'ES256', kid, jwk: key })}.${payload}.${signature}`],
    ['another payload', `${header}.${segment(claims())}.${signature}`],
    ['a cut signature', `${header}.${payload}.${signature.slice(0, 40)}`],
    ['a DER signature', `${header}.${payload}.${createSign('sha256').update(`${header}.${payload}`).sign(stranger, 'base64url')}`],
    ['white space', ` ${token}`],
    ['a line break', `${token}\n`],
    ['100 KB', `${header}.${'a'.repeat(100_000)}.${signature}`],
  ])('%s', async (_, text) => {
    expect(await verify(token)).not.toBeNull()
    expect(await verify(text)).toBeNull()
  })
})

describe('an id_token', () => {
  it.each(['ES256', 'RS256'] as const)(
    'is signed with RS256 where access tokens are with %s, by a key that signs nothing else',
    async (algorithm) => {
      const projectId = await withIdTokenKeys(await projectWithKeys(algorithm))
      const said = idTokenClaims()
      const [idToken, access] = [await idTokenSigner(projectId)(said), await signer(projectId)(claims())]
      const set = await published(projectId)
      const { payload, protectedHeader } = await jwtVerify(idToken, createLocalJWKSet(set), { typ: 'JWT', algorithms: ['RS256'] })
      expect(payload).toEqual(said)
      expect(protectedHeader).toEqual({ typ: 'JWT', alg: 'RS256', kid: set.keys[2]?.kid })
      expect(set.keys.map(({ alg }) => alg)).toEqual([algorithm, algorithm, 'RS256', 'RS256'])
      expect(JSON.parse(Buffer.from(access.split('.')[0] ?? '', 'base64url').toString()).kid).toBe(set.keys[0]?.kid)
    },
  )

  it('X11 J05 is no access token, not even with the header of one', async () => {
    const projectId = await withIdTokenKeys(await projectWithKeys('RS256'))
    const idToken = await idTokenSigner(projectId)(idTokenClaims())
    const [header = '', payload, signature] = idToken.split('.')
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString())
    expect(await verifier(projectId)(idToken)).toBeNull()
    expect(await verifier(projectId)(`${segment({ typ: 'at+jwt', alg: 'RS256', kid })}.${payload}.${signature}`)).toBeNull()

    // One that the key for id_tokens has really signed as an access token: still none of ours.
    const { rows } = await pool().query('SELECT sealed_private FROM signing_key WHERE project_id = $1 AND kid = $2', [projectId, kid])
    const privateKey = createPrivateKey({ key: JSON.parse(open(rows[0].sealed_private, { projectId, kid })), format: 'jwk' })
    const signed = `${segment({ typ: 'at+jwt', alg: 'RS256', kid })}.${segment(claims())}`
    expect(await verifier(projectId)(`${signed}.${createSign('sha256').update(signed).sign(privateKey, 'base64url')}`)).toBeNull()
  })

  it('can be signed at once where another process has just switched OpenID Connect on', async () => {
    const projectId = await projectWithKeys()
    await signer(projectId)(claims()) // its keys are known here by now
    await expect(idTokenSigner(projectId)(idTokenClaims())).rejects.toThrow('no key for id_tokens')
    await withIdTokenKeys(projectId)
    expect((await idTokenSigner(projectId)(idTokenClaims())).split('.')).toHaveLength(3)
  })
})

it('J10 keeps no private key in the clear', async () => {
  const projectId = await projectWithKeys()
  const { rows } = await pool().query('SELECT sealed_private, public_jwk FROM signing_key WHERE project_id = $1', [projectId])
  for (const row of rows) {
    expect(row.sealed_private).toMatch(/^[\w-]{100,}$/)
    expect(Buffer.from(row.sealed_private, 'base64url').toString('latin1')).not.toMatch(/"d"|kty|PRIVATE/)
    expect(row.public_jwk).not.toContain('"d"')
  }
})
