import { secondsOf } from './access-token.ts'
import { bearerToken } from './client-authentication.ts'
import { type ClientMetadata, metadataHashOf, parseClientMetadata } from './client-metadata.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { OAuthError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { newClientId } from './identifier.ts'
import { type JsonProblem, parseJsonObject } from './json-body.ts'
import { CLIENT_SECRET_PREFIX, randomToken } from './opaque-token.ts'
import { redirectDisplay } from './redirect-uri.ts'
import { parseScope, projectScopes } from './scope.ts'

const PROBLEMS: Record<JsonProblem, string> = {
  media_type: 'Content-Type must be application/json',
  syntax: 'The body is not valid JSON in UTF-8',
  duplicate_member: 'The body has a member twice',
  not_an_object: 'The body must be a JSON object',
  too_deep: 'The body is nested too deeply',
}

/**
 * RFC 7591 §3. In guarded mode the registration secret is the initial access token;
 * in open mode it is optional and makes the client trusted, but a wrong one is refused: it is never read as none.
 */
export async function register(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  if (issuer.registrationMode === 'off' || issuer.suspended) return { kind: 'json', status: 404, body: { error: 'not_found' } }
  const secretHash = registrationSecretHash(request, issuer.registrationMode)
  await ctx.limit('register', `${issuer.projectId} ${ctx.address}`)
  await ctx.limit('register_project', issuer.projectId)

  const metadata = await metadataOf(request, secretHash, ctx)
  const clientId = newClientId()
  const secret = metadata.tokenEndpointAuthMethod === 'none' ? null : `${CLIENT_SECRET_PREFIX}${randomToken()}`

  const created = await ctx.store.createClient(
    {
      ...metadata,
      clientId,
      source: 'registered',
      scope: null, // no ceiling: a client may step up to scopes the project adds later
      metadataHash: metadataHashOf(metadata),
      secretHash: secret && sha256Hex(secret),
      secretLastFour: secret?.slice(-4) ?? null,
      registrationTokenHash: null,
    },
    secretHash,
    {
      action: 'client.registered',
      step: 'register',
      actorKind: 'client',
      actorId: clientId,
      clientId,
      detail: {
        name: metadata.name,
        method: metadata.tokenEndpointAuthMethod,
        redirect_hosts: [...new Set(metadata.redirectUris.map(redirectDisplay))],
        metadata_hash: metadataHashOf(metadata),
        with_secret: secretHash !== null,
      },
    },
  )
  if (created.outcome === 'secret_unknown') throw await refusedSecret(secretHash, ctx)
  if (created.outcome === 'full') {
    throw new OAuthError(
      'temporarily_unavailable',
      'The project has too many clients that were never used',
      { kind: 'registration_full' },
      {
        status: 429,
        headers: { 'retry-after': '600' },
      },
    )
  }
  return { kind: 'json', status: 201, body: registrationResponse(clientId, secret, created.createdAt, metadata, ctx) }
}

/** A caller whose secret is wrong is told that, and nothing about its metadata. */
async function metadataOf(request: OAuthRequest, secretHash: string | null, ctx: OAuthContext): Promise<ClientMetadata> {
  try {
    const sent = parseJsonObject(request.headers.get('content-type'), request.body)
    if (typeof sent === 'string') throw new OAuthError('invalid_client_metadata', PROBLEMS[sent], { kind: 'metadata_refused' })
    return parseClientMetadata(sent)
  } catch (error) {
    if (secretHash !== null && (await ctx.store.checkSecret('registration', secretHash)).state !== 'live')
      throw await refusedSecret(secretHash, ctx)
    throw error
  }
}

/** Null in open mode without a secret. */
function registrationSecretHash(request: OAuthRequest, mode: 'guarded' | 'open'): string | null {
  if (request.headers.get('authorization') === null && mode === 'open') return null
  const secret = bearerToken(request)
  if (secret === null) throw unauthorized('secret_missing')
  return sha256Hex(secret)
}

/** A server secret sent here is real and misplaced: its owner must hear of it. */
async function refusedSecret(secretHash: string | null, ctx: OAuthContext): Promise<OAuthError> {
  if (secretHash !== null && (await ctx.store.checkSecret('registration', secretHash)).state === 'other_kind') {
    await ctx.store.recordMisuse(secretHash, {
      action: 'credential.misused',
      step: 'register',
      actorKind: 'client',
      detail: { credential: 'server_secret', used_as: 'registration_secret' },
    })
  }
  return unauthorized('secret_wrong')
}

const unauthorized = (kind: 'secret_missing' | 'secret_wrong'): OAuthError =>
  new OAuthError(
    'invalid_token',
    "Authorization must be Bearer with the project's registration secret",
    { kind },
    {
      status: 401,
      headers: {
        'www-authenticate': kind === 'secret_missing' ? 'Bearer realm="register"' : 'Bearer realm="register", error="invalid_token"',
      },
    },
  )

/** RFC 7591 §3.2.1: what is in force, not what was asked; no member null or empty, which clients refuse. */
function registrationResponse(clientId: string, secret: string | null, createdAt: Date, metadata: ClientMetadata, ctx: OAuthContext) {
  const supported = projectScopes(ctx.issuer)
  const asked = parseScope(metadata.scope).filter((scope) => supported.includes(scope))
  return {
    client_id: clientId,
    client_id_issued_at: secondsOf(createdAt),
    ...(secret ? { client_secret: secret, client_secret_expires_at: 0 } : {}),
    client_name: metadata.name,
    ...(metadata.clientUri ? { client_uri: metadata.clientUri } : {}),
    redirect_uris: metadata.redirectUris,
    grant_types: metadata.grantTypes,
    response_types: ['code'],
    token_endpoint_auth_method: metadata.tokenEndpointAuthMethod,
    application_type: metadata.applicationType,
    // Copilot Studio asks at authorize for exactly this: without it, for nothing.
    scope: (asked.length > 0 ? asked : supported).join(' '),
  }
}
