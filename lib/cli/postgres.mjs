// Embedded PostgreSQL: a real server on loopback, shared by every program of this clone. The first to come starts it, the last to leave stops it.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { alive, outcome, run, sleep } from './child.mjs'
import { freePort } from './port.mjs'
import { locatePostgres } from './postgres-binaries.mjs'
import { Refusal } from './refusal.mjs'

/**
 * Starts the server on `dir`, or joins the one that runs there already (also one whose launcher was killed).
 * `ephemeral` trades durability for speed: for throwaway data only.
 * @param {{ root: string, dir?: string, database?: string, port?: number, ephemeral?: boolean }} options
 */
export async function startPostgres({ root, dir = path.join(root, '.data'), database = 'app', port, ephemeral = false }) {
  const cluster = describeCluster(locatePostgres(root, dir))
  return locked(cluster, async () => {
    await initialise(cluster)
    const found = await findServer(cluster)
    const server = found ?? (await launch(cluster, { database, port, ephemeral }))
    const leave = join(cluster)
    const password = fs.readFileSync(cluster.passwordFile, 'utf8').trim()
    return { ...server, url: `postgresql://postgres:${password}@127.0.0.1:${server.port}/${database}`, joined: Boolean(found), stop: leave }
  })
}

function describeCluster({ home, ...binaries }) {
  const inHome = (name) => path.join(home, name)
  return {
    ...binaries,
    home,
    data: inHome('postgres'),
    passwordFile: inHome('postgres.password'),
    log: inHome('postgres.log'),
    users: inHome('postgres.users'),
    lock: inHome('postgres.lock'),
    pidFile: inHome('postgres/postmaster.pid'),
  }
}

async function initialise(cluster) {
  if (fs.existsSync(path.join(cluster.data, 'PG_VERSION'))) return
  if (!fs.existsSync(cluster.passwordFile)) fs.writeFileSync(cluster.passwordFile, randomBytes(18).toString('base64url'), { mode: 0o600 })
  fs.mkdirSync(cluster.data, { mode: 0o700, recursive: true })
  const passwordCopy = copyForServer(cluster)
  if (cluster.user) fs.chownSync(cluster.data, cluster.user.uid, cluster.user.gid)
  // the builtin locale provider: the same order on every system, whatever locales it has
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
  const args = [
    '-D',
    cluster.data,
    '-U',
    'postgres',
    '-A',
    'scram-sha-256',
    `--pwfile=${passwordCopy}`,
    ...locale,
    '--no-sync',
    '--no-instructions',
  ]
  try {
    await run(cluster.program('initdb'), args, cluster.options)
  } catch (error) {
    fs.rmSync(cluster.data, { recursive: true, force: true })
    throw error
  } finally {
    fs.rmSync(path.dirname(passwordCopy), { recursive: true })
  }
}

/** initdb reads the password as the server's user, who may not read our own file. */
function copyForServer({ passwordFile, user }) {
  const copy = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'pgpw-')), 'password')
  fs.copyFileSync(passwordFile, copy)
  if (user) {
    fs.chmodSync(path.dirname(copy), 0o711)
    fs.chownSync(copy, user.uid, user.gid)
  }
  return copy
}

/** The server that runs on this folder. Waits for one that is going down, and clears away the pid file of one that was killed. */
async function findServer(cluster) {
  for (let waited = 0; fs.existsSync(cluster.pidFile); waited++) {
    const [pid, , , port] = fs.readFileSync(cluster.pidFile, 'utf8').split('\n').map(Number)
    if (alive(pid) && port && (await answers(port))) return { pid, port }
    if (!isPostgres(pid)) fs.rmSync(cluster.pidFile, { force: true })
    else if (waited > 100) throw new Refusal(`The embedded PostgreSQL (process ${pid}) neither answers nor ends; its log is ${cluster.log}`)
    else await sleep(100)
  }
  return undefined
}

async function launch(cluster, { database, port, ephemeral }) {
  await ensureDatabase(cluster, database)
  const listen = port ?? (await freePort())
  const durability = ephemeral ? ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'] : []
  const settings = ['max_connections=100', 'shared_buffers=128MB', 'logging_collector=off', ...durability].flatMap((each) => ['-c', each])
  const log = fs.openSync(cluster.log, 'a')
  // no unix socket: its path may be too long and its folder not ours
  const args = ['-D', cluster.data, '-p', String(listen), '-h', '127.0.0.1', '-k', '', ...settings]
  // detached: Ctrl-C in our terminal is for us, we then stop the server in order
  const child = spawn(cluster.program('postgres'), args, { ...cluster.options, stdio: ['ignore', log, log], detached: true })
  fs.closeSync(log)
  child.unref()
  let ended = false
  child.once('exit', () => {
    ended = true
  })
  for (let tries = 0; !(await answers(listen)); tries++) {
    if (ended || tries > 600) throw new Refusal(`PostgreSQL did not start; the end of ${cluster.log}:\n${lastLines(cluster.log, 15)}`)
    await sleep(30)
  }
  return { pid: child.pid, port: listen }
}

