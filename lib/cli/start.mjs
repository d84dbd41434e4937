// `npm start` and `npm run dev`: from a fresh clone to a running server, each step skipped when it is up to date.
import './node-version.mjs'
import { openDatabase } from './database.mjs'
import { requireFreePort } from './port.mjs'
import { fail, Refusal } from './refusal.mjs'
import { serveNodeDoor } from './server.mjs'
import { loadEnvFile, readSettings, rememberStart, rememberStop } from './settings.mjs'
import { say, step } from './step.mjs'
import { build, generate, install } from './steps.mjs'

const dev = process.argv.includes('--dev')
const cleanUp = []
let stopping = false

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop(0))
await start().catch(async (error) => {
  if (stopping) return
  fail(error)
  await stop(1)
})

async function start() {
  loadEnvFile()
  const settings = readSettings() // first, so that a refusal leaves nothing running
  await requireFreePort(settings.port, settings.host)
  await install()
  const database = await prepare()
  const server = await serve({ ...settings.environment, HOST: settings.host, DATABASE_URL: database.url })
  rememberStart({ ...settings, databaseUrl: database.url })
  cleanUp.push(() => rememberStop(settings))
  server.once('exit', (code) => void stop(code ?? 1))
  announce(settings.baseUrl)
}

/** The database comes up while the build keeps the processor busy; neither needs the other. */
async function prepare() {
  const [database, built] = await Promise.allSettled([openAndKeep(), buildUnlessDev()])
  for (const result of [database, built]) if (result.status === 'rejected') throw result.reason
  return database.value
}

async function openAndKeep() {
  const database = await openDatabase()
  cleanUp.push(database.stop)
  return database
}

async function buildUnlessDev() {
  await generate()
  if (!dev) await build()
}

function serve(environment) {
  return step('starting the server', 'server ready', () => {
    const server = serveNodeDoor(environment, { dev })
    const ended = new Promise((resolve) => server.once('exit', resolve))
    cleanUp.push(async () => {
      server.kill('SIGTERM')
      await ended
    })
    return new Promise((resolve, reject) => {
      server.once('message', () => resolve(server))
      void ended.then((code) => reject(new Refusal(`The server did not start (status ${code}).`)))
    })
  })
}

function announce(baseUrl) {
  say()
  say(`  Dashboard      ${baseUrl}`)
  say(`  Sign up        ${baseUrl}/sign-up`)
  say('  Command line   npm run cli -- --help')
  say('  Sample server  npm run sample')
  say()
}

/** Last opened, first closed. */
async function stop(code) {
  if (stopping) return
  stopping = true
  for (const each of cleanUp.reverse()) await each()
  process.exit(code)
}
