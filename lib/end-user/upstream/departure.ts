import { statement } from '#lib/db/transaction.ts'
import { open, seal } from '#lib/keys/seal.ts'
import type { OAuthContext } from '#lib/oauth/context.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { callbackUrl } from '#lib/oauth/provider-metadata.ts'
import type { Destination } from '../destination.ts'
import type { Provider } from './provider.ts'
import type { Departure } from './way.ts'

const MINUTES = 10

/** What of it only the browser's return may open. `to`: the handle of the request, or the page of ours, that it goes on to. */
type Sealed = { readonly nonce: string; readonly codeVerifier: string; readonly to: string }

/** A browser that we sent to a provider and that came back; `to` as it was kept. */
export type Returned = { readonly departure: Departure; readonly to: string }

const belongsTo = (projectId: string, stateHash: string) => ({ projectId, kind: 'upstream-sign-in', id: stateHash }) as const

/**
 * Kept when the person has asked for it, not before: the state is for this browser, this provider and this request, and for ten minutes.
 * Throws `Unavailable`.
 */
export async function keepDeparture(
  { state, nonce, codeVerifier }: Departure,
  { id: providerId }: Provider,
  destination: Destination,
  { issuer: { projectId }, browser }: OAuthContext,
): Promise<void> {
  const stateHash = sha256Hex(state)
  const isPlace = 'place' in destination
  const sealed: Sealed = { nonce, codeVerifier, to: isPlace ? destination.place : destination.handle }
  await statement(
    'keep_upstream_sign_in',
    `INSERT INTO upstream_sign_in (project_id, state_hash, provider_id, request_id, browser_hash, sealed, expires_at)
     VALUES ($1::uuid, $2, $3::uuid, $4, $5, $6, now() + make_interval(mins => ${MINUTES})) ON CONFLICT DO NOTHING`,
    [
      ...[projectId, stateHash, providerId, isPlace ? destination.place : destination.pending.idHash, browser.hash],
      seal(JSON.stringify(sealed), belongsTo(projectId, stateHash)),
    ],
    { repeatable: true },
  )
}

const TAKE = `
  UPDATE upstream_sign_in SET used_at = now(), used_by = $5::uuid
  WHERE project_id = $1::uuid AND state_hash = $2 AND provider_id = $3::uuid AND browser_hash = $4 AND expires_at > now()
    AND (used_at IS NULL OR used_by = $5::uuid)
  RETURNING sealed`

/**
 * Once. Null for a state that we never gave, that was used, is too old, or belongs to another browser or another provider: none of
 * these uses it up, so nobody can end somebody else's sign-in. Throws `Unavailable`.
 */
export async function takeDeparture(
  state: string,
  providerId: string,
  { issuer, browser, requestId }: OAuthContext,
): Promise<Returned | null> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(state) || browser.hash === null) return null
  const { projectId } = issuer
  const stateHash = sha256Hex(state)
  const { rows } = await statement<{ sealed: string }>(
    'take_upstream_sign_in',
    TAKE,
    [projectId, stateHash, providerId, browser.hash, requestId],
    { repeatable: true },
  )
  const [row] = rows
  if (!row) return null
  const { nonce, codeVerifier, to } = JSON.parse(open(row.sealed, belongsTo(projectId, stateHash))) as Sealed
  return { departure: { state, nonce, codeVerifier, redirectUri: callbackUrl(issuer.url, providerId) }, to }
}
