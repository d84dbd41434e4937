import { connect, type Socket } from 'node:net'

type Answer = { readonly status: number; readonly body: string }
type Connection = { ask(request: Buffer): Promise<Answer>; end(): void }

/** One keep-alive connection, one request at a time. Answers must say their length, as every server under test does. */
export async function openConnection(port: number): Promise<Connection> {
  let settle: { resolve(answer: Answer): void; reject(error: Error): void } | null = null
  let pending = ''
  const fail = (error: Error): void => settle?.reject(error)
  const read = (size: number, buffer: Uint8Array): boolean => {
    const text = (buffer as Buffer).toString('latin1', 0, size)
    pending = pending ? pending + text : text
    const end = pending.indexOf('\r\n\r\n')
    if (end < 0) return true
    const length = /\r\ncontent-length: *(\d+)/i.exec(pending.slice(0, end))
    if (!length) {
      fail(new Error(`an answer without a length: ${pending.slice(0, 300)}`))
      return true
    }
    if (pending.length < end + 4 + Number(length[1])) return true
    const answer = { status: Number(pending.slice(9, 12)), body: pending.slice(end + 4) }
    pending = ''
    settle?.resolve(answer)
    return true
  }
  const socket = await new Promise<Socket>((resolve, reject) => {
    const opened: Socket = connect({ port, host: '127.0.0.1', noDelay: true, onread: { buffer: Buffer.alloc(65_536), callback: read } })
    opened.once('connect', () => resolve(opened)).once('error', reject)
  })
  socket.on('error', fail).on('close', () => fail(new Error('the server closed a connection')))
  return {
    ask: (request) =>
      new Promise((resolve, reject) => {
        settle = { resolve, reject }
        socket.write(request)
      }),
    end: () => {
      settle = null
      socket.destroy()
    },
  }
}
