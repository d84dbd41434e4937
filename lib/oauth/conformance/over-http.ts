import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { closeDatabase, pool } from '#lib/db/client.ts'
import { cookie } from '#lib/end-user/cookies.ts'
import { env } from '#lib/env.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { revokeClient } from '#lib/management/clients/revoke.ts'
import { rotateClientSecret } from '#lib/management/clients/rotate-secret.ts'
import { commandLineOrganisation, commandLineProject } from '#lib/management/command-line.ts'
import type { ManagementContext } from '#lib/management/context.ts'
import { revokeGrant } from '#lib/management/grants/revoke.ts'
import { createProject } from '#lib/management/projects/create.ts'
import { updateProject } from '#lib/management/projects/update.ts'
import { createResource } from '#lib/management/resources/create.ts'
import { createResourceAlias } from '#lib/management/resources/create-alias.ts'
import { deleteResource } from '#lib/management/resources/delete.ts'
import { createScope } from '#lib/management/scopes/create.ts'
import { rotateProjectSecrets } from '#lib/management/secrets/rotate-all.ts'
import { createTrustedIssuer } from '#lib/management/trusted-issuers/create.ts'
import { deleteTrustedIssuer } from '#lib/management/trusted-issuers/delete.ts'
import { listTrustedIssuers } from '#lib/management/trusted-issuers/list.ts'
import { createUser } from '#lib/management/users/create.ts'
import { disableUser } from '#lib/management/users/disable.ts'
import { setUserAttributes } from '#lib/management/users/set-attributes.ts'
import { verifyUserEmail } from '#lib/management/users/verify-email.ts'
import { sha256Hex } from '../hash.ts'
import { randomToken } from '../opaque-token.ts'
import { browserWith, formBody } from './browser.ts'
import { secretKeeper } from './secrets.ts'
import { siteOverHttp } from './sites.ts'
import type { AuditRow, ClientOptions, Init, PageForm, Settings, Target, TestClient, TestProject, TestUser, Where } from './target.ts'
import { REDIRECT_URI } from './target.ts'

type Send = (url: string, init?: Init, where?: Where) => Promise<Response>
type Remember = Target['remember']

/** Longer than a server believes its copy of a project's settings. */
const SETTLED_MS = 1_150
/** Longer than a server keeps counts to itself. */
const COUNTED_MS = 3_300

/** A running server, asked over its socket; what an operator does is done by the verbs, in this process, on the same database. */
export async function overHttp(servers: readonly string[], logs: readonly string[]): Promise<Target> {
  const secrets = secretKeeper()
  const agent = new http.Agent({ keepAlive: true })
  const closeSites: (() => void)[] = []
  const slugs: string[] = []
  const send: Send = async (url, init, { instance = 1 } = {}) => {
    const response = await exchange(url, init ?? {}, servers[instance - 1] ?? servers[0] ?? '', agent)
    secrets.rememberAnswer(response.headers, await response.clone().text())
    return response
  }

  return {
    door: await doorOf(send, servers[0] ?? ''),
    instances: servers.length > 1 ? 2 : 1,
    remember: secrets.remember,
    project: async (settings = {}) => {
      const project = await newProject(settings, send, secrets.remember)
      slugs.push(project.slug)
      return project
    },
    site: async () => {
      const { site, close } = await siteOverHttp()
      closeSites.push(close)
      return site
    },
    leaks: async () =>
      secrets.leaksIn({ ...(await tables(slugs)), ...Object.fromEntries(logs.map((log) => [log, readFileSync(log, 'utf8')])) }),
    close: async () => {
      agent.destroy()
      for (const close of closeSites) close()
      await closeDatabase()
    },
  }
}

/**
 * To `server`, under the name that the URL has: also a second process answers as the installation it belongs to. A server closes a
 * connection that was idle too long, sometimes just as it is used again: what went there was not read, and goes once more (RFC 9112 §9.5).
 */
function exchange(url: string, init: Init, server: string, agent: http.Agent): Promise<Response> {
  const { method = 'GET', headers = {}, body } = init
  const [, host = '', path = '/'] = /^https?:\/\/([^/?]+)(.*)$/s.exec(url) ?? []
  const { hostname, port } = new URL(server)
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const options = { host: hostname === 'localhost' ? '127.0.0.1' : hostname, port, path: path || '/', method, agent }
  return new Promise((resolve, reject) => {
    const request = http.request({ ...options, headers: { host, ...length, ...headers } }, (incoming) => {
      const chunks: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
      incoming.on('error', reject)
      incoming.on('end', () => {
        const { statusCode = 0, rawHeaders } = incoming
        const pairs = Array.from({ length: rawHeaders.length / 2 }, (_, i): [string, string] => [
          rawHeaders[2 * i] ?? '',
          rawHeaders[2 * i + 1] ?? '',
        ])
        const empty = method === 'HEAD' || statusCode === 204 || statusCode === 304
        resolve(new Response(empty ? null : Buffer.concat(chunks), { status: statusCode, headers: pairs }))
      })
    })
    request.on('error', (error: NodeJS.ErrnoException) => {
      const closedWhileIdle = request.reusedSocket && (error.code === 'ECONNRESET' || error.code === 'EPIPE')
      if (closedWhileIdle) exchange(url, init, server, agent).then(resolve, reject)
      else reject(error)
    })
    request.end(body)
  })
}

