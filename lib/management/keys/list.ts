import { read } from '#lib/db/transaction.ts'
import type { PublicJwk } from '#lib/keys/signing-key.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ListKeysInput, listKeysInput } from './inputs.ts'

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
  /** Of the one that signs: when the timer rotates it, within some minutes. Null where that is done by hand. */
  readonly rotatesAt: Date | null
}

export type KeyList = {
  readonly keys: readonly ListedKey[]
  readonly nextCursor: null
  /** Where everybody reads the public halves. */
  readonly jwksUrl: string
  /** How long a key signs, in days; null: until somebody rotates it. */
  readonly keyRotationDays: number | null
}

const ORDER: readonly string[] = ['current', 'next', 'previous', 'revoked']
const DAY_MS = 86_400_000
/** Beyond it only keys that were revoked long ago. */
const MOST = 100

/**
 * Public data only. Keys of access tokens, then those of id_tokens: each time the key that signs first, then the next, then older ones
 * from the newest on. All of them: revoked ones beyond the hundredth are left out. Throws `forbidden`.
 */
export async function listKeys(ctx: ManagementContext, input: ListKeysInput = {}): Promise<KeyList> {
  requirePermission(ctx, 'key:read')
  parseInput(listKeysInput, input)
  const projectId = ctx.project.id
  const [project, rows] = await Promise.all([
    read((db) => db.project.findUnique({ where: { id: projectId }, select: { keyRotationDays: true } })),
    read((db) =>
      db.signingKey.findMany({
        where: { projectId },
        omit: { projectId: true, sealedPrivate: true },
        orderBy: { createdAt: 'desc' },
        take: MOST,
      }),
    ),
  ])
  if (!project) throw notFound('Project')
  const { keyRotationDays } = project
  const keys = rows.map((row): ListedKey => {
    const key = {
      ...row,
      purpose: row.purpose as ListedKey['purpose'],
      algorithm: row.algorithm as ListedKey['algorithm'],
      state: row.state as ListedKey['state'],
      publicJwk: JSON.parse(row.publicJwk) as PublicJwk,
    }
    return { ...key, rotatesAt: rotationOf(key, keyRotationDays) }
  })
  keys.sort((a, b) => a.purpose.localeCompare(b.purpose) || ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  return { keys, nextCursor: null, jwksUrl: `${ctx.project.issuer}/.well-known/jwks.json`, keyRotationDays }
}

function rotationOf({ state, activatedAt, createdAt }: Pick<ListedKey, 'state' | 'activatedAt' | 'createdAt'>, days: number | null) {
  if (state !== 'current' || days === null) return null
  return new Date((activatedAt ?? createdAt).getTime() + days * DAY_MS)
}
