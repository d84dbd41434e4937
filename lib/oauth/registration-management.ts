import { bearerToken } from './client-authentication.ts'
import { metadataHashOf } from './client-metadata.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import { OAuthError } from './errors.ts'
import { equalInConstantTime, sha256Hex } from './hash.ts'
import { ownerOfRegistrationToken } from './opaque-token.ts'
import {
  bodyOf,
  NO_REGISTRATION,
  needsSecret,
  newClientSecret,
  REGISTRATION_PATH,
  recordedOf,
  refusedMetadata,
  registeredMetadata,
  registrationEvent,
  registrationResponse,
} from './registration.ts'
import type { RegisteredClient } from './store.ts'

/** RFC 7592 §2.2: members that a replacement must not have. */
const NOT_THE_CLIENTS = ['registration_access_token', 'registration_client_uri', 'client_secret_expires_at', 'client_id_issued_at']

/** RFC 7592 §2: a client that registered itself reads, replaces or deletes its registration, with the token it got then. */
export async function manageRegistration(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  if (ctx.issuer.registrationMode === 'off' || ctx.issuer.suspended) return NO_REGISTRATION
  const { client, accessToken } = await authenticate(request, ctx)
  switch (request.method) {
    case 'GET':
      return answer(client, client, { accessToken, secret: null, scope: undefined }, ctx)
    case 'PUT':
      return replace(client, accessToken, request, ctx)
    default:
      return remove(client, accessToken, ctx)
  }
}

type Authenticated = { readonly client: RegisteredClient; readonly accessToken: string }

/** One answer for a token that is missing, wrong, another client's or a dead client's. */
async function authenticate(request: OAuthRequest, ctx: OAuthContext): Promise<Authenticated> {
  const clientId = request.path.slice(REGISTRATION_PATH.length)
  const accessToken = bearerToken(request) ?? ''
  const client = await ctx.store.findRegistration(clientId, sha256Hex(accessToken))
  if (client) return { client, accessToken }
  await noteMisuse(accessToken, clientId, ctx)
  await ctx.limit('client_auth_failed', `${ctx.issuer.projectId} ${clientId.slice(0, 64)} ${ctx.address}`)
  throw new OAuthError(
    'invalid_token',
    "Authorization must be Bearer with the client's registration access token",
    { kind: 'registration_token_wrong' },
    { status: 401, headers: { 'www-authenticate': 'Bearer realm="register", error="invalid_token"' } },
  )
}

/** A living token of another client of this project: whoever holds it is not who it was given to, or mistakes itself. */
async function noteMisuse(accessToken: string, clientId: string, ctx: OAuthContext): Promise<void> {
  const owner = ownerOfRegistrationToken(accessToken)
  if (owner === null || owner === clientId) return
  const hash = sha256Hex(accessToken)
  if (!(await ctx.store.findRegistration(owner, hash))) return
  await ctx.store.recordMisuse(hash, {
    action: 'registration_token.misused',
    step: 'register',
    actorKind: 'client',
    actorId: owner,
    clientId: owner,
    detail: { used_for: clientId.slice(0, 128) },
  })
}

type Said = { readonly accessToken: string; readonly secret: string | null; readonly scope: string | undefined }

const answer = (
  { clientId, createdAt }: RegisteredClient,
  kept: Parameters<typeof registrationResponse>[1],
  said: Said,
  ctx: OAuthContext,
): OAuthResult => ({
  kind: 'json',
  status: 200,
  body: registrationResponse({ clientId, createdAt, ...said }, kept, ctx),
})

/** RFC 7592 §2.2: the whole registration anew, by every rule of the first; what is left out is gone. */
async function replace(client: RegisteredClient, accessToken: string, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { clientId } = client
  await ctx.limit('registration_change', `${ctx.issuer.projectId} ${clientId}`)
  const sent = bodyOf(request)
  if (NOT_THE_CLIENTS.some((name) => sent[name] !== undefined)) throw refusedMetadata('The body has a member that only this server sets')
  if (sent.client_id !== clientId) throw refusedMetadata('client_id must be that of the registration')
  const known = secretIn(sent, client)
  const { scope, ...metadata } = registeredMetadata(sent, ctx)

  const [currentHash = null] = client.secretHashes
  const keepsSecret = needsSecret(metadata) && currentHash !== null
  const issued = needsSecret(metadata) && !keepsSecret ? newClientSecret() : null
  const metadataHash = metadataHashOf(metadata)
  const outcome = await ctx.store.replaceRegistration(
    { clientId, metadataHash: client.metadataHash, secretHash: currentHash },
    {
      ...metadata,
      metadataHash,
      secret: issued ?? (keepsSecret ? 'kept' : null),
    },
    registrationEvent('client.updated', clientId, { ...recordedOf(metadata), before: client.metadataHash, after: metadataHash }),
  )
  if (outcome === 'changed') throw changedMeanwhile()
  if (outcome === 'too_large') throw refusedMetadata('A client that nobody has used yet must say less of itself')
  return answer(client, metadata, { accessToken, secret: issued?.secret ?? (keepsSecret ? known : null), scope }, ctx)
}

/** RFC 7592 §2.2: a secret may be sent along if it is the client's own. Null: none was. */
function secretIn({ client_secret: secret }: Record<string, unknown>, { secretHashes }: RegisteredClient): string | null {
  if (secret === undefined) return null
  const hash = sha256Hex(String(secret))
  if (typeof secret !== 'string' || !secretHashes.some((each) => equalInConstantTime(each, hash))) {
    throw refusedMetadata('client_secret must be that of the client')
  }
  return secret
}

/** Two replacements at once: the other one came first, and this one did not know it. */
const changedMeanwhile = (): OAuthError =>
  new OAuthError(
    'invalid_request',
    'The registration was changed at the same moment: read it again',
    { kind: 'client_changed' },
    { status: 409 },
  )

/** RFC 7592 §2.3. Who is authenticated here and finds nothing left to delete has deleted it at the same moment. */
async function remove({ clientId, name }: RegisteredClient, accessToken: string, ctx: OAuthContext): Promise<OAuthResult> {
  await ctx.store.deleteRegistration(clientId, sha256Hex(accessToken), registrationEvent('client.deleted', clientId, { name }))
  return { kind: 'empty' }
}
