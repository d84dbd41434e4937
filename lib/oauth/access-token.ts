import { randomUUID } from 'node:crypto'
import type { AccessTokenClaims, Actor, Issuer } from './context.ts'
import type { IssuedToken } from './store.ts'

export const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000)

/** What a grant says about the token it wants. `issuedAt` is the database's now(). */
export type TokenSubject = {
  readonly userId: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Registered identifiers, never empty. */
  readonly resources: readonly string[]
  readonly issuedAt: Date
  readonly lifetimeSeconds: number
  readonly authTime?: Date
  readonly grantId?: string
  readonly act?: Actor
  /** Of a workload: what its own token says of it. */
  readonly workload?: AccessTokenClaims['workload']
  /** What it is bound to, from `senderConstraint`. */
  readonly cnf?: AccessTokenClaims['cnf'] | undefined
  readonly claims?: Readonly<Record<string, unknown>>
}

/** RFC 9068 §2.2. `aud` is an array only when there are several. */
export function accessTokenClaims(issuer: Pick<Issuer, 'url'>, subject: TokenSubject): AccessTokenClaims {
  const [audience = '', ...more] = subject.resources
  const iat = secondsOf(subject.issuedAt)
  return {
    ...subject.claims,
    iss: issuer.url,
    aud: more.length > 0 ? subject.resources : audience,
    sub: subject.userId,
    client_id: subject.clientId,
    scope: subject.scopes.join(' '),
    jti: randomUUID(),
    iat,
    exp: iat + subject.lifetimeSeconds,
    ...(subject.authTime ? { auth_time: secondsOf(subject.authTime) } : {}),
    ...(subject.grantId ? { grant_id: subject.grantId } : {}),
    ...(subject.act ? { act: subject.act } : {}),
    ...(subject.workload ? { workload: subject.workload } : {}),
    ...(subject.cnf ? { cnf: subject.cnf } : {}),
  }
}

/** What the store asks of a token to say whether it still counts. */
export const issuedTokenOf = (claims: AccessTokenClaims): IssuedToken => ({
  jti: claims.jti,
  grantId: claims.grant_id ?? null,
  clientId: claims.client_id,
  userId: claims.sub === claims.client_id ? null : claims.sub,
  issuedAt: new Date(claims.iat * 1000),
  expiresAt: new Date(claims.exp * 1000),
  ...(claims.workload ? { workloadIssuer: claims.workload.iss } : {}),
})

/** Names a caller may not set: they are ours to say (RFC 7519 §4.1, RFC 9068 §2.2, RFC 8693 §4, RFC 9449 §6). */
export const RESERVED_CLAIMS: ReadonlySet<string> = new Set(
  'iss sub aud exp nbf iat jti client_id scope auth_time acr amr grant_id act may_act cnf azp nonce sid workload'.split(' '),
)
