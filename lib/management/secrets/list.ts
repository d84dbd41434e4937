import { read } from '#lib/db/transaction.ts'
import { REGISTRATION_SECRET_PREFIX, SERVER_SECRET_PREFIX } from '#lib/oauth/opaque-token.ts'
import { type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ListProjectSecretsInput, listProjectSecretsInput, type ProjectSecretKind } from './inputs.ts'
import { living } from './living.ts'

export type LiveSecret = {
  readonly id: string
  readonly kind: ProjectSecretKind
  /** What its owner calls it; empty for one that nobody named. */
  readonly name: string
  /** With its prefix, as people know it: `gate_reg_…a1b2`. */
  readonly hint: string
  readonly createdAt: Date
  /** The end of the overlap, once a newer one replaced it. */
  readonly expiresAt: Date | null
  /** To the minute. */
  readonly lastUsedAt: Date | null
  /** The address it came from then. */
  readonly lastUsedFrom: string | null
}

const PREFIXES: Readonly<Record<ProjectSecretKind, string>> = { registration: REGISTRATION_SECRET_PREFIX, server: SERVER_SECRET_PREFIX }

/** Those that count now, newest first: never more than ten of a kind, so there is no second page. Throws `forbidden`. */
export async function listProjectSecrets(
  ctx: ManagementContext,
  input: ListProjectSecretsInput = {},
): Promise<{ secrets: LiveSecret[]; nextCursor: null }> {
  requirePermission(ctx, 'project:read')
  const { kind } = parseInput(listProjectSecretsInput, input)
  const rows = await read((db) =>
    db.projectSecret.findMany({
      where: living(ctx.project.id, ctx.now(), kind),
      omit: { projectId: true, secretHash: true, revokedAt: true },
      orderBy: { id: 'desc' },
    }),
  )
  return { secrets: rows.map(secretOf), nextCursor: null }
}

/** The database's CHECK constraint names the same kinds. */
function secretOf({ lastFour, ...row }: Omit<LiveSecret, 'kind' | 'hint'> & { kind: string; lastFour: string }): LiveSecret {
  const kind = row.kind as ProjectSecretKind
  return { ...row, kind, hint: `${PREFIXES[kind]}…${lastFour}` }
}
