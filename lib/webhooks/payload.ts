export type EventRow = {
  readonly id: string
  readonly at: Date
  readonly action: string
  readonly step: string
  readonly actorKind: string
  readonly actorId: string | null
  readonly clientId: string | null
  readonly userId: string | null
  readonly grantId: string | null
  readonly requestId: string | null
  readonly reason: string | null
  readonly detail: string | null
  readonly address: string | null
}

/** Standard Webhooks: `type`, `timestamp`, `data`. The audit row as it is; what has no secret in the log has none here. */
export function payloadOf(project: { readonly id: string; readonly slug: string }, event: EventRow): string {
  const { action, at, detail, ...rest } = event
  const data = { project: project.slug, projectId: project.id, ...rest, detail: detail === null ? null : (JSON.parse(detail) as unknown) }
  return JSON.stringify({ type: action, timestamp: at.toISOString(), data })
}

/** What a test sends. */
export const testPayload = (project: { readonly id: string; readonly slug: string }, at: Date): string =>
  JSON.stringify({ type: 'test.ping', timestamp: at.toISOString(), data: { project: project.slug, projectId: project.id } })
