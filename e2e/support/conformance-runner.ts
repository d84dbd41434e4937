import { type ChildProcess, spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import { freePort } from './free-port.ts'

const PACKAGE = '@modelcontextprotocol/conformance@0.2.0-alpha.12' // the `authorization` command is in no stable version
const LIMIT_MS = 120_000

export type Verdict = { readonly status: number | null; readonly output: string }

/** Where the runner waits for the code: clients under test register this, the port is chosen for each run. */
export const RUNNER_REDIRECT = 'http://127.0.0.1/callback'

/**
 * The official conformance runner against one issuer, as one public client. `signIn` is a person: it is given the authorization URL
 * and answers where the client was called back. The runner needs Node 22; on an older one npm fetches that beside it.
 */
export async function runConformance(
  { issuer, clientId, resource }: { issuer: string; clientId: string; resource?: string },
  signIn: (authorizationUrl: string) => Promise<URL>,
): Promise<Verdict> {
  const node = Number(process.versions.node.split('.')[0]) >= 22 ? [] : ['-p', 'node@22']
  const port = await freePort() // its own default is 3000, which is ours
  const asked = ['--url', issuer, '--client-id', clientId, '-p', String(port), ...(resource ? ['--resource', resource] : [])]
  const runner = spawn('npx', ['-y', ...node, '-p', PACKAGE, 'conformance', 'authorization', ...asked], {
    cwd: tmpdir(), // no package.json of ours decides what it loads
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32', // npx is a .cmd there
    detached: process.platform !== 'win32',
  })
  const late = setTimeout(() => end(runner), LIMIT_MS)
  try {
    return await converse(runner, signIn)
  } finally {
    clearTimeout(late)
    end(runner)
  }
}

function converse(runner: ChildProcess, signIn: (authorizationUrl: string) => Promise<URL>): Promise<Verdict> {
  let output = ''
  let answered = false
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      // The URL is printed before anybody listens for the answer.
      const url = /Callback server started/.test(output) && /https?:\/\/\S+\/oauth\/authorize\?\S+/.exec(output)?.[0]
      if (!url || answered) return
      answered = true
      signIn(url)
        .then((callback) => fetch(callback))
        .catch(reject) // else the runner would wait for five minutes
    }
    runner.stdout?.on('data', read)
    runner.stderr?.on('data', read)
    runner.once('error', reject)
    runner.once('close', (status) => resolve({ status, output }))
  })
}

/** npx, and the process it started. */
function end({ pid, exitCode }: ChildProcess): void {
  if (pid === undefined || exitCode !== null) return
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error // it has just ended
  }
}
