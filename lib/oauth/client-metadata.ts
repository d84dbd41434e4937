import { createHash } from 'node:crypto'
import { OAuthError } from './errors.ts'
import { checkRedirectUri, parseLoopback, toAsciiRedirectUri } from './redirect-uri.ts'
import type { JsonWebKeySet } from './signed-jwt.ts'

const MAX_REDIRECT_URIS = 20
const MAX_NAME_CHARACTERS = 128

export type TokenEndpointAuthMethod = 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'

/** RFC 7591 §2, as far as we keep it, checked and with its defaults. */
export type ClientMetadata = {
  readonly name: string
  readonly redirectUris: readonly string[]
  readonly tokenEndpointAuthMethod: TokenEndpointAuthMethod
  /** All it may use, the one above first. */
  readonly tokenEndpointAuthMethods: readonly TokenEndpointAuthMethod[]
  readonly jwks: JsonWebKeySet | null
  readonly jwksUri: string | null
  readonly dpopBoundAccessTokens: boolean
  readonly grantTypes: readonly string[]
  readonly applicationType: 'native' | 'web'
  readonly clientUri: string | null
  readonly scope: string | undefined
}

const refuse = (description: string): OAuthError => new OAuthError('invalid_client_metadata', description, { kind: 'metadata_refused' })
const refuseRedirect = (description: string): OAuthError =>
  new OAuthError('invalid_redirect_uri', description, { kind: 'redirect_uri_refused' })

/**
 * What a client says of itself, checked. Members we do not know are ignored (RFC 7591 §2), never kept.
 * Throws `invalid_redirect_uri` or `invalid_client_metadata` (RFC 7591 §3.2.2) naming the member.
 */
export function parseClientMetadata(sent: Record<string, unknown>): ClientMetadata {
  const redirectUris = parseRedirectUris(sent.redirect_uris)
  const grants = sent.grant_types
  if (grants !== undefined && !isListOfText(grants)) throw refuse('grant_types must be a list of strings')
  // Unsupported grants are dropped, not refused: Claude lists jwt-bearer, VS Code the device grant.
  if (grants && grants.length > 0 && !grants.includes('authorization_code')) throw refuse('grant_types must include authorization_code')
  const types = sent.response_types
  if (types !== undefined && !isListOfText(types)) throw refuse('response_types must be a list of strings')
  if (types && types.length > 0 && !types.includes('code')) throw refuse('response_types must include code')
  refuseKeys(sent)
  if (sent.scope !== undefined && typeof sent.scope !== 'string') throw refuse('scope must be a string')
  if (typeof sent.scope === 'string' && (sent.scope.length > 4096 || !/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(sent.scope))) {
    throw refuse('scope has characters that scopes must not have')
  }

  const method = parseMethod(sent.token_endpoint_auth_method)
  return {
    name: parseName(sent.client_name) ?? 'Unnamed client',
    redirectUris,
    tokenEndpointAuthMethod: method,
    tokenEndpointAuthMethods: [method],
    jwks: null,
    jwksUri: null,
    dpopBoundAccessTokens: false,
    // Clients take a missing refresh_token as "sign in again every hour".
    grantTypes: ['authorization_code', 'refresh_token'],
    applicationType: parseApplicationType(sent.application_type, redirectUris),
    clientUri: parseClientUri(sent.client_uri),
    scope: sent.scope?.trim() || undefined,
  }
}

/** Keys are not used yet, but a private one sent here must not look accepted (RFC 7591 §2: never both members). */
function refuseKeys({ jwks, jwks_uri }: Record<string, unknown>): void {
  if (jwks === undefined) return
  if (jwks_uri !== undefined) throw refuse('jwks and jwks_uri must not both be sent')
  if (/"(?:d|k|p|q)"\s*:|"oct"/.test(JSON.stringify(jwks))) throw refuse('jwks must hold public keys only')
}

const isListOfText = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= 50 && value.every((item) => typeof item === 'string' && item.length <= 256)

function parseRedirectUris(value: unknown): string[] {
  if (!Array.isArray(value) || value.length === 0) throw refuseRedirect('redirect_uris must be a list of at least one URI')
  if (value.length > MAX_REDIRECT_URIS) throw refuseRedirect('redirect_uris must have at most 20 URIs')
  return [...new Set(value.map(parseRedirectUri))]
}

function parseRedirectUri(value: unknown): string {
  if (typeof value !== 'string') throw refuseRedirect('redirect_uris must be strings')
  const uri = toAsciiRedirectUri(value)
  const problem = uri === null ? 'A redirect URI may be other than ASCII in its host only' : checkRedirectUri(uri)
  if (uri === null || problem !== null) throw refuseRedirect(problem ?? '')
  return uri
}

/** RFC 7591 §2: an omitted method means Basic, with a secret. Copilot Studio depends on it. */
function parseMethod(value: unknown): TokenEndpointAuthMethod {
  if (value === undefined || value === '') return 'client_secret_basic'
  if (value === 'none' || value === 'client_secret_basic' || value === 'client_secret_post') return value
  throw refuse('token_endpoint_auth_method is not supported')
}

/** A loopback redirect makes a client native whatever it says (RFC 8252 §8.4): the SDKs send `web` from laptops. */
function parseApplicationType(value: unknown, redirectUris: readonly string[]): 'native' | 'web' {
  if (value !== undefined && typeof value !== 'string') throw refuse('application_type must be a string')
  return value === 'native' || redirectUris.some((uri) => parseLoopback(uri) || !/^https?:/.test(uri)) ? 'native' : 'web'
}

/**
 * A name as people may see it: no control, format or direction characters, which would let it pose as something else
 * or break out of its line. Undefined when nothing is left; throws when it is no text or too long.
 */
export function parseName(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'string') throw refuse('client_name must be a string')
  const name = value
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (name.length > MAX_NAME_CHARACTERS) throw refuse('client_name must have at most 128 characters')
  return name || undefined
}

/** Shown as text, never fetched. Anything but a plain https URL is left out. */
function parseClientUri(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2048 || !/^https:\/\/[\x21-\x7e]+$/.test(value) || !URL.canParse(value)) return null
  const url = new URL(value)
  return url.username || url.password ? null : url.href
}

/** SHA-256, hex, over what a user consents to: a changed one asks again. */
export const metadataHashOf = (metadata: { name: string; redirectUris: readonly string[]; clientUri: string | null }): string =>
  createHash('sha256')
    .update(JSON.stringify([metadata.name, [...metadata.redirectUris].sort(), metadata.clientUri]))
    .digest('hex')
