import { decodeJwt } from 'jose'
import { expect } from 'vitest'
import { type Answer, tokensOf } from '../oauth-client.ts'
import type { AccessToken, Model, Real } from './facts.ts'

type Expected = Pick<AccessToken, 'grant' | 'client' | 'person' | 'subject' | 'scopes' | 'audiences'>

/** Reads the token of an answer, holds it against what was expected of it and remembers it. Answers its refresh token, '' for none. */
export function learn(answer: Answer, expected: Expected, model: Model, real: Real): string {
  const { access, refresh, scope } = tokensOf(answer)
  const claims = decodeJwt(access)
  const audiences = [claims.aud ?? []].flat()
  expect({
    sub: claims.sub,
    client: claims.client_id,
    grant: claims.grant_id,
    scope,
    claimed: claims.scope,
    audiences,
    iss: claims.iss,
  }).toEqual({
    sub: expected.subject,
    client: expected.client?.oauth.clientId ?? 'backend',
    grant: expected.grant?.id,
    scope: expected.scopes.join(' '),
    claimed: expected.scopes.join(' '),
    audiences: expected.audiences,
    iss: real.project.issuer,
  })
  // I7, said once more and independently of who expected what
  if (expected.grant) {
    expect(expected.grant.scopes).toEqual(expect.arrayContaining(String(claims.scope).split(' ')))
    expect(expected.grant.resources).toEqual(expect.arrayContaining(audiences))
  }
  expect(model.tokens.map(({ value }) => value)).not.toContain(access)
  const lifetime = Number(claims.exp) - Number(claims.iat)
  expect(lifetime).toBeGreaterThan(0)
  // Over HTTP only what is stored grows older; a token keeps its hour.
  const expiresAt = real.target.door === 'in-process' ? model.now + lifetime : Number.POSITIVE_INFINITY
  model.tokens.push({ ...expected, value: access, expiresAt, revoked: false, seenActive: true })
  return refresh
}
