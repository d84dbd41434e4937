import { read, statement } from '#lib/db/transaction.ts'
import { uuidBound } from '#lib/db/uuid-bound.ts'
import type { SealedSecrets } from './secrets.ts'

/** An endpoint that is on, of a living project. */
export type Endpoint = SealedSecrets & {
  readonly slug: string
  readonly url: string
  /** Actions or `client.*`; empty: every event. */
  readonly events: readonly string[]
  readonly cursor: string
}

const columns = {
  ...{ projectId: true, id: true, url: true, events: true, cursor: true },
  ...{ sealedSecret: true, sealedPreviousSecret: true, previousSecretExpiresAt: true },
} as const

/** With something to take in or to send; for half a minute after the last event too, because one may become visible late. */
const BUSY = `
  SELECT id FROM webhook_endpoint AS endpoint WHERE disabled_at IS NULL AND (
    cursor > $1::uuid
    OR EXISTS (SELECT 1 FROM audit_event WHERE project_id = endpoint.project_id AND id > endpoint.cursor)
    OR EXISTS (SELECT 1 FROM webhook_delivery WHERE project_id = endpoint.project_id AND endpoint_id = endpoint.id
      AND state = 'pending' AND next_attempt_at <= now() AND (leased_until IS NULL OR leased_until < now())))`

const LATE_MS = 30_000

/** Every endpoint of the installation that is on and has something to do. Their secrets stay sealed: one that does not open is its own trouble. */
export async function busyEndpoints(): Promise<Endpoint[]> {
  const { rows: busy } = await statement<{ id: string }>('find_busy_webhook_endpoints', BUSY, [uuidBound(new Date(Date.now() - LATE_MS))])
  if (busy.length === 0) return []
  const where = { id: { in: busy.map(({ id }) => id) }, disabledAt: null }
  const rows = await read((db) => db.webhookEndpoint.findMany({ where, select: columns }))
  if (rows.length === 0) return []
  const projects = await read((db) =>
    db.project.findMany({ where: { id: { in: rows.map((row) => row.projectId) }, deletedAt: null }, select: { id: true, slug: true } }),
  )
  const slugs = new Map(projects.map(({ id, slug }) => [id, slug]))
  return rows.flatMap((row) => {
    const slug = slugs.get(row.projectId)
    return slug === undefined ? [] : [{ ...row, slug, events: JSON.parse(row.events) as string[] }]
  })
}
