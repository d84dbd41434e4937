import { randomBytes } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { requireSecrets, SECRETS } from './secrets.mjs'

const strong = () => randomBytes(32).toString('base64url')
const three = () => Object.fromEntries(SECRETS.map((name) => [name, strong()]))
const place = mkdtempSync(path.join(tmpdir(), 'gatehouse-secrets-'))
let folders = 0
function folder(): string {
  const made = path.join(place, String(folders++))
  mkdirSync(made)
  return made
}
afterAll(() => rmSync(place, { recursive: true }))

describe('secrets in production mode', () => {
  it('are taken from the environment alone', () => {
    const environment = three()
    const directory = folder()
    expect(requireSecrets({ production: true, directory, environment })).toEqual(environment)
    expect(readdirSync(directory)).toEqual([])
  })

  // L07
  it.each([
    ['missing', ''],
    ['short', 'Zk3vQ9xW2mB7rT5yL8'],
    ['monotonous', 'a'.repeat(64)],
    ['a repeated word', 'test'.repeat(10)],
    ['copied from an example', 'change-me-to-32-characters-or-more!!'],
    ['called a secret', 'my-very-own-secret-for-this-server-01'],
  ])('refuse to start when one is %s, naming the variable and how to make one', (_, value) => {
    for (const name of SECRETS) {
      const attempt = () => requireSecrets({ production: true, directory: folder(), environment: { ...three(), [name]: value } })
      expect(attempt).toThrow(new RegExp(`^ {2}${name} (is|repeats|looks) [^]*randomBytes\\(32\\)`, 'm'))
    }
  })

  it('refuse to start when two are equal', () => {
    const same = strong()
    const environment = { ...three(), KEY_ENCRYPTION_KEY: same, TOKEN_PEPPER: same }
    expect(() => requireSecrets({ production: true, directory: folder(), environment })).toThrow('must be three different secrets')
  })

  it('never repeat the refused value', () => {
    const environment = { ...three(), TOKEN_PEPPER: 'hunter2hunter2' }
    expect(() => requireSecrets({ production: true, directory: folder(), environment })).not.toThrow('hunter2')
  })
})

describe('secrets on one’s own machine', () => {
  it('are made once, differ, and only their owner may read them', () => {
    const directory = folder()
    const made = requireSecrets({ production: false, directory, environment: {} })
    expect(new Set(Object.values(made)).size).toBe(3)
    expect(requireSecrets({ production: false, directory, environment: {} })).toEqual(made)
    expect(readdirSync(directory).map((name) => statSync(path.join(directory, name)).mode & 0o777)).toEqual([0o600, 0o600, 0o600])
  })

  it('may be given, but not weakly', () => {
    const directory = folder()
    expect(() => requireSecrets({ production: false, directory, environment: { TOKEN_PEPPER: 'short' } })).toThrow(
      'TOKEN_PEPPER is shorter',
    )
  })
})
