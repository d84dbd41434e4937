import type { OAuthStore, SecretCheck, SecretKind } from '#lib/oauth/store.ts'
import { auditInsert, auditValues } from '../audit-row.ts'
import { noteClientUsed } from './living.ts'
import { repeatable, type StoreContext } from './repeatable.ts'
import { noteSecretUsed } from './secret-use.ts'

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

/** `hash` is a parameter. Ends in a list of columns, so that others may follow. */
export const checkSecret = (hash: string): string => `
  WITH found AS (
    SELECT id, kind FROM project_secret
    WHERE project_id = $1::uuid AND secret_hash = ${hash} AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
  )
  SELECT now() AS read_at, (SELECT kind FROM found) AS kind`

const CHECK_SECRET = checkSecret('$2')

export type SecretRow = { read_at: Date; kind: SecretKind | null }

/** What the check says of a secret that was presented as one of this kind; was it one, its use is told. */
export function secretCheckOf(row: SecretRow | undefined, presented: { kind: SecretKind; hash: string }, store: StoreContext): SecretCheck {
  if (!row) throw new Error('a statement without a table answered no row')
  if (row.kind === null) return { readAt: row.read_at, state: 'unknown' }
  if (row.kind !== presented.kind) return { readAt: row.read_at, state: 'other_kind' }
  noteSecretUsed(store, presented.hash)
  return { readAt: row.read_at, state: 'live' }
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
    const { rows } = await repeatable<SecretRow>('check_secret', CHECK_SECRET, [projectId, secretHash])
    return secretCheckOf(rows[0], { kind, hash: secretHash }, { projectId, address })
  },
})
