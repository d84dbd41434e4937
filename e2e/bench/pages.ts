// `npm run bench:pages`: how long the dashboard's list pages take on the server, in a project with 10,000 clients and 100,000 events,
// and when Chromium first shows something of the heaviest.
import { execFile } from 'node:child_process'
import { loadavg } from 'node:os'
import { parseArgs, promisify } from 'node:util'
import { openDoor } from '../support/door.ts'
import { signUpMember } from '../support/member.ts'
import { openDatabases } from './database.ts'
import { FIRST_PAINT_GOAL_MS, firstPaints } from './first-paint.ts'
import { cpuModel } from './report.ts'
import { ROOT, start } from './servers/child.ts'
import { answers, installationOf } from './servers/ours.ts'
import { serverFile } from './servers/ours-build.ts'

const GOAL_MS = 200
const SLUG = 'bench-pages'

const { values } = parseArgs({
  options: {
    clients: { type: 'string', default: '10000' },
    users: { type: 'string', default: '20000' },
    events: { type: 'string', default: '100000' },
    requests: { type: 'string', default: '20' },
  },
})

const run = promisify(execFile)

/** Below the project; each the way it is opened first, and in the orders and filters that read most. */
const PAGES: readonly string[] = [
  '',
  '/clients',
  '/clients?sort=name',
  '/clients?sort=-lastUsedAt',
  '/clients?origin=document',
  '/clients?query=agent',
  '/users',
  '/users?sort=-lastSignInAt',
  '/users?query=user-19',
  '/grants',
  '/audit-log',
  '/audit-log?kind=refresh.reused',
  '/audit-log?kind=consent',
  '/audit-log?outcome=refused',
  '/audit-log?text=203.0.113.7',
  '/webhooks',
]

/** The heaviest of them, as a browser shows them. */
const PAINTED: readonly string[] = ['', '/clients', '/users', '/audit-log']

type Timing = { readonly page: string; readonly status: number; readonly sorted: readonly number[] }

const at = ({ sorted }: Timing, share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0

async function timed(ask: () => Promise<{ status: number }>, page: string): Promise<Timing> {
  const taken: number[] = []
  let status = 0
  for (let request = 0; request < Number(values.requests) + 3; request++) {
    const started = performance.now()
    status = (await ask()).status
    if (request >= 3) taken.push(performance.now() - started) // three to warm up
  }
  return { page, status, sorted: taken.toSorted((a, b) => a - b) }
}

async function main(databaseUrl: string): Promise<number> {
  const { file, kind } = await serverFile()
  if (kind !== 'the production build') throw new Error('There is no current production build: run `npm run build` first')
  const databases = await openDatabases(databaseUrl)
  const database = await databases.create('ours')
  const { origin, env } = await installationOf(database.url, 'localhost')
  const server = start(file, env)
  try {
    await Promise.race([answers(`${origin}/api/health`), server.died])
    const member = await signUpMember(origin)
    const size = ['clients', 'users', 'events'].flatMap((name) => [`--${name}`, String(values[name as 'clients'])])
    const seed = ['--import', 'tsx', 'prisma/seed.ts', '--owner', member.email, '--project', SLUG, ...size]
    await run(process.execPath, seed, { cwd: ROOT, env })
    const door = openDoor(origin)
    const cookie = [...member.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    console.log(
      `${cpuModel()}, Node ${process.version}, PostgreSQL ${databases.description}, load ${loadavg()[0]?.toFixed(2)}\n` +
        `${values.clients} clients, ${values.users} users, ${values.events} events; one request at a time, whole page, ms; goal ${GOAL_MS} at p95\n`,
    )
    console.log('| page | p50 | p95 | max |\n|---|---:|---:|---:|')
    let slow = 0
    for (const page of PAGES) {
      const path = `/projects/${SLUG}${page}`
      const timing = await timed(() => door.ask(path, { headers: { cookie, accept: 'text/html' } }), page)
      if (timing.status !== 200) throw new Error(`${path} answered ${timing.status}`)
      const p95 = at(timing, 0.95)
      if (p95 > GOAL_MS) slow++
      const cells = [at(timing, 0.5), p95, at(timing, 1)].map((ms) => ms.toFixed(0))
      console.log(`| ${page || '(overview)'} | ${cells[0]} | ${cells[1]}${p95 > GOAL_MS ? ' **over**' : ''} | ${cells[2]} |`)
    }
    console.log(`\n${PAGES.length - slow} of ${PAGES.length} within ${GOAL_MS} ms`)
    door.close()
    await paint(origin, member.cookies)
    return 0
  } finally {
    await server.stop()
    await databases.end()
  }
}

async function paint(origin: string, cookies: ReadonlyMap<string, string>): Promise<void> {
  const paths = PAINTED.map((page) => `/projects/${SLUG}${page}`)
  const painted = await firstPaints(origin, cookies, paths)
  console.log(`\n| page | first contentful paint, goal ${FIRST_PAINT_GOAL_MS} |\n|---|---:|`)
  for (const [index, page] of PAINTED.entries()) {
    const ms = painted.get(paths[index] ?? '') ?? Number.NaN
    console.log(`| ${page || '(overview)'} | ${ms.toFixed(0)}${ms > FIRST_PAINT_GOAL_MS ? ' **over**' : ''} |`)
  }
}

const url = process.env.DATABASE_URL
if (!url) throw new Error('DATABASE_URL is missing: `npm run bench:pages` sets it')
process.exit(await main(url))
