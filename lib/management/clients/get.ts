import { read } from '#lib/db/transaction.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type ClientInput, clientInput } from './inputs.ts'
import { type ClientSummary, summaryColumns, summaryOf } from './summary.ts'

export type ClientDetails = ClientSummary & {
  /** All it may use, the usual one first. */
  readonly tokenEndpointAuthMethods: readonly string[]
  readonly grantTypes: readonly string[]
  /** A ceiling, separated by blanks; null: any scope of the project. */
  readonly scope: string | null
  readonly clientUri: string | null
  /** Where it says that its logo is. */
  readonly logoUri: string | null
  /** What was last read there; null: nobody has looked yet, or it is not looked at, because nobody vouches for the client. */
  readonly logo: ReadLogo | null
  /** Its public keys (RFC 7517), or where they are. */
  readonly jwks: { readonly keys: readonly unknown[] } | null
  readonly jwksUri: string | null
  /** It takes sender-constrained tokens only (RFC 9449 §5.2). */
  readonly dpopBoundAccessTokens: boolean
  /** When the document of a client that has one was last read. */
  readonly documentReadAt: Date | null
  /** Since when a member wants it read again; null once it was, as far as is noted, and where nobody does. */
  readonly documentStaleAt: Date | null
  /** `gate_cs_…a1b2`; null without a secret. */
  readonly secretHint: string | null
  readonly secretRotatedAt: Date | null
  /** While the secret before this one still counts. */
  readonly previousSecretExpiresAt: Date | null
  /** Living grants, the users who gave them, and those of them whose tokens were issued or refreshed in the last seven days. */
  readonly grantCount: number
  readonly userCount: number
  readonly activeUserCount: number
}

/** `hash`: of the copy that is shown, hex; null: there is none. `failure`: of the last look; null: it went well. */
export type ReadLogo = {
  readonly hash: string | null
  readonly readAt: Date | null
  readonly triedAt: Date
  readonly failure: 'unreachable' | 'status' | 'too_large' | 'no_picture' | 'too_many_pixels' | null
}

/** Throws `forbidden`, `not_found`. No secret and no hash. */
export async function getClient(ctx: ManagementContext, input: ClientInput): Promise<ClientDetails> {
  requirePermission(ctx, 'client:read')
  const { clientId } = parseInput(clientInput, input)
  const projectId = ctx.project.id
  const [client, counts, logo] = await Promise.all([
    read((db) =>
      db.oAuthClient.findFirst({
        where: { projectId, clientId },
        select: {
          ...summaryColumns,
          ...{ tokenEndpointAuthMethods: true, grantTypes: true, scope: true, clientUri: true, logoUri: true, jwks: true },
          ...{ dpopBoundAccessTokens: true, documentReadAt: true, documentStaleAt: true, secretLastFour: true, secretRotatedAt: true },
          ...{ jwksUri: true, previousSecretExpiresAt: true },
        },
      }),
    ),
    usersOf(projectId, clientId),
    logoOf(projectId, clientId),
  ])
  if (!client) throw notFound('Client')

  const { secretLastFour, previousSecretExpiresAt } = client
  const summary = summaryOf(client)
  return {
    ...summary,
    ...counts,
    tokenEndpointAuthMethods: client.tokenEndpointAuthMethods
      ? (JSON.parse(client.tokenEndpointAuthMethods) as string[])
      : [summary.tokenEndpointAuthMethod],
    grantTypes: JSON.parse(client.grantTypes) as string[],
    scope: client.scope,
    clientUri: client.clientUri,
    logoUri: client.logoUri,
    logo: logo && logo.uri === client.logoUri ? logo.read : null,
    jwks: client.jwks === null ? null : (JSON.parse(client.jwks) as { keys: unknown[] }),
    jwksUri: client.jwksUri,
    dpopBoundAccessTokens: client.dpopBoundAccessTokens,
    documentReadAt: client.documentReadAt,
    documentStaleAt: isStale(client) ? client.documentStaleAt : null,
    secretHint: secretLastFour === null ? null : `gate_cs_…${secretLastFour}`,
    secretRotatedAt: client.secretRotatedAt,
    previousSecretExpiresAt: previousSecretExpiresAt && previousSecretExpiresAt > ctx.now() ? previousSecretExpiresAt : null,
  }
}

/** `uri`: where it was read, which may no longer be what the client says. */
async function logoOf(projectId: string, clientId: string): Promise<{ uri: string; read: ReadLogo } | null> {
  const select = { uri: true, hash: true, readAt: true, triedAt: true, failure: true }
  const row = await read((db) => db.clientLogo.findUnique({ where: { projectId_clientId: { projectId, clientId } }, select }))
  if (!row) return null
  const { uri, failure, ...kept } = row
  return { uri, read: { ...kept, failure: failure as ReadLogo['failure'] } }
}

type Copy = { readonly documentReadAt: Date | null; readonly documentStaleAt: Date | null }

const isStale = ({ documentReadAt, documentStaleAt }: Copy): boolean =>
  documentStaleAt !== null && (documentReadAt === null || documentReadAt < documentStaleAt)

type Counts = Pick<ClientDetails, 'grantCount' | 'userCount' | 'activeUserCount'>

/** A grant without a family (no refresh tokens) is as young as itself. */
async function usersOf(projectId: string, clientId: string): Promise<Counts> {
  const [counts] = await read(
    (db) => db.$queryRaw<Counts[]>`
      SELECT count(*)::int AS "grantCount", count(DISTINCT user_id)::int AS "userCount",
        count(DISTINCT user_id) FILTER (WHERE used_at > now() - interval '7 days')::int AS "activeUserCount"
      FROM (
        SELECT user_id, greatest(created_at, (
          SELECT max(coalesce(rotated_at, family.created_at)) FROM refresh_family AS family
          WHERE family.project_id = oauth_grant.project_id AND family.grant_id = oauth_grant.id)) AS used_at
        FROM oauth_grant WHERE project_id = ${projectId}::uuid AND client_id = ${clientId} AND revoked_at IS NULL
      ) AS living`,
  )
  return counts ?? { grantCount: 0, userCount: 0, activeUserCount: 0 }
}
