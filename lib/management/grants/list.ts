import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { clientNamesOf, userEmailsOf } from '../names.ts'
import { parseInput } from '../parse.ts'
import { type ListGrantsInput, listGrantsInput } from './inputs.ts'

export type ListedGrant = {
  readonly id: string
  readonly clientId: string
  readonly clientName: string | null
  readonly userId: string
  readonly userEmail: string | null
  /** Granted, separated by blanks. */
  readonly scope: string
  readonly resources: readonly string[]
  readonly createdAt: Date
  readonly revokedAt: Date | null
  readonly revokedReason: string | null
}

/** Newest first. Living ones only, unless `includeRevoked`. */
export async function listGrants(
  ctx: ManagementContext,
  input: ListGrantsInput = {},
): Promise<{ grants: ListedGrant[]; nextCursor: string | null }> {
  requirePermission(ctx, 'grant:read')
  const { clientId, userId, includeRevoked, cursor, take } = parseInput(listGrantsInput, input)
  const projectId = ctx.project.id

  const rows = await read((db) =>
    db.oAuthGrant.findMany({
      where: {
        projectId,
        ...(clientId === undefined ? {} : { clientId }),
        ...(userId === undefined ? {} : { userId }),
        ...(includeRevoked ? {} : { revokedAt: null }),
      },
      omit: { projectId: true, redirectUri: true },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: take + 1,
      ...(cursor === undefined ? {} : { cursor: { projectId_id: { projectId, id: cursor } }, skip: 1 }),
    }),
  )
  const page = rows.slice(0, take)
  const [clientNames, userEmails] = await Promise.all([
    clientNamesOf(
      ctx,
      page.map((grant) => grant.clientId),
    ),
    userEmailsOf(
      ctx,
      page.map((grant) => grant.userId),
    ),
  ])

  return {
    grants: page.map((grant) => ({
      ...grant,
      resources: JSON.parse(grant.resources) as string[],
      clientName: clientNames.get(grant.clientId) ?? null,
      userEmail: userEmails.get(grant.userId) ?? null,
    })),
    nextCursor: rows.length > take ? (page.at(-1)?.id ?? null) : null,
  }
}
