import { createHash } from 'node:crypto'
import { statement } from '#lib/db/transaction.ts'
import type { KeptPicture } from './picture-answer.ts'
import type { ReadPicture } from './pictures.ts'

/** What a project holds of them: anybody may name documents without end, and each may name a picture. */
const MAX_KEPT = 500

/** `hash`: null for a failure. `due`: it must be looked at again. */
export type KeptLogo = { readonly clientId: string; readonly uri: string; readonly hash: string | null; readonly due: boolean }

/** A picture is looked at again after a day, a failure after an hour. */
const FIND = `
  SELECT client_id AS "clientId", uri, hash,
    tried_at < now() - CASE WHEN failure IS NULL THEN interval '1 day' ELSE interval '1 hour' END AS due
  FROM client_logo WHERE project_id = $1::uuid AND client_id = ANY ($2::text[])`

/** Throws `Unavailable`. */
export async function keptLogos(projectId: string, clientIds: readonly string[]): Promise<KeptLogo[]> {
  return (await statement<KeptLogo>('find_client_logos', FIND, [projectId, clientIds])).rows
}

const ALIVE = `NOT EXISTS (
  SELECT 1 FROM oauth_client WHERE project_id = $1::uuid AND client_id = $2 AND revoked_at IS NOT NULL AND blocked_at IS NULL)`

/** Those of clients that nobody has allowed go first, then those that no page has shown for longest. */
const EXCESS = `
  DELETE FROM client_logo WHERE project_id = $1::uuid AND client_id IN (
    SELECT client_id FROM client_logo AS logo WHERE project_id = $1::uuid
    ORDER BY EXISTS (
      SELECT 1 FROM oauth_client AS client WHERE client.project_id = $1::uuid AND client.client_id = logo.client_id
    ) DESC, tried_at DESC OFFSET ${MAX_KEPT - 1})
    AND client_id <> $2`

const KEEP = `
  WITH gone AS (${EXCESS})
  INSERT INTO client_logo (project_id, client_id, uri, media_type, bytes, hash, read_at, failure, tried_at)
  SELECT $1::uuid, $2, $3, $4, $5::bytea, $6, now(), NULL, now() WHERE ${ALIVE}
  ON CONFLICT (project_id, client_id) DO UPDATE SET uri = excluded.uri, media_type = excluded.media_type, bytes = excluded.bytes,
    hash = excluded.hash, read_at = excluded.read_at, failure = NULL, tried_at = excluded.tried_at`

/** So long a good picture from the same place outlives the failure of its host, as documents do. */
const STAYS = `client_logo.uri = excluded.uri AND client_logo.read_at > now() - interval '7 days'`

const NOTE_FAILURE = `
  WITH gone AS (${EXCESS})
  INSERT INTO client_logo (project_id, client_id, uri, failure, tried_at) SELECT $1::uuid, $2, $3, $4, now() WHERE ${ALIVE}
  ON CONFLICT (project_id, client_id) DO UPDATE SET uri = excluded.uri, failure = excluded.failure, tried_at = excluded.tried_at,
    media_type = CASE WHEN ${STAYS} THEN client_logo.media_type END, bytes = CASE WHEN ${STAYS} THEN client_logo.bytes END,
    hash = CASE WHEN ${STAYS} THEN client_logo.hash END, read_at = CASE WHEN ${STAYS} THEN client_logo.read_at END`

/** Where a client's logo is. */
export type LogoPlace = { readonly projectId: string; readonly clientId: string; readonly uri: string }

/** Throws `Unavailable`. */
export async function keepLogo({ projectId, clientId, uri }: LogoPlace, picture: ReadPicture): Promise<void> {
  const repeatable = { repeatable: true }
  switch (picture.kind) {
    case 'postponed':
      return
    case 'failed':
      await statement('note_logo_failure', NOTE_FAILURE, [projectId, clientId, uri, picture.failure], repeatable)
      return
    case 'read': {
      const { mediaType, bytes } = picture
      const hash = createHash('sha256').update(bytes).digest('hex')
      await statement('keep_client_logo', KEEP, [projectId, clientId, uri, mediaType, bytes, hash], repeatable)
    }
  }
}

const FIND_BYTES = `
  SELECT media_type AS "mediaType", bytes FROM client_logo WHERE project_id = $1::uuid AND hash = $2 LIMIT 1`

/** By the hash of its bytes. Throws `Unavailable`. */
export async function logoOfHash(projectId: string, hash: string): Promise<KeptPicture | null> {
  return (await statement<KeptPicture>('client_logo', FIND_BYTES, [projectId, hash])).rows[0] ?? null
}
