import { writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { openDatabases } from './database.ts'
import { hasWrk, startGenerator } from './load.ts'
import { type Bench, type Cell, measure, supplyOf } from './measure.ts'
import { type Operation, operations } from './operations.ts'
import { cpuModel, type Machine, ratiosOf, report } from './report.ts'
import { startOwn } from './servers/child.ts'
import { startOurs } from './servers/ours.ts'
import { SERVERS, type ServerName, type Target } from './servers/target.ts'

const USAGE = `npm run bench -- [--rounds 5] [--requests 4000] [--only operation,operation] [--servers ${SERVERS.join(',')}] [--json FILE]
Operations: ${operations.map(({ name }) => name).join(', ')}`

type Options = { rounds: number; requests: number; chosen: Operation[]; servers: ServerName[]; json: string | undefined }

/** Throws a sentence for whoever typed it. */
function parseOptions(): Options | 'help' {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '5' },
      requests: { type: 'string', default: '4000' },
      only: { type: 'string' },
      servers: { type: 'string', default: SERVERS.join(',') },
      json: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help) return 'help'
  const [rounds, requests] = [Number(values.rounds), Number(values.requests)]
  if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds must be a whole number from 1')
  if (!Number.isInteger(requests) || requests < 160) throw new Error('--requests must be a whole number from 160')
  const among = <T extends string>(text: string, known: readonly T[]): T[] =>
    text.split(',').map((part) => {
      const found = known.find((name) => name === part.trim().replaceAll('-', ' ') || name === part.trim())
      if (!found) throw new Error(`${part.trim()} is none of ${known.join(', ')}`)
      return found
    })
  const names = operations.map(({ name }) => name)
  const wanted = values.only ? among(values.only, names) : names
  const chosen = operations.filter(({ name }) => wanted.includes(name))
  return { rounds, requests, chosen, servers: among(values.servers, SERVERS), json: values.json }
}

/** Round 0 warms everything up and is thrown away. */
async function runRounds(bench: Bench, { rounds, chosen }: Options, targets: readonly Target[]): Promise<Cell[]> {
  const supply = supplyOf(bench)
  const cells: Cell[] = []
  for (let round = 0; round <= rounds; round++) {
    console.error(round === 0 ? 'warming up' : `round ${round} of ${rounds}`)
    for (const operation of chosen) {
      for (const target of targets) {
        const cell = await measure(bench, operation, target, supply, round).catch((error: unknown) => {
          throw new Error(`${target.name}, ${operation.name}, round ${round}`, { cause: error })
        })
        if (round > 0) cells.push(cell)
      }
    }
  }
  return cells
}

async function main(options: Options): Promise<void> {
  const databaseUrl = process.env.DATABASE_URL
  if (!databaseUrl) throw new Error('DATABASE_URL is missing: `npm run bench` sets it')
  const databases = await openDatabases(databaseUrl)
  const stops: (() => Promise<void>)[] = []
  const stopAll = async (): Promise<void> => {
    for (const stop of stops.toReversed()) await stop()
    await databases.end()
  }
  let stopped: Promise<void> | undefined
  const finish = (): Promise<void> => {
    stopped ??= stopAll()
    return stopped
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void finish().finally(() => process.exit(1)))
  try {
    const targets: Target[] = []
    let oursIs = 'left out'
    for (const name of options.servers) {
      const database = await databases.create(name)
      console.error(`starting ${name}`)
      const started =
        name === 'ours'
          ? await startOurs(database.name, database.url)
          : { target: await startOwn(name, database.name, database.url), kind: '' }
      if (name === 'ours') oursIs = started.kind
      targets.push(started.target)
      stops.push(started.target.stop)
    }
    const generator = await startGenerator()
    stops.push(generator.stop)
    const wrk = hasWrk()
    const machine: Machine = {
      date: new Date().toISOString(),
      cpu: cpuModel(),
      node: process.version,
      postgres: databases.description,
      generator: `${wrk ? 'wrk for metadata and jwks; ' : ''}raw sockets in a process of their own${wrk ? ' for the rest' : ''}; 16 connections`,
      ours: oursIs,
      load: `${loadavg()[0]?.toFixed(2)} before the first request`,
    }
    const cells = await runRounds({ generator, databases, wrk, requests: options.requests }, options, targets)
    console.log(report(machine, options.chosen, options.servers, cells))
    const ratios = Object.fromEntries(options.chosen.map((operation) => [operation.name, ratiosOf(operation, cells)]))
    if (options.json) writeFileSync(options.json, `${JSON.stringify({ machine, ratios, cells }, null, 2)}\n`)
  } finally {
    await finish()
  }
}

const options = ((): ReturnType<typeof parseOptions> => {
  try {
    return parseOptions()
  } catch (error) {
    console.error(`${error instanceof Error ? error.message : error}\n\n${USAGE}`)
    process.exit(2)
  }
})()
if (options === 'help') console.log(USAGE)
else {
  const status = await main(options).then(
    () => 0,
    (error: unknown) => {
      console.error(error)
      return 1
    },
  )
  process.exit(status) // a child that did not finish starting would keep us waiting
}
