import { findClient } from './client.ts'
import { JWT_BEARER_ASSERTION, subjectOf, verifyClientAssertion } from './client-assertion.ts'
import { isDocumentUrl } from './client-id-metadata-document.ts'
import type { TokenEndpointAuthMethod } from './client-metadata.ts'
import type { OAuthContext, OAuthRequest } from './context.ts'
import { documentUnavailable, invalidClient, invalidRequest, type Reason, unauthorizedClient } from './errors.ts'
import { equalInConstantTime, sha256Hex } from './hash.ts'
import { REGISTRATION_SECRET_PREFIX, SERVER_SECRET_PREFIX } from './opaque-token.ts'
import type { Parameters } from './parameters.ts'
import type { AuthenticatedClient, Client, ClientWith, ReadAt } from './store.ts'

/** At most one of `secret` and `assertion`. */
type Credentials = {
  readonly clientId: string
  readonly secret: string | null
  readonly assertion: string | null
  readonly byHeader: boolean
}

/** Compared against when a client is unknown, so that it costs what a wrong secret costs. */
const NO_HASH = '0'.repeat(64)

/** Which of a client's methods each way to authenticate is. Basic and form parameters are interchangeable for whoever holds a secret. */
const METHODS: Record<AuthenticatedClient['authenticatedBy'], readonly TokenEndpointAuthMethod[]> = {
  none: ['none'],
  secret: ['client_secret_basic', 'client_secret_post'],
  assertion: ['private_key_jwt'],
}

/**
 * RFC 6749 §2.3, §3.2.1, RFC 7523 §2.2: who sends this request, by one of the methods that the client has.
 * Throws `invalid_client` (401), `invalid_request` for two methods at once, 429 after 20 failures a minute per client and address,
 * or 503 when the keys of its assertion, or the document that it is, cannot be had.
 */
export async function authenticateClient(parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<AuthenticatedClient> {
  const find = async (clientId: string) => ({ client: await ctx.store.findClient(clientId), found: null })
  return (await authenticateClientWith<never>(find, parameters, request, ctx)).client
}

/** As `authenticateClient`, with what else the look-up of the client brought along. */
export async function authenticateClientWith<Found>(
  find: (clientId: string) => Promise<ClientWith<Found>>,
  parameters: Parameters,
  request: OAuthRequest,
  ctx: OAuthContext,
): Promise<{ client: AuthenticatedClient; found: ClientWith<Found>['found'] }> {
  const credentials = credentialsOf(parameters, request)
  const { client: kept, found } = await find(credentials.clientId)
  const client = kept ?? (await strangerNamed(credentials, ctx))
  const authenticatedBy = credentials.assertion !== null ? 'assertion' : credentials.secret !== null ? 'secret' : 'none'
  const reason = await whyNot(client, authenticatedBy, credentials, request, ctx)
  if (client && reason === null) return { client: { ...client, authenticatedBy } as AuthenticatedClient, found }

  await noteMisuse(credentials, ctx)
  // Cut, because a made-up id may be as long as a body, and the limiter keeps its keys in memory.
  await ctx.limit('client_auth_failed', `${ctx.issuer.projectId} ${credentials.clientId.slice(0, 64)} ${ctx.address}`)
  throw invalidClient(reason ?? { kind: 'client_unknown' }, credentials.byHeader)
}

/** A client without a row may still be one, if its id is the URL of a document. Null: it is none. */
async function strangerNamed({ clientId, byHeader }: Credentials, ctx: OAuthContext): Promise<(Client & ReadAt) | null> {
  if (!isDocumentUrl(clientId, ctx.world)) return null
  const client = await findClient(clientId, ctx)
  if (typeof client !== 'string') return client
  if (client === 'document_unavailable') throw documentUnavailable()
  if (client === 'document_invalid' || client === 'document_not_trusted') throw invalidClient({ kind: `client_${client}` }, byHeader)
  return null
}

/** Null: it is who it says. */
async function whyNot(
  client: (Client & ReadAt) | null,
  authenticatedBy: AuthenticatedClient['authenticatedBy'],
  { clientId, secret, assertion }: Credentials,
  request: OAuthRequest,
  ctx: OAuthContext,
): Promise<Reason | null> {
  const sentHash = sha256Hex(secret ?? '')
  const proven = (client?.secretHashes ?? [NO_HASH]).map((hash) => equalInConstantTime(hash, sentHash)).includes(true)
  if (!client) return { kind: 'client_unknown', clientId }
  const has = client.tokenEndpointAuthMethods.some((method) => METHODS[authenticatedBy].includes(method))
  if (assertion !== null) {
    if (!has) return { kind: 'client_assertion_refused', clientId, why: 'method' }
    if (client.revoked) return { kind: 'client_revoked', clientId }
    return useClientAssertion(assertion, client, request, ctx)
  }
  if (!has) return { kind: secret === null ? 'client_secret_missing' : 'client_secret_unexpected', clientId }
  if (secret !== null && !proven) return { kind: 'client_secret_wrong', clientId }
  return client.revoked ? { kind: 'client_revoked', clientId } : null
}

/** Spends it, last of all. One that comes again is real, so its owner must hear of it: somebody read it on its way. */
async function useClientAssertion(
  assertion: string,
  client: Client & ReadAt,
  request: OAuthRequest,
  ctx: OAuthContext,
): Promise<Reason | null> {
  const { clientId } = client
  const proven = await verifyClientAssertion(assertion, client, request, ctx)
  if (typeof proven === 'string') return { kind: 'client_assertion_refused', clientId, why: proven }
  if (await ctx.store.useAssertion(proven.idHash, proven.expiresAt, ctx.requestId)) return null
  await ctx.store.recordMisuse(proven.idHash, {
    action: 'assertion.replayed',
    step: 'token',
    actorKind: 'client',
    actorId: clientId,
    clientId,
    detail: { used_as: 'client_assertion' },
  })
  return { kind: 'client_assertion_refused', clientId, why: 'replayed' }
}

/** RFC 6749 §5.2: `unauthorized_client`. */
export function requireGrantType(client: AuthenticatedClient, grantType: string): void {
  if (!client.grantTypes.includes(grantType)) throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId: client.clientId })
}

