import { cpuBetween, readCpu } from './cpu.ts'
import type { Databases } from './database.ts'
import { type Generator, runWrk } from './load.ts'
import { CONNECTIONS, type Operation, redemptions, type Supply } from './operations.ts'
import type { Load } from './plan.ts'
import type { ServerName, Target } from './servers/target.ts'

/** One operation at one server in one round. Milliseconds; µs of CPU per request, null where there is no /proc. */
export type Cell = {
  readonly round: number
  readonly operation: string
  readonly server: ServerName
  readonly requests: number
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  readonly serverCpu: number | null
  readonly postgresCpu: number | null
}

export type Bench = { readonly generator: Generator; readonly databases: Databases; readonly wrk: boolean; readonly requests: number }

const WRK_SECONDS = 1
const WITHOUT_WRK = 4 // documents are so cheap that a cell needs more of them

/** Codes from the servers themselves; refresh tokens from what the code exchange left, and from further codes when that is too little. */
export function supplyOf({ generator }: Bench): Supply & { keep(target: Target, tokens: readonly string[]): void } {
  const kept = new Map<Target, string[]>()
  const stock = (target: Target): string[] => {
    const tokens = kept.get(target) ?? []
    kept.set(target, tokens)
    return tokens
  }
  const redeem = async (target: Target, count: number): Promise<void> => {
    const each = Math.ceil(count / CONNECTIONS)
    const requests = redemptions(target, await target.mintCodes(each * CONNECTIONS))
    const lanes = Array.from({ length: CONNECTIONS }, (_, lane) => requests.slice(lane * each, (lane + 1) * each))
    await generator.open({ port: target.port, status: 200, lanes: lanes.map((list) => ({ kind: 'list', requests: list })) })
    stock(target).push(...(await generator.run(each)).refreshTokens)
    await generator.close()
  }
  return {
    codes: (target, count) => target.mintCodes(count),
    refreshTokens: async (target, count) => {
      const missing = count - stock(target).length
      if (missing > 0) await redeem(target, missing)
      return stock(target).splice(0, count)
    },
    keep: (target, tokens) => void stock(target).push(...tokens),
  }
}

async function checkOne(operation: Operation, path: string, target: Target): Promise<void> {
  const response = await fetch(`http://127.0.0.1:${target.port}${path}`)
  if (response.status !== operation.status) throw new Error(`${path}: ${response.status}`)
  await operation.check(await response.text(), target)
}

/** Runs `load` between two readings of the CPU clocks. */
async function timed(bench: Bench, target: Target, load: () => Promise<Load>): Promise<{ load: Load; cpu: ReturnType<typeof cpuBetween> }> {
  const before = readCpu(target.pid, await bench.databases.backends(target))
  const done = await load()
  const after = readCpu(target.pid, await bench.databases.backends(target))
  return { load: done, cpu: cpuBetween(before, after) }
}

async function byWrk(bench: Bench, operation: Operation, path: string, target: Target): ReturnType<typeof timed> {
  await checkOne(operation, path, target)
  const result = await timed(bench, target, () => runWrk(`http://127.0.0.1:${target.port}${path}`, CONNECTIONS, WRK_SECONDS))
  await checkOne(operation, path, target)
  return result
}

async function byGenerator(
  bench: Bench,
  operation: Operation,
  target: Target,
  supply: ReturnType<typeof supplyOf>,
): ReturnType<typeof timed> {
  const { generator } = bench
  const each = Math.ceil((bench.requests * (operation.document ? WITHOUT_WRK : 1)) / CONNECTIONS)
  const warmUp = Math.ceil(each / 10)
  const lanes = await operation.lanes(target, warmUp + each, supply)
  await generator.open({ port: target.port, status: operation.status, lanes })
  await generator.run(warmUp)
  const result = await timed(bench, target, () => generator.run(each))
  await generator.close()
  for (const body of result.load.samples) await operation.check(body, target)
  await operation.afterwards?.(target, lanes)
  if (lanes[0]?.kind === 'list') supply.keep(target, result.load.refreshTokens)
  return result
}

export async function measure(
  bench: Bench,
  operation: Operation,
  target: Target,
  supply: ReturnType<typeof supplyOf>,
  round: number,
): Promise<Cell> {
  const path = operation.document && target.paths[operation.document]
  const { load, cpu } =
    bench.wrk && path ? await byWrk(bench, operation, path, target) : await byGenerator(bench, operation, target, supply)
  const perRequest = (micros: number | null): number | null => (micros === null ? null : micros / load.requests)
  return {
    round,
    operation: operation.name,
    server: target.name,
    requests: load.requests,
    perSecond: load.requests / load.seconds,
    p50: load.p50,
    p99: load.p99,
    serverCpu: perRequest(cpu.server),
    postgresCpu: perRequest(cpu.postgres),
  }
}
