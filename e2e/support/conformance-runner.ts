import type { ChildProcess } from 'node:child_process'
import { freePort } from './free-port.ts'
import { authorizationUrlIn, end, type Published, start } from './npm-package.ts'

/** The `authorization` command is in no stable version. It imports what Node 20 does not have. */
const RUNNER: Published = { spec: '@modelcontextprotocol/conformance@0.2.0-alpha.12', command: 'conformance', since: 22 }
const LIMIT_MS = 120_000

export type Verdict = { readonly status: number | null; readonly output: string }

/** Where the runner waits for the code: clients under test register this, the port is chosen for each run. */
export const RUNNER_REDIRECT = 'http://127.0.0.1/callback'

/**
 * The official conformance runner against one issuer, as one public client. `signIn` is a person: it is given the authorization URL
 * and answers where the client was called back.
 */
export async function runConformance(
  { issuer, clientId, resource }: { issuer: string; clientId: string; resource?: string },
  signIn: (authorizationUrl: string) => Promise<URL>,
): Promise<Verdict> {
  const port = await freePort() // its own default is 3000, which is ours
  const asked = ['--url', issuer, '--client-id', clientId, '-p', String(port), ...(resource ? ['--resource', resource] : [])]
  const runner = start(RUNNER, ['authorization', ...asked])
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
      const url = /Callback server started/.test(output) ? authorizationUrlIn(output) : undefined
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