/** The framework adds a header about its own components to every answer. */
async function doorOf(send: Send, server: string): Promise<'node' | 'next'> {
  const { headers } = await send(`${server}/api/oauth/token`)
  return headers.get('vary')?.includes('rsc') ? 'next' : 'node'
}

async function newProject(settings: Partial<Settings>, send: Send, remember: Remember): Promise<TestProject> {
  const slug = `p-${randomBytes(6).toString('hex')}`
  const created = await createProject(await commandLineOrganisation(), {
    name: 'Notes',
    slug,
    resource: `https://mcp-${slug}.example.com/mcp`,
  })
  remember(created.registrationSecret, created.serverSecret)
  const ctx = await commandLineProject(slug)
  let asked = false
  const ask: Send = (url, init, where) => {
    asked = true
    return send(url, init, where)
  }
  const settled = async () => {
    if (asked) await new Promise((resolve) => setTimeout(resolve, SETTLED_MS))
  }
  const configure = async ({ suspended, ...given }: Partial<Settings>) => {
    if (Object.keys(given).length > 0) await updateProject(ctx, given)
    if (suspended !== undefined) {
      const column = `suspended_at = ${suspended ? 'now()' : 'NULL'}`
      await query(`UPDATE project SET ${column}, generation = generation + 1 WHERE id = $1`, [ctx.project.id])
    }
    await settled()
  }
  await configure(settings)

  const signedIn = new Set<string>()
  const signIn: SignIn = (url, user, cookie) => {
    const again = signedIn.has(user.id)
    signedIn.add(user.id)
    return again ? startSession(ctx.project, user, url, remember) : signInAt(ask, created.issuer)(url, user, cookie)
  }

  const project: TestProject = {
    issuer: created.issuer,
    slug,
    resource: created.resource,
    registrationSecret: created.registrationSecret,
    serverSecret: created.serverSecret,
    fetch: (path, init, where) => ask(path.startsWith('http') ? path : `${created.issuer}${path}`, init, where),
    browser: () => browserWith(created.issuer, ask, { form: formAt(ask), signIn }),
    client: (options = {}) => newClient(ctx, options, remember),
    user: () => newUser(ctx, remember),
    configure,
    addResource: async (identifier) => {
      await createResource(ctx, { identifier, name: 'Another' })
      await settled()
    },
    removeResource: async (identifier) => {
      await deleteResource(ctx, { identifier })
      await settled()
    },
    addAlias: async (identifier, alias) => {
      await createResourceAlias(ctx, { identifier, alias })
      await settled()
    },
    addScope: async (name, isDefault, isRequired = false) => {
      await createScope(ctx, { name, description: name, isDefault, isRequired })
      await settled()
    },
    rotateSecret: async (kind, overlapHours) => {
      const { secret } = await rotateProjectSecrets(ctx, { kind, overlapHours })
      remember(secret)
      return secret
    },
    revokeClient: async (clientId) => void (await revokeClient(ctx, { clientId })),
    rotateClientSecret: async (clientId, overlapHours) => {
      const { clientSecret } = await rotateClientSecret(ctx, { clientId, overlapHours })
      remember(clientSecret)
      return clientSecret
    },
    setGrantTypes: (clientId, grantTypes) => setGrantTypes(ctx, clientId, grantTypes),
    verifyEmail: (userId) => verifyUserEmail(ctx, { userId }),
    setAttributes: (userId, attributes) => setUserAttributes(ctx, { userId, attributes }),
    disableUser: async (userId) => void (await disableUser(ctx, { userId })),
    trust: async ({ kind, issuer, jwksUri, jwks, audience, rules = [], linkByEmail }) => {
      await createTrustedIssuer(ctx, {
        ...{ kind, issuer, linkByEmail, rules: rules.map(({ claims, scopes }) => ({ claims, scopes: [...scopes] })) },
        ...{ jwksUri: jwksUri ?? undefined, jwks: jwks ? JSON.stringify(jwks) : undefined, audience: audience ?? undefined },
      })
      await settled()
    },
    distrust: async (kind, issuer) => {
      const trusted = (await listTrustedIssuers(ctx)).find((one) => one.kind === kind && one.issuer === issuer)
      await deleteTrustedIssuer(ctx, { id: trusted?.id ?? '' })
      await settled()
    },
    endGrant: (grantId) => revokeGrant(ctx, { grantId }),
    advance: (seconds) => age(ctx.project.id, seconds),
    audit: () => auditOf(ctx.project.id),
    counted: async () => {
      await new Promise((resolve) => setTimeout(resolve, COUNTED_MS))
      const rows = await query<{ kind: string }>('SELECT DISTINCT kind FROM event_counter WHERE project_id = $1', [ctx.project.id])
      return new Set(rows.map(({ kind }) => kind))
    },
    snapshot: () => snapshotOf(ctx.project.id),
    twin: async (host) => {
      const issuer = host === undefined ? `${created.issuer}-2` : `${new URL(env().BASE_URL).protocol}//${host}`
      await query(`INSERT INTO issuer (project_id, url, kind, is_primary) VALUES ($1, $2, 'custom', false)`, [ctx.project.id, issuer])
      return { ...project, issuer, fetch: (path, init, where) => ask(`${issuer}${path}`, init, where) }
    },
  }
  return project
}

