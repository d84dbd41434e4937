import { generateKeyPairSync, randomBytes, randomUUID, sign, verify } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { type MemoryStore, memoryStore } from '#lib/db/memory-store.ts'
import { cookie, readCookie } from '#lib/end-user/cookies.ts'
import { env } from '#lib/env.ts'
import { answer, type ContextOf } from '#lib/http/endpoint.ts'
import { BodyRefused, type HttpRequest } from '#lib/http/message.ts'
import { protocolName } from '#lib/http/node.ts'
import { externalOrigin } from '#lib/issuer/external-url.ts'
import { spokenLocale } from '#lib/issuer/language.ts'
import { takeFrom } from '#lib/issuer/limits.ts'
import { locate } from '#lib/issuer/locate.ts'
import { type WorldOf, worldWith } from '#lib/issuer/world.ts'
import type { AccessTokenClaims, Browser, HandoffClaims, IdTokenClaims, Issuer, OAuthContext, ResourceOwnerSession } from '../context.ts'
import { publicDocument } from '../document.ts'
import { sha256Hex } from '../hash.ts'
import { CLIENT_SECRET_PREFIX, csrfTokenOf, REGISTRATION_SECRET_PREFIX, randomToken, SERVER_SECRET_PREFIX } from '../opaque-token.ts'
import { allowedBefore, offeredScopes } from '../step-up.ts'
import type { Client } from '../store.ts'
import { browserWith } from './browser.ts'
import { issuerWith } from './issuer.ts'
import { secretKeeper } from './secrets.ts'
import { sitesInProcess } from './sites.ts'
import {
  type ClientOptions,
  type Init,
  type PageForm,
  REDIRECT_URI,
  type Settings,
  type Target,
  type TestClient,
  type TestProject,
  type TestUser,
} from './target.ts'

const ADDRESS = '192.0.2.1'
const NOON = Date.UTC(2026, 10, 21, 12)

type World = {
  issuer: Issuer
  readonly store: MemoryStore
  readonly keys: Keys
  readonly sessions: Map<string, ResourceOwnerSession>
  readonly counts: Set<string>
}
type Clock = { now: number }
type Remember = Target['remember']
type Send = (url: string, init?: Init) => Promise<Response>

/** The protocol with everything around it in memory: a clock that stands still, keys of its own, sessions without a password. */
export async function inProcess(): Promise<Target> {
  for (const name of ['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER']) process.env[name] ||= `${name} of a test`.padEnd(48, '.')
  process.env.DATABASE_URL ||= 'postgres://localhost/none' // never connected to
  process.env.BASE_URL ||= 'http://localhost:3000'
  const secrets = secretKeeper()
  const worlds = new Map<string, World>()
  const clock: Clock = { now: NOON }
  const sites = sitesInProcess()
  const worldOf = worldWith({ fetch: sites.fetch, now: () => clock.now, developmentLoopback: false })

  const contextOf: ContextOf = async ({ headers, path }) => {
    const location = locate(externalOrigin(headers), path, env().BASE_URL)
    const world = location && worlds.get(location.issuer)
    return world ? contextIn(world, worldOf, headers) : null
  }
  const send: Send = async (url, init = {}) => {
    const request = requestOf(url, init)
    const name = protocolName({ url: request.path, headers: { host: request.headers.get('host') } } as unknown as IncomingMessage)
    if (name === null) throw new Error(`${request.path} is a page: there are none in this process`)
    const { status, headers, body } = await answer(name, request, contextOf)
    const pairs = Object.entries(headers).flatMap(([key, value]) => [value].flat().map((one): [string, string] => [key, one]))
    const empty = init.method === 'HEAD' || status === 204 || status === 304
    const response = new Response(empty ? null : String(body), { status, headers: pairs })
    secrets.rememberAnswer(response.headers, String(body))
    return response
  }

  const twinOf = (world: World, project: TestProject, host?: string): TestProject => {
    const issuer = host === undefined ? `${project.issuer}-2` : `${new URL(env().BASE_URL).protocol}//${host}`
    worlds.set(issuer, { ...world, issuer: { ...world.issuer, url: issuer } })
    return { ...project, issuer, fetch: (path, init) => send(`${issuer}${path}`, init) }
  }

  return {
    door: 'in-process',
    instances: 1,
    remember: secrets.remember,
    project: async (settings = {}) => {
      const world = newWorld(settings, clock)
      worlds.set(world.issuer.url, world)
      const made = await projectIn(world, clock, send, secrets.remember)
      const project: TestProject = { ...made, twin: async (host) => twinOf(world, project, host) }
      return project
    },
    site: async () => sites.open(),
    leaks: async () => {
      const places = [...worlds.values()].map(({ issuer, store, counts }) => [issuer.url, store.snapshot() + [...counts].join()])
      return secrets.leaksIn(Object.fromEntries(places) as Record<string, string>)
    },
    close: async () => {},
  }
}

