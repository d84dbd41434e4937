import { errorResponse, type ProvenRedirect } from './authorization-response.ts'
import type { OAuthContext, OAuthRequest, OAuthResult, ResourceOwnerSession } from './context.ts'
import { invalidRequest, OAuthError, unauthorizedClient } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { toConsent, toSignIn } from './interaction.ts'
import { mintRequestHandle } from './opaque-token.ts'
import { type Parameters, parseParameters, requireForm, utf8 } from './parameters.ts'
import { isCodeChallenge } from './pkce.ts'
import { matchesRegistered, parseLoopback } from './redirect-uri.ts'
import { requestedResources } from './resource.ts'
import { grantableScopes, parseScope } from './scope.ts'
import type { AuthorizationRequest, Client } from './store.ts'

const MAX_STATE_CHARACTERS = 4096
const MAX_LOGIN_HINT_CHARACTERS = 320

const PAGES = {
  malformed: {
    title: 'This link is not valid',
    text: 'The address of this authorization request is damaged. Go back to the application and start again.',
  },
  client: {
    title: 'This application is not known here',
    text: 'The application that sent you is not registered, or no longer. Remove the connection in the application and add it again.',
  },
  redirect: {
    title: 'This application asks to send you to an address it did not register',
    text: 'For your safety nothing was sent there. If you are the developer: redirect_uri must equal a registered one, byte for byte.',
  },
  suspended: { title: 'Sign-in is switched off', text: 'The owner of this service has suspended it.' },
  silent: {
    title: 'This application wants to sign you in without asking',
    text: 'It has registered itself and you have not allowed it before, so nothing was sent to it. Start the connection from the application.',
  },
  busy: { title: 'Too many sign-ins at once', text: 'Wait a minute and try again.' },
} as const

/**
 * RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2.1, RFC 9207.
 * Until the redirect URI is proven every fault is a page of ours; afterwards every fault goes back to the client.
 */
export async function authorize(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  let parameters: Parameters
  try {
    parameters = parametersOf(request)
  } catch {
    return refusal('malformed', ctx)
  }
  const repeated = parameters.repeated()
  if (repeated.includes('client_id') || repeated.includes('redirect_uri')) return refusal('malformed', ctx)
  if (ctx.issuer.suspended) return page('suspended', 403)

  const client = await findClient(parameters.get('client_id'), ctx)
  if (!client) return refusal('client', ctx)
  const redirectUri = provenRedirectUri(parameters.get('redirect_uri'), client)
  if (redirectUri === null) return refusal('redirect', ctx, client.clientId)

  const sentState = parameters.get('state') ?? null
  const state = sentState !== null && isEchoable(sentState) ? sentState : null
  const to = { redirectUri, state }
  try {
    if (sentState !== state) throw invalidRequest('state has characters that must not be sent back')
    return await proceed(parameters, repeated, client, to, ctx)
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    ctx.count(`rejected:authorize:${error.reason.kind}`, client.clientId)
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

async function findClient(clientId: string | undefined, ctx: OAuthContext): Promise<Client | null> {
  if (!clientId || clientId.length > 2048 || clientId.includes('\0')) return null
  const client = await ctx.store.findClient(clientId)
  return client && !client.revoked ? client : null
}

/** May be left out only by a client that has exactly one, and that not a loopback one, whose port we could not know. */
function provenRedirectUri(sent: string | undefined, client: Client): string | null {
  if (sent !== undefined) return matchesRegistered(sent, client.redirectUris) ? sent : null
  const [only, ...more] = client.redirectUris
  return only !== undefined && more.length === 0 && !parseLoopback(only) && matchesRegistered(only, [only]) ? only : null
}

const isEchoable = (state: string): boolean => state.length <= MAX_STATE_CHARACTERS && !/\p{Cc}/u.test(state)

/** Every check whose failure the client is told; then the request is kept and a person takes over. */
async function proceed(
  parameters: Parameters,
  repeated: string[],
  client: Client,
  to: ProvenRedirect,
  ctx: OAuthContext,
): Promise<OAuthResult> {
  if (repeated.length > 0) throw invalidRequest('A parameter was sent more than once')
  if (parameters.get('request'))
    throw new OAuthError('request_not_supported', 'Request objects are not supported', { kind: 'malformed_request' })
  if (parameters.get('request_uri'))
    throw new OAuthError('invalid_request_uri', 'The request_uri is not known', { kind: 'malformed_request' })
  const responseType = parameters.get('response_type')
  if (!responseType) throw invalidRequest('response_type is missing')
  if (responseType !== 'code') {
    throw new OAuthError('unsupported_response_type', 'Only response_type=code is supported', {
      kind: 'malformed_request',
      what: 'response_type',
    })
  }
  if (![undefined, 'query'].includes(parameters.get('response_mode'))) throw invalidRequest('Only response_mode=query is supported')
  if (!client.grantTypes.includes('authorization_code'))
    throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId: client.clientId })

  const codeChallenge = parameters.get('code_challenge')
  if (!codeChallenge) throw invalidRequest('code_challenge is missing: PKCE is required')
  if (parameters.get('code_challenge_method') !== 'S256') throw invalidRequest('code_challenge_method must be S256')
  if (!isCodeChallenge(codeChallenge)) throw invalidRequest('code_challenge must have 43 characters of base64url')

  const scope = grantableScopes(parseScope(parameters.get('scope')), ctx.issuer, client.scope)
  const resources = requestedResources(parameters.all('resource'), ctx.issuer)
  const prompt = parsePrompt(parameters.get('prompt'))
  const maxAge = prompt.includes('login') ? 0 : parseMaxAge(parameters.get('max_age'))

  const session = await freshSession(maxAge, ctx)
  if (prompt.includes('none')) return answerSilently(client, session, to, ctx)

  return interact(
    {
      issuer: ctx.issuer.url,
      clientId: client.clientId,
      redirectUri: to.redirectUri,
      redirectUriSent: parameters.get('redirect_uri') !== undefined,
      scope: scope.join(' '),
      resources,
      state: to.state,
      codeChallenge,
      metadataHash: client.metadataHash,
      nonce: null,
      dpopJkt: null,
      deviceCodeHash: null,
      loginHint: parseLoginHint(parameters.get('login_hint')),
    },
    { maxAge, signedIn: session !== null && !prompt.includes('select_account') },
    ctx,
  )
}

