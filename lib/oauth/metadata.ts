import type { Issuer, OAuthContext, OAuthRequest, OAuthResult, PublicDocument } from './context.ts'
import { publicDocument } from './document.ts'
import { DEVICE_CODE, JWT_BEARER, TOKEN_EXCHANGE } from './grant-type.ts'
import { ID_JAG_PROFILE } from './grants/id-jag.ts'
import { projectScopes } from './scope.ts'
import { ASSERTION_ALGORITHMS } from './signed-jwt.ts'
import { UI_LOCALES } from './ui-locales.ts'

/** As much of an issuer as its metadata tells. */
type Described = Pick<
  Issuer,
  | 'url'
  | 'registrationMode'
  | 'documentPolicy'
  | 'signingAlgorithm'
  | 'issParameter'
  | 'dpop'
  | 'scopes'
  | 'pushedRequests'
  | 'deviceGrant'
  | 'openidConnect'
  | 'clientCredentials'
  | 'tokenExchange'
  | 'enterpriseAuthorization'
  | 'workloadIdentity'
>

/** Grants by the switch that turns them on: metadata cannot promise what a project has off. */
const GRANTS: Record<string, (issuer: Described) => boolean> = {
  authorization_code: () => true,
  refresh_token: () => true,
  client_credentials: (issuer) => issuer.clientCredentials,
  [TOKEN_EXCHANGE]: (issuer) => issuer.tokenExchange,
  [JWT_BEARER]: (issuer) => issuer.enterpriseAuthorization || issuer.workloadIdentity,
  [DEVICE_CODE]: (issuer) => issuer.deviceGrant,
}

const CONFIDENTIAL_METHODS = ['client_secret_basic', 'client_secret_post', 'private_key_jwt']

/** OpenID Connect Discovery §3: those of an id_token, some of which userinfo has too. */
const CLAIMS = ['iss', 'sub', 'aud', 'iat', 'exp', 'auth_time', 'nonce', 'at_hash', 'email', 'email_verified', 'name']

/** An issuer is one immutable snapshot, so its document is made once. */
const documents = new WeakMap<Issuer, PublicDocument>()

/** RFC 8414 §3 and OpenID Connect Discovery §4, the same document for both. */
export async function metadata(_request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const document = documents.get(ctx.issuer) ?? publicDocument(metadataOf(ctx.issuer))
  documents.set(ctx.issuer, document)
  ctx.stream({ action: 'metadata.fetched', actorKind: 'client' })
  return { kind: 'document', document }
}

/** RFC 8414 §2. Absent members are left out: `null` breaks clients that validate the document. */
export function metadataOf(issuer: Described): Record<string, unknown> {
  const at = (path: string) => `${issuer.url}${path}`
  return {
    issuer: issuer.url,
    authorization_endpoint: at('/oauth/authorize'),
    token_endpoint: at('/api/oauth/token'),
    ...(issuer.registrationMode === 'off' ? {} : { registration_endpoint: at('/api/oauth/register') }),
    ...(issuer.pushedRequests
      ? { pushed_authorization_request_endpoint: at('/api/oauth/par'), require_pushed_authorization_requests: false }
      : {}),
    ...(issuer.deviceGrant ? { device_authorization_endpoint: at('/api/oauth/device_authorization') } : {}),
    ...(issuer.openidConnect ? { userinfo_endpoint: at('/api/oauth/userinfo') } : {}),
    revocation_endpoint: at('/api/oauth/revoke'),
    introspection_endpoint: at('/api/oauth/introspect'),
    jwks_uri: at('/.well-known/jwks.json'),
    scopes_supported: projectScopes(issuer),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    ...(issuer.enterpriseAuthorization ? { authorization_grant_profiles_supported: [ID_JAG_PROFILE] } : {}),
    grant_types_supported: Object.keys(GRANTS).filter((grant) => GRANTS[grant]?.(issuer)),
    token_endpoint_auth_methods_supported: ['none', ...CONFIDENTIAL_METHODS],
    token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    revocation_endpoint_auth_methods_supported: ['none', ...CONFIDENTIAL_METHODS],
    revocation_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    introspection_endpoint_auth_methods_supported: CONFIDENTIAL_METHODS,
    introspection_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
    code_challenge_methods_supported: ['S256'],
    ...(issuer.issParameter ? { authorization_response_iss_parameter_supported: true } : {}),
    ...(issuer.dpop === 'off' ? {} : { dpop_signing_alg_values_supported: [...ASSERTION_ALGORITHMS] }),
    ...(issuer.documentPolicy === 'deny' ? {} : { client_id_metadata_document_supported: true }),
    ui_locales_supported: UI_LOCALES,
    // Required in an OpenID document; the official SDK refuses one without them, with OpenID Connect on or off.
    subject_types_supported: ['public'],
    // Some read it as the algorithms of any token of ours, so those of access tokens stand there too.
    id_token_signing_alg_values_supported: [...new Set([...(issuer.openidConnect ? ['RS256'] : []), issuer.signingAlgorithm])],
    ...(issuer.openidConnect ? { claims_supported: CLAIMS } : {}),
  }
}
