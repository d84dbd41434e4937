import { randomUUID } from 'node:crypto'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, describe, expect, it } from 'vitest'
import { closeDatabase, pool } from '#lib/db/client.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { claims, idTokenClaims, projectWithKeys, withIdTokenKeys } from './fixtures.ts'
import { forgetKeys } from './key-set.ts'
import { revokeSigningKey, rotateSigningKey } from './rotate.ts'
import { idTokenSigner, jwks, signer, verifier } from './sign.ts'

requireDatabase()
afterAll(closeDatabase)

const by = (projectId: string) => ({ projectId, actor: { kind: 'member', id: 'm_1' } }) as const
const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid
const published = async (projectId: string): Promise<JSONWebKeySet> => JSON.parse((await jwks(projectId)).body.toString())
const kidsOf = async (projectId: string) => (await published(projectId)).keys.map(({ kid }) => kid)
const states = async (projectId: string) =>
  (await pool().query('SELECT state FROM signing_key WHERE project_id = $1 ORDER BY state', [projectId])).rows.map(({ state }) => state)
const actions = async (projectId: string) =>
  (await pool().query("SELECT action, detail FROM audit_event WHERE project_id = $1 AND action LIKE 'key.%' ORDER BY id", [projectId])).rows
/** Lets the next key be known to every cache. */
const settle = async (projectId: string) => {
  await pool().query("UPDATE signing_key SET created_at = created_at - interval '10 minutes' WHERE project_id = $1 AND state = 'next'", [
    projectId,
  ])
}

describe('rotation', () => {
  it('signs with the key that was published before, and still verifies what the last one signed', async () => {
    const projectId = await projectWithKeys()
    const [current, next] = await kidsOf(projectId)
    const old = await signer(projectId)(claims())
    expect(await rotateSigningKey(by(projectId))).toEqual({ outcome: 'rotated', kid: next, previousKid: current })

    const fresh = await signer(projectId)(claims())
    expect(kidOf(old)).toBe(current)
    expect(kidOf(fresh)).toBe(next)
    expect(await verifier(projectId)(old)).not.toBeNull()
    expect(await verifier(projectId)(fresh)).not.toBeNull()
    expect(await kidsOf(projectId)).toEqual([next, expect.any(String), current])
    expect(await actions(projectId)).toEqual([{ action: 'key.rotated', detail: JSON.stringify({ kid: current, successor: next }) }])
  })

  it('publishes no key after the longest token it can have signed', async () => {
    const projectId = await projectWithKeys()
    const old = await signer(projectId)(claims())
    await rotateSigningKey(by(projectId))
    const { rows } = await pool().query(
      "SELECT extract(epoch FROM expires_at - now())::int AS seconds, sealed_private FROM signing_key WHERE project_id = $1 AND state = 'previous'",
      [projectId],
    )
    expect(rows[0].seconds).toBeGreaterThanOrEqual(86_400 + 300)
    expect(rows[0].sealed_private).toBe('') // it never signs again
    await pool().query("UPDATE signing_key SET expires_at = now() WHERE project_id = $1 AND state = 'previous'", [projectId])
    forgetKeys(projectId)
    expect(await kidsOf(projectId)).not.toContain(kidOf(old))
    expect(await verifier(projectId)(old)).toBeNull()
  })

  it('does not sign with a key that a cached JWKS may lack', async () => {
    const projectId = await projectWithKeys()
    await rotateSigningKey(by(projectId))
    const before = await kidsOf(projectId)
    const again = await rotateSigningKey(by(projectId))
    expect(again).toMatchObject({ outcome: 'too_soon', readyAt: expect.any(Date) })
    expect(again.outcome === 'too_soon' && again.readyAt.getTime() - Date.now()).toBeGreaterThan(290_000)
    expect(await kidsOf(projectId)).toEqual(before)
    await settle(projectId)
    expect(await rotateSigningKey(by(projectId))).toMatchObject({ outcome: 'rotated' })
  })

  it('happens once when ten ask at once', async () => {
    const projectId = await projectWithKeys()
    const outcomes = (await Promise.all(Array.from({ length: 10 }, () => rotateSigningKey(by(projectId))))).map(({ outcome }) => outcome)
    expect(outcomes.toSorted()).toEqual(['rotated', ...Array(9).fill('too_soon')])
    expect(await states(projectId)).toEqual(['current', 'next', 'previous'])
    expect(await actions(projectId)).toHaveLength(1)
  })

  it('changes the algorithm in two steps, each of which verifiers can follow', async () => {
    const projectId = await projectWithKeys()
    await pool().query("UPDATE project SET signing_algorithm = 'RS256' WHERE id = $1", [projectId])
    expect(await rotateSigningKey(by(projectId))).toMatchObject({ outcome: 'prepared' })
    expect((await published(projectId)).keys.map(({ alg }) => alg)).toEqual(['ES256', 'RS256'])
    expect(await rotateSigningKey(by(projectId))).toMatchObject({ outcome: 'too_soon' })
    await settle(projectId)
    expect(await rotateSigningKey(by(projectId))).toMatchObject({ outcome: 'rotated' })
    expect((await published(projectId)).keys.map(({ alg }) => alg)).toEqual(['RS256', 'RS256', 'ES256'])
  })

  it('J09 fails no verification, while signing goes on, for anybody whose JWKS is as old as its cache allows', async () => {
    const projectId = await projectWithKeys()
    const sign = signer(projectId)
    let cached = createLocalJWKSet(await published(projectId))
    let verified = 0
    for (let rotation = 0; rotation < 3; rotation++) {
      const working = Promise.all(
        Array.from({ length: 200 }, async () => {
          await jwtVerify(await sign(claims()), cached)
          verified++
        }),
      )
      await Promise.all([working, rotateSigningKey(by(projectId))])
      await jwtVerify(await sign(claims()), cached) // signed by the new one, checked with what was cached before
      cached = createLocalJWKSet(await published(projectId)) // at the end of max-age
      await settle(projectId)
    }
    expect(verified).toBe(600)
  })
})

