import { read, statement } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { uuidBound, uuidMoment } from '#lib/db/uuid-bound.ts'
import type { Endpoint } from './endpoints.ts'
import { type EventRow, payloadOf } from './payload.ts'

/** The longest a transaction may take: an event may become visible so much later than its id says. */
const OVERLAP_MS = 15_000
const EVENTS_PER_LOOK = 500

const FIND_NEW = `
  SELECT id, at, action, step, actor_kind AS "actorKind", actor_id AS "actorId", client_id AS "clientId", user_id AS "userId",
    grant_id AS "grantId", request_id AS "requestId", reason, detail, address
  FROM audit_event AS event
  WHERE project_id = $1::uuid AND id > $2::uuid
    AND ($3 = '[]' OR $3::jsonb ? action OR $3::jsonb ? (split_part(action, '.', 1) || '.*'))
    AND NOT EXISTS (SELECT 1 FROM webhook_delivery WHERE project_id = $1::uuid AND endpoint_id = $4::uuid AND event_id = event.id)
  ORDER BY id LIMIT ${EVENTS_PER_LOOK}`

/**
 * Makes a delivery of every event the endpoint wants and has none of. Looks a little back each time, because ids are made before COMMIT;
 * the unique key on endpoint and event makes that harmless, for several processes too. Answers how many were made.
 */
export async function collect(endpoint: Endpoint): Promise<number> {
  const { projectId, id: endpointId, cursor } = endpoint
  const newest = await read((db) => db.auditEvent.findFirst({ where: { projectId }, select: { id: true }, orderBy: { id: 'desc' } }))
  // What was before the endpoint was made is not its business.
  const from = [before(cursor), endpointId].sort().at(-1)
  const wanted = JSON.stringify(endpoint.events)
  const { rows } = await statement<EventRow>('find_events_for_webhook', FIND_NEW, [projectId, from, wanted, endpointId])

  const data = rows.map((event) => ({
    ...{ projectId, id: uuidv7(), endpointId, eventId: event.id, action: event.action, nextAttemptAt: new Date(0) },
    payload: payloadOf({ id: projectId, slug: endpoint.slug }, event),
  }))
  const made = data.length === 0 ? 0 : (await read((db) => db.webhookDelivery.createMany({ data, skipDuplicates: true }))).count
  const seen = rows.length < EVENTS_PER_LOOK ? newest?.id : rows.at(-1)?.id
  if (seen && seen > cursor) {
    const where = { projectId, id: endpointId, cursor: { lt: seen } }
    await read((db) => db.webhookEndpoint.updateMany({ where, data: { cursor: seen } }))
  }
  return made
}

const before = (cursor: string): string => uuidBound(new Date(uuidMoment(cursor).getTime() - OVERLAP_MS))