function requestOf(url: string, { method = 'GET', headers = {}, body }: Init): HttpRequest {
  const [, path = '/', query = ''] = /^https?:\/\/[^/?]+([^?]*)(?:\?(.*))?$/s.exec(url) ?? []
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : (body ?? new Uint8Array())
  return {
    method,
    path,
    query,
    headers: new Headers({ host: new URL(url).host, ...headers }),
    socketAddress: ADDRESS,
    readBody: async (cap) => {
      if (bytes.length > cap) throw new BodyRefused(413)
      return bytes
    },
  }
}

function newWorld(settings: Partial<Settings>, clock: Clock): World {
  const slug = `p-${randomBytes(6).toString('hex')}`
  const resources = [{ identifier: `https://mcp-${slug}.example.com/mcp`, name: 'Notes', isDefault: true, aliases: [] }]
  const issuer = issuerWith({ url: `${env().BASE_URL}/p/${slug}`, slug, projectId: randomUUID(), resources, ...settings })
  const store = memoryStore({ now: () => new Date(clock.now), clients: [BACKEND] })
  return { issuer, store, keys: newKeys(), sessions: new Map(), counts: new Set() }
}

/** As `createProject` makes it. */
const BACKEND: Client = {
  clientId: 'backend',
  name: 'Backend',
  source: 'builtin',
  trusted: true,
  applicationType: 'web',
  tokenEndpointAuthMethod: 'none',
  tokenEndpointAuthMethods: ['none'],
  jwks: null,
  jwksUri: null,
  dpopBoundAccessTokens: false,
  documentReadAt: null,
  secretHashes: [],
  redirectUris: [],
  grantTypes: [],
  scope: null,
  clientUri: null,
  logoUri: null,
  metadataHash: '',
  revoked: false,
}

function contextIn({ issuer, store, keys, sessions, counts }: World, worldOf: WorldOf, headers: HttpRequest['headers']): OAuthContext {
  return {
    issuer,
    store,
    browser: browserOf(headers.get('cookie'), issuer.slug, sessions),
    requestId: randomUUID(),
    address: ADDRESS,
    locale: spokenLocale(headers),
    world: worldOf(issuer.projectId, ADDRESS),
    pepper: Buffer.from(env().TOKEN_PEPPER),
    sign: keys.sign,
    verify: async (token) => {
      const claims = await keys.verify(token)
      return claims?.iss === issuer.url ? claims : null
    },
    signIdToken: keys.signIdToken,
    signHandoff: keys.signHandoff,
    jwks: async () => (issuer.openidConnect ? keys.openidJwks : keys.jwks),
    limit: takeFrom,
    count: (kind, _clientId, named) => void counts.add(named === undefined ? kind : `${kind} ${named}`),
    stream: ({ action }) => void counts.add(action),
  }
}

function browserOf(cookies: string | null, slug: string, sessions: ReadonlyMap<string, ResourceOwnerSession>): Browser {
  const browser = readCookie(cookies, 'browser', slug)
  const session = readCookie(cookies, 'session', slug)
  const sessionHash = session && sha256Hex(session)
  return {
    hash: browser && sha256Hex(browser),
    sessionHash,
    issue: () => {
      const value = randomToken()
      return { hash: sha256Hex(value), setCookie: cookie('browser', slug, value, 86_400) }
    },
    session: async () => (sessionHash && sessions.get(sessionHash)) || null,
  }
}

type Keys = ReturnType<typeof newKeys>

/** RSA takes its time, so that all projects of a run share one pair for id_tokens. */
let rsaPair: ReturnType<typeof newRsaPair> | undefined
const newRsaPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

function idTokenKey() {
  rsaPair ??= newRsaPair()
  const { privateKey, publicKey } = rsaPair
  const jwk = publicKey.export({ format: 'jwk' })
  return { privateKey, jwk: { ...jwk, kid: sha256Hex(JSON.stringify(jwk)).slice(0, 43), use: 'sig', alg: 'RS256' } }
}

