import type { OAuthContext } from '../context.ts'
import { invalidGrant, OAuthError } from '../errors.ts'
import type { OAuthEvent } from '../events.ts'
import { type TrustedToken, trustedTokenId } from '../trusted-token.ts'

/** Who presents it. `proven`: it authenticated, so its refusals stand in the log. */
export type Presenter = { readonly clientId: string | undefined; readonly proven: boolean }

const MAX_ID_CHARACTERS = 512
/** So much longer than it is good an assertion is remembered: the check of its age and the note of its use are two moments. */
const REMEMBERED_LONGER_SECONDS = 60

/** `why`: a word for the log. */
export const refuseAssertion = (why: string): OAuthError => invalidGrant({ kind: 'assertion_refused', why })

/** RFC 7519 §4.1.7, as far as an assertion may have one. */
export const isTokenId = (jti: unknown): jti is string => typeof jti === 'string' && jti !== '' && jti.length <= MAX_ID_CHARACTERS

/**
 * RFC 7523 §3: an assertion counts once, in all processes, until it ends. Call it when every other check has passed.
 * One that comes again is genuine, so somebody read it on its way: that is recorded, once.
 */
export async function spendAssertion(assertion: string, token: TrustedToken, presenter: Presenter, ctx: OAuthContext): Promise<void> {
  const idHash = trustedTokenId(assertion, token)
  const rememberedUntil = new Date((token.claims.exp + REMEMBERED_LONGER_SECONDS) * 1000)
  if (await ctx.store.useAssertion(idHash, rememberedUntil, ctx.requestId)) return
  await ctx.store.recordMisuse(idHash, {
    ...eventOf(presenter),
    action: 'assertion.replayed',
    detail: { kind: token.trusted.kind, issuer: token.trusted.issuer },
  })
  throw refuseAssertion(REPLAYED)
}

const REPLAYED = 'replayed'

/**
 * Says that an assertion was refused: in the log where the presenter has proven who it is. Anybody else is counted, and told to
 * wait after twenty times a minute.
 */
export async function refusalsNoted<T>(presenter: Presenter, ctx: OAuthContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof OAuthError && error.code !== 'use_dpop_nonce') await note(error, presenter, ctx)
    throw error
  }
}

async function note({ code, reason }: OAuthError, presenter: Presenter, ctx: OAuthContext): Promise<void> {
  const why = 'why' in reason ? reason.why : reason.kind
  if (!presenter.proven) {
    ctx.count(`rejected:assertion:${why}`, presenter.clientId)
    await ctx.limit('client_auth_failed', `${ctx.issuer.projectId} assertion ${ctx.address}`)
  } else if (why !== REPLAYED) {
    await ctx.store.record({ ...eventOf(presenter), action: 'assertion.refused', reason: reason.kind, detail: { error: code, why } })
  }
}

const eventOf = ({ clientId }: Presenter): Omit<OAuthEvent, 'action'> => ({
  step: 'token',
  actorKind: 'client',
  ...(clientId === undefined ? {} : { actorId: clientId, clientId }),
})
