import { createHash, randomBytes } from 'node:crypto'
import type { ClientIdentity, Metadata, Resource, Run } from './run.ts'
import { shownUrl } from './trace.ts'
import { listOf, textOf } from './wire.ts'

/** A code and what is needed to redeem it. */
export type Authorized = { readonly code: string; readonly verifier: string; readonly resource: string | null }

/** RFC 6749 §4.1.1, RFC 7636, RFC 8707: the request as this client spells it, and what it makes of the answer. */
export async function authorize(resource: Resource, metadata: Metadata, client: ClientIdentity, run: Run): Promise<Authorized> {
  const { profile, options, wire } = run
  const verifier = randomBytes(32).toString('base64url')
  const state = randomBytes(profile.authorization.stateCharacters).toString('base64url').slice(0, profile.authorization.stateCharacters)
  const named = profile.authorization.resource === 'never' ? null : spelled(resource.identifier, profile.authorization.resource)
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: run.redirectUri,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  const scope = scopeFor(resource, metadata, client, run)
  if (scope !== null) query.set('scope', scope)
  if (named !== null) query.append('resource', named)
  if (named !== null && profile.authorization.resource === 'twice') query.append('resource', named)
  if (profile.authorization.promptsForOfflineAccess && scope?.includes('offline_access')) query.set('prompt', 'consent')

  const url = `${textOf(metadata, 'authorization_endpoint')}?${query}`
  wire.note('authorize', 'a person signs in and allows', `GET ${shownUrl(url)}`)
  const { status, location } = await options.approve(url)
  return { code: codeIn(status, location, state, metadata, run), verifier, resource: named }
}

function spelled(identifier: string | null, how: 'as-given' | 'twice' | 'href'): string | null {
  return identifier === null || how !== 'href' ? identifier : new URL(identifier).href
}

function scopeFor(resource: Resource, metadata: Metadata, client: ClientIdentity, { profile }: Run): string | null {
  const { from, fallback, offlineAccess } = profile.authorization.scope
  const offered = listOf(metadata, 'scopes_supported')
  const known = { challenge: resource.challenged, resource: resource.supported, server: offered, registration: client.scope }
  const found = from.map((source) => known[source]).find((scopes) => scopes.length > 0)
  const text = found?.join(' ') ?? fallback
  if (offlineAccess === 'never' || !offered.includes('offline_access') || found?.includes('offline_access')) return text
  return offlineAccess === 'joined' || text ? `${text ?? ''} offline_access` : 'offline_access'
}

/** RFC 6749 §4.1.2, RFC 9207 §2.4. */
function codeIn(status: number, location: string, state: string, metadata: Metadata, { profile, options, wire, redirectUri }: Run): string {
  wire.note('callback', '', `GET ${shownUrl(location)}`, status)
  const { redirectStatuses, iss } = profile.authorization
  wire.require(redirectStatuses.includes(status), `its callback does not survive a redirect with ${status}`)
  const [address, query = ''] = location.split('?', 2)
  wire.require(address === redirectUri, 'the answer came to another address')
  const answer = new URLSearchParams(query)
  wire.require(answer.getAll('state').length === 1 && answer.get('state') === state, 'state did not come back as it was sent')
  const sentIss = iss === 'dropped' ? [] : answer.getAll('iss')
  if (iss !== 'ignored') requireIss(sentIss)
  wire.require(!answer.has('error'), `it was refused: ${answer.get('error')} (${answer.get('error_description')})`)
  const [only, ...more] = answer.getAll('code')
  const code = wire.need(more.length === 0 && only !== '' ? only : null, 'there is not exactly one code')
  wire.judge('a code')
  return code

  function requireIss(values: readonly string[]): void {
    const announced = metadata.authorization_response_iss_parameter_supported === true
    if (announced) wire.require(values.length > 0, 'iss was announced and is missing')
    wire.require(
      values.every((value) => value === options.issuer) && values.length <= 1,
      `iss is ${values.join(' and ')}, not ${options.issuer}`,
    )
  }
}