describe('keys for id_tokens', () => {
  it('are rotated and revoked without touching those of access tokens, and the reverse', async () => {
    const projectId = await withIdTokenKeys(await projectWithKeys())
    const [current = '', next = '', idCurrent = '', idNext = ''] = await kidsOf(projectId)
    const old = await idTokenSigner(projectId)(idTokenClaims())
    expect(await rotateSigningKey(by(projectId), 'id-token')).toEqual({ outcome: 'rotated', kid: idNext, previousKid: idCurrent })
    expect(await kidsOf(projectId)).toEqual([current, next, idNext, expect.any(String), idCurrent])
    expect(kidOf(await idTokenSigner(projectId)(idTokenClaims()))).toBe(idNext)
    expect(kidOf(await signer(projectId)(claims()))).toBe(current)
    await jwtVerify(old, createLocalJWKSet(await published(projectId)))

    expect(await rotateSigningKey(by(projectId))).toEqual({ outcome: 'rotated', kid: next, previousKid: current })
    expect(kidOf(await idTokenSigner(projectId)(idTokenClaims()))).toBe(idNext)
    expect(await revokeSigningKey(by(projectId), idNext)).toBe(true)
    expect(kidOf(await idTokenSigner(projectId)(idTokenClaims()))).not.toBe(idNext)
    expect(kidOf(await signer(projectId)(claims()))).toBe(next)
    const { rows } = await pool().query('SELECT purpose, algorithm FROM signing_key WHERE project_id = $1', [projectId])
    expect(rows.filter(({ purpose }) => purpose === 'id-token').every(({ algorithm }) => algorithm === 'RS256')).toBe(true)
  })

  it('stay RS256 whatever algorithm access tokens change to', async () => {
    const projectId = await withIdTokenKeys(await projectWithKeys('RS256'))
    await pool().query("UPDATE project SET signing_algorithm = 'ES256' WHERE id = $1", [projectId])
    expect(await rotateSigningKey(by(projectId), 'id-token')).toMatchObject({ outcome: 'rotated' })
    expect(await rotateSigningKey(by(projectId))).toMatchObject({ outcome: 'prepared' })
    expect((await published(projectId)).keys.map(({ alg }) => alg)).toEqual(['RS256', 'ES256', 'RS256', 'RS256', 'RS256'])
  })

  it('are not rotated where there never were any', async () => {
    expect(await rotateSigningKey(by(await projectWithKeys()), 'id-token')).toEqual({ outcome: 'no_keys' })
  })
})