function credentialsOf(parameters: Parameters, request: OAuthRequest): Credentials {
  if (parameters.get('client_assertion') || parameters.get('client_assertion_type')) return assertionOf(parameters, request)
  const bodyId = parameters.get('client_id')
  const bodySecret = parameters.get('client_secret') ?? null
  const authorization = request.headers.get('authorization')
  if (authorization === null) {
    if (!bodyId) throw invalidClient({ kind: 'credentials_missing' }, false)
    return { clientId: bodyId, secret: bodySecret, assertion: null, byHeader: false }
  }

  const basic = parseBasic(authorization)
  if (!basic) throw invalidClient({ kind: 'credentials_missing' }, true)
  if (basic.secret !== null && bodySecret !== null) throw invalidRequest('Use one client authentication method, not two')
  if (bodyId !== undefined && bodyId !== basic.clientId) throw invalidClient({ kind: 'client_ids_differ' }, true)
  return { clientId: basic.clientId, secret: basic.secret ?? bodySecret, assertion: null, byHeader: true }
}

/** RFC 7521 §4.2. `client_id` may be left out: the assertion says it. */
function assertionOf(parameters: Parameters, request: OAuthRequest): Credentials {
  const assertion = parameters.get('client_assertion')
  const type = parameters.get('client_assertion_type')
  if (request.headers.get('authorization') !== null || parameters.get('client_secret')) {
    throw invalidRequest('Use one client authentication method, not two')
  }
  if (!assertion) throw invalidRequest('client_assertion is missing')
  if (!type) throw invalidRequest('client_assertion_type is missing')
  if (type !== JWT_BEARER_ASSERTION) throw invalidClient({ kind: 'credentials_missing' }, false)
  const clientId = subjectOf(assertion)
  if (clientId === null) throw invalidClient({ kind: 'credentials_missing' }, false)
  if (![undefined, clientId].includes(parameters.get('client_id'))) throw invalidClient({ kind: 'client_ids_differ' }, false)
  return { clientId, secret: null, assertion, byHeader: false }
}

/** RFC 7617, with RFC 6749 §2.3.1's percent-encoding undone once. An empty secret counts as none: Go's oauth2 tries it first. */
function parseBasic(authorization: string): { clientId: string; secret: string | null } | null {
  const [, encoded] = /^basic ([A-Za-z0-9+/_-]+={0,2})$/i.exec(authorization.trim()) ?? []
  if (!encoded) return null
  const text = Buffer.from(encoded, 'base64').toString('utf8')
  const colon = text.indexOf(':')
  if (colon <= 0) return null
  try {
    const clientId = decodeURIComponent(text.slice(0, colon))
    const secret = decodeURIComponent(text.slice(colon + 1))
    return clientId.includes('\0') || secret.includes('\0') ? null : { clientId, secret: secret === '' ? null : secret }
  } catch {
    return null
  }
}

/** The project's own secrets are no client secrets; sending one here is a mistake its owner must hear of. */
async function noteMisuse({ clientId, secret }: Credentials, ctx: OAuthContext): Promise<void> {
  const kind = secret?.startsWith(REGISTRATION_SECRET_PREFIX) ? 'registration' : secret?.startsWith(SERVER_SECRET_PREFIX) ? 'server' : null
  if (secret === null || kind === null) return
  const secretHash = sha256Hex(secret)
  const { state } = await ctx.store.checkSecret(kind, secretHash)
  if (state !== 'live') return
  await ctx.store.recordMisuse(secretHash, {
    action: 'credential.misused',
    step: 'token',
    actorKind: 'client',
    detail: { credential: `${kind}_secret`, used_as: 'client_secret', client_id: clientId.slice(0, 128) },
  })
}

/** RFC 6750 §2.1, the scheme in any case: null when the header is absent, another scheme or malformed. */
export function bearerToken(request: OAuthRequest): string | null {
  return /^bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(request.headers.get('authorization')?.trim() ?? '')?.[1] ?? null
}
