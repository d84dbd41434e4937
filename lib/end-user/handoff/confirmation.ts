import { decodeJwt } from 'jose'
import { z } from 'zod'
import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { invalidRequest, OAuthError, unauthorizedClient } from '#lib/oauth/errors.ts'
import { parseJsonObject } from '#lib/oauth/json-body.ts'
import { handoffProofOf } from '#lib/oauth/opaque-token.ts'
import { decidableScopes, parseScope, projectScopes, withinCeiling } from '#lib/oauth/scope.ts'
import { requireServerSecret } from '#lib/oauth/server-secret.ts'
import { type Handoff, keepConfirmation, lockHandoff } from './handoff.ts'
import { parseHandoffId, requestIdOf } from './id.ts'
import { addressTaken, handedUser, keepUser } from './user.ts'

/** Its members are the parameters. */
export const confirmation = z
  .strictObject({
    /** As it came to their page, or its `jti`. */
    request: z.string().min(1).max(32_768),
    user: handedUser.optional(),
    /** The most that consent may offer; left out: whatever is asked for. */
    scope: z.string().optional(),
    deny: z.strictObject({ reason: z.string().trim().max(200).optional() }).optional(),
  })
  .refine(({ user, deny }) => (user === undefined) !== (deny === undefined), { path: ['user'], message: 'either user or deny is needed' })
type Confirmation = z.output<typeof confirmation>

/** What a confirmation says, apart from whom it is about. */
type Word = Pick<Handoff, 'userId' | 'scope'>

/**
 * `POST /api/oauth/handoff`: the server secret as bearer, JSON in: who the person is that came with `request`, or that nobody is let in.
 * Answers `redirect_to`, where their page sends this same browser. The same call again gets the same answer.
 * Errors: 401 `invalid_client`; `invalid_request` and `invalid_scope` naming the field; `invalid_grant` when the hand-off is unknown,
 * another project's, expired, used, or confirmed for somebody else; 404 where the project has no such page.
 */
export async function confirmHandoff(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer, pepper } = ctx
  if (issuer.signInWays.handoffUrl === null) return { kind: 'json', status: 404, body: { error: 'not_found' } }
  await requireServerSecret(request, ctx)
  await ctx.limit('exchange', issuer.projectId)
  const sent = await refusalsRecorded(ctx, undefined, async () => {
    if (issuer.suspended) throw unauthorizedClient({ kind: 'project_suspended' })
    return confirmationOf(request)
  })
  const id = idIn(sent.request)
  const known = parseHandoffId(id)
  const requestId = known?.projectId === issuer.projectId ? requestIdOf(known.goesOnTo) : undefined
  await refusalsRecorded(ctx, requestId, () => confirm(id, sent, requestId, ctx))
  const query = new URLSearchParams({ proof: handoffProofOf(id, pepper) })
  return { kind: 'json', status: 200, body: { redirect_to: `${issuer.url}/oauth/handoff/${id}?${query}` } }
}

function confirmationOf(request: OAuthRequest): Confirmation {
  const body = parseJsonObject(request.headers.get('content-type'), request.body)
  if (body === 'media_type') throw invalidRequest('Content-Type must be application/json')
  if (typeof body === 'string') throw invalidRequest('The body must be a JSON object without repeated members')
  const parsed = confirmation.safeParse(body)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  if (!issue) throw invalidRequest('The body is invalid')
  const unknown = issue.code === 'unrecognized_keys' ? 'has a member that is not known here' : issue.message
  throw invalidRequest(`${issue.path.join('.') || 'body'}: ${unknown}`)
}

