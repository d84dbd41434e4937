import pg from 'pg'
import type { ServerName, Target } from './servers/target.ts'

export type Databases = {
  /** What the PostgreSQL server is: version and how safely it commits. */
  readonly description: string
  /** A new, empty one for this server. */
  create(server: ServerName): Promise<{ name: string; url: string }>
  /** Process ids of the backends that serve it now. */
  backends(target: Target): Promise<number[]>
  /** Drops all that were created. */
  end(): Promise<void>
}

export async function openDatabases(databaseUrl: string): Promise<Databases> {
  const admin = new pg.Client({ connectionString: databaseUrl })
  await admin.connect()
  const created: string[] = []
  const settings = await admin.query(
    `SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit`,
  )
  const { version, fsync, commit } = settings.rows[0]
  return {
    description: `${version} (fsync ${fsync}, synchronous_commit ${commit})`,
    create: async (server) => {
      const name = `bench_${process.pid}_${server.replace('-', '_')}`
      await admin.query(`CREATE DATABASE "${name}"`)
      created.push(name)
      const url = new URL(databaseUrl)
      url.pathname = `/${name}`
      return { name, url: url.href }
    },
    backends: async ({ database }) => {
      const { rows } = await admin.query('SELECT pid FROM pg_stat_activity WHERE datname = $1', [database])
      return rows.map((row: { pid: number }) => row.pid)
    },
    end: async () => {
      for (const name of created) await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
      await admin.end()
    },
  }
}
