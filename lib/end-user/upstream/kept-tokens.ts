import { statement, type Transaction } from '#lib/db/transaction.ts'
import { open, seal } from '#lib/keys/seal.ts'
import type { Provider } from './provider.ts'
import type { ProviderTokens } from './token-request.ts'

type Sealed = { readonly accessToken: string; readonly refreshToken: string | null }
type Owner = { readonly projectId: string; readonly userId: string; readonly provider: Pick<Provider, 'id' | 'scope'> }

const belongsTo = ({ projectId, userId, provider }: Owner) =>
  ({ projectId, kind: 'upstream-token', id: JSON.stringify([userId, provider.id]) }) as const

const sealTokens = (owner: Owner, tokens: Sealed): string => seal(JSON.stringify(tokens), belongsTo(owner))
const openTokens = (owner: Owner, sealed: string): Sealed => JSON.parse(open(sealed, belongsTo(owner))) as Sealed

/** Of a sign-in. A provider may give a refresh token only the first time: the one we have stays until there is another. */
export async function keepTokens(tx: Transaction, owner: Owner, tokens: ProviderTokens): Promise<void> {
  const { projectId, userId, provider } = owner
  const before = await tx.upstreamToken.findUnique({
    where: { projectId_userId_providerId: { projectId, userId, providerId: provider.id } },
    select: { sealed: true },
  })
  const refreshToken = tokens.refreshToken ?? (before && openTokens(owner, before.sealed).refreshToken)
  const sealed = sealTokens(owner, { accessToken: tokens.accessToken, refreshToken })
  await tx.$executeRaw`
    INSERT INTO upstream_token (project_id, user_id, provider_id, sealed, scope, expires_at)
    VALUES (${projectId}::uuid, ${userId}, ${provider.id}::uuid, ${sealed}, ${tokens.scope ?? provider.scope},
      now() + make_interval(secs => ${tokens.expiresInSeconds}::float8))
    ON CONFLICT (project_id, user_id, provider_id) DO UPDATE
    SET sealed = excluded.sealed, scope = excluded.scope, expires_at = excluded.expires_at, leased_until = NULL, updated_at = now()`
}

/** A user's tokens at one provider, as they are kept. */
export type KeptTokens = {
  readonly providerId: string
  readonly sealed: string
  readonly scope: string
  /** Null: it does not end by itself. */
  readonly secondsLeft: number | null
}

/**
 * `provider`: the id or the preset of one; null: whichever there are. None of users who are disabled, none of providers whose tokens
 * are not kept any more.
 */
export async function findKeptTokens(projectId: string, userId: string, provider: string | null): Promise<KeptTokens[]> {
  const { rows } = await statement<KeptTokens>(
    'find_upstream_tokens',
    `SELECT t.provider_id AS "providerId", t.sealed, t.scope, floor(extract(epoch FROM t.expires_at - now()))::int AS "secondsLeft"
     FROM upstream_token t
     JOIN upstream_provider p ON p.project_id = t.project_id AND p.id = t.provider_id AND p.keep_tokens
     JOIN end_user u ON u.project_id = t.project_id AND u.id = t.user_id AND u.disabled_at IS NULL
     WHERE t.project_id = $1::uuid AND t.user_id = $2 AND ($3::text IS NULL OR t.provider_id::text = $3 OR p.preset = $3)
     ORDER BY t.provider_id`,
    [projectId, userId, provider],
  )
  return rows
}

export const contentOf = (kept: KeptTokens, projectId: string, userId: string): Sealed =>
  openTokens({ projectId, userId, provider: { id: kept.providerId, scope: '' } }, kept.sealed)

/** Longer than a provider may take to answer. */
const LEASE_SECONDS = 15

const OF_THESE = 'project_id = $1::uuid AND user_id = $2 AND provider_id = $3::uuid AND sealed = $4'

/** Whether we are the one who asks the provider for new ones. Two at once, and a provider that rotates its refresh tokens ends both. */
export async function leaseTokens(projectId: string, userId: string, { providerId, sealed }: KeptTokens): Promise<boolean> {
  const { rowCount } = await statement(
    'lease_upstream_tokens',
    `UPDATE upstream_token SET leased_until = now() + make_interval(secs => ${LEASE_SECONDS})
     WHERE ${OF_THESE} AND (leased_until IS NULL OR leased_until <= now())`,
    [projectId, userId, providerId, sealed],
  )
  return rowCount === 1
}

/** Nothing came of it: the next may ask. */
export async function returnLease(projectId: string, userId: string, { providerId, sealed }: KeptTokens): Promise<void> {
  await statement(
    'return_upstream_lease',
    `UPDATE upstream_token SET leased_until = NULL WHERE ${OF_THESE}`,
    [projectId, userId, providerId, sealed],
    { repeatable: true },
  )
}

/** In the place of those that were read, unless a sign-in has brought others meanwhile. */
export async function replaceTokens(projectId: string, userId: string, kept: KeptTokens, tokens: ProviderTokens): Promise<void> {
  const owner = { projectId, userId, provider: { id: kept.providerId, scope: kept.scope } }
  const refreshToken = tokens.refreshToken ?? openTokens(owner, kept.sealed).refreshToken
  const sealed = sealTokens(owner, { accessToken: tokens.accessToken, refreshToken })
  await statement(
    'replace_upstream_tokens',
    `UPDATE upstream_token SET sealed = $5, scope = $6, expires_at = now() + make_interval(secs => $7::float8), leased_until = NULL, updated_at = now()
     WHERE ${OF_THESE}`,
    [projectId, userId, kept.providerId, kept.sealed, sealed, tokens.scope ?? kept.scope, tokens.expiresInSeconds],
    { repeatable: true },
  )
}

/** The provider takes them no more. */
export async function forgetTokens(projectId: string, userId: string, { providerId, sealed }: KeptTokens): Promise<void> {
  await statement('forget_upstream_tokens', `DELETE FROM upstream_token WHERE ${OF_THESE}`, [projectId, userId, providerId, sealed], {
    repeatable: true,
  })
}
