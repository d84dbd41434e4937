import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import type { Command, Load, Plan, Report } from './plan.ts'
import { ask, bundle, start } from './servers/child.ts'

/** The generator's process, as main sees it. */
export type Generator = {
  open(plan: Plan): Promise<void>
  /** Sends `each` requests on every open connection. Throws at the first answer with another status. */
  run(each: number): Promise<Load>
  close(): Promise<void>
  stop(): Promise<void>
}

export async function startGenerator(): Promise<Generator> {
  const { child, died, stop } = start(await bundle('e2e/bench/generator.ts', 'generator'), { NODE_ENV: 'production' })
  const command = async (message: Command): Promise<Exclude<Report, { failed: string }>> => {
    const report = await Promise.race([ask<Report>(child, message), died])
    if ('failed' in report) throw new Error(report.failed)
    return report
  }
  return {
    open: async (plan) => void (await command({ open: plan })),
    run: async (each) => {
      const report = await command({ run: each })
      if (!('load' in report)) throw new Error('the generator measured nothing')
      return report.load
    },
    close: async () => void (await command({ close: true })),
    stop,
  }
}

export const hasWrk = (): boolean => spawnSync('wrk', ['-v'], { stdio: 'ignore' }).error === undefined

const MILLISECONDS: Record<string, number> = { us: 0.001, ms: 1, s: 1000, m: 60_000 }

/** GETs one document for `seconds` (whole ones) by wrk, whose own cost is a fraction of the cheapest server's. */
export async function runWrk(url: string, connections: number, seconds: number): Promise<Load> {
  const { stdout } = await promisify(execFile)('wrk', ['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', url])
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`wrk: ${stdout}`)
  const latency = (share: string): number => {
    const [, figure, unit = ''] = new RegExp(`${share}%\\s+([\\d.]+)(us|ms|s|m)\\b`).exec(stdout) ?? []
    return Number(figure) * (MILLISECONDS[unit] ?? Number.NaN)
  }
  const requests = Number(/(\d+) requests in/.exec(stdout)?.[1])
  const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1])
  if (!(requests > 0 && rate > 0 && latency('99') > 0)) throw new Error(`wrk said something else: ${stdout}`)
  return { requests, seconds: requests / rate, p50: latency('50'), p99: latency('99'), samples: [], refreshTokens: [] }
}