/** OpenID Connect Core §3.1.2.1. Unknown values are ignored; `none` stands alone. */
function parsePrompt(text: string | undefined): string[] {
  const values = text?.split(' ').filter(Boolean) ?? []
  if (values.includes('none') && values.length > 1) throw invalidRequest('prompt=none must stand alone')
  return values
}

function parseMaxAge(text: string | undefined): number | null {
  if (text === undefined) return null
  if (!/^\d{1,9}$/.test(text)) throw invalidRequest('max_age must be a whole number of seconds')
  return Number(text)
}

/** Only to fill in the sign-in form; dropped when it is not something to fill in. */
const parseLoginHint = (hint: string | undefined): string | null =>
  hint && hint.length <= MAX_LOGIN_HINT_CHARACTERS && !/\p{Cc}/u.test(hint) ? hint : null

/** The session, unless the client wants a newer sign-in. The exact moment is decided again at consent, on the database's clock. */
async function freshSession(maxAgeSeconds: number | null, ctx: OAuthContext): Promise<ResourceOwnerSession | null> {
  return maxAgeSeconds === 0 ? null : ctx.browser.session()
}

/**
 * prompt=none. No consent is remembered, so the answer is always "ask". A client that registered itself gets no answer at all:
 * else anybody could register a redirect URI and use us as an open redirector (RFC 9700 §4.11.2).
 */
function answerSilently(client: Client, session: ResourceOwnerSession | null, to: ProvenRedirect, ctx: OAuthContext): OAuthResult {
  if (client.source === 'registered' && !client.trusted) {
    ctx.count('silent_bounce_blocked', client.clientId)
    return page('silent')
  }
  if (!session) return errorResponse('login_required', 'The user must sign in', to, ctx.issuer)
  return errorResponse('consent_required', 'The user must be asked', to, ctx.issuer)
}

async function interact(
  validated: Omit<AuthorizationRequest, 'idHash' | 'browserHash'>,
  { maxAge, signedIn }: { maxAge: number | null; signedIn: boolean },
  ctx: OAuthContext,
): Promise<OAuthResult> {
  await ctx.limit('authorize', `${ctx.issuer.projectId} ${ctx.address}`)
  await ctx.limit('authorize_project', ctx.issuer.projectId)
  const issued = ctx.browser.hash === null ? ctx.browser.issue() : null
  const browserHash = issued?.hash ?? ctx.browser.hash ?? ''
  const handle = mintRequestHandle(ctx.issuer.projectId)
  const idHash = sha256Hex(handle)

  const outcome = await ctx.store.createAuthorizationRequest({ ...validated, idHash, browserHash }, maxAge, {
    action: 'authorization.requested',
    step: 'authorize',
    actorKind: 'client',
    actorId: validated.clientId,
    clientId: validated.clientId,
    requestId: idHash,
    detail: { redirect_uri: validated.redirectUri, scope: validated.scope, resource: validated.resources },
  })
  if (outcome === 'full') return page('busy', 429)
  const setCookies = issued ? [issued.setCookie] : []
  return signedIn ? toConsent(ctx.issuer, handle, setCookies) : toSignIn(ctx.issuer, { request: handle }, setCookies)
}

/** Proves nothing of the caller, so it is only counted. */
function refusal(name: 'malformed' | 'client' | 'redirect', ctx: OAuthContext, clientId?: string): OAuthResult {
  ctx.count(`rejected:authorize:${name}`, clientId)
  return page(name)
}

const page = (name: keyof typeof PAGES, status = 400): OAuthResult => ({
  kind: 'page',
  status,
  ...PAGES[name],
  ...(status === 429 ? { retryAfterSeconds: 60 } : {}),
})
