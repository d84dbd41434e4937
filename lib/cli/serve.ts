// The production entry, one process: Node answers the protocol paths itself, Next everything else.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import next from 'next'
import { closeDatabase } from '#lib/db/client.ts'
import { env } from '#lib/env.ts'
import { handle, protocolName } from '#lib/http/node.ts'
import { flushMail } from '#lib/mail/outbox.ts'
import { startWebhookWorker } from '#lib/webhooks/worker.ts'
import { errorText } from './error-text.ts'
import { startHousekeeping } from './housekeeping.ts'
import { dropUnproven, refusalOf } from './request-line.ts'
import { NotReady, selfCheck } from './self-check.ts'

const port = Number(process.env.PORT || 3000)
const host = process.env.HOST || '127.0.0.1'
/** How long we still answer after readiness turned false, so that a load balancer notices first. */
const drainMs = 1000 * Number(process.env.DRAIN_SECONDS || 0)
const dev = process.env.NODE_ENV === 'development'

/** Slow clients give way (security tests H08, H19): a request has 30 s to arrive, its headers 10 s and 16 KB. */
const server = createServer(
  {
    headersTimeout: 10_000,
    requestTimeout: 30_000,
    keepAliveTimeout: 5_000,
    connectionsCheckingInterval: 1_000,
    maxHeaderSize: 16 * 1024,
  },
  (req, res) => void answer(req, res),
)
// Next listens for upgrades on the server it is given, and would forward them: in production that is one which never listens.
const app = next({ dev, dir: process.cwd(), hostname: 'localhost', port, httpServer: dev ? server : createServer() })
const page = app.getRequestHandler()
let draining = false

// All state is in the database, so a stray error leaves nothing half done here; to end the process over it would let one bad
// connection take every project down.
process.on('uncaughtException', (error) => console.error(`uncaught: ${errorText(error)}`))
process.on('unhandledRejection', (error) => console.error(`unhandled: ${errorText(error)}`))

await start().catch(refuse)

async function start(): Promise<void> {
  // Members' sessions live at BASE_URL and nowhere else: no URL is ever built from the Host header.
  process.env.NEXTAUTH_URL = env().BASE_URL
  delete process.env.AUTH_TRUST_HOST
  await selfCheck(path.resolve('prisma/migrations'))
  await app.prepare() // afterwards: it blocks the loop for longer than a connection may take
  await listen()
  const housekeeping = startHousekeeping()
  const webhooks = startWebhookWorker((error) => console.error(`webhooks: ${errorText(error)}`))
  const stop = once(() => shutDown([webhooks.stop, housekeeping.stop]))
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, stop)
  if (!process.send) return console.log(`ready on ${host}:${port} as ${env().BASE_URL}`)
  process.on('disconnect', stop) // whoever started us is gone, perhaps killed
  process.send('ready')
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  try {
    dropUnproven(req.headers, env().TRUST_PROXY)
    if (draining) res.setHeader('connection', 'close')
    const refused = refusalOf(req, dev)
    if (refused) return end(res, refused)
    const target = (req.url ?? '/').split('?', 1)[0] ?? '/' // not new URL(): it throws on what clients make up
    if (draining && target === '/api/health') return end(res, 503)
    const name = protocolName(req)
    await (name ? handle(name, req, res) : page(req, res))
  } catch (error) {
    console.error(`${req.method} ended unanswered: ${errorText(error)}`) // handlers answer their own faults: this is the last wall
    if (res.headersSent) res.destroy()
    else end(res, 500)
  }
}

function end(res: ServerResponse, status: number): void {
  res
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store', connection: 'close' })
    .end(`${status}\n`)
}

function listen(): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
}

/** Readiness first, then no new connections, at most ten seconds for requests under way, then what was only counted is written. */
async function shutDown(stopWorkers: readonly (() => Promise<void>)[]): Promise<void> {
  draining = true
  await new Promise((resolve) => setTimeout(resolve, drainMs))
  const closed = new Promise((resolve) => server.close(resolve))
  const idle = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), 10_000)
  await closed
  clearInterval(idle)
  clearTimeout(late)
  await flushMail(5_000)
  for (const stopWorker of stopWorkers) await stopWorker()
  await closeDatabase()
  process.exit(0)
}

/** Ctrl-C reaches us from the terminal and from whoever started us. */
function once(stop: () => Promise<void>): () => void {
  let stopping = false
  return () => {
    if (stopping) return
    stopping = true
    stop().catch(refuse)
  }
}

function refuse(error: unknown): never {
  const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  const readable = error instanceof NotReady || (error instanceof Error && error.message.startsWith('Configuration:'))
  console.error(taken ? `Port ${port} is taken; choose another with PORT=…` : readable ? error.message : errorText(error))
  process.exit(1)
}
