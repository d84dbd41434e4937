import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { migrate } from './migrate.mjs'
import { startPostgres } from './postgres.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const place = mkdtempSync(path.join(tmpdir(), 'gatehouse-postgres-'))
chmodSync(place, 0o755) // under root the server runs as another user
afterAll(() => rmSync(place, { recursive: true, force: true }))

const start = () => startPostgres({ root, dir: path.join(place, 'data'), ephemeral: true })

async function ask(url: string, sql = 'SELECT 1 AS one'): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

describe('the embedded PostgreSQL', () => {
  it('is stopped by the last of its users, not by the first to leave, and keeps its data', async () => {
    const first = await start()
    const second = await start()
    expect([first.joined, second.joined]).toEqual([false, true])
    await ask(first.url, 'CREATE TABLE kept (a int)')
    await first.stop()
    expect(await ask(second.url)).toEqual([{ one: 1 }])
    await second.stop()
    await expect(ask(second.url)).rejects.toThrow('ECONNREFUSED')

    const third = await start()
    expect(await ask(third.url, 'SELECT count(*)::int FROM kept')).toEqual([{ count: 0 }])
    await third.stop()
  })

  it('started by two at once is one server', async () => {
    const both = await Promise.all([start(), start()])
    expect(both[0].pid).toBe(both[1].pid)
    for (const each of both) await each.stop()
    await expect(ask(both[0].url)).rejects.toThrow('ECONNREFUSED')
  })

  it('outlives a killed launcher and is taken over by the next', async () => {
    const orphan = await startAndDie()
    const next = await start()
    expect(next).toMatchObject({ joined: true, pid: orphan })
    await next.stop()
    await expect(ask(next.url)).rejects.toThrow('ECONNREFUSED')
  })

  it('comes back after it was killed itself', async () => {
    const killed = await start()
    process.kill(killed.pid, 'SIGKILL')
    const revived = await start()
    expect(await ask(revived.url)).toEqual([{ one: 1 }])
    for (const each of [killed, revived]) await each.stop()
  })

  it('takes no client without the password', async () => {
    const server = await start()
    await expect(ask(server.url.replace(/:[^:@]+@/, ':wrong@'))).rejects.toThrow('password authentication failed')
    await server.stop()
  })
})

describe('migrations', () => {
  it('are applied once, however many start at once, and Prisma finds nothing left to do', async () => {
    const server = await start()
    const applied = await Promise.all(Array.from({ length: 6 }, () => migrate(server.url)))
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
    const args = ['node_modules/prisma/build/index.js', 'migrate', 'status', '--config', 'prisma/prisma.config.ts']
    const env = { ...process.env, DATABASE_URL: server.url, CHECKPOINT_DISABLE: '1' }
    expect(execFileSync(process.execPath, args, { cwd: root, env, encoding: 'utf8' })).toContain('Database schema is up to date!')
    await server.stop()
  })
})

/** A process that starts the server and is killed before it can stop it; answers the server's pid. */
function startAndDie(): Promise<number> {
  const module = path.join(root, 'lib/cli/postgres.mjs')
  const script = `
    const { startPostgres } = await import(${JSON.stringify(module)})
    const { pid } = await startPostgres({ root: ${JSON.stringify(root)}, dir: ${JSON.stringify(path.join(place, 'data'))}, ephemeral: true })
    console.log(pid)
    process.kill(process.pid, 'SIGKILL')`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  return new Promise((resolve) => child.once('close', () => resolve(Number(output))))
}
