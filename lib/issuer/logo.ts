import { statement } from '#lib/db/transaction.ts'
import type { OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import { hashIn, type KeptPicture, pictureOrNone } from './picture-answer.ts'

/** GET `/logo/<hash>`: the project's logo, under the hash of its bytes, so that it may be kept for ever. 404 once there is another. */
export async function logo({ path }: OAuthRequest, { issuer }: OAuthContext): Promise<OAuthResult> {
  const hash = hashIn(path)
  // Compared in memory first: a made-up URL costs no question to the database.
  if (hash !== issuer.brand.logoHash) return pictureOrNone(null)
  const { rows } = await statement<KeptPicture>(
    'logo',
    'SELECT media_type AS "mediaType", bytes FROM project_logo WHERE project_id = $1::uuid AND hash = $2',
    [issuer.projectId, hash],
  )
  return pictureOrNone(rows[0])
}
