import { z } from 'zod'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { invalidRequest, OAuthError, unauthorizedClient } from '#lib/oauth/errors.ts'
import { parseJsonObject } from '#lib/oauth/json-body.ts'
import { requireServerSecret } from '#lib/oauth/server-secret.ts'
import { noteFault } from './failure.ts'
import { ProviderFault } from './fault.ts'
import { contentOf, findKeptTokens, forgetTokens, type KeptTokens, leaseTokens, replaceTokens, returnLease } from './kept-tokens.ts'
import { findProvider } from './provider.ts'
import { wayOf } from './way-of.ts'

/** Its members are the parameters. */
export const fetchRequest = z.object({
  user_id: z.string().min(1).max(255),
  /** The id or the preset of a provider; needed where a user has tokens of several. */
  provider: z.string().min(1).max(64).optional(),
})

/** So long before its end a token is renewed: whoever gets it wants to use it. */
const RENEW_SECONDS = 60
/** How long somebody else's renewal is waited for. */
const WAIT_MS = 6_000
const LOOK_AGAIN_MS = 200

/**
 * `POST /api/oauth/upstream-token`: the customer's server, with the server secret as bearer and JSON `{user_id, provider?}`, gets a
 * user's access token at the provider they came from, renewed where it has expired: `{access_token, token_type, scope, expires_in?}`.
 * Errors: 401 `invalid_client`, 400 `invalid_request`, 400 `unauthorized_client` (the project is suspended), 404 `not_found` (none is kept, or it has ended and cannot be renewed), 503
 * `temporarily_unavailable` (the provider does not answer). Clients never get it.
 */
export async function fetchUpstreamToken(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  await requireServerSecret(request, ctx)
  await ctx.limit('exchange', ctx.issuer.projectId)
  if (ctx.issuer.suspended) throw unauthorizedClient({ kind: 'project_suspended' })
  const { user_id: userId, provider } = wantedOf(request)
  const fresh = await freshTokens(userId, provider ?? null, ctx)
  if (!fresh) return NONE

  const { projectId } = ctx.issuer
  const { providerId, scope, secondsLeft } = fresh
  const { accessToken } = contentOf(fresh, projectId, userId)
  await inTransaction((tx) =>
    recordAudit(
      tx,
      { projectId, address: ctx.address, actor: { kind: 'backend' } },
      { action: 'upstream_token.fetched', userId, providerId },
    ),
  )
  const expires = secondsLeft === null ? {} : { expires_in: secondsLeft }
  return { kind: 'json', status: 200, body: { access_token: accessToken, token_type: 'Bearer', scope, ...expires } }
}

const NONE = {
  kind: 'json',
  status: 404,
  body: { error: 'not_found', error_description: 'No token of this user is kept, or it has ended: the user has to sign in again' },
} as const satisfies OAuthResult

function wantedOf(request: OAuthRequest): z.output<typeof fetchRequest> {
  const body = parseJsonObject(request.headers.get('content-type'), request.body)
  if (body === 'media_type') throw invalidRequest('Content-Type must be application/json')
  if (typeof body === 'string') throw invalidRequest('The body must be a JSON object without repeated members')
  const parsed = fetchRequest.safeParse(body)
  if (!parsed.success) throw invalidRequest(`${String(parsed.error.issues[0]?.path[0] ?? 'body')} is missing or invalid`)
  if (/[\p{Cc}\p{Cs}]/u.test(parsed.data.user_id)) throw invalidRequest('user_id is missing or invalid')
  return parsed.data
}

/** Renewed by one at a time; the others wait for what that one gets. */
async function freshTokens(userId: string, provider: string | null, ctx: OAuthContext): Promise<KeptTokens | null> {
  const { projectId } = ctx.issuer
  const giveUp = performance.now() + WAIT_MS
  for (;;) {
    const [kept, second] = await findKeptTokens(projectId, userId, provider)
    if (second) throw invalidRequest('provider is missing: this user has tokens of several')
    if (!kept) return null
    if (kept.secondsLeft === null || kept.secondsLeft > RENEW_SECONDS) return kept
    const stillGood = kept.secondsLeft > 0 ? kept : null
    const { refreshToken } = contentOf(kept, projectId, userId)
    if (refreshToken === null) return stillGood
    if (await leaseTokens(projectId, userId, kept)) return (await renew(kept, refreshToken, userId, ctx)) ?? stillGood
    if (stillGood) return stillGood
    if (performance.now() > giveUp) throw providerSilent()
    await pause(LOOK_AGAIN_MS)
  }
}

/** Null: the provider does not take the refresh token any more, so nothing is left of it. Throws 503 when it does not answer. */
async function renew(kept: KeptTokens, refreshToken: string, userId: string, ctx: OAuthContext): Promise<KeptTokens | null> {
  const { projectId } = ctx.issuer
  const provider = await findProvider(projectId, kept.providerId, 'any')
  if (!provider) return null
  try {
    await replaceTokens(projectId, userId, kept, await wayOf(provider, ctx.world).refresh(refreshToken))
  } catch (error) {
    if (!(error instanceof ProviderFault)) throw error
    await noteFault(error, provider, ctx)
    if (error.kind === 'refused') {
      await forgetTokens(projectId, userId, kept)
      return null
    }
    await returnLease(projectId, userId, kept)
    if ((kept.secondsLeft ?? 0) > 0) return null
    throw providerSilent()
  }
  const [renewed] = await findKeptTokens(projectId, userId, kept.providerId)
  return renewed ?? null
}

const providerSilent = (): OAuthError =>
  new OAuthError(
    'temporarily_unavailable',
    'The provider does not renew the token now, try again later',
    { kind: 'upstream_unavailable' },
    { status: 503, headers: { 'retry-after': '5' } },
  )

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))
