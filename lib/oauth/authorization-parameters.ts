import type { Issuer, OAuthContext } from './context.ts'
import { invalidRequest, OAuthError, unauthorizedClient } from './errors.ts'
import type { Parameters } from './parameters.ts'
import { isCodeChallenge } from './pkce.ts'
import { hasPrivateUseScheme, matchesRegistered, parseLoopback } from './redirect-uri.ts'
import { requestedResources } from './resource.ts'
import { consentableScopes, OPENID, parseScope } from './scope.ts'
import type { AuthorizationRequest, Client } from './store.ts'

const MAX_STATE_CHARACTERS = 4096
const MAX_LOGIN_HINT_CHARACTERS = 320
const MAX_NONCE_CHARACTERS = 1024

/** All that we read of an authorization request besides `client_id`; whatever else was pushed is not kept. */
export const AUTHORIZATION_PARAMETERS = [
  ...['response_type', 'response_mode', 'redirect_uri', 'state', 'scope', 'resource', 'code_challenge', 'code_challenge_method'],
  ...['prompt', 'max_age', 'login_hint', 'nonce', 'dpop_jkt'],
] as const

/** A good request, before a browser is bound to it. */
export type CheckedRequest = {
  readonly request: Omit<AuthorizationRequest, 'idHash' | 'browserHash'>
  readonly prompt: readonly string[]
  /** Seconds a sign-in may be old; null: any. */
  readonly maxAge: number | null
}

/** May be left out only by a client that has exactly one, and that not a loopback one, whose port we could not know. */
export function provenRedirectUri(sent: string | undefined, client: Client, { privateUseSchemes }: Issuer): string | null {
  // Also those registered before the project switched them off.
  const registered = privateUseSchemes ? client.redirectUris : client.redirectUris.filter((uri) => !hasPrivateUseScheme(uri))
  if (sent !== undefined) return matchesRegistered(sent, registered) ? sent : null
  const [only, ...more] = client.redirectUris
  return only !== undefined && more.length === 0 && !parseLoopback(only) && matchesRegistered(only, registered) ? only : null
}

export const isEchoable = (state: string): boolean => state.length <= MAX_STATE_CHARACTERS && !/\p{Cc}/u.test(state)

/**
 * RFC 6749 §4.1.1, RFC 7636 §4.3, RFC 8707 §2.1, RFC 9449 §10: every check whose failure the client is told, for requests that a browser
 * brings and for those that are pushed. `redirectUri` is proven. Throws the error that the client gets.
 */
export function checkedRequest(parameters: Parameters, client: Client, redirectUri: string, { issuer }: OAuthContext): CheckedRequest {
  const state = parameters.get('state') ?? null
  if (state !== null && !isEchoable(state)) throw invalidRequest('state has characters that must not be sent back')
  if (parameters.repeated().length > 0) throw invalidRequest('A parameter was sent more than once')
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

  const scope = consentableScopes(parseScope(parameters.get('scope')), issuer, client.scope)
  const resources = requestedResources(parameters.all('resource'), issuer)
  const prompt = parsePrompt(parameters.get('prompt'))
  const request = {
    issuer: issuer.url,
    clientId: client.clientId,
    redirectUri,
    redirectUriSent: parameters.get('redirect_uri') !== undefined,
    scope: scope.join(' '),
    resources,
    state,
    codeChallenge,
    metadataHash: client.metadataHash,
    nonce: issuer.openidConnect && scope.includes(OPENID) ? parseNonce(parameters.get('nonce')) : null,
    dpopJkt: issuer.dpop === 'off' ? null : parseThumbprint(parameters.get('dpop_jkt')),
    deviceCodeHash: null,
    loginHint: parseLoginHint(parameters.get('login_hint')),
  }
  return { request, prompt, maxAge: prompt.includes('login') ? 0 : parseMaxAge(parameters.get('max_age')) }
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

/** OpenID Connect Core §3.1.2.1: said back in the id_token as it came. */
function parseNonce(text: string | undefined): string | null {
  if (text === undefined) return null
  if (text.length > MAX_NONCE_CHARACTERS || /[\p{Cc}\p{Cs}]/u.test(text)) {
    throw invalidRequest('nonce must have at most 1024 characters, none of them a control character')
  }
  return text
}

/** RFC 9449 §10: SHA-256, base64url. */
function parseThumbprint(text: string | undefined): string | null {
  if (text === undefined) return null
  if (!/^[\w-]{43}$/.test(text)) throw invalidRequest('dpop_jkt must have 43 characters of base64url')
  return text
}

/** Only to fill in the sign-in form; dropped when it is not something to fill in. */
const parseLoginHint = (hint: string | undefined): string | null =>
  hint && hint.length <= MAX_LOGIN_HINT_CHARACTERS && !/\p{Cc}/u.test(hint) ? hint : null
