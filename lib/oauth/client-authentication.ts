import type { OAuthContext, OAuthRequest } from './context.ts'
import { invalidClient, invalidRequest, type Reason, unauthorizedClient } from './errors.ts'
import { equalInConstantTime, sha256Hex } from './hash.ts'
import { REGISTRATION_SECRET_PREFIX, SERVER_SECRET_PREFIX } from './opaque-token.ts'
import type { Parameters } from './parameters.ts'
import type { AuthenticatedClient, ClientWith } from './store.ts'

type Credentials = { readonly clientId: string; readonly secret: string | null; readonly byHeader: boolean }

/** Compared against when a client is unknown, so that it costs what a wrong secret costs. */
const NO_HASH = '0'.repeat(64)

/**
 * RFC 6749 §2.3, §3.2.1: who sends this request. Basic and form parameters are interchangeable for a client that holds a secret.
 * Throws `invalid_client` (401), `invalid_request` for two methods at once, or 429 after 20 failures a minute per client and address.
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
  const { client, found } = await find(credentials.clientId)
  const sentHash = sha256Hex(credentials.secret ?? '')
  const proven = (client?.secretHashes ?? [NO_HASH]).map((hash) => equalInConstantTime(hash, sentHash)).includes(true)

  const refuse = async (reason: Reason): Promise<never> => {
    await noteMisuse(credentials, sentHash, ctx)
    // Cut, because a made-up id may be as long as a body, and the limiter keeps its keys in memory.
    await ctx.limit('client_auth_failed', `${ctx.issuer.projectId} ${credentials.clientId.slice(0, 64)} ${ctx.address}`)
    throw invalidClient(reason, credentials.byHeader)
  }
  const { clientId } = credentials
  if (!client) return refuse({ kind: 'client_unknown', clientId })
  if (client.tokenEndpointAuthMethod === 'none') {
    if (credentials.secret !== null) return refuse({ kind: 'client_secret_unexpected', clientId })
  } else {
    if (credentials.secret === null) return refuse({ kind: 'client_secret_missing', clientId })
    if (!proven) return refuse({ kind: 'client_secret_wrong', clientId })
  }
  if (client.revoked) return refuse({ kind: 'client_revoked', clientId })
  return { client: client as AuthenticatedClient, found }
}

/** RFC 6749 §5.2: `unauthorized_client`. */
export function requireGrantType(client: AuthenticatedClient, grantType: string): void {
  if (!client.grantTypes.includes(grantType)) throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId: client.clientId })
}

function credentialsOf(parameters: Parameters, request: OAuthRequest): Credentials {
  if (parameters.get('client_assertion') || parameters.get('client_assertion_type'))
    throw invalidClient({ kind: 'credentials_missing' }, false)
  const bodyId = parameters.get('client_id')
  const bodySecret = parameters.get('client_secret') ?? null
  const authorization = request.headers.get('authorization')
  if (authorization === null) {
    if (!bodyId) throw invalidClient({ kind: 'credentials_missing' }, false)
    return { clientId: bodyId, secret: bodySecret, byHeader: false }
  }

  const basic = parseBasic(authorization)
  if (!basic) throw invalidClient({ kind: 'credentials_missing' }, true)
  if (basic.secret !== null && bodySecret !== null) throw invalidRequest('Use one client authentication method, not two')
  if (bodyId !== undefined && bodyId !== basic.clientId) throw invalidClient({ kind: 'client_ids_differ' }, true)
  return { clientId: basic.clientId, secret: basic.secret ?? bodySecret, byHeader: true }
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
async function noteMisuse({ clientId, secret }: Credentials, secretHash: string, ctx: OAuthContext): Promise<void> {
  const kind = secret?.startsWith(REGISTRATION_SECRET_PREFIX) ? 'registration' : secret?.startsWith(SERVER_SECRET_PREFIX) ? 'server' : null
  if (kind === null) return
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
