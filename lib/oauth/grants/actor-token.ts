import type { Actor, OAuthContext } from '../context.ts'
import { invalidRequest, OAuthError } from '../errors.ts'
import type { ExchangeActor } from '../exchange.ts'
import type { Parameters } from '../parameters.ts'
import { ACCESS_TOKEN_TYPE } from '../token-response.ts'
import { type ExchangeSubject, ID_TOKEN_TYPE, JWT_TYPE, livingAccessToken, readSubjectJwt } from './subject-token.ts'

/** Deeper than any chain of services that somebody still oversees. */
const MAX_DEPTH = 3

/** `why`: a word for the log. */
const refuseActor = (why: string): OAuthError =>
  new OAuthError('invalid_request', 'actor_token is not a living token of somebody who may act for this subject', {
    kind: 'subject_token_refused',
    why: `actor_${why}`,
  })

/**
 * RFC 8693 §4.1: the `act` of the new token. Who acts now is whose actor token it is, or the client that asks; who acted before stands
 * below. The project's backend without an actor token stays out of it: it speaks for the subject itself.
 * Throws `invalid_request`.
 */
export async function delegationOf(
  parameters: Parameters,
  subject: ExchangeSubject,
  caller: ExchangeActor,
  now: Date,
  ctx: OAuthContext,
): Promise<Actor | undefined> {
  const token = parameters.get('actor_token')
  const type = parameters.get('actor_token_type')
  if (!token && type) throw invalidRequest('actor_token is missing')
  if (token && !type) throw invalidRequest('actor_token_type is missing')

  const asking = caller.actorKind === 'client' ? { sub: caller.actorId } : undefined
  const actor = token && type ? await readActorToken(token, type, caller, now, ctx) : asking
  requireMayAct(subject.mayAct, actor, ctx)
  if (!actor || (subject.act && isSame(actor, subject.act))) return subject.act
  const act = subject.act ? { ...actor, act: subject.act } : actor
  if (depthOf(act) > MAX_DEPTH) throw refuseActor('chain_too_long')
  return act
}

async function readActorToken(token: string, type: string, caller: ExchangeActor, now: Date, ctx: OAuthContext): Promise<Actor> {
  switch (type) {
    case ACCESS_TOKEN_TYPE:
      return ofAccessToken(token, caller, now, ctx)
    case JWT_TYPE:
    case ID_TOKEN_TYPE:
      return ofTrustedIssuer(token, caller, now, ctx)
    default:
      throw invalidRequest('actor_token_type is not supported')
  }
}

/** A client may bring a token of its own only: with any other it would act in somebody else's name. */
async function ofAccessToken(token: string, caller: ExchangeActor, now: Date, ctx: OAuthContext): Promise<Actor> {
  const claims = await livingAccessToken(token, now, ctx)
  if (!claims) throw refuseActor('token')
  if (claims.act) throw refuseActor('acts_for_another')
  if (caller.actorKind === 'client' && claims.client_id !== caller.actorId) throw refuseActor('of_other_client')
  return claims.sub === claims.client_id ? { sub: claims.sub } : { sub: claims.sub, client_id: claims.client_id }
}

async function ofTrustedIssuer(token: string, caller: ExchangeActor, now: Date, ctx: OAuthContext): Promise<Actor> {
  const trusted = await readSubjectJwt(token, now, ctx)
  if (typeof trusted === 'string') throw refuseActor(trusted)
  const client = caller.actorKind === 'client' ? { client_id: caller.actorId } : {}
  return { sub: trusted.subject, iss: trusted.trusted.issuer, ...client }
}

/** RFC 8693 §4.4: where the subject's issuer names who may act, nobody else may, and nobody unnamed. A member we do not know is one more condition. */
function requireMayAct(mayAct: unknown, actor: Actor | undefined, { issuer }: OAuthContext): void {
  if (mayAct === undefined) return
  const named = typeof mayAct === 'object' && mayAct !== null && !Array.isArray(mayAct) ? Object.entries(mayAct) : []
  const is: Readonly<Record<string, unknown>> = { iss: issuer.url, ...actor }
  const names = ['sub', 'iss', 'client_id']
  if (!actor || named.length === 0 || !named.every(([name, value]) => names.includes(name) && is[name] === value)) {
    throw refuseActor('not_named')
  }
}

const isSame = (a: Actor, b: Actor): boolean => a.sub === b.sub && a.iss === b.iss && a.client_id === b.client_id

const depthOf = ({ act }: Actor): number => (act ? 1 + depthOf(act) : 1)
