import { statement } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'

type Row = { mediaType: string; bytes: Buffer }

/** GET `/logo/<hash>`: the project's logo, under the hash of its bytes, so that it may be kept for ever. 404 once there is another. */
export async function logo({ path }: OAuthRequest, { issuer }: OAuthContext): Promise<OAuthResult> {
  const hash = path.slice(path.lastIndexOf('/') + 1)
  // Compared in memory first: a made-up URL costs no question to the database.
  if (hash !== issuer.brand.logoHash) return NONE
  const { rows } = await statement<Row>(
    'logo',
    'SELECT media_type AS "mediaType", bytes FROM project_logo WHERE project_id = $1::uuid AND hash = $2',
    [issuer.projectId, hash],
  )
  return rows[0] ? { kind: 'picture', ...rows[0] } : NONE
}

const NONE: OAuthResult = { kind: 'json', status: 404, body: { error: 'not_found' } }
