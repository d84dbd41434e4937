import { createHash } from 'node:crypto'
import { OAuthError } from './errors.ts'
import { type JsonWebKeySet, parseJsonWebKeySet } from './json-web-key.ts'
import { checkRedirectUri, hasPrivateUseScheme, parseLoopback, toAsciiRedirectUri } from './redirect-uri.ts'
import { parseUrl } from './url.ts'

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
  readonly logoUri: string | null
  readonly scope: string | undefined
}

/** What a project, or this installation, lets a client say. */
export type MetadataRules = {
  /** Whether `cursor://` and its like may be redirected to. */
  readonly privateUseSchemes: boolean
  /** Whether the one outbound fetcher would try this URL, judged by its text. */
  mayFetch(url: string): boolean
}

const refuse = (description: string): OAuthError => new OAuthError('invalid_client_metadata', description, { kind: 'metadata_refused' })
const refuseRedirect = (description: string): OAuthError =>
  new OAuthError('invalid_redirect_uri', description, { kind: 'redirect_uri_refused' })

/**
 * What a registration says (RFC 7591 §2), checked. Members we do not know are ignored, never kept. Of several methods offered
 * the first that we support is taken, and it is the only one.
 * Throws `invalid_redirect_uri` or `invalid_client_metadata` (RFC 7591 §3.2.2) naming the member.
 */
export function parseClientMetadata(sent: Record<string, unknown>, rules: MetadataRules): ClientMetadata {
  const offered = parseMethods(sent.token_endpoint_auth_methods_supported)
  // RFC 7591 §2: an omitted method means Basic, with a secret. Copilot Studio depends on it.
  const method = parseMethod(sent.token_endpoint_auth_method, offered[0]) ?? offered[0] ?? 'client_secret_basic'
  return metadataOf(sent, [method], rules)
}

/**
 * What a client ID metadata document says: as a registration, but nobody may share a secret with a page that everybody can read, so
 * secrets and methods that need one are refused, and whoever names no method has none. Of several methods all that we support are kept.
 * Throws as `parseClientMetadata`.
 */
export function parseDocumentMetadata(sent: Record<string, unknown>, rules: MetadataRules): ClientMetadata {
  if (sent.client_secret !== undefined || sent.client_secret_expires_at !== undefined)
    throw refuse('A document must not have a client_secret')
  const offered = parseMethods(sent.token_endpoint_auth_methods_supported)
  const method = offered.length > 0 ? undefined : (parseMethod(sent.token_endpoint_auth_method) ?? 'none')
  const methods = method ? [method] : offered
  const asymmetric = methods.filter((each) => each === 'none' || each === 'private_key_jwt')
  if (asymmetric.length === 0) throw refuse('A document must not name a method that needs a shared secret')
  return metadataOf(sent, asymmetric, rules)
}

/** `methods` is not empty. */
function metadataOf(sent: Record<string, unknown>, methods: readonly TokenEndpointAuthMethod[], rules: MetadataRules): ClientMetadata {
  const redirectUris = parseRedirectUris(sent.redirect_uris, rules)
  requireCodeGrant(sent)
  const keys = parseKeys(sent, rules)
  const withKeys = methods.includes('private_key_jwt')
  if (withKeys && keys.jwks === null && keys.jwksUri === null) throw refuse('private_key_jwt needs jwks or jwks_uri')
  if (sent.scope !== undefined && typeof sent.scope !== 'string') throw refuse('scope must be a string')
  if (typeof sent.scope === 'string' && (sent.scope.length > 4096 || !/^[\x20\x21\x23-\x5b\x5d-\x7e]*$/.test(sent.scope))) {
    throw refuse('scope has characters that scopes must not have')
  }
  const { dpop_bound_access_tokens: dpopBound = false } = sent
  if (typeof dpopBound !== 'boolean') throw refuse('dpop_bound_access_tokens must be true or false')

  const [method = 'none'] = methods
  return {
    name: parseName(sent.client_name) ?? 'Unnamed client',
    redirectUris,
    tokenEndpointAuthMethod: method,
    tokenEndpointAuthMethods: methods,
    ...(withKeys ? keys : NO_KEYS),
    dpopBoundAccessTokens: dpopBound,
    // Clients take a missing refresh_token as "sign in again every hour".
    grantTypes: ['authorization_code', 'refresh_token'],
    applicationType: parseApplicationType(sent.application_type, redirectUris),
    clientUri: parseClientUri(sent.client_uri),
    logoUri: parseLogoUri(sent.logo_uri, rules),
    scope: sent.scope?.trim() || undefined,
  }
}

/** Unsupported grants and response types are dropped, not refused: Claude lists jwt-bearer, VS Code the device grant. */
function requireCodeGrant({ grant_types: grants, response_types: types }: Record<string, unknown>): void {
  if (grants !== undefined && !isListOfText(grants)) throw refuse('grant_types must be a list of strings')
  if (grants && grants.length > 0 && !grants.includes('authorization_code')) throw refuse('grant_types must include authorization_code')
  if (types !== undefined && !isListOfText(types)) throw refuse('response_types must be a list of strings')
  if (types && types.length > 0 && !types.includes('code')) throw refuse('response_types must include code')
}

