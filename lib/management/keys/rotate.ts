import { type Rotation, rotateSigningKey } from '#lib/keys/rotate.ts'
import { auditSource, conflict, type ManagementContext, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RotateKeysInput, rotateKeysInput } from './inputs.ts'

/**
 * Signs with the next key from now on. `prepared`: the algorithm has changed, so the next key was replaced and signs after one more rotation.
 * Throws `forbidden`, `reauthenticate`, `conflict` while some cached JWKS may not have the next key yet, or where there are no keys of this purpose.
 */
export async function rotateKeys(
  ctx: ManagementContext,
  input: RotateKeysInput = {},
): Promise<Extract<Rotation, { outcome: 'rotated' | 'prepared' }>> {
  requirePermission(ctx, 'key:rotate')
  requireRecentAuthentication(ctx)
  const { purpose } = parseInput(rotateKeysInput, input)
  const rotation = await rotateSigningKey(auditSource(ctx), purpose)
  if (rotation.outcome === 'no_keys') throw conflict('OpenID Connect was never on, so there are no keys for id_tokens')
  if (rotation.outcome === 'too_soon') {
    throw conflict(`The next key is too new to sign: some caches learn it only by ${rotation.readyAt.toISOString().slice(0, 19)}Z`)
  }
  if (rotation.outcome === 'done_already') throw conflict('Somebody else has just rotated this key')
  return rotation
}
