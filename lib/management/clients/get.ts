import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type GetClientInput, getClientInput } from './inputs.ts'
import { type ClientSummary, summaryColumns, summaryOf } from './summary.ts'

export type ClientDetails = ClientSummary & {
  readonly grantTypes: readonly string[]
  /** A ceiling, separated by blanks; null: any scope of the project. */
  readonly scope: string | null
  readonly clientUri: string | null
  /** `gate_cs_…a1b2`; null without a secret. */
  readonly secretHint: string | null
  readonly secretRotatedAt: Date | null
  /** While the secret before this one still counts. */
  readonly previousSecretExpiresAt: Date | null
  /** Living grants, and the users who gave them. */
  readonly grantCount: number
  readonly userCount: number
}

/** Throws `forbidden`, `not_found`. No secret and no hash. */
export async function getClient(ctx: ManagementContext, input: GetClientInput): Promise<ClientDetails> {
  requirePermission(ctx, 'client:read')
  const { clientId } = parseInput(getClientInput, input)
  const projectId = ctx.project.id
  const [client, [counts]] = await Promise.all([
    read((db) =>
      db.oAuthClient.findFirst({
        where: { projectId, clientId },
        select: {
          ...summaryColumns,
          grantTypes: true,
          scope: true,
          clientUri: true,
          secretLastFour: true,
          secretRotatedAt: true,
          previousSecretExpiresAt: true,
        },
      }),
    ),
    read(
      (db) => db.$queryRaw<{ grants: number; users: number }[]>`
      SELECT count(*)::int AS grants, count(DISTINCT user_id)::int AS users FROM oauth_grant
      WHERE project_id = ${projectId}::uuid AND client_id = ${clientId} AND revoked_at IS NULL`,
    ),
  ])
  if (!client) throw notFound('Client')

  const { secretLastFour, previousSecretExpiresAt } = client
  return {
    ...summaryOf(client),
    grantTypes: JSON.parse(client.grantTypes) as string[],
    scope: client.scope,
    clientUri: client.clientUri,
    secretHint: secretLastFour === null ? null : `gate_cs_…${secretLastFour}`,
    secretRotatedAt: client.secretRotatedAt,
    previousSecretExpiresAt: previousSecretExpiresAt && previousSecretExpiresAt > ctx.now() ? previousSecretExpiresAt : null,
    grantCount: counts?.grants ?? 0,
    userCount: counts?.users ?? 0,
  }
}
