import { randomUUID } from 'node:crypto'
import { statement } from '#lib/db/transaction.ts'

/** For what proves no credential or changes nothing: anybody can cause it as often as he likes, so it is counted, not recorded. */
export type Counted = { readonly projectId: string; readonly kind: string; readonly clientId?: string }

type ReadAction = 'metadata.fetched' | 'token.introspected'

type Tally = { readonly projectId: string; readonly kind: string; readonly clientId: string; count: number }

/** Bounds memory under a flood of made-up client ids; beyond it counts keep their kind and lose their client. */
const MAX_TALLIES = 10_000
const FLUSH_EVERY_MS = 3_000
/** No two writers ever wait for one row. */
const writer = randomUUID()

let tallies = new Map<string, Tally>()
let timer: NodeJS.Timeout | undefined
let atExit = false
let flushing: Promise<void> | undefined

/** A read that changes nothing: the most frequent of all, so it too is only counted. */
export function streamAudit(projectId: string, event: { readonly action: ReadAction; readonly clientId?: string }): void {
  count({ projectId, kind: event.action, ...(event.clientId === undefined ? {} : { clientId: event.clientId }) })
}

/** Adds one to the counter of this hour. Never throws, never waits; what a crash loses is a few seconds of counts. */
export function count({ projectId, kind, clientId = '' }: Counted): void {
  add({ projectId, kind, clientId, count: 1 })
  if (timer) return
  if (!atExit) {
    atExit = true
    process.once('beforeExit', () => void flushCounters())
  }
  timer = setTimeout(() => void flushCounters(), FLUSH_EVERY_MS)
  timer.unref()
}

/** Writes what was counted. Called every few seconds and at exit; counts that could not be written stay for the next time. */
export function flushCounters(): Promise<void> {
  flushing ??= flush().finally(() => {
    flushing = undefined
  })
  return flushing
}

async function flush(): Promise<void> {
  clearTimeout(timer)
  timer = undefined
  const taken = tallies
  tallies = new Map()
  const byProject = new Map<string, Tally[]>()
  for (const tally of taken.values()) {
    const ofProject = byProject.get(tally.projectId)
    if (ofProject) ofProject.push(tally)
    else byProject.set(tally.projectId, [tally])
  }
  for (const [projectId, ofProject] of byProject) {
    try {
      await upsert(projectId, ofProject)
    } catch {
      ofProject.forEach(add)
    }
  }
}

function add(tally: Tally): void {
  const key = `${tally.projectId} ${tally.kind} ${tally.clientId}`
  const known = tallies.get(key)
  if (known) known.count += tally.count
  else if (tallies.size < MAX_TALLIES) tallies.set(key, { ...tally })
  else if (tally.clientId !== '') add({ ...tally, clientId: '' })
}

async function upsert(projectId: string, ofProject: readonly Tally[]): Promise<void> {
  await statement(
    'count_events',
    `INSERT INTO event_counter (project_id, hour, kind, client_id, writer, count)
     SELECT $1::uuid, date_trunc('hour', now()), kind, client_id, $2, count
     FROM unnest($3::text[], $4::text[], $5::int[]) AS counted (kind, client_id, count)
     ON CONFLICT (project_id, hour, kind, client_id, writer) DO UPDATE SET count = event_counter.count + EXCLUDED.count`,
    [projectId, writer, ofProject.map((t) => t.kind), ofProject.map((t) => t.clientId), ofProject.map((t) => t.count)],
  )
}
