import { newApproval } from './approval.ts'
import { checkedRequest, isEchoable, provenRedirectUri } from './authorization-parameters.ts'
import { codeResponse, errorResponse, type ProvenRedirect } from './authorization-response.ts'
import { findClient } from './client.ts'
import type { OAuthContext, OAuthRequest, OAuthResult, ResourceOwnerSession } from './context.ts'
import { OAuthError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { onlyHandoff, toConsent, toHandoff, toSignIn } from './interaction.ts'
import { mintRequestHandle } from './opaque-token.ts'
import type { PageName } from './page-name.ts'
import { type Parameters, parseParameters, requireForm, utf8 } from './parameters.ts'
import { isPushed, takePushed } from './pushed-authorization.ts'
import { placeToRemember } from './remembered-consent.ts'
import { noteUnknownResource } from './resource.ts'
import { decidableScopes, withinCeiling } from './scope.ts'
import type { AuthorizationRequest, Client } from './store.ts'

/** A fault by the name it is counted under, and the page that tells of it. */
const REFUSALS = {
  malformed: 'malformed',
  client: 'client_unknown',
  redirect: 'redirect_unregistered',
  pushed_used: 'pushed_used',
  pushed_unknown: 'pushed_unknown',
  document_not_trusted: 'document_not_trusted',
  document_unavailable: 'document_unavailable',
  document_invalid: 'document_invalid',
} as const satisfies Record<string, PageName>

/**
 * RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2.1, RFC 9207.
 * Until the redirect URI is proven every fault is a page of ours; afterwards every fault goes back to the client.
 */
export async function authorize(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  let sent: Parameters
  try {
    sent = parametersOf(request)
  } catch {
    return refusal('malformed', ctx)
  }
  const repeated = sent.repeated()
  const decisive = ['client_id', 'redirect_uri', ...(ctx.issuer.pushedRequests ? ['request_uri'] : [])]
  if (decisive.some((name) => repeated.includes(name))) return refusal('malformed', ctx)
  if (ctx.issuer.suspended) return page('suspended', 403)

  const client = await findClient(sent.get('client_id'), ctx)
  if (typeof client === 'string') return refusal(client === 'unknown' || client === 'revoked' ? 'client' : client, ctx)
  const requestUri = sent.get('request_uri')
  // RFC 9126 §4: what was pushed counts; whatever the browser brings besides may come from anybody.
  const parameters = isPushed(requestUri, ctx.issuer) ? await takePushed(requestUri, client, ctx) : sent
  if (typeof parameters === 'string') return refusal(`pushed_${parameters}`, ctx, client.clientId)
  const redirectUri = provenRedirectUri(parameters.get('redirect_uri'), client, ctx.issuer)
  if (redirectUri === null) return refusal('redirect', ctx, client.clientId)

  const sentState = parameters.get('state') ?? null
  const state = sentState !== null && isEchoable(sentState) ? sentState : null
  const to = { redirectUri, state }
  try {
    return await proceed(parameters, client, to, ctx)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    ctx.count(`rejected:authorize:${error.reason.kind}`, client.clientId)
    noteUnknownResource(error.reason, client.clientId, ctx)
    if (error.reason.kind === 'too_many_requests') return page('busy', 429)
    return errorResponse(error.code, error.description, to, ctx.issuer)
  }
}

/** OAuth 2.1 §3.1: GET, or POST with a form. */
function parametersOf(request: OAuthRequest): Parameters {
  if (request.method !== 'POST') return parseParameters(request.query)
  requireForm(request.headers.get('content-type'))
  return parseParameters(utf8(request.body))
}

/** The request is good: what was remembered answers it, or a person. */
async function proceed(parameters: Parameters, client: Client, to: ProvenRedirect, ctx: OAuthContext): Promise<OAuthResult> {
  const { request, prompt, maxAge } = checkedRequest(parameters, client, to.redirectUri, ctx)
  const silent = prompt.includes('none')
  const session = await freshSession(maxAge, ctx)
  const mustAsk = session === null || prompt.includes('consent') || prompt.includes('select_account')
  const placeHash = mustAsk ? null : placeToRemember(client, request, ctx.issuer)
  if (silent && placeHash === null) return answerSilently(client, session, to, ctx)

  const opened = await open(request, maxAge, ctx)
  if (opened === 'full') return page('busy', 429)
  const code = session && placeHash && mayAllow(session, opened.request) ? await recall(opened.request, placeHash, session, ctx) : null
  if (code !== null) return codeResponse(code, to, ctx.issuer)
  if (silent) return answerSilently(client, await stillFresh(opened.request, session, ctx), to, ctx)
  const uiLocales = parameters.get('ui_locales')
  return { ...toPage(opened, prompt, session, ctx), ...(uiLocales ? { uiLocales } : {}) }
}

/** Where somebody is asked: who they are, or what they allow. */
function toPage({ handle, setCookies }: Opened, prompt: readonly string[], session: ResourceOwnerSession | null, ctx: OAuthContext) {
  if (prompt.includes('select_account')) return toSignIn(ctx.issuer, { request: handle, prompt: 'select_account' }, setCookies)
  if (session !== null) return toConsent(ctx.issuer, handle, setCookies)
  // Nothing to choose, and the page that follows is the customer's own: the person is asked about the client when they come back.
  return onlyHandoff(ctx.issuer) ? toHandoff(ctx.issuer, handle, setCookies) : toSignIn(ctx.issuer, { request: handle }, setCookies)
}

/** The session, unless the client wants a newer sign-in. The exact moment is decided again at the answer, on the database's clock. */
async function freshSession(maxAgeSeconds: number | null, ctx: OAuthContext): Promise<ResourceOwnerSession | null> {
  return maxAgeSeconds === 0 ? null : ctx.browser.session()
}

/** The session, unless it is older than the request that was opened wants. */
async function stillFresh(
  { idHash }: AuthorizationRequest,
  session: ResourceOwnerSession | null,
  { store }: OAuthContext,
): Promise<ResourceOwnerSession | null> {
  const authTimeFrom = (await store.findAuthorizationRequest(idHash))?.authTimeFrom ?? null
  return session && (authTimeFrom === null || session.authTime >= authTimeFrom) ? session : null
}

/**
 * prompt=none where nothing is remembered, so the answer is "ask". A client that introduced itself gets no answer at all: else anybody
 * could register or publish a redirect URI and use us as an open redirector (RFC 9700 §4.11.2).
 */
function answerSilently(client: Client, session: ResourceOwnerSession | null, to: ProvenRedirect, ctx: OAuthContext): OAuthResult {
  if ((client.source === 'registered' || client.source === 'document') && !client.trusted) {
    ctx.count('silent_bounce_blocked', client.clientId)
    return page('silent')
  }
  if (!session) return errorResponse('login_required', 'The user must sign in', to, ctx.issuer)
  return errorResponse('consent_required', 'The user must be asked', to, ctx.issuer)
}

type Opened = { readonly request: AuthorizationRequest; readonly handle: string; readonly setCookies: readonly string[] }

async function open(
  validated: Omit<AuthorizationRequest, 'idHash' | 'browserHash'>,
  maxAge: number | null,
  ctx: OAuthContext,
): Promise<Opened | 'full'> {
  await ctx.limit('authorize', `${ctx.issuer.projectId} ${ctx.address}`)
  await ctx.limit('authorize_project', ctx.issuer.projectId)
  const issued = ctx.browser.hash === null ? ctx.browser.issue() : null
  const browserHash = issued?.hash ?? ctx.browser.hash ?? ''
  const handle = mintRequestHandle(ctx.issuer.projectId)
  const request = { ...validated, idHash: sha256Hex(handle), browserHash }

  const outcome = await ctx.store.createAuthorizationRequest(request, maxAge, {
    action: 'authorization.requested',
    step: 'authorize',
    actorKind: 'client',
    actorId: validated.clientId,
    clientId: validated.clientId,
    requestId: request.idHash,
    detail: { redirect_uri: validated.redirectUri, scope: validated.scope, resource: validated.resources },
  })
  return outcome === 'full' ? outcome : { request, handle, setCookies: issued ? [issued.setCookie] : [] }
}

/** Whether this session may allow all that is asked, whatever an earlier one could. */
const mayAllow = ({ scopeCeiling }: ResourceOwnerSession, { scope }: AuthorizationRequest): boolean => {
  const asked = decidableScopes(scope)
  return withinCeiling(asked, scopeCeiling).length === asked.length
}

/** A code for what the person allowed before, all of it; null: they must be asked. */
async function recall(
  request: AuthorizationRequest,
  placeHash: string,
  session: ResourceOwnerSession,
  ctx: OAuthContext,
): Promise<string | null> {
  const { code, approval, event } = newApproval(request, session, { scope: request.scope, remembered: true }, ctx)
  return (await ctx.store.approveRemembered(request.idHash, approval, placeHash, event)) ? code : null
}

/** Proves nothing of the caller, so it is only counted. */
function refusal(name: keyof typeof REFUSALS, ctx: OAuthContext, clientId?: string): OAuthResult {
  ctx.count(`rejected:authorize:${name}`, clientId)
  return page(REFUSALS[name])
}

const page = (says: PageName, status = 400): OAuthResult => ({
  kind: 'page',
  status,
  says,
  ...(status === 429 || says === 'document_unavailable' ? { retryAfterSeconds: 60 } : {}),
})
