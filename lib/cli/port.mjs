import net from 'node:net'
import { Refusal } from './refusal.mjs'

/** A port that is free on the loopback address now; whoever takes it should do so at once. */
export const freePort = () => listenOnce(0, '127.0.0.1')

/** Throws before anything expensive is done when another program has the port. */
export async function requireFreePort(port, host) {
  try {
    await listenOnce(port, host)
  } catch (error) {
    if (error.code === 'EADDRINUSE') throw new Refusal(`Port ${port} is taken; choose another with PORT=…`)
    throw new Refusal(`Cannot listen on ${host} port ${port}: ${error.message}`)
  }
}

/** Whether something listens where the URL of a database points. */
export function isListening(url) {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = net.connect(Number(port || 5432), hostname).setTimeout(2000)
    const done = (listening) => {
      socket.destroy()
      resolve(listening)
    }
    socket.once('connect', () => done(true))
    for (const event of ['error', 'timeout']) socket.once(event, () => done(false))
  })
}

function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(port, host, () => {
      const taken = server.address().port
      server.close(() => resolve(taken))
    })
  })
}
