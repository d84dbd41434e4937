#!/usr/bin/env node
// Stand-in for Prisma's schema-engine binary: answers the CLI's JSON-RPC over stdio with the same engine compiled
// to WebAssembly (npm package), so `prisma migrate …` works where binaries.prisma.sh cannot be reached.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import readline from 'node:readline'
import { PrismaPg } from '@prisma/adapter-pg'
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import * as bg from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'

const argv = process.argv.slice(2)
if (argv.includes('--version')) {
  console.log('schema-engine-cli wasm')
  process.exit(0)
}
const option = (name) => argv.flatMap((a, i) => (a === name ? [argv[i + 1]] : []))
const { url, shadowDatabaseUrl } = JSON.parse(option('--datasource')[0] ?? '{}')

const nameOf = (u) => decodeURIComponent(new URL(u).pathname.slice(1))
const withName = (u, name) => {
  const x = new URL(u)
  x.pathname = `/${name}`
  return x.href
}
async function once(connectionString, sql) {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    return sql && (await client.query(sql))
  } finally {
    await client.end()
  }
}
const createDatabase = async () => {
  await once(withName(url, 'postgres'), `CREATE DATABASE ${pg.escapeIdentifier(nameOf(url))}`)
  return { databaseName: nameOf(url) }
}

if (argv.includes('cli')) {
  // can-connect-to-database | create-database: exit status plus, on failure, JSON lines after the first line of stderr
  try {
    await (argv.includes('create-database') ? createDatabase() : once(url))
    process.exit(0)
  } catch (e) {
    const error_code = { '3D000': 'P1003', '28P01': 'P1000', 28000: 'P1010', '42P04': 'P1009' }[e.code] ?? 'P1001'
    process.stderr.write(
      `\n${JSON.stringify({ level: 'ERROR', target: 'schema_engine::logger', fields: { error_code, message: e.message || String(e.code) } })}`,
    )
    process.exit(1)
  }
}

let panic
globalThis.PRISMA_WASM_PANIC_REGISTRY = {
  set_message: (m) => {
    panic = m
  },
  get: () => panic,
}
const wasm = path.join(path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm')), 'schema_engine_bg.wasm')
const { instance } = await WebAssembly.instantiate(fs.readFileSync(wasm), { './schema_engine_bg.js': bg })
bg.__wbg_set_wasm(instance.exports)
instance.exports.__wbindgen_start()

// The catalog queries return Postgres' internal "char" type (oid 18), which adapter-pg does not map
// ("Column type 'char' could not be deserialized from the database."): let it pass as text, then name its real type.
const CHAR = 18,
  TEXT = 25
async function connect(connectionString, after) {
  const pool = new pg.Pool({ connectionString, max: 2 })
  const query = pool.query.bind(pool)
  let chars = []
  pool.query = async (...args) => {
    const result = await query(...args)
    chars = []
    for (const [i, f] of (result.fields ?? []).entries())
      if (f.dataTypeID === CHAR) {
        f.dataTypeID = TEXT
        chars.push(i)
      }
    return result
  }
  const adapter = await new PrismaPg(pool).connect()
  const { queryRaw, dispose } = adapter
  adapter.queryRaw = async (q) => {
    const r = await queryRaw.call(adapter, q)
    for (const i of chars) r.columnTypes[i] = ColumnTypeEnum.Character
    return r
  }
  // adapter-pg splits scripts at every ';', which breaks function bodies and string literals: send the script whole, as the binary does
  adapter.executeScript = async (sql) => {
    try {
      await query(sql)
    } catch (e) {
      adapter.onError(e)
    }
  }
  adapter.dispose = async () => {
    await dispose.call(adapter)
    await pool.end()
    await after?.()
  }
  return adapter
}
const factory = bindMigrationAwareSqlAdapterFactory({
  provider: 'postgres',
  adapterName: '@prisma/adapter-pg',
  connect: () => connect(url),
  // not PrismaPg's own: given a connection string that one opens the MAIN database as the shadow database
  async connectToShadowDb() {
    if (shadowDatabaseUrl) return connect(shadowDatabaseUrl)
    const name = `prisma_migrate_shadow_db_${crypto.randomUUID()}`
    await once(url, `CREATE DATABASE "${name}"`)
    return connect(withName(url, name), () => once(url, `DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`))
  },
})

let engine
const files = option('--datamodels').map((f) => [f, fs.readFileSync(f, 'utf8')])
const start = () => (engine ??= bg.SchemaEngine.new({ datamodels: files.length ? files : undefined }, () => {}, factory)) // an empty list panics
const send = (message) =>
  process.stdout.write(
    `${JSON.stringify({ jsonrpc: '2.0', ...message }, (_k, v) => (typeof v === 'bigint' ? Number(v) : v instanceof Map ? Object.fromEntries(v) : v))}\n`,
  )
async function call(method, params) {
  if (method === 'createDatabase') return createDatabase()
  const result = await (await start())[method === 'getDatabaseVersion' ? 'version' : method](params)
  if (method !== 'diff') return result ?? {}
  if (result.stdout) send({ id: 1e9, method: 'print', params: { content: result.stdout } })
  return { exitCode: result.exitCode }
}
const fail = (id, e) =>
  send({
    id,
    error: {
      code: 4466,
      message: 'An error happened. Check the data field for details.',
      data: { is_panic: false, message: panic ?? e.message ?? String(e), meta: e.meta ?? {}, error_code: e.code },
    },
  })
let queue = Promise.resolve(),
  current
process.on('uncaughtException', (e) => {
  fail(current, e)
  process.exitCode = 101
}) // a wasm panic: without an answer the CLI just ends, with status 0
readline
  .createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { id, method, params } = JSON.parse(line)
    if (!method) return // the CLI's answer to our own 'print'
    queue = queue
      .then(() => {
        current = id
        return call(method, params)
      })
      .then(
        (result) => send({ id, result }),
        (e) => fail(id, e),
      )
  })
  .on('close', () => queue.then(() => process.exit()))
