import { AUTHORIZATION_PARAMETERS, checkedRequest, provenRedirectUri } from './authorization-parameters.ts'
import { asPublished } from './client.ts'
import { authenticateClient } from './client-authentication.ts'
import type { Issuer, OAuthContext, OAuthRequest, OAuthResult } from './context.ts'
import type { Proof } from './dpop.ts'
import { invalidRequest } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { randomToken } from './opaque-token.ts'
import { type Parameters, parseFormBody, parseParameters, refuseCredentialsIn } from './parameters.ts'
import { proofIn, spend } from './sender-constraint.ts'
import type { AuthenticatedClient, Client } from './store.ts'

/** RFC 9126 §2.2. */
const PREFIX = 'urn:ietf:params:oauth:request_uri:'
const LIFETIME_SECONDS = 60

/** Whoever may push may write: no more than the URL of an authorization request could hold. */
const MAX_CHARACTERS = 16_384

/**
 * RFC 9126 §2: an authorization request by the client itself, checked as if a browser had brought it and kept for a minute.
 * Errors are those of the token and of the authorization endpoint, as JSON: nothing is redirected.
 */
export async function pushedAuthorization(request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const { issuer } = ctx
  if (!issuer.pushedRequests || issuer.suspended) return { kind: 'json', status: 404, body: { error: 'not_found' } }
  refuseCredentialsIn(request.query)
  const parameters = parseFormBody(request.headers.get('content-type'), request.body)
  const client = await asPublished(await authenticateClient(parameters, request, ctx), ctx)
  if (parameters.get('request_uri')) throw invalidRequest('request_uri cannot be pushed')
  const redirectUri = provenRedirectUri(parameters.get('redirect_uri'), client, ctx.issuer)
  if (redirectUri === null) throw invalidRequest('redirect_uri must equal a registered one')
  const { request: checked } = checkedRequest(parameters, client, redirectUri, ctx)
  const proof = await keyProof(parameters, request, client, ctx)
  const kept = encoded(parameters, proof)

  await ctx.limit('push', `${issuer.projectId} ${ctx.address}`)
  await ctx.limit('push_project', issuer.projectId)
  if (proof) await spend(proof, ctx)
  const requestUri = `${PREFIX}${randomToken()}`
  const idHash = sha256Hex(requestUri)
  await ctx.store.pushRequest(
    { idHash, clientId: client.clientId, parameters: kept, lifetimeSeconds: LIFETIME_SECONDS },
    {
      action: 'authorization.pushed',
      step: 'authorize',
      actorKind: 'client',
      actorId: client.clientId,
      clientId: client.clientId,
      detail: { redirect_uri: redirectUri, scope: checked.scope, resource: checked.resources },
    },
  )
  return { kind: 'json', status: 201, body: { request_uri: requestUri, expires_in: LIFETIME_SECONDS } }
}

/** Whether it names a request that this endpoint could have made. */
export const isPushed = (requestUri: string | undefined, issuer: Issuer): requestUri is string =>
  issuer.pushedRequests && (requestUri?.startsWith(PREFIX) ?? false)

/** RFC 9126 §4, §7.3: what the client pushed, for its first use within the minute. */
export async function takePushed(requestUri: string, client: Client, ctx: OAuthContext): Promise<Parameters | 'used' | 'unknown'> {
  const taken = await ctx.store.takePushedRequest(sha256Hex(requestUri), client.clientId, ctx.requestId)
  return taken.outcome === 'taken' ? parseParameters(taken.parameters) : taken.outcome
}

/** RFC 9449 §10.1: a proof sent along says the same as `dpop_jkt`. */
async function keyProof(
  parameters: Parameters,
  request: OAuthRequest,
  client: AuthenticatedClient,
  ctx: OAuthContext,
): Promise<Proof | null> {
  if (ctx.issuer.dpop === 'off') return null
  const proof = await proofIn(request, ctx, client.readAt)
  const named = parameters.get('dpop_jkt')
  if (proof && named !== undefined && named !== proof.jkt) throw invalidRequest('dpop_jkt is not the key of the DPoP proof')
  return proof
}

/** What authorize will read: the form without credentials and without what we do not know. */
function encoded(parameters: Parameters, proof: Proof | null): string {
  const sent = AUTHORIZATION_PARAMETERS.flatMap((name) => parameters.all(name).map((value) => [name, value]))
  const pairs = proof ? [...sent.filter(([name]) => name !== 'dpop_jkt'), ['dpop_jkt', proof.jkt]] : sent
  const text = new URLSearchParams(pairs).toString()
  if (text.length > MAX_CHARACTERS) throw invalidRequest('The request is too long')
  return text
}
