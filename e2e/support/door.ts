import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export type Ask = {
  readonly method?: 'GET' | 'HEAD' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer | URLSearchParams
}

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly body: string }

/** One process of an installation. It is called by the installation's name, wherever it listens, and keeps its connections. */
export type Door = { ask(path: string, ask?: Ask): Promise<Answer>; close(): void }

/** `listensAt` and `name` are origins; without `name` the process is called by the name it listens at. Redirects are answers. */
export function openDoor(listensAt: string, name: string = listensAt): Door {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const { port } = new URL(listensAt)
  const host = new URL(name).host

  function ask(path: string, asked: Ask = {}): Promise<Answer> {
    const { method = 'GET', headers = {}, body } = asked
    const content = body === undefined ? undefined : body instanceof Buffer ? body : Buffer.from(body.toString())
    const type = body instanceof URLSearchParams ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
    return new Promise((resolve, reject) => {
      const sent = { host, ...type, ...headers, ...(content ? { 'content-length': String(content.length) } : {}) }
      const outgoing = request({ agent, hostname: '127.0.0.1', port, path, method, headers: sent }, (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.once('error', reject)
        incoming.once('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks).toString('utf8') }),
        )
      })
      outgoing.once('error', (error: NodeJS.ErrnoException) => {
        // The server closed an idle connection just as it was used again: what went there was not read (RFC 9112 §9.5).
        if (outgoing.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')) ask(path, asked).then(resolve, reject)
        else reject(error)
      })
      outgoing.end(content)
    })
  }
  return { ask, close: () => agent.destroy() }
}
