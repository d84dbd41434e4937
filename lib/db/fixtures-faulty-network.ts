import { once } from 'node:events'
import net from 'node:net'

/** A network between us and the database that fails as told. */
export type FaultyNetwork = {
  readonly port: number
  /** The next message that contains this text reaches the server; its answer reaches nobody, and the connection ends. */
  loseAnswerTo(text: string): void
  /** Nothing passes any more, and nobody is told. */
  goSilent(): void
  /** Connections end and new ones are refused. */
  goAway(): Promise<void>
  comeBack(): Promise<void>
  close(): Promise<void>
}

/** On a free port of 127.0.0.1; leads to the server of `databaseUrl`. */
export async function startFaultyNetwork(databaseUrl: string): Promise<FaultyNetwork> {
  const { hostname, port } = new URL(databaseUrl)
  const sockets = new Set<net.Socket>()
  let marked: string | undefined
  let silent = false

  const server = net.createServer((client) => {
    const upstream = net.connect(Number(port || 5432), hostname)
    let answerLost = false
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (bytes) => {
      if (silent) return
      if (marked !== undefined && bytes.includes(marked)) {
        marked = undefined
        answerLost = true
      }
      upstream.write(bytes)
    })
    upstream.on('data', (bytes) => {
      if (silent) return
      if (answerLost) client.destroy()
      else client.write(bytes)
    })
  })
  const listen = async (onPort: number) => {
    server.listen(onPort, '127.0.0.1')
    await once(server, 'listening')
  }
  const goAway = async () => {
    const closed = once(server, 'close')
    server.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }

  await listen(0)
  const { port: own } = server.address() as net.AddressInfo
  return {
    port: own,
    loseAnswerTo: (text) => {
      marked = text
    },
    goSilent: () => {
      silent = true
    },
    goAway,
    comeBack: async () => {
      silent = false
      if (!server.listening) await listen(own)
    },
    close: goAway,
  }
}
