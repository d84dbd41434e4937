import { spawn } from 'node:child_process'

export type Answered = { readonly status: number; readonly body: unknown }

/** Runs a line for curl as it stands, in a shell with these variables. Throws when curl itself fails. */
export function askByCurl(line: string, variables: Readonly<Record<string, string>>): Promise<Answered> {
  const quiet = `curl() { command curl -sS -w '\\n%{http_code}' "$@"; }\n`
  const shell = spawn('sh', ['-c', quiet + line], { env: { PATH: process.env.PATH, ...variables } as unknown as NodeJS.ProcessEnv })
  const printed = { stdout: '', stderr: '' }
  shell.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()))
  shell.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()))
  return new Promise((resolve, reject) => {
    shell.once('error', reject)
    shell.once('close', (code) => {
      if (code !== 0) return reject(new Error(`curl ended with ${code}: ${printed.stderr}`))
      const end = printed.stdout.lastIndexOf('\n')
      const body = printed.stdout.slice(0, end)
      resolve({ status: Number(printed.stdout.slice(end + 1)), body: body ? JSON.parse(body) : null })
    })
  })
}