/** ES256, one pair; RS256 for id_tokens. */
function newKeys() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const kid = sha256Hex(JSON.stringify(jwk)).slice(0, 43)
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const header = encode({ typ: 'at+jwt', alg: 'ES256', kid })
  const published = { ...jwk, kid, use: 'sig', alg: 'ES256' }
  return {
    jwks: publicDocument({ keys: [published] }),
    get openidJwks() {
      return publicDocument({ keys: [published, idTokenKey().jwk] })
    },
    signIdToken: async (claims: IdTokenClaims): Promise<string> => {
      const key = idTokenKey()
      const signed = `${encode({ typ: 'JWT', alg: 'RS256', kid: key.jwk.kid })}.${encode(claims)}`
      return `${signed}.${sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url')}`
    },
    signHandoff: async (claims: HandoffClaims): Promise<string> => {
      const signed = `${encode({ typ: 'gatehouse-handoff+jwt', alg: 'ES256', kid })}.${encode(claims)}`
      return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
    },
    sign: async (claims: AccessTokenClaims): Promise<string> => {
      const signed = `${header}.${encode(claims)}`
      return `${signed}.${sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`
    },
    verify: async (token: string): Promise<AccessTokenClaims | null> => {
      const [, first, payload, signature] = /^([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(token) ?? []
      if (first !== header || !payload || !signature) return null
      const key = { key: publicKey, dsaEncoding: 'ieee-p1363' } as const
      if (!verify('sha256', Buffer.from(`${first}.${payload}`), key, Buffer.from(signature, 'base64url'))) return null
      return JSON.parse(Buffer.from(payload, 'base64url').toString()) as AccessTokenClaims
    },
  }
}

async function projectIn(world: World, clock: Clock, send: Send, remember: Remember): Promise<Omit<TestProject, 'twin'>> {
  const { store, issuer } = world
  const newSecret = async (kind: 'registration' | 'server'): Promise<string> => {
    const secret = `${kind === 'server' ? SERVER_SECRET_PREFIX : REGISTRATION_SECRET_PREFIX}${randomToken()}`
    await store.addSecret(kind, sha256Hex(secret))
    remember(secret)
    return secret
  }
  const secrets = { registration: await newSecret('registration'), server: await newSecret('server') }
  const change = (fields: Partial<Issuer>) => {
    world.issuer = { ...world.issuer, ...fields }
  }

  return {
    issuer: issuer.url,
    slug: issuer.slug,
    resource: issuer.resources[0]?.identifier ?? '',
    registrationSecret: secrets.registration,
    serverSecret: secrets.server,
    fetch: (path, init) => send(path.startsWith('http') ? path : `${issuer.url}${path}`, init),
    browser: () => browserWith(issuer.url, send, { form: formIn(world), signIn: signInAt(world, clock, remember) }),
    client: (options = {}) => newClient(store, options, remember),
    user: async () => {
      const id = `user_${randomBytes(16).toString('base64url')}`
      const email = `${sha256Hex(id).slice(0, 8)}@example.com`
      await store.addUser(id, email)
      return { id, email, password: 'none is needed' }
    },
    verifyEmail: (userId) => store.verifyEmail(userId),
    setAttributes: (userId, attributes) => store.setAttributes(userId, JSON.stringify(attributes)),
    configure: async (settings) => change(settings),
    addResource: async (identifier) =>
      change({ resources: [...world.issuer.resources, { identifier, name: identifier, isDefault: false, aliases: [] }] }),
    removeResource: async (identifier) => change({ resources: world.issuer.resources.filter((one) => one.identifier !== identifier) }),
    addAlias: async (identifier, alias) =>
      change({
        resources: world.issuer.resources.map((one) =>
          one.identifier === identifier ? { ...one, aliases: [...one.aliases, alias] } : one,
        ),
      }),
    addScope: async (name, isDefault, isRequired = false) =>
      change({ scopes: [...world.issuer.scopes, { name, description: name, risk: 'low', isRequired, isDefault }] }),
    rotateSecret: async (kind, overlapHours) => {
      if (overlapHours === 0) store.dropSecret(sha256Hex(secrets[kind]))
      secrets[kind] = await newSecret(kind)
      return secrets[kind]
    },
    revokeClient: (clientId) => store.revokeClient(clientId),
    rotateClientSecret: async (clientId, overlapHours) => {
      const before = (await store.findClient(clientId))?.secretHashes ?? []
      const secret = `${CLIENT_SECRET_PREFIX}${randomToken()}`
      store.changeClient(clientId, { secretHashes: [sha256Hex(secret), ...(overlapHours > 0 ? before : [])] })
      remember(secret)
      return secret
    },
    setGrantTypes: async (clientId, grantTypes) => store.changeClient(clientId, { grantTypes }),
    disableUser: async (userId) => {
      await store.disableUser(userId)
      for (const [hash, session] of world.sessions) if (session.userId === userId) world.sessions.delete(hash)
    },
    trust: async ({ jwksUri = null, jwks = null, audience = null, rules = [], linkByEmail = false, ...named }) => {
      change({ trustedIssuers: [...world.issuer.trustedIssuers, { ...named, jwksUri, jwks, audience, rules, linkByEmail }] })
      if (named.kind === 'workload') await store.trustWorkloads(named.issuer)
    },
    distrust: async (kind, named) => {
      change({ trustedIssuers: world.issuer.trustedIssuers.filter((one) => one.kind !== kind || one.issuer !== named) })
      if (kind === 'workload') await store.distrustWorkloads(named)
    },
    endGrant: (grantId) =>
      store.revokeGrant(grantId, 'member', { action: 'grant.revoked', step: 'manage', actorKind: 'member', grantId, reason: 'member' }),
    advance: async (seconds) => {
      clock.now += seconds * 1000
    },
    audit: async () => store.events,
    counted: async () => world.counts,
    snapshot: async () => store.snapshot(),
  }
}

async function newClient(store: MemoryStore, options: ClientOptions, remember: Remember): Promise<TestClient> {
  const { method = 'none', grantTypes = ['authorization_code', 'refresh_token'], redirectUris = [REDIRECT_URI], scope = null } = options
  const clientId = `c_${randomBytes(16).toString('base64url')}`
  const clientSecret = method.startsWith('client_secret') ? `${CLIENT_SECRET_PREFIX}${randomToken()}` : null
  const fields = {
    name: 'Test client',
    source: 'manual',
    applicationType: 'web',
    clientUri: null,
    logoUri: null,
    metadataHash: '',
  } as const
  const hashes = { secretHash: clientSecret && sha256Hex(clientSecret), secretLastFour: null, registrationTokenHash: null }
  const methods = { tokenEndpointAuthMethod: method, tokenEndpointAuthMethods: [method] }
  const { jwks = null, jwksUri = null } = options
  const keys = { jwks, jwksUri, dpopBoundAccessTokens: options.dpopBoundAccessTokens ?? false }
  await store.createClient({ ...fields, ...hashes, ...methods, ...keys, clientId, redirectUris, grantTypes, scope }, null, {
    action: 'client.registered',
    step: 'manage',
    actorKind: 'member',
    clientId,
  })
  store.changeClient(clientId, { trusted: true })
  remember(clientSecret)
  return { clientId, clientSecret, method, redirectUri: redirectUris[0] ?? '' }
}

/** What the pages would hold: read from the store, as they do. */
const formIn =
  (world: World) =>
  async (url: string, cookies: string): Promise<PageForm> => {
    const { store, sessions, issuer } = world
    if (new URL(url).pathname.endsWith('/device')) return { fields: {}, scopes: [] }
    const handle = new URL(url).searchParams.get('request') ?? url.split('/').at(-1) ?? ''
    const browser = browserOf(cookies, issuer.slug, sessions)
    const pending = await store.findAuthorizationRequest(sha256Hex(handle))
    if (!pending || pending.browserHash !== browser.hash) throw new Error('this page shows no form')
    const owner = await browser.session()
    const csrf = csrfTokenOf(handle, browser.hash, owner?.userId ?? null, Buffer.from(env().TOKEN_PEPPER))
    const client = (await store.findClient(pending.clientId)) ?? { source: 'document', scope: null }
    const before = owner ? await allowedBefore(pending, owner.userId, store) : new Set<string>()
    const decider = { allowedBefore: before, scopeCeiling: owner?.scopeCeiling ?? null }
    const scopes = offeredScopes(pending, client, decider, issuer).filter(({ ticked, locked }) => ticked && !locked)
    return { fields: { request: handle, csrf }, scopes: scopes.map(({ name }) => name) }
  }

/** Sign-in itself is the database's matter: here it is a session and the way on to consent. */
const signInAt =
  ({ sessions, issuer }: World, clock: Clock, remember: Remember) =>
  async (url: string, user: TestUser): Promise<{ to: string; setCookie: string }> => {
    const value = randomToken()
    remember(value)
    sessions.set(sha256Hex(value), { userId: user.id, email: user.email, name: null, authTime: new Date(clock.now), scopeCeiling: null })
    const handle = new URL(url).searchParams.get('request') ?? ''
    return { to: `${issuer.url}/consent/${handle}`, setCookie: cookie('session', issuer.slug, value, 3600) }
  }