async function newClient(ctx: ManagementContext, options: ClientOptions, remember: Remember): Promise<TestClient> {
  const { method = 'none', grantTypes = ['authorization_code', 'refresh_token'], redirectUris = [REDIRECT_URI], scope } = options
  const { clientId, clientSecret } = await createClient(ctx, {
    name: 'Test client',
    tokenEndpointAuthMethod: method,
    redirectUris: [...redirectUris],
    ...(scope === undefined ? {} : { scope }),
    ...(options.jwks ? { jwks: JSON.stringify(options.jwks) } : {}),
    ...(options.jwksUri ? { jwksUri: options.jwksUri } : {}),
  })
  await setGrantTypes(ctx, clientId, grantTypes)
  if (options.dpopBoundAccessTokens) await bindToKeys(ctx, clientId)
  remember(clientSecret)
  return { clientId, clientSecret, method, redirectUri: redirectUris[0] ?? '' }
}

/** As a client could register. */
const bindToKeys = async (ctx: ManagementContext, clientId: string): Promise<void> =>
  void (await query('UPDATE oauth_client SET dpop_bound_access_tokens = true WHERE project_id = $1 AND client_id = $2', [
    ctx.project.id,
    clientId,
  ]))

/** Also those that a form does not offer: a row may be older than the form. */
const setGrantTypes = async (ctx: ManagementContext, clientId: string, grantTypes: readonly string[]): Promise<void> =>
  void (await query('UPDATE oauth_client SET grant_types = $3 WHERE project_id = $1 AND client_id = $2', [
    ctx.project.id,
    clientId,
    JSON.stringify(grantTypes),
  ]))

async function newUser(ctx: ManagementContext, remember: Remember): Promise<TestUser> {
  const email = `${randomBytes(6).toString('hex')}@example.com`
  const password = randomBytes(12).toString('base64url')
  remember(password)
  return { ...(await createUser(ctx, { email, password })), email, password }
}

/** The form of a page that posts to consent, or else to sign-in or device: what a browser would send of it. */
const formAt =
  (ask: Send) =>
  async (url: string, cookie: string): Promise<PageForm> => {
    const response = await ask(url, { headers: { cookie, accept: 'text/html' } })
    const html = await response.text()
    const forms = html.split(/<form\b/).slice(1)
    const form =
      forms.find((each) => /^[^>]*action="[^"]*\/oauth\/consent"/.test(each)) ??
      forms.find((each) => /^[^>]*action="[^"]*\/oauth\/(?:sign-in|device)"/.test(each))
    if (!form) throw new Error(`this page shows no form: ${response.status}`)
    const inputs = [...form.slice(0, form.indexOf('</form>')).matchAll(/<input\b([^>]*)>/g)].map(([, attributes = '']) =>
      attributesOf(attributes),
    )
    const hidden = inputs.filter(({ type }) => type === 'hidden')
    return {
      fields: Object.fromEntries(hidden.map(({ name = '', value = '' }) => [name, value])),
      scopes: inputs
        .filter(({ name, checked, disabled }) => name === 'scope' && checked !== undefined && disabled === undefined)
        .map(({ value = '' }) => value),
    }
  }

function attributesOf(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']): [string, string] => [
    name.toLowerCase(),
    value,
  ])
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, value.replaceAll('&amp;', '&').replaceAll('&#x27;', "'").replaceAll('&quot;', '"')]),
  )
}

