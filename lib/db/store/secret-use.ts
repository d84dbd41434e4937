import { repeatable, type StoreContext } from './repeatable.ts'

const EVERY_MS = 60_000
/** Bounds memory; beyond it some are told twice, which the statement refuses. */
const MAX_TOLD = 10_000

/** When this process last told the use of a secret. */
const told = new Map<string, number>()

/** The condition is for other processes, which keep a list of their own. */
const NOTE = `
  UPDATE project_secret SET last_used_at = now(), last_used_from = $3
  WHERE project_id = $1::uuid AND secret_hash = $2 AND (last_used_at IS NULL OR last_used_at < now() - interval '1 minute')`

/**
 * Tells when and from where a secret was last used, at most once a minute. Nobody waits for it: whoever asked has the answer before, and
 * gets it also when this fails; then the next use is told.
 */
export function noteSecretUsed({ projectId, address }: StoreContext, secretHash: string): void {
  const key = `${projectId} ${secretHash}`
  const now = performance.now()
  const before = told.get(key)
  if (before !== undefined && now - before < EVERY_MS) return
  if (told.size >= MAX_TOLD) told.clear()
  told.set(key, now)
  repeatable('note_secret_used', NOTE, [projectId, secretHash, address]).catch(() => told.delete(key))
}
