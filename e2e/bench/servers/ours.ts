// Gatehouse, started as in production and set up as a customer would: by its command line and its registration endpoint.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import pg from 'pg'
import { freePort, ROOT, start } from './child.ts'
import { serverFile } from './ours-build.ts'
import { createUser, mintCodes } from './ours-codes.ts'
import { basic, bearer, CODE_VERIFIER, POOL_SIZE, PUBLIC_CLIENT, REDIRECT_URI, RESOURCE, type Target } from './target.ts'

const SLUG = 'bench'
const run = promisify(execFile)

async function cli(env: NodeJS.ProcessEnv, ...args: string[]): Promise<Record<string, string>> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'lib/cli/main.ts', ...args, '--json'], { cwd: ROOT, env })
  return JSON.parse(stdout)
}

async function post(url: string, type: string, authorization: string | null, body: string): Promise<Record<string, string>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': type, ...(authorization ? { authorization } : {}) },
    body,
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`)
  return JSON.parse(text)
}

export async function answers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const response = await fetch(url).catch(() => null)
    if (response?.ok) return
    if (attempt === 600) throw new Error(`${url} does not answer: ${response?.status ?? 'no connection'}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** What the server, the command line and the seed run with. A name, not an address: browsers take no session from one. */
export async function installationOf(
  databaseUrl: string,
  hostname = '127.0.0.1',
): Promise<{ origin: string; port: number; env: NodeJS.ProcessEnv }> {
  const port = await freePort()
  const origin = `http://${hostname}:${port}`
  const own = {
    DATABASE_URL: databaseUrl,
    BASE_URL: origin,
    NEXTAUTH_URL: origin,
    DATABASE_POOL_SIZE: String(POOL_SIZE),
    HOST: '127.0.0.1',
  }
  // A limit per address would refuse a load from one address: it can be lifted where BASE_URL is a loopback name.
  const env = { ...process.env, ...own, PORT: String(port), NODE_ENV: 'production' as const, GATEHOUSE_LIMITS: 'off' }
  await run(process.execPath, ['lib/cli/migrate.mjs'], { cwd: ROOT, env })
  return { origin, port, env }
}

/** Needs the three secrets in the environment, as the server does. */
export async function startOurs(database: string, databaseUrl: string): Promise<{ target: Target; kind: string }> {
  const { origin, port, env } = await installationOf(databaseUrl)
  const project = await cli(env, 'project', 'create', '--name', 'Bench', '--slug', SLUG, '--resource', RESOURCE)
  const { client_id = '', client_secret = '' } = await cli(
    env,
    ...[
      'client',
      'create',
      '--project',
      SLUG,
      '--name',
      'Confidential',
      '--grant',
      'client_credentials',
      '--method',
      'client_secret_basic',
    ],
  )
  const { file, kind } = await serverFile()
  const server = start(file, env)
  const base = new URL(project.issuer ?? '').pathname
  const paths = {
    metadata: `/.well-known/oauth-authorization-server${base}`,
    jwks: `${base}/.well-known/jwks.json`,
    register: `${base}/api/oauth/register`,
    token: `${base}/api/oauth/token`,
    introspect: `${base}/api/oauth/introspect`,
    revoke: `${base}/api/oauth/revoke`,
  }
  await Promise.race([answers(origin + paths.metadata), server.died])
  const registration = bearer(project.registration_secret ?? '')
  const registered = await post(origin + paths.register, 'application/json', registration, JSON.stringify(PUBLIC_CLIENT))
  const publicClientId = registered.client_id ?? ''

  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, idleTimeoutMillis: 0 })
  const pepper = process.env.TOKEN_PEPPER ?? ''
  const setting = { pool, pepper, projectId: await createUser(pool, SLUG), issuer: project.issuer ?? '', clientId: publicClientId }
  const [code = ''] = await mintCodes(setting, 1)
  const redemption = {
    grant_type: 'authorization_code',
    client_id: publicClientId,
    redirect_uri: REDIRECT_URI,
    code_verifier: CODE_VERIFIER,
    code,
  }
  const form = 'application/x-www-form-urlencoded'
  const { access_token = '' } = await post(origin + paths.token, form, null, new URLSearchParams(redemption).toString())
  const target: Target = {
    name: 'ours',
    port,
    database,
    pid: server.child.pid ?? 0,
    paths,
    registration,
    confidential: basic(client_id, client_secret),
    introspector: bearer(project.server_secret ?? ''),
    publicClientId,
    liveToken: access_token,
    mintCodes: (count) => mintCodes(setting, count),
    stop: async () => {
      await pool.end()
      await server.stop()
    },
  }
  return { target, kind }
}
