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

function listenOnce(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer().once('error', reject)
    server.listen(port, host, () => {
      const taken = server.address().port
      server.close(() => resolve(taken))
    })
  })
}