const lastLines = (file, count) => fs.readFileSync(file, 'utf8').trimEnd().split('\n').slice(-count).join('\n')

/** Made in single-user mode before the server starts, so that no client library is needed. */
async function ensureDatabase(cluster, database) {
  const mark = path.join(cluster.home, `created-${database}`)
  if (fs.existsSync(mark)) return
  const args = ['--single', '-D', cluster.data, '-j', 'postgres']
  const { status, output } = await outcome(cluster.program('postgres'), args, {
    ...cluster.options,
    input: `CREATE DATABASE "${database}";\n\n`,
  })
  const refused = /ERROR/.test(output) && !/already exists/.test(output)
  if (status !== 0 || refused) throw new Refusal(`The database could not be created:\n${output}`)
  fs.writeFileSync(mark, '')
}

let joined = 0

/** Enters this process among the server's users; returns how to leave, which stops the server when nobody is left. */
function join(cluster) {
  fs.mkdirSync(cluster.users, { recursive: true })
  const entry = path.join(cluster.users, `${process.pid}.${joined++}`)
  fs.writeFileSync(entry, '')
  return () =>
    locked(cluster, async () => {
      fs.rmSync(entry, { force: true })
      if (usersOf(cluster).length === 0) await stopServer(cluster)
    })
}

function usersOf({ users }) {
  const [present, gone] = [[], []]
  for (const name of fs.readdirSync(users)) (alive(Number.parseInt(name, 10)) ? present : gone).push(name)
  for (const name of gone) fs.rmSync(path.join(users, name), { force: true })
  return present
}

/** Fast shutdown: the smart one waits for clients and refuses new ones meanwhile. */
async function stopServer(cluster) {
  if (!fs.existsSync(cluster.pidFile)) return
  const pid = Number.parseInt(fs.readFileSync(cluster.pidFile, 'utf8'), 10) // not the one we joined: it may have been replaced since
  if (!isPostgres(pid)) return
  if (process.platform === 'win32') await run(cluster.program('pg_ctl'), ['stop', '-D', cluster.data, '-m', 'fast', '-w'], cluster.options)
  else process.kill(pid, 'SIGINT')
  for (let tries = 0; tries < 500 && isPostgres(pid); tries++) await sleep(20)
}

/** False for a zombie that nobody has reaped: its pid answers, but it runs no more. */
function isPostgres(pid) {
  if (!alive(pid)) return false
  if (process.platform !== 'linux') return true
  try {
    return /^\d+ \(postgres\) [^Z]/.test(fs.readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return false // ended between the two looks
    throw error
  }
}

/** One program at a time starts, joins or leaves; else the last one out could stop a server that another has just joined. */
async function locked(cluster, work) {
  const giveUp = performance.now() + 120_000
  while (!takeLock(cluster.lock)) {
    if (performance.now() > giveUp) throw new Refusal(`Another program holds ${cluster.lock}; delete the file if none runs.`)
    await sleep(20)
  }
  try {
    return await work()
  } finally {
    fs.rmSync(cluster.lock, { force: true })
  }
}

function takeLock(file) {
  try {
    fs.writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
  }
  const holder = readIfThere(file)
  if (holder && !alive(Number(holder))) fs.rmSync(file, { force: true })
  return false
}

function readIfThere(file) {
  try {
    return fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return '' // given back meanwhile
    throw error
  }
}

/** True once the server asks a client for its password: before, it answers that it is starting up. */
function answers(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1').setTimeout(1000)
    const done = (ready) => {
      socket.destroy()
      resolve(ready)
    }
    socket.once('connect', () => socket.write(startupPacket()))
    socket.once('data', (data) => done(data[0] === 0x52)) // 'R', an authentication request
    for (const event of ['error', 'timeout', 'close']) socket.once(event, () => done(false))
  })
}

/** Protocol version 3.0. */
function startupPacket() {
  const body = Buffer.from('user\0postgres\0database\0postgres\0\0')
  const head = Buffer.alloc(8)
  head.writeInt32BE(head.length + body.length, 0)
  head.writeInt32BE(196_608, 4)
  return Buffer.concat([head, body])
}
