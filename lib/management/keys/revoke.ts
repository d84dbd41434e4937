import { read } from '#lib/db/transaction.ts'
import { revokeSigningKey } from '#lib/keys/rotate.ts'
import { auditSource, conflict, type ManagementContext, notFound, requirePermission, requireRecentAuthentication } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type RevokeKeyInput, revokeKeyInput } from './inputs.ts'

/**
 * For a key that somebody else may have: it leaves the JWKS at once, introspection refuses all that it signed, in every process within
 * five seconds, and the next key signs. Whoever verifies tokens alone goes on believing it until their copy of the JWKS is read anew.
 * Throws `forbidden`, `reauthenticate`, `not_found`, `conflict` when it is revoked already.
 */
export async function revokeKey(ctx: ManagementContext, input: RevokeKeyInput): Promise<void> {
  requirePermission(ctx, 'key:rotate')
  requireRecentAuthentication(ctx)
  const { kid } = parseInput(revokeKeyInput, input)
  if (await revokeSigningKey(auditSource(ctx), kid)) return
  const known = await read((db) => db.signingKey.count({ where: { projectId: ctx.project.id, kid } }))
  throw known > 0 ? conflict('This key is revoked already') : notFound('Key')
}
