// `npm run cli|sample|bench|db:*`: runs a program of ours with the settings and the database that `npm start` has. Stdout is the program's alone.
import './node-version.mjs'
import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { openDatabase } from './database.mjs'
import { isListening } from './port.mjs'
import { fail, Refusal } from './refusal.mjs'
import { typescript } from './server.mjs'
import { lastStart, loadEnvFile, readSettings } from './settings.mjs'
import { printStepsTo } from './step.mjs'
import { generate, install, quiet, root } from './steps.mjs'

printStepsTo(process.stderr)
await main(process.argv.slice(2)).catch(fail)

async function main([program, ...args]) {
  if (!program) throw new Refusal('Usage: node lib/cli/run.mjs <file.ts or file.mjs> [arguments]')
  loadEnvFile()
  const last = lastStart()
  const settings = readSettings({ remembered: last })
  await install()
  await generate()
  const database = await findDatabase(last, program)
  try {
    process.exitCode = await finish(program, args, { ...settings.environment, DATABASE_URL: database.url })
  } finally {
    await database.stop()
  }
}

/** A running installation has migrated its database already, and `db:migrate` is about to. */
async function findDatabase(last, program) {
  const ofRunning = process.env.DATABASE_URL ? undefined : last?.databaseUrl
  // after a reboot another process may have the pid of the one that has left its entry
  if (ofRunning && (await isListening(ofRunning))) return { url: ofRunning, stop: async () => {} }
  return openDatabase({ migrated: path.basename(program) !== 'migrate.mjs' })
}

/** The program's exit status, as a shell counts it. Signals that reach us are for it. */
function finish(program, args, environment) {
  const loader = program.endsWith('.ts') ? typescript : []
  const env = { ...process.env, ...quiet, ...environment }
  const child = spawn(process.execPath, [...loader, program, ...args], { cwd: root, stdio: 'inherit', env })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? 128 + os.constants.signals[signal]))
  })
}
