import { BATCH, rowsById } from '#lib/db/batches.ts'
import { Unavailable } from '#lib/db/transaction.ts'
import { rotateSigningKey } from './rotate.ts'
import type { KeyPurpose } from './signing-key.ts'

const TIMER = { kind: 'system', id: 'key-rotation' } as const

type Row = { id: string; kid: string | null; purpose: KeyPurpose }

/** A row for each project, so that the last one is known; with the keys that are due. A project that rotates by hand has no days: nothing compares with null. */
const FIND_DUE = `
  SELECT project.id, key.kid, key.purpose
  FROM (SELECT id, key_rotation_days, deleted_at FROM project WHERE id > $1::uuid ORDER BY id LIMIT ${BATCH}) AS project
  LEFT JOIN signing_key AS key ON key.project_id = project.id AND key.state = 'current' AND project.deleted_at IS NULL
    AND coalesce(key.activated_at, key.created_at) <= now() - make_interval(days => project.key_rotation_days)
  ORDER BY project.id`

/**
 * Rotates each key that has signed for as long as its project lets one, and answers how many it was. Of several processes that do the
 * same one wins: the others find another key than the one they saw. What fails for one project does not keep the others waiting.
 * Throws the first error at the end; `Unavailable` at once.
 */
export async function rotateDueKeys(): Promise<number> {
  let rotated = 0
  const errors: unknown[] = []
  for await (const { id: projectId, kid, purpose } of rowsById<Row>('find_due_keys', FIND_DUE)) {
    if (kid === null) continue
    try {
      const { outcome } = await rotateSigningKey({ projectId, actor: TIMER }, purpose, kid)
      if (outcome === 'rotated') rotated++
    } catch (error) {
      if (error instanceof Unavailable) throw error
      errors.push(error)
    }
  }
  if (errors.length > 0) throw errors[0]
  return rotated
}