describe('revoking a key', () => {
  it('J11 ends its tokens at once and lets the next sign', async () => {
    const projectId = await projectWithKeys()
    const [current, next] = await kidsOf(projectId)
    const old = await signer(projectId)(claims())
    expect(await revokeSigningKey(by(projectId), current ?? '')).toBe(true)
    expect(await verifier(projectId)(old)).toBeNull()
    expect(kidOf(await signer(projectId)(claims()))).toBe(next)
    expect(await kidsOf(projectId)).toEqual([next, expect.any(String)])
    expect(await states(projectId)).toEqual(['current', 'next', 'revoked'])
    expect(await actions(projectId)).toEqual([{ action: 'key.revoked', detail: JSON.stringify({ kid: current, successor: next }) }])
  })

  it('replaces a next key, and drops a previous one', async () => {
    const projectId = await projectWithKeys()
    const [first, second] = await kidsOf(projectId)
    expect(await revokeSigningKey(by(projectId), second ?? '')).toBe(true)
    expect(await kidsOf(projectId)).toEqual([first, expect.not.stringMatching(String(second))])
    await settle(projectId)
    await rotateSigningKey(by(projectId))
    expect(await revokeSigningKey(by(projectId), first ?? '')).toBe(true)
    expect(await kidsOf(projectId)).not.toContain(first)
    expect(await states(projectId)).toEqual(['current', 'next', 'revoked', 'revoked'])
  })

  it('answers false for a key that is revoked already or is not this project’s', async () => {
    const [projectId, other] = [await projectWithKeys(), await projectWithKeys()]
    const [current = ''] = await kidsOf(projectId)
    expect(await revokeSigningKey(by(other), current)).toBe(false)
    expect(await revokeSigningKey(by(projectId), 'unknown')).toBe(false)
    const both = await Promise.all([revokeSigningKey(by(projectId), current), revokeSigningKey(by(projectId), current)])
    expect(both.toSorted()).toEqual([false, true])
    expect(await states(projectId)).toEqual(['current', 'next', 'revoked'])
  })

  it('ends a key even while a rotation moves it', async () => {
    const projectId = await projectWithKeys()
    const [current = ''] = await kidsOf(projectId)
    const [, revoked] = await Promise.all([rotateSigningKey(by(projectId)), revokeSigningKey(by(projectId), current)])
    expect(revoked).toBe(true)
    expect(await kidsOf(projectId)).not.toContain(current)
    expect((await states(projectId)).filter((state) => state === 'current' || state === 'next')).toEqual(['current', 'next'])
  })
})

it('is seen by another process within five seconds', async () => {
  const projectId = await projectWithKeys()
  await signer(projectId)(claims())
  const foreign = randomUUID()
  await pool().query(
    "UPDATE signing_key SET public_jwk = replace(public_jwk, kid, $2), kid = $2 WHERE project_id = $1 AND state = 'next'",
    [projectId, foreign],
  )
  expect(await kidsOf(projectId)).not.toContain(foreign)
  await expect.poll(() => kidsOf(projectId), { timeout: 5_500, interval: 250 }).toContain(foreign)
})
