import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, statement } from '#lib/db/transaction.ts'
import { type Fetched, type FetchOptions, fetchPublic } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import type { Endpoint } from './endpoints.ts'
import { GIVES_UP_AFTER, pauseSeconds } from './retries.ts'
import { secretOpens, signingSecrets } from './secrets.ts'
import { signatureOf } from './signature.ts'

/** Each ends in a transaction: lanes times this many stay well below the pool. */
const AT_ONCE = 2
const ANSWER_WITHIN_MS = 10_000
const LEASE = "interval '30 seconds'"
const MAX_ANSWER_BYTES = 64 * 1024
const KEPT_CHARACTERS = 2_000

/** What tests replace. */
export type Post = (url: string, options: FetchOptions) => Promise<Fetched>

type Claimed = { readonly id: string; readonly payload: string; readonly attempts: number; readonly before: number; readonly now: Date }

/** Whoever takes one is its only sender until the lease ends; a sender that died leaves it to the next. */
const CLAIM = `
  UPDATE webhook_delivery SET leased_until = now() + ${LEASE}, attempts = attempts + 1
  WHERE project_id = $1::uuid AND id IN (
    SELECT id FROM webhook_delivery
    WHERE project_id = $1::uuid AND endpoint_id = $2::uuid AND state = 'pending' AND next_attempt_at <= now()
      AND (leased_until IS NULL OR leased_until < now())
    ORDER BY next_attempt_at, id LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED
  ) AND (leased_until IS NULL OR leased_until < now())
  RETURNING id, payload, attempts, attempts_before AS before, now() AS now`

/**
 * Sends what is due, a few at a time, until nothing is. Answers how many tries that were. Nothing while its secret does not open, which
 * the endpoint's page says: what waits has all its tries when the right KEY_ENCRYPTION_KEY is back or the secret is rotated.
 */
export async function deliver(endpoint: Endpoint, post: Post = fetchPublic): Promise<number> {
  let tries = 0
  if (!secretOpens(endpoint)) return tries
  for (;;) {
    const { rows } = await statement<Claimed>('claim_webhook_deliveries', CLAIM, [endpoint.projectId, endpoint.id])
    if (rows.length === 0) return tries
    tries += rows.length
    await Promise.all(rows.map((delivery) => tryOnce(endpoint, delivery, post)))
  }
}

type Answer = {
  readonly status: number | null
  readonly answer: string | null
  readonly problem: string | null
  readonly milliseconds: number
}

async function tryOnce(endpoint: Endpoint, delivery: Claimed, post: Post): Promise<void> {
  const answer = await send(endpoint, delivery, post)
  await settle(endpoint, delivery, answer)
}

async function send(endpoint: Endpoint, { id, payload, now }: Claimed, post: Post): Promise<Answer> {
  const started = performance.now()
  const sentAt = Math.floor(now.getTime() / 1000)
  const headers = {
    'webhook-id': id,
    'webhook-timestamp': String(sentAt),
    'webhook-signature': signatureOf(signingSecrets(endpoint, now), id, sentAt, payload),
  }
  const took = () => Math.round(performance.now() - started)
  try {
    const options = { maxBytes: MAX_ANSWER_BYTES, accept: '*/*', headers, jsonText: payload, totalMs: ANSWER_WITHIN_MS }
    const { status, body } = await post(endpoint.url, options)
    // PostgreSQL keeps no NUL in a text.
    return { status, answer: body.toString('utf8').replaceAll('\0', '').slice(0, KEPT_CHARACTERS), problem: null, milliseconds: took() }
  } catch (error) {
    if (!(error instanceof OutboundRefused)) throw error
    return { status: null, answer: null, problem: error.kind, milliseconds: took() }
  }
}

const HTTP_GONE = 410

/** The try, what follows from it for the delivery, and for the endpoint, together. */
async function settle({ projectId, id: endpointId, url }: Endpoint, delivery: Claimed, answer: Answer): Promise<void> {
  const arrived = answer.status !== null && answer.status >= 200 && answer.status < 300
  const pause = arrived ? null : pauseSeconds(delivery.attempts - delivery.before)
  const state = arrived ? 'delivered' : pause === null ? 'failed' : 'pending'
  await inTransaction(async (tx) => {
    await tx.webhookAttempt.createMany({
      data: [{ projectId, deliveryId: delivery.id, number: delivery.attempts, ...answer }],
      skipDuplicates: true,
    })
    await tx.$executeRaw`
      UPDATE webhook_delivery SET state = ${state}, leased_until = NULL,
        delivered_at = CASE WHEN ${arrived} THEN now() END,
        next_attempt_at = now() + make_interval(secs => ${pause})
      WHERE project_id = ${projectId}::uuid AND id = ${delivery.id}::uuid AND state = 'pending' AND attempts = ${delivery.attempts}`
    if (arrived) {
      await tx.webhookEndpoint.updateMany({
        where: { projectId, id: endpointId, failingSince: { not: null } },
        data: { failingSince: null },
      })
      return
    }
    await tx.$executeRaw`
      UPDATE webhook_endpoint SET failing_since = now() WHERE project_id = ${projectId}::uuid AND id = ${endpointId}::uuid AND failing_since IS NULL`
    const reason = answer.status === HTTP_GONE ? 'gone' : 'failing'
    const given = await tx.$executeRawUnsafe(
      `UPDATE webhook_endpoint SET disabled_at = now() WHERE project_id = $1::uuid AND id = $2::uuid AND disabled_at IS NULL
       AND ($3 OR failing_since < now() - ${GIVES_UP_AFTER})`,
      ...[projectId, endpointId, answer.status === HTTP_GONE],
    )
    if (given === 1) {
      await recordAudit(tx, { projectId, actor: { kind: 'system' } }, { action: 'webhook_endpoint.disabled', endpointId, url, reason })
    }
  })
}
