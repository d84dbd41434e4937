import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { build, type Plugin } from 'esbuild'
import type { Offer, ServerName, Target } from './target.ts'

export const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')

/** Everything that is measured runs as plain bundled JavaScript: a TypeScript loader in the process would be measured too. */
export async function bundle(entry: string, name: string, plugins: Plugin[] = []): Promise<string> {
  const outfile = path.join(ROOT, '.data/bench', `${name}.mjs`)
  await build({
    entryPoints: [path.join(ROOT, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    logLevel: 'error',
    plugins,
  })
  return outfile
}

export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
      .once('error', reject)
      .listen(0, '127.0.0.1', () => {
        const address = probe.address()
        probe.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no free port'))))
      })
  })

/** Starts a bundled file; `died` rejects with its last words if it ends before it was stopped. */
export function start(file: string, env: NodeJS.ProcessEnv): { child: ChildProcess; died: Promise<never>; stop(): Promise<void> } {
  const child = spawn(process.execPath, [file], { cwd: ROOT, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  let lastWords = ''
  const listen = (chunk: Buffer): void => {
    lastWords = (lastWords + chunk).slice(-4000)
  }
  child.stdout?.on('data', listen)
  child.stderr?.on('data', listen)
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  let stopping = false
  const died = ended.then((): never => {
    throw new Error(stopping ? 'stopped' : `${path.basename(file)} ended:\n${lastWords}`)
  })
  died.catch(() => {}) // whoever waits for something of this child races against it
  const stop = async (): Promise<void> => {
    stopping = true
    child.kill('SIGTERM')
    await ended
  }
  return { child, died, stop }
}

/** One answer of a child that answers each message with one. */
export const ask = <T>(child: ChildProcess, message: object): Promise<T> =>
  new Promise((resolve, reject) => {
    child.once('message', (answer) => resolve(answer as T))
    child.send(message, (error) => error && reject(error))
  })

/** A server of the bench's own: it gets DATABASE_URL and PORT, and answers `{ offer }` and `{ codes: n }`. */
export async function startOwn(name: Exclude<ServerName, 'ours'>, database: string, databaseUrl: string): Promise<Target> {
  const port = await freePort()
  const file = await bundle(`e2e/bench/servers/${name}.ts`, name)
  const server = start(file, { DATABASE_URL: databaseUrl, PORT: String(port), NODE_ENV: 'production' })
  const offer = await Promise.race([ask<Offer>(server.child, { offer: true }), server.died])
  return {
    ...offer,
    name,
    port,
    database,
    pid: server.child.pid ?? 0,
    mintCodes: (count) => Promise.race([ask<string[]>(server.child, { codes: count }), server.died]),
    stop: server.stop,
  }
}