async function confirm(id: string, { user, scope, deny }: Confirmation, requestId: string | undefined, ctx: OAuthContext): Promise<void> {
  const { projectId } = ctx.issuer
  const known = parseHandoffId(id)
  if (!known) throw refused('unknown', 'request: this is no hand-off')
  if (known.projectId !== projectId) throw refused('other_project', 'request: this hand-off is of another project than the server secret')
  const word: Word = { userId: user?.id ?? null, scope: user ? ceilingOf(scope, ctx) : null }
  try {
    await inTransaction(async (tx) => {
      const handoff = await lockHandoff(tx, projectId, id)
      if (!handoff) throw refused('unknown', 'request: this hand-off is not known')
      if (isRepeated(handoff, word)) return
      await requireOffer(tx, handoff, word, ctx)
      if (user) await keepUser(tx, projectId, user)
      await keepConfirmation(tx, projectId, id, word)
      await recordAudit(tx, sourceOf(ctx), { ...eventOf(word, deny?.reason), ...(requestId ? { requestId } : {}) })
    })
  } catch (error) {
    throw addressTaken(error)
  }
}

/** Only the id counts: what else the request says is for their page, and is not believed here. */
function idIn(request: string): string {
  if (request.split('.').length !== 3) return request
  try {
    return decodeJwt(request).jti ?? ''
  } catch {
    return ''
  }
}

function ceilingOf(scope: string | undefined, { issuer }: OAuthContext): string | null {
  if (scope === undefined) return null
  const names = parseScope(scope)
  if (names.length === 0) throw invalidRequest('scope: is empty. Leave it out for no limit, or deny')
  const known = projectScopes(issuer)
  if (names.some((name) => !known.includes(name))) {
    throw new OAuthError('invalid_scope', 'scope: names one that this project does not have', { kind: 'scope_not_granted' })
  }
  return names.join(' ')
}

/** Whether this was said before; throws when something else was, or it is too late to say anything. */
function isRepeated({ used, expired, confirmed, userId, scope }: Handoff, word: Word): boolean {
  if (used) throw refused('used', 'request: this hand-off was used, its browser has come back')
  if (expired) throw refused('expired', 'request: this hand-off has expired, it counts for five minutes')
  if (!confirmed) return false
  if (userId !== word.userId || scope !== word.scope)
    throw refused('confirmed', 'request: this hand-off was confirmed with another content')
  return true
}

/** Throws `invalid_scope` where nothing of what the client asks for would be left to allow. */
async function requireOffer(tx: Transaction, { requestId }: Handoff, { scope }: Word, { issuer }: OAuthContext): Promise<void> {
  if (scope === null || issuer.offerAllScopes) return
  const where = { projectId_idHash: { projectId: issuer.projectId, idHash: requestId } }
  const request = await tx.authorizationRequest.findUnique({ where, select: { scope: true } })
  const asked = decidableScopes(request?.scope ?? '')
  if (asked.length > 0 && withinCeiling(asked, scope).length === 0) {
    throw new OAuthError('invalid_scope', 'scope: leaves nothing of what the client asks for. Deny instead', { kind: 'scope_not_granted' })
  }
}

const refused = (why: string, description: string): OAuthError =>
  new OAuthError('invalid_grant', description, { kind: 'handoff_refused', why })

const sourceOf = ({ issuer, address }: OAuthContext) => ({ projectId: issuer.projectId, address, actor: { kind: 'backend' } }) as const

const eventOf = ({ userId, scope }: Word, says: string | undefined) =>
  userId === null
    ? ({ action: 'handoff.refused', reason: 'denied', ...(says ? { says } : {}) } as const)
    : ({ action: 'handoff.confirmed', userId, ...(scope === null ? {} : { scope }) } as const)

/** What the backend says amiss stands in the log: its developer looks there for why nobody can sign in. */
async function refusalsRecorded<T>(ctx: OAuthContext, requestId: string | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const reason = 'why' in error.reason ? error.reason.why : error.reason.kind
    const event = { action: 'handoff.refused', reason, says: error.description, ...(requestId ? { requestId } : {}) } as const
    await inTransaction((tx) => recordAudit(tx, sourceOf(ctx), event))
    throw error
  }
}
