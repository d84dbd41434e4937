// The load, in a process of its own: raw sockets, requests built beforehand, answers read by their length and no further.
// An HTTP client in Node costs more than the servers it would measure, and hides the difference between them.
import { openConnection } from './connection.ts'
import type { Command, Lane, Load, Plan, Report } from './plan.ts'
import { withBody } from './plan.ts'

const SAMPLE_EVERY = 250
const REFRESH_TOKEN = /"refresh_token":"([^"]+)"/

type Runner = { run(count: number, took: (micros: number, body: string) => void): Promise<void>; end(): void }

/** The requests of a lane, one after the other, made ready before they are due where that can be. */
function requestsOf(lane: Lane): { next(): Buffer; answered(body: string): void } {
  if (lane.kind === 'same') {
    const request = Buffer.from(lane.request, 'latin1')
    return { next: () => request, answered: () => {} }
  }
  if (lane.kind === 'list') {
    const requests = lane.requests.map((request) => Buffer.from(request, 'latin1'))
    let at = 0
    return {
      next: () => {
        const request = requests[at++]
        if (!request) throw new Error('the list of prepared requests is too short')
        return request
      },
      answered: () => {},
    }
  }
  let token = lane.token
  return {
    next: () => Buffer.from(withBody(lane.head, lane.body.replace('TOKEN', token)), 'latin1'),
    answered: (body) => {
      token = REFRESH_TOKEN.exec(body)?.[1] ?? token
    },
  }
}

async function openRunner(plan: Plan, lane: Lane): Promise<Runner> {
  const connection = await openConnection(plan.port)
  const requests = requestsOf(lane)
  return {
    run: async (count, took) => {
      for (let i = 0; i < count; i++) {
        const request = requests.next()
        const asked = performance.now()
        const { status, body } = await connection.ask(request)
        const micros = (performance.now() - asked) * 1000
        if (status !== plan.status) throw new Error(`status ${status} instead of ${plan.status}: ${body.slice(0, 300)}`)
        requests.answered(body)
        took(micros, body)
      }
    },
    end: connection.end,
  }
}

/** `each` requests on every connection. */
async function run(runners: Runner[], plan: Plan, each: number): Promise<Load> {
  const times = new Float64Array(each * runners.length)
  const samples: string[] = []
  const refreshTokens: string[] = []
  const keepTokens = plan.lanes[0]?.kind === 'list'
  let requests = 0
  const took = (micros: number, body: string): void => {
    if (requests % SAMPLE_EVERY === 0) samples.push(body)
    const token = keepTokens ? REFRESH_TOKEN.exec(body)?.[1] : undefined
    if (token) refreshTokens.push(token)
    times[requests++] = micros
  }
  const began = performance.now()
  await Promise.all(runners.map((runner) => runner.run(each, took)))
  const seconds = (performance.now() - began) / 1000
  times.sort()
  const percentile = (share: number): number => (times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0) / 1000
  return { requests, seconds, p50: percentile(0.5), p99: percentile(0.99), samples, refreshTokens }
}

let plan: Plan | null = null
let runners: Runner[] = []

async function obey(command: Command): Promise<Report> {
  if ('open' in command) {
    const opened = command.open
    plan = opened
    runners = await Promise.all(opened.lanes.map((lane) => openRunner(opened, lane)))
    return { done: true }
  }
  if ('run' in command) {
    if (!plan) throw new Error('run before open')
    return { load: await run(runners, plan, command.run) }
  }
  for (const runner of runners) runner.end()
  runners = []
  return { done: true }
}

process.on('message', (command: Command) => {
  obey(command).then(
    (report) => process.send?.(report),
    (error: unknown) => process.send?.({ failed: error instanceof Error ? error.message : String(error) } satisfies Report),
  )
})
process.on('disconnect', () => process.exit(0))
process.on('SIGTERM', () => process.exit(0))
