import { createRemoteJWKSet, errors, jwtVerify } from 'jose'

export type AccessToken = {
  readonly subject: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

export type Verifier = (token: string) => Promise<AccessToken>

/** The token is not one for us, and why; everything else that is thrown means that we could not find out. */
export class InvalidToken extends Error {}

/**
 * Checks access tokens (RFC 9068) of one issuer for one resource: signature, algorithm, `typ`, `iss`, `aud` and `exp`. The issuer's
 * keys are found through its metadata at the first token and then kept by `jose`, which fetches them again when a new key id appears.
 */
export function createVerifier({ issuer, resource }: { issuer: string; resource: string }): Verifier {
  let keys: Promise<ReturnType<typeof createRemoteJWKSet>> | undefined

  function findKeys(): Promise<ReturnType<typeof createRemoteJWKSet>> {
    keys ??= discoverKeys(issuer).catch((error) => {
      keys = undefined // the next request tries again
      throw error
    })
    return keys
  }

  return async (token) => {
    const findKey = await findKeys()
    try {
      const { payload } = await jwtVerify(token, findKey, {
        issuer,
        audience: resource,
        typ: 'at+jwt',
        algorithms: ['ES256', 'RS256'],
        requiredClaims: ['exp', 'sub', 'client_id'],
      })
      const scope = typeof payload.scope === 'string' ? payload.scope : ''
      return {
        subject: String(payload.sub),
        clientId: String(payload.client_id),
        scopes: scope.split(' ').filter(Boolean),
        expiresAt: Number(payload.exp),
      }
    } catch (error) {
      if (error instanceof errors.JOSEError && /^ERR_(JWT|JWS|JWKS_NO_MATCHING_KEY|JOSE_ALG|JOSE_NOT)/.test(error.code))
        throw new InvalidToken(error.message, { cause: error })
      throw error
    }
  }
}

/** RFC 8414 §3.1: the well-known part goes between the issuer's host and its path; §3.3: the answer must name the same issuer. */
async function discoverKeys(issuer: string): Promise<ReturnType<typeof createRemoteJWKSet>> {
  const { origin, pathname } = new URL(issuer)
  const url = `${origin}/.well-known/oauth-authorization-server${pathname === '/' ? '' : pathname}`
  const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(5000) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  const metadata = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown }
  if (metadata.issuer !== issuer) throw new Error(`${url} is about the issuer ${metadata.issuer}, not ${issuer}`)
  return createRemoteJWKSet(new URL(String(metadata.jwks_uri)))
}
