import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type GetKeyImpactInput, getKeyImpactInput } from './inputs.ts'

/** Who may hold a token that this key signed. Upper bounds: access tokens are not stored. */
export type KeyImpact = { readonly users: number; readonly clients: number; readonly grants: number }

const NOBODY: KeyImpact = { users: 0, clients: 0, grants: 0 }

/**
 * What breaks when this key is revoked: nothing for one that never signed or whose last token has expired, else whatever is granted now.
 * Throws `forbidden`, `not_found`.
 */
export async function getKeyImpact(ctx: ManagementContext, input: GetKeyImpactInput): Promise<KeyImpact> {
  requirePermission(ctx, 'key:read')
  const { kid } = parseInput(getKeyImpactInput, input)
  const projectId = ctx.project.id
  const key = await read((db) => db.signingKey.findFirst({ where: { projectId, kid }, select: { state: true, purpose: true } }))
  if (!key) throw notFound('Key')
  if (key.purpose === 'id-token' || key.state === 'next' || key.state === 'revoked') return NOBODY
  const [counted] = await read(
    (db) => db.$queryRaw<KeyImpact[]>`
      SELECT count(DISTINCT user_id)::int AS users, count(DISTINCT client_id)::int AS clients, count(*)::int AS grants
      FROM oauth_grant WHERE project_id = ${projectId}::uuid AND revoked_at IS NULL`,
  )
  return counted ?? NOBODY
}
