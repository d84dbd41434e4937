import { read } from '#lib/db/transaction.ts'
import type { PublicJwk } from '#lib/keys/signing-key.ts'
import { type ManagementContext, requirePermission } from '../context.ts'

export type ListedKey = {
  readonly kid: string
  /** `id-token` where OpenID Connect is or was on. */
  readonly purpose: 'access-token' | 'id-token'
  readonly algorithm: 'ES256' | 'RS256'
  /** `next` is published before it signs, `current` signs, `previous` verifies until `expiresAt`, `revoked` is refused. */
  readonly state: 'next' | 'current' | 'previous' | 'revoked'
  readonly publicJwk: PublicJwk
  readonly createdAt: Date
  readonly activatedAt: Date | null
  readonly retiredAt: Date | null
  readonly expiresAt: Date | null
}

const ORDER: readonly string[] = ['current', 'next', 'previous', 'revoked']

/** Public data only. Keys of access tokens, then those of id_tokens: each time the key that signs first, then the next, then older ones from the newest on. */
export async function listKeys(ctx: ManagementContext): Promise<ListedKey[]> {
  requirePermission(ctx, 'key:read')
  const keys = await read((db) =>
    db.signingKey.findMany({
      where: { projectId: ctx.project.id },
      omit: { projectId: true, sealedPrivate: true },
      orderBy: { createdAt: 'desc' },
      take: 50,
    }),
  )
  return keys
    .map((key) => ({
      ...key,
      purpose: key.purpose as ListedKey['purpose'],
      algorithm: key.algorithm as ListedKey['algorithm'],
      state: key.state as ListedKey['state'],
      publicJwk: JSON.parse(key.publicJwk) as PublicJwk,
    }))
    .sort((a, b) => a.purpose.localeCompare(b.purpose) || ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
}
