// One process: Node answers the protocol paths itself, Next everything else. X-Forwarded-* from a client counts only behind declared proxies.
import { createServer } from 'node:http'
import next from 'next'
import { handle, protocolName } from '#lib/http/node.ts'

const port = Number(process.env.PORT ?? 3000),
  host = process.env.HOST ?? '127.0.0.1'
const proxies = Number(process.env.TRUST_PROXY ?? 0)
const FORWARDED = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-real-ip']
const app = next({ dev: process.env.NODE_ENV === 'development', dir: process.cwd(), hostname: 'localhost', port })
const page = app.getRequestHandler()
await app.prepare()
const server = createServer((req, res) => {
  if (proxies === 0) for (const name of FORWARDED) delete req.headers[name]
  const name = protocolName((req.url ?? '/').split('?', 1)[0] ?? '/') // not new URL(): it throws on `//`, and that would end the process
  const answered = name ? handle(name, req, res) : page(req, res)
  answered.catch((e: unknown) => {
    console.error(e)
    res.destroy()
  }) // handlers answer their own faults: this is the last wall
})
server.on('error', (e: NodeJS.ErrnoException) => {
  console.error(e.code === 'EADDRINUSE' ? `Port ${port} is taken; choose another with PORT=…` : e)
  process.exit(1)
})
server.listen(port, host, () => console.log(`ready on http://localhost:${port}`))
process.on('SIGTERM', () => {
  server.close(() => process.exit(0))
  server.closeIdleConnections()
  setTimeout(() => process.exit(0), 5000).unref()
})
if (process.channel) {
  process.on('disconnect', () => process.exit(0))
  process.channel.unref?.()
} // started by start.mjs: end with it, even when it was killed
