import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ClientInput, clientInput } from './inputs.ts'

/** Our copy of a client's logo, for the dashboard. Null for none. Throws `forbidden`. */
export async function findClientLogo(
  ctx: ManagementContext,
  input: ClientInput,
): Promise<{ readonly mediaType: string; readonly bytes: Uint8Array } | null> {
  requirePermission(ctx, 'client:read')
  const { clientId } = parseInput(clientInput, input)
  const row = await read((db) =>
    db.clientLogo.findUnique({
      where: { projectId_clientId: { projectId: ctx.project.id, clientId } },
      select: { mediaType: true, bytes: true },
    }),
  )
  return row?.mediaType && row.bytes ? { mediaType: row.mediaType, bytes: row.bytes } : null
}
