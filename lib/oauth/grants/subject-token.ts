import { issuedTokenOf, secondsOf } from '../access-token.ts'
import type { AccessTokenClaims, Actor, Issuer, OAuthContext } from '../context.ts'
import { invalidRequest, OAuthError, unauthorizedClient } from '../errors.ts'
import type { ExchangeActor } from '../exchange.ts'
import { externalIdentityOf } from '../external-identity.ts'
import { sha256Hex } from '../hash.ts'
import { unverifiedClaims } from '../signed-jwt.ts'
import type { ExternalIdentity } from '../store.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'
import { readTrustedToken, type TrustedToken } from '../trusted-token.ts'

/** Our own type, as RFC 8693 §3 allows: the id of a user the project's backend has authenticated. */
export const USER_ID_TYPE = 'urn:gatehouse:params:oauth:token-type:user-id'
/** RFC 8693 §3: of an issuer that the project trusts. */
export const JWT_TYPE = 'urn:ietf:params:oauth:token-type:jwt'
export const ID_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token'

const MAX_LIFETIME_SECONDS = 86_400

/** For whom the new token will be, and how far it may go; null: as far as the project goes. */
export type ExchangeSubject = {
  readonly user: string | ExternalIdentity
  readonly scopes: readonly string[] | null
  readonly resources: readonly string[] | null
  readonly secondsLeft: number | null
  readonly grantId?: string | undefined
  /** Who acted for them before. */
  readonly act?: Actor | undefined
  /** RFC 8693 §4.4, as their issuer wrote it. */
  readonly mayAct?: unknown
}

/** `why`: a word for the log. The caller hears the same whatever it is. */
export const refuseSubject = (why: string): OAuthError =>
  new OAuthError('invalid_request', 'subject_token is not a living token that this authorization server accepts', {
    kind: 'subject_token_refused',
    why,
  })

/** RFC 8693 §2.1, §2.2.2. Throws `invalid_request`, and `unauthorized_client` for a client that vouches for a user id. */
export async function readSubjectToken(
  token: string,
  type: string,
  caller: ExchangeActor,
  now: Date,
  ctx: OAuthContext,
): Promise<ExchangeSubject> {
  switch (type) {
    case USER_ID_TYPE:
      if (caller.actorKind === 'client') throw unauthorizedClient({ kind: 'subject_token_refused', why: 'user_id_by_client' })
      return { user: token, scopes: null, resources: null, secondsLeft: null }
    case ACCESS_TOKEN_TYPE:
      return ofAccessToken(token, caller, now, ctx)
    case JWT_TYPE:
    case ID_TOKEN_TYPE:
      return ofTrustedIssuer(token, caller, now, ctx)
    default:
      throw invalidRequest('subject_token_type is not supported')
  }
}

async function ofAccessToken(token: string, caller: ExchangeActor, now: Date, ctx: OAuthContext): Promise<ExchangeSubject> {
  const claims = await livingAccessToken(token, now, ctx)
  if (!claims) {
    await noteForeign(token, caller, ctx)
    throw refuseSubject('access_token')
  }
  if (claims.sub === claims.client_id) throw refuseSubject('client_as_subject')
  return {
    user: claims.sub,
    scopes: claims.scope.split(' ').filter(Boolean),
    resources: [claims.aud].flat(),
    secondsLeft: claims.exp - secondsOf(now),
    grantId: claims.grant_id,
    act: claims.act,
  }
}

async function ofTrustedIssuer(token: string, caller: ExchangeActor, now: Date, ctx: OAuthContext): Promise<ExchangeSubject> {
  const trusted = await readSubjectJwt(token, now, ctx)
  if (typeof trusted === 'string') {
    await noteForeign(token, caller, ctx)
    throw refuseSubject(trusted)
  }
  return {
    user: externalIdentityOf(trusted),
    scopes: trusted.scopes,
    resources: null,
    secondsLeft: trusted.claims.exp - secondsOf(now),
    mayAct: trusted.claims.may_act,
  }
}

/** A JWT of an issuer that the project trusts to say who somebody is: never an access token (RFC 9068 §5), whoever signed it. */
export const readSubjectJwt = (token: string, now: Date, ctx: OAuthContext): Promise<TrustedToken | string> =>
  readTrustedToken(
    token,
    {
      kind: 'subject-token',
      types: [undefined, 'jwt'],
      audiences: ({ audience }) => [audience ?? ctx.issuer.url],
      maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
    },
    now,
    ctx,
  )

/** One of this issuer's own access tokens, while it counts; null for anything else. */
export async function livingAccessToken(token: string, now: Date, ctx: OAuthContext): Promise<AccessTokenClaims | null> {
  const claims = await ctx.verify(token)
  if (!claims || claims.exp * 1000 <= now.getTime()) return null
  return (await ctx.store.tokenLives(issuedTokenOf(claims))) ? claims : null
}

/** Somebody carries tokens between projects of this installation, or has made one that says so: its signature is not ours to check. */
async function noteForeign(token: string, caller: ExchangeActor, ctx: OAuthContext): Promise<void> {
  const iss = unverifiedClaims(token)?.iss
  if (typeof iss !== 'string' || !isSibling(iss, ctx.issuer)) return
  await ctx.store.recordMisuse(sha256Hex(token), {
    ...caller,
    action: 'cross_tenant.used',
    step: 'exchange',
    ...(caller.actorKind === 'client' ? { clientId: caller.actorId } : {}),
    detail: { credential: 'subject_token', issuer: iss },
  })
}

/** Another project's issuer, by the form of its URL: all projects of an installation have the same but for the slug. */
function isSibling(iss: string, { url, slug }: Issuer): boolean {
  const [before, after] = url.endsWith(`/p/${slug}`) ? [url.slice(0, -slug.length), ''] : ['https://', url.slice(`https://${slug}`.length)]
  if (iss === url || before + slug + after !== url) return false
  return iss.startsWith(before) && iss.endsWith(after) && /^[a-z0-9-]{3,40}$/.test(iss.slice(before.length, iss.length - after.length))
}
