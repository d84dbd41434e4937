// `npm test`: everything, from a fresh clone; the last line is `N passed, N failed`. With --check: types, lint and the tests without a server.
import './node-version.mjs'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { findChromium } from './browser.mjs'
import { CommandFailed, run } from './child.mjs'
import { freePort } from './port.mjs'
import { startPostgres } from './postgres.mjs'
import { Refusal } from './refusal.mjs'
import { SECRETS } from './secrets.mjs'
import { serveNextDoor, serveNodeDoor, startTestServer } from './server.mjs'
import { say, step } from './step.mjs'
import { bin, build, generate, inRoot, install, migrations, quiet, root } from './steps.mjs'
import { playwright, vitest } from './test-runners.mjs'

const tally = { passed: 0, failed: 0 }
const started = performance.now()
let finishing
const workplace = fs.mkdtempSync(path.join(os.tmpdir(), 'gatehouse-test-'))
const inWorkplace = (name) => path.join(workplace, name)
const cleanUp = [() => fs.rmSync(workplace, { recursive: true, force: true })]
fs.chmodSync(workplace, 0o755) // PostgreSQL runs as another user when we are root

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, interrupted)
try {
  await install()
  await generate()
  const environment = await testEnvironment()
  await checkSources(environment)
  if (!process.argv.includes('--check')) await checkRunning(environment)
} catch (error) {
  tally.failed++ // what came after it did not run, but the total is still told
  say(error instanceof Refusal ? error.message : error.stack)
}
await finish(tally.failed === 0 ? 0 : 1)

/** A throwaway database and secrets of its own: neither .env nor a running installation has a say. */
async function testEnvironment() {
  const database = await step('starting a throwaway PostgreSQL', 'throwaway PostgreSQL started', () =>
    startPostgres({ root, dir: inWorkplace('db'), database: 'test', ephemeral: true }),
  )
  cleanUp.push(database.stop)
  const { migrate } = await import('./migrate.mjs')
  await step(
    'migrating it',
    (names) => `${names.length} migrations applied`,
    () => migrate(database.url),
  )
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_') && name !== 'NODE_ENV')
  const secrets = SECRETS.map((name) => [name, randomBytes(32).toString('base64url')])
  const unset = {
    ISSUER_HOST: '',
    OUTBOUND_LOOPBACK: '',
    TRUST_PROXY: '',
    DATABASE_POOL_SIZE: '',
    HOST: '',
    DRAIN_SECONDS: '',
    SMTP_URL: '',
    MAIL_FROM: '',
  }
  return {
    ...Object.fromEntries([...inherited, ...secrets]),
    ...unset,
    ...quiet,
    DATABASE_URL: database.url,
    BASE_URL: 'http://localhost:3000',
    MAIL_DIR: inWorkplace('mailbox'),
  }
}

async function checkSources(env) {
  const node = (...args) => run(process.execPath, args, { cwd: root, env })
  const typegen = [bin('next', 'dist/bin/next'), 'typegen']
  const diff = [bin('prisma', 'build/index.js'), 'migrate', 'diff', '--config', inRoot('prisma/prisma.config.ts')]
  await Promise.all([
    check('types', () => node(...typegen).then(() => node(bin('typescript', 'bin/tsc'), '--noEmit'))),
    check('lint', () => node(bin('@biomejs/biome', 'bin/biome'), 'check')),
    check('migrations and schema agree', () =>
      node(...diff, '--from-migrations', migrations, '--to-schema', inRoot('prisma/schema'), '--exit-code'),
    ),
  ])
  await count('tests in process', () => vitest({ env, report: inWorkplace('unit.json') }))
}

