// Where this installation lives: the environment first, then .env, then what the last `npm start` chose.
import fs from 'node:fs'
import path from 'node:path'
import { alive } from './child.mjs'
import { Refusal } from './refusal.mjs'
import { requireSecrets } from './secrets.mjs'
import { inRoot } from './steps.mjs'

const LOOPBACK = /^(localhost|.+\.localhost|127\.0\.0\.1|\[::1\])$/
const dataDirectory = inRoot('.data')
const runningFile = path.join(dataDirectory, 'running.json')

/** What the environment lacks comes from .env; the environment wins, also with an empty value. */
export function loadEnvFile() {
  const file = inRoot('.env')
  if (fs.existsSync(file)) process.loadEnvFile(file)
}

/**
 * Port, address and the variables every process of the installation gets. `remembered` is what the last start chose, for programs
 * that speak about it. Throws `Refusal` when a secret or BASE_URL must not be used.
 */
export function readSettings({ remembered } = {}) {
  const chosen = process.env.BASE_URL || process.env.PORT ? undefined : remembered
  const port = Number(process.env.PORT || chosen?.port || 3000)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Refusal(`PORT must be a number from 1 to 65535, not ${process.env.PORT}`)
  const baseUrl = process.env.BASE_URL || chosen?.baseUrl || `http://localhost:${port}`
  if (!URL.canParse(baseUrl)) throw new Refusal(`BASE_URL must be an origin such as https://auth.example.com, not ${baseUrl}`)
  const production = process.env.NODE_ENV === 'production' || !LOOPBACK.test(new URL(baseUrl).hostname)
  const secrets = requireSecrets({ production, directory: dataDirectory })
  return {
    port,
    host: process.env.HOST || '127.0.0.1',
    baseUrl,
    environment: { PORT: String(port), BASE_URL: baseUrl, NEXTAUTH_URL: baseUrl, ...secrets },
  }
}

/** What the last `npm start` chose, and its database while it runs; undefined before the first. */
export function lastStart() {
  const running = readRunning()
  if (!running) return undefined
  const { pid, databaseUrl, ...chosen } = running
  return pid && alive(pid) ? { ...chosen, databaseUrl } : chosen
}

/** Lets the command line find this start. The file holds the database's password, so only its owner may read it. */
export function rememberStart({ port, baseUrl, databaseUrl }) {
  writeRunning({ pid: process.pid, port, baseUrl, databaseUrl })
}

/** The address stays known, the database's password does not. A start that came after this one keeps its entry. */
export function rememberStop({ port, baseUrl }) {
  if (readRunning()?.pid === process.pid) writeRunning({ port, baseUrl })
}

const readRunning = () => (fs.existsSync(runningFile) ? JSON.parse(fs.readFileSync(runningFile, 'utf8')) : undefined)

function writeRunning(content) {
  fs.mkdirSync(dataDirectory, { recursive: true })
  const whole = `${runningFile}.${process.pid}`
  fs.writeFileSync(whole, `${JSON.stringify(content)}\n`, { mode: 0o600 })
  fs.renameSync(whole, runningFile)
}
