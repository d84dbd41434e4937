import { bearerToken } from './client-authentication.ts'
import type { OAuthContext, OAuthRequest } from './context.ts'
import { OAuthError } from './errors.ts'
import { sha256Hex } from './hash.ts'
import { REGISTRATION_SECRET_PREFIX } from './opaque-token.ts'
import type { SecretCheck } from './store.ts'

/** RFC 6750 §2.1. Throws `invalid_client` (401); the registration secret sent here is noted as misuse. */
export const requireServerSecret = (request: OAuthRequest, ctx: OAuthContext): Promise<SecretCheck> =>
  requireServerSecretWith((hash) => ctx.store.checkSecret('server', hash), request, ctx)

/** As `requireServerSecret`, with what else the check of the secret brought along. */
export async function requireServerSecretWith<Check extends SecretCheck>(
  check: (secretHash: string) => Promise<Check>,
  request: OAuthRequest,
  ctx: OAuthContext,
): Promise<Check> {
  const secret = bearerToken(request)
  const unauthorized = (kind: 'secret_missing' | 'secret_wrong') =>
    new OAuthError(
      'invalid_client',
      "Authorization must be Bearer with the project's server secret",
      { kind },
      {
        status: 401,
        headers: { 'www-authenticate': 'Bearer realm="oauth"' },
      },
    )
  if (!secret) throw unauthorized('secret_missing')

  const hash = sha256Hex(secret)
  const checked = await check(hash)
  if (checked.state === 'live') return checked
  if (checked.state === 'other_kind' && secret.startsWith(REGISTRATION_SECRET_PREFIX)) {
    await ctx.store.recordMisuse(hash, {
      action: 'credential.misused',
      step: 'exchange',
      actorKind: 'backend',
      detail: { credential: 'registration_secret', used_as: 'server_secret' },
    })
  }
  await ctx.limit('client_auth_failed', `${ctx.issuer.projectId} server ${ctx.address}`)
  throw unauthorized('secret_wrong')
}
