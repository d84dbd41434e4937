import { readdirSync, readFileSync } from 'node:fs'

const NANOSECONDS_PER_TICK = 10_000_000 // USER_HZ is 100 wherever Linux runs

const read = (path: string): string | null => {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null // the process ended, or this system has no /proc
  }
}
const list = (path: string): string[] => {
  try {
    return readdirSync(path)
  } catch {
    return []
  }
}

/**
 * CPU time of one process, user and system, in ns; null where the system does not tell.
 * The scheduler's own count first: utime+stime of `stat` is the same figure in steps of 10 ms.
 */
function processCpu(pid: number): number | null {
  const exact = list(`/proc/${pid}/task`).map((thread) => read(`/proc/${pid}/task/${thread}/schedstat`)?.split(' ')[0])
  if (exact.length > 0 && exact.every((value) => value !== undefined)) return exact.reduce((sum, value) => sum + Number(value), 0)
  const fields = read(`/proc/${pid}/stat`)?.split(') ')[1]?.split(' ')
  return fields ? (Number(fields[11]) + Number(fields[12])) * NANOSECONDS_PER_TICK : null
}

function withDescendants(pid: number): number[] {
  const children = list(`/proc/${pid}/task`).flatMap((thread) => read(`/proc/${pid}/task/${thread}/children`)?.trim().split(' ') ?? [])
  return [pid, ...children.filter(Boolean).flatMap((child) => withDescendants(Number(child)))]
}

/** Nanoseconds used so far, by process. */
export type CpuReading = { readonly server: ReadonlyMap<number, number>; readonly postgres: ReadonlyMap<number, number> }

/** `backends`: process ids that PostgreSQL gave; those of another machine name nothing here, or no `postgres`. */
export function readCpu(pid: number, backends: readonly number[]): CpuReading {
  const times = (pids: readonly number[]): Map<number, number> =>
    new Map(pids.flatMap((id) => (processCpu(id) === null ? [] : [[id, processCpu(id) ?? 0]])))
  const local = backends.filter((id) => read(`/proc/${id}/comm`)?.trim() === 'postgres')
  return { server: times(withDescendants(pid)), postgres: times(local) }
}

/** µs spent between two readings; null where nothing could be read. A process that came in between counts from its start. */
export function cpuBetween(before: CpuReading, after: CpuReading): { server: number | null; postgres: number | null } {
  const spent = (from: ReadonlyMap<number, number>, to: ReadonlyMap<number, number>): number | null =>
    to.size === 0 ? null : [...to].reduce((sum, [pid, time]) => sum + time - (from.get(pid) ?? 0), 0) / 1000
  return { server: spent(before.server, after.server), postgres: spent(before.postgres, after.postgres) }
}
