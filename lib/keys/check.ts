import { statement } from '#lib/db/transaction.ts'
import { open } from './seal.ts'

type Row = { project_id: string; kid: string; sealed_private: string }

/** At start: opens one sealed key of the installation. Throws `SealBroken` when KEY_ENCRYPTION_KEY is the wrong one. */
export async function checkKeys(): Promise<void> {
  const { rows } = await statement<Row>(
    'find_any_signing_key',
    "SELECT project_id, kid, sealed_private FROM signing_key WHERE state = 'current' ORDER BY created_at DESC LIMIT 1",
    [],
  )
  const key = rows[0]
  if (key) open(key.sealed_private, { projectId: key.project_id, kid: key.kid })
}