type Keys = Pick<ClientMetadata, 'jwks' | 'jwksUri'>

const NO_KEYS: Keys = { jwks: null, jwksUri: null }

/** Checked also where they are not used: a private key sent here must not look accepted. `null` counts as not sent, as SDKs write it. */
function parseKeys({ jwks, jwks_uri: jwksUri }: Record<string, unknown>, { mayFetch }: MetadataRules): Keys {
  const [hasSet, hasUri] = [jwks ?? undefined, jwksUri ?? undefined].map((each) => each !== undefined)
  if (hasSet && hasUri) throw refuse('jwks and jwks_uri must not both be sent')
  if (hasUri) {
    if (typeof jwksUri !== 'string' || !mayFetch(jwksUri)) throw refuse('jwks_uri must be an https URL of a public host')
    return { jwks: null, jwksUri }
  }
  if (!hasSet) return NO_KEYS
  const set = parseJsonWebKeySet(jwks)
  if (typeof set === 'string') throw refuse(set)
  return { jwks: set, jwksUri: null }
}

const isListOfText = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= 50 && value.every((item) => typeof item === 'string' && item.length <= 256)

function parseRedirectUris(value: unknown, rules: MetadataRules): string[] {
  if (!Array.isArray(value) || value.length === 0) throw refuseRedirect('redirect_uris must be a list of at least one URI')
  if (value.length > MAX_REDIRECT_URIS) throw refuseRedirect('redirect_uris must have at most 20 URIs')
  return [...new Set(value.map((uri) => parseRedirectUri(uri, rules)))]
}

function parseRedirectUri(value: unknown, { privateUseSchemes }: MetadataRules): string {
  if (typeof value !== 'string') throw refuseRedirect('redirect_uris must be strings')
  const uri = toAsciiRedirectUri(value)
  const problem = uri === null ? 'A redirect URI may be other than ASCII in its host only' : checkRedirectUri(uri)
  if (uri === null || problem !== null) throw refuseRedirect(problem ?? '')
  if (!privateUseSchemes && hasPrivateUseScheme(uri))
    throw refuseRedirect('This project takes redirect URIs with https or on a loopback address only')
  return uri
}

const isSupported = (method: unknown): method is TokenEndpointAuthMethod =>
  method === 'none' || method === 'client_secret_basic' || method === 'client_secret_post' || method === 'private_key_jwt'

/** Undefined: left out. `instead`: what else was offered, should this one not be supported. */
function parseMethod(value: unknown, instead?: TokenEndpointAuthMethod): TokenEndpointAuthMethod | undefined {
  if (value === undefined || value === '') return undefined
  if (isSupported(value)) return value
  if (instead === undefined || typeof value !== 'string') throw refuse('token_endpoint_auth_method is not supported')
  return instead
}

/** OpenID Connect RP Metadata Choices: those that we support, in the client's order. Empty: none was offered. */
function parseMethods(value: unknown): TokenEndpointAuthMethod[] {
  if (value === undefined || value === null) return []
  if (!isListOfText(value)) throw refuse('token_endpoint_auth_methods_supported must be a list of strings')
  return [...new Set(value.filter(isSupported))]
}

/** A loopback redirect makes a client native whatever it says (RFC 8252 §8.4): the SDKs send `web` from laptops. */
function parseApplicationType(value: unknown, redirectUris: readonly string[]): 'native' | 'web' {
  if (value !== undefined && typeof value !== 'string') throw refuse('application_type must be a string')
  return value === 'native' || redirectUris.some((uri) => parseLoopback(uri) || hasPrivateUseScheme(uri)) ? 'native' : 'web'
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
  if (typeof value !== 'string' || value.length > 2048 || !/^https:\/\/[\x21-\x7e]+$/.test(value)) return null
  const url = parseUrl(value)
  return !url || url.username || url.password ? null : url.href
}

/** Fetched later, if anybody vouches for the client. What we would not fetch is left out, as above. */
const parseLogoUri = (value: unknown, { mayFetch }: MetadataRules): string | null =>
  typeof value === 'string' && mayFetch(value) ? value : null

/** As much of a client as its metadata hash tells. */
export type ConsentedMetadata = Pick<ClientMetadata, 'name' | 'redirectUris' | 'clientUri' | 'logoUri' | 'jwks' | 'jwksUri'>

/** SHA-256, hex, over what a user consents to, and the keys by which the client proves that it is the one: a changed one asks again. */
export const metadataHashOf = ({ name, redirectUris, clientUri, logoUri, jwks, jwksUri }: ConsentedMetadata): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        ...[name, [...redirectUris].sort(), clientUri],
        ...(jwks || jwksUri ? [jwks, jwksUri] : []),
        ...(logoUri ? [{ logo: logoUri }] : []),
      ]),
    )
    .digest('hex')
