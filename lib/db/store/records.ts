import type { OAuthStore, SecretCheck, SecretKind } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { noteClientUsed } from './living.ts'
import { repeatable, type StoreContext } from './repeatable.ts'

const RECORD = `${auditInsert(2, '(SELECT 1) AS happened')} ON CONFLICT DO NOTHING`

/** A client that acts for itself, or on an assertion, leaves nothing but this row: so this row is its use. */
const USES = ['token.issued', 'assertion.issued']

const RECORD_ISSUED = `
  WITH recorded AS (${auditInsert(2, '(SELECT 1) AS happened')} ON CONFLICT DO NOTHING RETURNING client_id)
  ${noteClientUsed('recorded')}`

const RECORD_MISUSE = `
  WITH first AS (
    INSERT INTO credential_misuse (project_id, credential_hash, action, created_at) VALUES ($1::uuid, $2, $4, now())
    ON CONFLICT DO NOTHING
    RETURNING 1
  )
  ${auditInsert(3, 'first')}`

/** `hash` and `kind` are parameters. Ends in a list of columns, so that others may follow. */
export const checkSecret = (hash: string, kind: string): string => `
  WITH found AS (
    SELECT id, kind FROM project_secret
    WHERE project_id = $1::uuid AND secret_hash = ${hash} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
  ), noted AS (
    UPDATE project_secret SET last_used_at = now() FROM found
    WHERE project_secret.project_id = $1::uuid AND project_secret.id = found.id AND found.kind = ${kind}
      AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')
  )
  SELECT now() AS read_at, (SELECT kind FROM found) AS kind`

const CHECK_SECRET = checkSecret('$2', '$3')

export type SecretRow = { read_at: Date; kind: SecretKind | null }

export function secretCheckOf(row: SecretRow | undefined, kind: SecretKind): SecretCheck {
  if (!row) throw new Error('a statement without a table answered no row')
  if (row.kind === null) return { readAt: row.read_at, state: 'unknown' }
  return { readAt: row.read_at, state: row.kind === kind ? 'live' : 'other_kind' }
}

export const records = ({ projectId, address }: StoreContext): Pick<OAuthStore, 'record' | 'recordMisuse' | 'checkSecret'> => ({
  record: async (event) => {
    const values = [projectId, ...auditValues(event, address)]
    if (USES.includes(event.action)) await repeatable('record_issued', RECORD_ISSUED, values)
    else await repeatable('record', RECORD, values)
  },

  recordMisuse: async (credentialHash, event) => {
    await repeatable('record_misuse', RECORD_MISUSE, [projectId, credentialHash, ...auditValues(event, address)])
  },

  checkSecret: async (kind, secretHash) => {
    const { rows } = await repeatable<SecretRow>('check_secret', CHECK_SECRET, [projectId, secretHash, kind])
    return secretCheckOf(rows[0], kind)
  },
})
