import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Where a client on this machine waits for the browser (RFC 8252 §7.3). */
export type CallbackListener = {
  readonly redirectUri: string
  /** Every call, in order. */
  readonly calls: readonly URL[]
  /** The next call that nobody has taken yet. Rejects after ten seconds. */
  take(): Promise<URL>
  close(): Promise<void>
}

const HOSTS = { localhost: '127.0.0.1', '127.0.0.1': '127.0.0.1', '[::1]': '::1' } as const

export async function listenForCallback(host: keyof typeof HOSTS = '127.0.0.1'): Promise<CallbackListener> {
  const calls: URL[] = []
  let taken = 0
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host}`)
    if (url.pathname !== '/callback') return void response.writeHead(204).end()
    calls.push(url)
    server.emit('called')
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Client</title><h1>Back at the client</h1>')
  })
  server.listen(0, HOSTS[host])
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  async function take(): Promise<URL> {
    if (!calls[taken]) await once(server, 'called', { signal: AbortSignal.timeout(10_000) })
    const call = calls[taken++]
    if (!call) throw new Error('nobody called')
    return call
  }
  return {
    redirectUri: `http://${host}:${port}/callback`,
    calls,
    take,
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
