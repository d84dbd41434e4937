import type { Issuer, OAuthContext, OAuthRequest, OAuthResult, PublicDocument } from './context.ts'
import { publicDocument } from './document.ts'
import { TOKEN_EXCHANGE } from './grants/token-exchange.ts'
import { projectScopes } from './scope.ts'

/** Grants by the switch that turns them on: metadata cannot promise what a project has off. */
const GRANTS: Record<string, (issuer: Issuer) => boolean> = {
  authorization_code: () => true,
  refresh_token: () => true,
  client_credentials: (issuer) => issuer.clientCredentials,
  [TOKEN_EXCHANGE]: (issuer) => issuer.tokenExchange,
}

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
export function metadataOf(issuer: Issuer): Record<string, unknown> {
  const at = (path: string) => `${issuer.url}${path}`
  return {
    issuer: issuer.url,
    authorization_endpoint: at('/oauth/authorize'),
    token_endpoint: at('/api/oauth/token'),
    ...(issuer.registrationMode === 'off' ? {} : { registration_endpoint: at('/api/oauth/register') }),
    revocation_endpoint: at('/api/oauth/revoke'),
    introspection_endpoint: at('/api/oauth/introspect'),
    jwks_uri: at('/.well-known/jwks.json'),
    scopes_supported: projectScopes(issuer),
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: Object.keys(GRANTS).filter((grant) => GRANTS[grant]?.(issuer)),
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    ...(issuer.issParameter ? { authorization_response_iss_parameter_supported: true } : {}),
    // Required in an OpenID document; the official SDK refuses one without them, with OpenID Connect on or off.
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: [issuer.signingAlgorithm],
  }
}