/** The same black-box tests through both doors, then a person's paths in a browser. */
async function checkRunning(configured) {
  // What clients and providers publish lies on this machine.
  const environment = { ...configured, OUTBOUND_LOOPBACK: 'on' }
  const browser = findChromium() // may have to be fetched: meanwhile we build
  await build()
  tally.passed++
  const { node, second, nextDoor } = await startServers(environment)
  const failedBefore = tally.failed
  const doors = { GATEHOUSE_TARGET: node.url, GATEHOUSE_SECOND: second.url, GATEHOUSE_NEXT: nextDoor.url }
  const logs = (...names) => names.map((name) => inWorkplace(`${name}.log`)).join(':')
  const conformance = (env, report) =>
    vitest({ filter: 'lib/oauth/conformance', env: { ...environment, ...env }, report: inWorkplace(report) })
  await count('protocol through the Node door', () =>
    conformance({ BASE_URL: node.url, ...doors, GATEHOUSE_LOG: logs('node', 'second') }, 'node.json'),
  )
  await count('protocol through the Next door', () =>
    conformance({ BASE_URL: nextDoor.url, GATEHOUSE_TARGET: nextDoor.url, GATEHOUSE_LOG: logs('next') }, 'next.json'),
  )
  await count('end to end in a browser', async () => {
    const chromium = await browser
    if (!chromium) return { passed: 0, failed: 1, output: 'There is no browser: install Chromium or set CHROMIUM_PATH.' }
    const env = { ...environment, ...doors, BASE_URL: node.url, PORT: new URL(node.url).port, CHROMIUM_PATH: chromium }
    return playwright({ env, report: inWorkplace('e2e.json') })
  })
  await check('servers stop in order', async () => {
    const codes = await Promise.all([node.stop(), second.stop(), nextDoor.stop()])
    if (codes[0] !== 0 || codes[1] !== 0) throw new Refusal(`the Node doors ended with ${codes.slice(0, 2).join(' and ')}`)
  })
  if (tally.failed > failedBefore) for (const name of ['node', 'second', 'next']) showLog(name)
}

/** Two instances of one installation behind the Node door, and one behind Next's own server that speaks for itself. */
async function startServers(environment) {
  const [first, other, third] = [await freePort(), await freePort(), await freePort()].map(String)
  const origin = (port) => ({ BASE_URL: `http://localhost:${port}`, NEXTAUTH_URL: `http://localhost:${port}` })
  const start = async (name, serve, own) => {
    try {
      const server = await startTestServer(serve, { ...environment, ...own }, inWorkplace(`${name}.log`))
      cleanUp.push(server.stop)
      return { ...server, url: `http://localhost:${own.PORT}` }
    } catch (error) {
      showLog(name)
      throw error
    }
  }
  return step('starting three servers', 'three servers ready', async () => {
    const [node, second, nextDoor] = await Promise.all([
      start('node', serveNodeDoor, { PORT: first, ...origin(first) }),
      start('second', serveNodeDoor, { PORT: other, ...origin(first) }),
      start('next', serveNextDoor, { PORT: third, ...origin(third) }),
    ])
    return { node, second, nextDoor }
  })
}

/** A step that passes or fails as a whole. */
async function check(name, work) {
  await count(name, async () => {
    try {
      await work()
      return { passed: 1, failed: 0, output: '' }
    } catch (error) {
      return { passed: 0, failed: 1, output: error instanceof CommandFailed ? error.output : error.message }
    }
  })
}

/** Adds up; what a run printed is shown only when something in it failed. */
async function count(name, work) {
  const judged = async () => {
    const { passed, failed, output, secondTry = [] } = await work()
    tally.passed += passed
    tally.failed += failed
    if (failed > 0) say(output)
    for (const test of secondTry) say(`  only at the second try: ${test}`)
    return { passed, failed }
  }
  await step(
    name,
    (result) => [name, numbers(result)].filter(Boolean).join(': '),
    judged,
    ({ failed }) => failed > 0,
  )
}

function numbers({ passed, failed }) {
  if (passed + failed < 2) return ''
  return [passed && `${passed} passed`, failed && `${failed} failed`].filter(Boolean).join(', ')
}

function showLog(name) {
  const log = inWorkplace(`${name}.log`)
  if (!fs.existsSync(log)) return
  const lines = fs.readFileSync(log, 'utf8').trimEnd().split('\n').slice(-100)
  say(`--- ${name} server, its last lines:\n${lines.join('\n')}`)
}

/** What did not run has not passed. */
function interrupted() {
  tally.failed++
  void finish(130)
}

/** Once, whoever comes first: the last test or a signal. Last opened, first closed; what cannot be closed does not keep the rest open. */
function finish(code) {
  finishing ??= close(code)
  return finishing
}

async function close(code) {
  for (const each of cleanUp.reverse()) {
    try {
      await each()
    } catch (error) {
      say(error.stack)
    }
  }
  say(`finished in ${((performance.now() - started) / 1000).toFixed(0)} s`)
  console.log(`${tally.passed} passed, ${tally.failed} failed`)
  process.exit(code)
}
