import type { OAuthStore } from '#lib/oauth/store.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

/** The key decides between two that come at once; one that has expired and was not swept yet may be used anew. */
const USE = `
  INSERT INTO used_assertion AS before (project_id, id_hash, used_by, expires_at) VALUES ($1::uuid, $2, $3::uuid, $4::timestamptz)
  ON CONFLICT (project_id, id_hash) DO UPDATE SET used_by = excluded.used_by, expires_at = excluded.expires_at
    WHERE before.used_by = excluded.used_by OR before.expires_at <= now()
  RETURNING 1`

export const assertions = ({ projectId }: StoreContext): Pick<OAuthStore, 'useAssertion'> => ({
  useAssertion: async (idHash, expiresAt, requestId) =>
    (await repeatable('use_assertion', USE, [projectId, idHash, requestId, expiresAt])).rowCount === 1,
})
