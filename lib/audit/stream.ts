import { randomUUID } from 'node:crypto'
import { statement } from '#lib/db/transaction.ts'

/** For what proves no credential or changes nothing: anybody can cause it as often as he likes, so it is counted, not recorded. */
export type Counted = {
  readonly projectId: string
  readonly kind: string
  readonly clientId?: string
  /** What a stranger asked for. It is kept behind the kind, after a blank. */
  readonly named?: string
}

type ReadAction = 'metadata.fetched' | 'token.introspected'

type Tally = { readonly projectId: string; readonly kind: string; readonly clientId: string; count: number }

/** Bounds memory under a flood of made-up client ids; beyond it counts keep their kind and lose their client. */
const MAX_TALLIES = 10_000
const FLUSH_EVERY_MS = 3_000
/** Per project and hour. An index entry holds the text, so it must stay well below 2,700 bytes. */
const MAX_NAMED = 20
const MAX_NAMED_CHARACTERS = 1_000
/** No two writers ever wait for one row. */
const writer = randomUUID()

let tallies = new Map<string, Tally>()
const namedBy = new Map<string, Set<string>>()
let namedInHour = 0
let timer: NodeJS.Timeout | undefined
let atExit = false
let flushing: Promise<void> | undefined

/** A read that changes nothing: the most frequent of all, so it too is only counted. */
export function streamAudit(projectId: string, event: { readonly action: ReadAction; readonly clientId?: string }): void {
  count({ projectId, kind: event.action, ...(event.clientId === undefined ? {} : { clientId: event.clientId }) })
}

/** Adds one to the counter of this hour. Never throws, never waits; what a crash loses is a few seconds of counts. */
export function count({ projectId, kind, clientId = '', named }: Counted): void {
  if (named !== undefined && !mayBeNamed(projectId, `${named} ${clientId}`)) return
  add({ projectId, kind: named === undefined ? kind : `${kind} ${named}`, clientId, count: 1 })
  if (timer) return
  if (!atExit) {
    atExit = true
    process.once('beforeExit', () => void flushCounters())
  }
  timer = setTimeout(() => void flushCounters(), FLUSH_EVERY_MS)
  timer.unref()
}

/** What strangers name would make rows without end: the first few of an hour are told apart, and what is long is not kept at all. */
function mayBeNamed(projectId: string, named: string): boolean {
  const now = Math.floor(Date.now() / 3_600_000)
  if (now !== namedInHour || namedBy.size >= MAX_TALLIES) {
    namedInHour = now
    namedBy.clear()
  }
  const known = namedBy.get(projectId) ?? new Set()
  if (known.has(named)) return true
  if (known.size >= MAX_NAMED || named.length > MAX_NAMED_CHARACTERS) return false
  namedBy.set(projectId, known.add(named))
  return true
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
