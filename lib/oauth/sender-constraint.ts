import type { Issuer, OAuthContext, OAuthRequest } from './context.ts'
import { invalidProof, type Proof, type ProofTarget, verifyProof } from './dpop.ts'
import { invalidGrant } from './errors.ts'
import { dpopNonceOf } from './opaque-token.ts'
import type { Client } from './store.ts'

/** A nonce is good for this long, and as long again. */
const NONCE_SECONDS = 300

/** What a token is bound to, for `accessTokenClaims` and `tokenResponse`. */
export type SenderConstraint = {
  /** RFC 9449 §6.1; absent: whoever bears it may use it. */
  readonly cnf?: { readonly jkt: string }
  readonly tokenType: Issuer['tokenType'] | 'DPoP'
  readonly headers?: Readonly<Record<string, string>>
}

/**
 * RFC 9449 §5: what the token about to be minted for `client` is bound to. A proof is wanted from a client registered so, and of the
 * key `boundTo` (of a code or a refresh family); otherwise it is the caller's choice. Where a project has DPoP off, an unsolicited
 * proof is not looked at, but what was bound while it was on stays bound.
 *
 * Call it when all other checks have passed and before anything is spent: it uses the proof up.
 * Throws `invalid_dpop_proof` (also for a missing one), `use_dpop_nonce`, and `invalid_grant` for another key than `boundTo`.
 */
export async function senderConstraint(
  request: OAuthRequest,
  ctx: OAuthContext,
  client: Client | null,
  readAt: Date,
  boundTo: string | null = null,
): Promise<SenderConstraint> {
  const { issuer } = ctx
  const required = boundTo !== null || (client?.dpopBoundAccessTokens ?? false)
  const proof = required || issuer.dpop !== 'off' ? await proofIn(request, ctx, readAt) : null
  if (!proof) {
    if (required) throw invalidProof('there is none')
    return { tokenType: issuer.tokenType }
  }
  if (boundTo !== null && boundTo !== proof.jkt) throw invalidGrant({ kind: 'dpop_refused', why: 'other_key' })
  await spend(proof, ctx)
  const nonce = nonces(ctx, readAt)?.[0]
  return { cnf: { jkt: proof.jkt }, tokenType: 'DPoP', ...(nonce ? { headers: { 'dpop-nonce': nonce } } : {}) }
}

/** The key that a new refresh family of this client is bound to (RFC 9449 §5): one that authenticates needs none. */
export const familyKey = ({ tokenEndpointAuthMethods }: Client, { cnf }: SenderConstraint): string | null =>
  (tokenEndpointAuthMethods.includes('none') && cnf?.jkt) || null

/** The proof that came with this request, checked but not used up; null when there is none. Throws as `verifyProof`. */
export async function proofIn(request: OAuthRequest, ctx: OAuthContext, readAt: Date, accessToken?: string): Promise<Proof | null> {
  const header = request.headers.get('dpop')
  if (header === null) return null
  const accepted = nonces(ctx, readAt)
  const target: ProofTarget = {
    method: request.method,
    url: `${ctx.issuer.url}${request.path}`,
    now: readAt,
    ...(accessToken === undefined ? {} : { accessToken }),
    ...(accepted ? { nonces: accepted } : {}),
  }
  return verifyProof(header, target)
}

/** Throws `invalid_dpop_proof` for one that was used before. */
export async function spend({ idHash, expiresAt }: Proof, { store, requestId }: OAuthContext): Promise<void> {
  if (!(await store.useAssertion(idHash, expiresAt, requestId))) throw invalidProof('it was used before')
}

/** Those that count now, the newest first; null where none is asked for. Nothing is kept: each says when it is good itself. */
function nonces({ issuer, pepper }: OAuthContext, readAt: Date): readonly string[] | null {
  if (issuer.dpop !== 'nonce') return null
  const period = Math.floor(readAt.getTime() / 1000 / NONCE_SECONDS)
  return [period, period - 1].map((each) => dpopNonceOf(issuer.url, each, pepper))
}
