import { bearerToken } from './client-authentication.ts'
import { type ClientMetadata, metadataHashOf } from './client-metadata.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { OAuthError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { newClientId } from './identifier.ts'
import { mintRegistrationToken } from './opaque-token.ts'
import {
  bodyOf,
  NO_REGISTRATION,
  needsSecret,
  newClientSecret,
  recordedOf,
  registeredMetadata,
  registrationEvent,
  registrationResponse,
} from './registration.ts'

/**
 * RFC 7591 §3. In guarded mode the registration secret is the initial access token;
 * in open mode it is optional and makes the client trusted, but a wrong one is refused: it is never read as none.
 */
export async function register(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  if (issuer.registrationMode === 'off' || issuer.suspended) return NO_REGISTRATION
  const secretHash = registrationSecretHash(request, issuer.registrationMode)
  await ctx.limit('register', `${issuer.projectId} ${ctx.address}`)
  await ctx.limit('register_project', issuer.projectId)

  const metadata = await metadataOf(request, secretHash, ctx)
  const clientId = newClientId()
  const accessToken = mintRegistrationToken(clientId)
  const issued = needsSecret(metadata) ? newClientSecret() : null
  const metadataHash = metadataHashOf(metadata)

  const created = await ctx.store.createClient(
    {
      ...metadata,
      clientId,
      source: 'registered',
      scope: null, // no ceiling: a client may step up to scopes the project adds later
      metadataHash,
      secretHash: issued?.secretHash ?? null,
      secretLastFour: issued?.secretLastFour ?? null,
      registrationTokenHash: sha256Hex(accessToken),
    },
    secretHash,
    registrationEvent('client.registered', clientId, {
      ...recordedOf(metadata),
      metadata_hash: metadataHash,
      with_secret: secretHash !== null,
    }),
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
  if (!created.trusted) ctx.count('registered:nobody_vouched')
  const registration = { clientId, createdAt: created.createdAt, secret: issued?.secret ?? null, accessToken, scope: metadata.scope }
  return { kind: 'json', status: 201, body: registrationResponse(registration, metadata, ctx) }
}

/** A caller whose secret is wrong is told that, and nothing about its metadata. */
async function metadataOf(request: OAuthRequest, secretHash: string | null, ctx: OAuthContext): Promise<ClientMetadata> {
  try {
    return registeredMetadata(bodyOf(request), ctx)
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
