import { type Rotation, rotateSigningKey } from '#lib/keys/rotate.ts'
import { auditSource, conflict, type ManagementContext, requirePermission } from '../context.ts'

/**
 * Signs with the next key from now on. `prepared`: the algorithm has changed, so the next key was replaced and signs after one more rotation.
 * Throws `forbidden`, `conflict` while some cached JWKS may not have the next key yet.
 */
export async function rotateKeys(ctx: ManagementContext): Promise<Exclude<Rotation, { outcome: 'too_soon' }>> {
  requirePermission(ctx, 'key:rotate')
  const rotation = await rotateSigningKey(auditSource(ctx))
  if (rotation.outcome === 'too_soon') {
    throw conflict(`The next key is too new to sign: some caches learn it only by ${rotation.readyAt.toISOString().slice(0, 19)}Z`)
  }
  return rotation
}