type SignIn = (url: string, user: TestUser, cookie: string) => Promise<{ readonly to: string; readonly setCookie: string }>

const signInAt =
  (ask: Send, issuer: string): SignIn =>
  async (url, user, cookie) => {
    const { fields } = await formAt(ask)(url, cookie)
    const response = await ask(`${issuer}/oauth/sign-in`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/x-www-form-urlencoded', origin: new URL(issuer).origin },
      body: formBody({ ...fields, intent: 'sign-in', email: user.email, password: user.password }),
    })
    const to = response.headers.get('location') ?? ''
    const setCookie = response.headers.getSetCookie()[0]
    if (!setCookie || !to.includes('/consent/')) throw new Error(`sign-in ended with ${response.status} at ${to.split('?', 1)[0]}`)
    return { to, setCookie }
  }

/** An account takes ten sign-ins in five minutes, our tests want more: all but the first start their session in the database. */
async function startSession({ id, slug, issuer }: ManagementContext['project'], user: TestUser, url: string, remember: Remember) {
  const value = randomToken()
  remember(value)
  await query(
    `INSERT INTO end_user_session (project_id, id_hash, user_id, auth_time, expires_at, created_at)
     VALUES ($1, $2, $3, now(), now() + interval '1 hour', now())`,
    [id, sha256Hex(value), user.id],
  )
  const handle = new URL(url).searchParams.get('request') ?? ''
  return { to: `${issuer}/consent/${handle}`, setCookie: cookie('session', slug, value, 3600) }
}

async function query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return (await pool().query<Row>(text, [...values])).rows
}

const PROJECT_TABLES = `
  SELECT table_name AS name FROM information_schema.columns
  WHERE table_schema = 'public' AND column_name = 'project_id' AND table_name <> 'event_counter' ORDER BY table_name`

async function snapshotOf(projectId: string): Promise<string> {
  const names = await query<{ name: string }>(PROJECT_TABLES)
  const parts = names.map(
    ({ name }) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS sum FROM ${name} AS t WHERE t.project_id = $1`,
  )
  return JSON.stringify(await query(parts.join(' UNION ALL '), [projectId]))
}

/** Every moment that is stored, that much earlier; the log and the keys stay where they are. */
async function age(projectId: string, seconds: number): Promise<void> {
  const columns = await query<{ table: string; names: string[] }>(
    `SELECT table_name AS table, array_agg(column_name::text) AS names FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'timestamp with time zone'
       AND table_name IN (${PROJECT_TABLES.replace(' AS name', '')})
       AND table_name NOT IN ('audit_event', 'signing_key') GROUP BY table_name`,
  )
  for (const { table, names } of columns) {
    const earlier = names.map((name) => `${name} = ${name} - make_interval(secs => $2)`).join(', ')
    await query(`UPDATE ${table} SET ${earlier} WHERE project_id = $1`, [projectId, seconds])
  }
}

async function auditOf(projectId: string): Promise<AuditRow[]> {
  const rows = await query<Record<keyof AuditRow, string | null>>(
    `SELECT action, actor_kind AS "actorKind", actor_id AS "actorId", client_id AS "clientId", user_id AS "userId", grant_id AS "grantId", reason, detail
     FROM audit_event WHERE project_id = $1 ORDER BY at, id`,
    [projectId],
  )
  return rows.map(({ detail, action, actorKind, ...row }) => ({
    ...Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
    action: action ?? '',
    actorKind: actorKind ?? '',
    ...(detail === null ? {} : { detail: JSON.parse(detail) as Record<string, unknown> }),
  }))
}

/** Every row of every table, as text. */
/** Every row of these projects, and those of tables that belong to no project: all of everybody's would take a suite a minute to search. */
async function tables(slugs: readonly string[]): Promise<Record<string, string>> {
  const projects = (await query<{ id: string }>('SELECT id FROM project WHERE slug = ANY($1)', [slugs])).map(({ id }) => id)
  const names = await query<{ name: string; ofProjects: boolean }>(
    `SELECT tablename AS name, EXISTS (SELECT 1 FROM information_schema.columns AS c
       WHERE c.table_schema = 'public' AND c.table_name = tablename AND c.column_name = 'project_id') AS "ofProjects"
     FROM pg_tables WHERE schemaname = 'public'`,
  )
  const dumped: [string, string][] = []
  for (const { name, ofProjects } of names) {
    const rows = ofProjects
      ? await query<{ row: string }>(`SELECT t::text AS row FROM "${name}" AS t WHERE project_id = ANY($1::uuid[])`, [projects])
      : await query<{ row: string }>(`SELECT t::text AS row FROM "${name}" AS t`)
    dumped.push([name, rows.map(({ row }) => row).join('\n')])
  }
  return Object.fromEntries(dumped)
}
