// The two ways to serve the built application: our own entry with the Node door, and plain `next start`.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import { pathToFileURL } from 'node:url'
import { sleep } from './child.mjs'
import { Refusal } from './refusal.mjs'
import { bin, inRoot, quiet, root } from './steps.mjs'

/** Node's loader for TypeScript, for everything but the production entry. */
export const typescript = ['--import', pathToFileURL(bin('tsx', 'dist/loader.mjs')).href]

/** `ipc`: the server tells when it is ready, and ends with us, also when we are killed. */
export function serveNodeDoor(environment, { dev = false, stdio = ['inherit', 'inherit', 'inherit'] } = {}) {
  const entry = dev ? [...typescript, inRoot('lib/cli/serve.ts')] : ['--enable-source-maps', inRoot('.next/serve.mjs')]
  const env = { ...process.env, ...quiet, ...environment, NODE_ENV: dev ? 'development' : 'production' }
  return spawn(process.execPath, entry, { cwd: root, stdio: [...stdio, 'ipc'], env })
}

export function serveNextDoor(environment, { stdio }) {
  const args = [bin('next', 'dist/bin/next'), 'start', '-H', '127.0.0.1', '-p', environment.PORT]
  return spawn(process.execPath, args, { cwd: root, stdio, env: { ...process.env, ...quiet, ...environment, NODE_ENV: 'production' } })
}

/** A server for tests: everything it prints goes to `log`. Resolves when its health endpoint says so, within 30 s. */
export async function startTestServer(serve, environment, log) {
  const file = fs.openSync(log, 'w')
  const server = serve(environment, { stdio: ['ignore', file, file] })
  fs.closeSync(file)
  const ended = new Promise((resolve) => server.once('exit', resolve))
  const stop = async () => {
    server.kill('SIGTERM')
    const late = setTimeout(() => server.kill('SIGKILL'), 15_000)
    const code = await ended
    clearTimeout(late)
    return code
  }
  const health = `http://127.0.0.1:${environment.PORT}/api/health`
  for (let tries = 0; tries < 300; tries++) {
    if (server.exitCode !== null) throw new Refusal(`the server on port ${environment.PORT} ended with ${server.exitCode}`)
    if (await isHealthy(health)) return { url: environment.BASE_URL, stop }
    await sleep(100)
  }
  await stop()
  throw new Refusal(`${health} did not answer 200 within 30 s`)
}

async function isHealthy(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).ok
  } catch {
    return false // not listening yet: what we are here to find out
  }
}
