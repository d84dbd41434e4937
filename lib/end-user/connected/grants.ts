import { statement } from '#lib/db/transaction.ts'

/** Something a user allowed a client, whose tokens can still do something: one connection of one installation. */
export type ConnectedGrant = {
  readonly grantId: string
  readonly client: {
    readonly clientId: string
    readonly name: string
    readonly source: 'registered' | 'manual' | 'builtin' | 'document'
    readonly clientUri: string | null
    readonly logoUri: string | null
  }
  /** Empty: a device asked. */
  readonly redirectUri: string
  readonly scope: string
  readonly resources: readonly string[]
  readonly connectedAt: Date
  /** When the client last got an access token: the last we know of it, because it does not show us each use. Null: it never came for one. */
  readonly renewedAt: Date | null
}

/** The longest an access token can live: after that, a grant whose refresh tokens have run out is only history. */
const TOKENS_LIVE = "interval '24 hours'"

const FIND = `
  SELECT g.id AS "grantId", g.redirect_uri AS "redirectUri", g.scope, g.resources, g.created_at AS "connectedAt",
    greatest(family.renewed_at, code.redeemed_at) AS "renewedAt",
    client.client_id AS "clientId", client.name, client.source, client.client_uri AS "clientUri", client.logo_uri AS "logoUri"
  FROM oauth_grant AS g
  JOIN oauth_client AS client ON client.project_id = g.project_id AND client.client_id = g.client_id
  JOIN end_user AS owner ON owner.project_id = g.project_id AND owner.id = g.user_id
  CROSS JOIN LATERAL (
    SELECT max(coalesce(rotated_at, created_at)) AS renewed_at,
      coalesce(bool_or(revoked_at IS NULL AND idle_expires_at > now() AND absolute_expires_at > now()), false) AS lives
    FROM refresh_family WHERE project_id = $1::uuid AND grant_id = g.id
  ) AS family
  CROSS JOIN LATERAL (
    SELECT max(redeemed_at) AS redeemed_at, coalesce(bool_or(redeemed_at IS NULL AND expires_at > now()), false) AS waits
    FROM authorization_code WHERE project_id = $1::uuid AND grant_id = g.id
  ) AS code
  WHERE g.project_id = $1::uuid AND g.user_id = $2 AND g.revoked_at IS NULL AND owner.valid_from <= g.created_at
    AND client.revoked_at IS NULL AND (client.tokens_from IS NULL OR client.tokens_from <= g.created_at)
    AND (family.lives OR code.waits OR greatest(family.renewed_at, code.redeemed_at) > now() - ${TOKENS_LIVE})
  ORDER BY coalesce(greatest(family.renewed_at, code.redeemed_at), g.created_at) DESC, g.id LIMIT 500`

type Row = Omit<ConnectedGrant, 'client' | 'resources'> & ConnectedGrant['client'] & { resources: string }

/** The 500 that were active last, that one first. */
export async function connectedGrants(projectId: string, userId: string): Promise<ConnectedGrant[]> {
  const { rows } = await statement<Row>('find_connected_grants', FIND, [projectId, userId])
  return rows.map(({ clientId, name, source, clientUri, logoUri, resources, ...grant }) => ({
    ...grant,
    client: { clientId, name, source, clientUri, logoUri },
    resources: JSON.parse(resources) as string[],
  }))
}
