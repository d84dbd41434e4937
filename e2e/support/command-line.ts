import { spawn } from 'node:child_process'
import { root, target } from './installation.ts'

export type Outcome = { readonly status: number | null; readonly stdout: string; readonly stderr: string }

/** `npm run cli -- <args>` as a script would call it, for the installation that speaks as `origin`. */
export function commandLine(args: readonly string[], origin: string = target()): Promise<Outcome> {
  const { FORCE_COLOR: _, ...env } = process.env // the runner's own; beside NO_COLOR Node would warn of it on stderr
  const child = spawn(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args], {
    cwd: root,
    env: { ...env, BASE_URL: origin },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (status) => resolve({ status, ...printed }))
  })
}

/** What the command answers with `--json`. Throws what it printed when it was refused. */
export async function commandLineJson<Data>(args: readonly string[], origin?: string): Promise<Data> {
  const { status, stdout, stderr } = await commandLine([...args, '--json'], origin)
  if (status !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${status}: ${stderr}`)
  return JSON.parse(stdout) as Data
}
