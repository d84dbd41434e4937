// The three secrets of an installation. Made once in .data for a trial on one's own machine; in production mode they are the operator's.
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { Refusal } from './refusal.mjs'

export const SECRETS = ['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER']
const HOW_TO_MAKE_ONE = `node -e "console.log(require('crypto').randomBytes(32).toString('base64url'))"`

/** What is wrong with a secret, as the end of a sentence; null when nothing is. */
function weaknessOf(secret) {
  if (!secret) return 'is missing'
  if (secret.length < 32) return 'is shorter than 32 characters'
  if (new Set(secret).size < 12) return 'repeats too few different characters to be random'
  if (/change.?me|example|placeholder|password|secret|your[-_]|default/i.test(secret))
    return 'looks like an example, not like a random value'
  return null
}

/** One line per secret that must not be used, naming its variable; none when all three are sound and different. */
export function weaknesses(environment) {
  const weak = SECRETS.map((name) => ({ name, why: weaknessOf(environment[name]) })).filter(({ why }) => why)
  const values = SECRETS.map((name) => environment[name]).filter(Boolean)
  const twins = new Set(values).size < values.length ? [`${SECRETS.join(', ')} must be three different secrets`] : []
  return [...weak.map(({ name, why }) => `${name} ${why}`), ...twins]
}

/**
 * The secrets as environment variables. In production mode they come from the environment alone; elsewhere a missing one is made
 * once and kept in `directory` (mode 0600). Throws `Refusal` naming every variable that is missing, weak or equal to another.
 * @param {{ production: boolean, directory: string, environment?: Record<string, string | undefined> }} options
 */
export function requireSecrets({ production, directory, environment = process.env }) {
  const given = Object.fromEntries(SECRETS.map((name) => [name, environment[name] || (production ? '' : keptSecret(directory, name))]))
  const wrong = weaknesses(given)
  if (wrong.length === 0) return given
  const mode = production ? ' in production mode (NODE_ENV=production, or a BASE_URL that is not this machine)' : ''
  throw new Refusal(`Refusing to start${mode}:\n${wrong.map((line) => `  ${line}`).join('\n')}\nMake one for each with: ${HOW_TO_MAKE_ONE}`)
}

function keptSecret(directory, name) {
  const file = path.join(directory, name.toLowerCase())
  fs.mkdirSync(directory, { recursive: true })
  try {
    fs.writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  return fs.readFileSync(file, 'utf8').trim()
}
