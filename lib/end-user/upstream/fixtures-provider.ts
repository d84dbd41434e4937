import { createPrivateKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SignJWT } from 'jose'
import Provider from 'oidc-provider'

/** What a provider knows of one of its people. */
export type PersonThere = { readonly email?: string; readonly email_verified?: boolean; readonly name?: string }

type Given = { readonly status?: number; readonly type?: string; readonly body: unknown } | 'silence'

/** node-oidc-provider, over HTTP on this machine, with its own sign-in pages; and a way to make it misbehave. */
export type TestProvider = {
  readonly issuer: string
  /** By the name they sign in with, which is their subject. */
  readonly people: Map<string, PersonThere>
  /** By path: what is answered there instead of what the provider would say. */
  readonly instead: Map<string, (form: URLSearchParams) => Given | Promise<Given>>
  /** The forms that came to the token endpoint. */
  readonly redeemed: URLSearchParams[]
  /** A confidential client of its own. */
  register(redirectUri: string): Promise<{ clientId: string; clientSecret: string }>
  /** An id_token by the provider's own key, or another. */
  sign(claims: Record<string, unknown>, key?: KeyObject): Promise<string>
  close(): Promise<void>
}

type Options = { readonly claimsInIdToken?: boolean }

export async function startProvider({ claimsInIdToken = false }: Options = {}): Promise<TestProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const jwk = { ...privateKey.export({ format: 'jwk' }), kid: 'provider-key', alg: 'RS256', use: 'sig' }
  const people: TestProvider['people'] = new Map()
  const instead: TestProvider['instead'] = new Map()
  const redeemed: URLSearchParams[] = []
  let listener: RequestListener = () => {}
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    const special = instead.get(path)
    if (path !== '/token' && !special) return listener(request, response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const text = Buffer.concat(chunks).toString()
    const form = new URLSearchParams(text)
    if (path === '/token') redeemed.push(form)
    const given = special && (await special(form))
    if (given === 'silence') return void request.socket.destroy()
    if (given) {
      response.writeHead(given.status ?? 200, { 'content-type': given.type ?? 'application/json' })
      return void response.end(typeof given.body === 'string' ? given.body : JSON.stringify(given.body))
    }
    // The framework takes a body that was read already from here.
    listener(Object.assign(request, { body: text }), response)
  }

  const provider = new Provider(issuer, {
    jwks: { keys: [jwk] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    conformIdTokenClaims: !claimsInIdToken,
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    scopes: ['openid', 'offline_access', 'email', 'profile'],
    features: { registration: { enabled: true }, devInteractions: { enabled: true } },
    findAccount: async (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub, ...people.get(sub) }) }),
    ttl: { AccessToken: 3600, RefreshToken: 86_400, Grant: 86_400, Session: 86_400, Interaction: 600, IdToken: 600 },
  })
  listener = provider.callback()

  return {
    ...{ issuer, people, instead, redeemed },
    register: async (redirectUri) => {
      const wanted = { redirect_uris: [redirectUri], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'] }
      const body = JSON.stringify({ ...wanted, token_endpoint_auth_method: 'client_secret_post' })
      const response = await fetch(`${issuer}/reg`, { method: 'POST', headers: { 'content-type': 'application/json' }, body })
      const { client_id, client_secret } = (await response.json()) as Record<string, string>
      if (!client_id || !client_secret) throw new Error(`registering at the provider answered ${response.status}`)
      return { clientId: client_id, clientSecret: client_secret }
    },
    sign: (claims, key = createPrivateKey({ key: jwk, format: 'jwk' })) =>
      new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'provider-key' }).sign(key),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Cookies by name. */
export type Jar = Map<string, string>

/** What a person does on the provider's pages, until their browser is sent back to us: answers where to. */
export async function signInThere(url: string, login: string, jar: Jar = new Map()): Promise<URL> {
  return goThrough(url, jar, (form) => ({ ...form, ...(form.prompt === 'login' ? { login, password: 'any' } : {}) }))
}

/** The person turns back on the first page. */
export async function cancelThere(url: string, jar: Jar = new Map()): Promise<URL> {
  const page = await walk(url, jar)
  if (page instanceof URL) throw new Error('the provider asked nothing')
  const abort = /href="([^"]+\/abort)"/.exec(page.html)?.[1] ?? ''
  const back = await walk(new URL(abort, page.url).href, jar)
  if (!(back instanceof URL)) throw new Error('the provider did not let go')
  return back
}

type Page = { readonly url: string; readonly html: string }

async function goThrough(start: string, jar: Jar, fill: (form: Record<string, string>) => Record<string, string>): Promise<URL> {
  let at = await walk(start, jar)
  for (let pages = 0; pages < 5; pages++) {
    if (at instanceof URL) return at
    const action = /<form[^>]+action="([^"]+)"/.exec(at.html)?.[1]
    if (!action) throw new Error(`the provider shows no form at ${at.url}`)
    const hidden = [...at.html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ])
    const body = new URLSearchParams(fill(Object.fromEntries(hidden)))
    at = await walk(new URL(action, at.url).href, jar, body)
  }
  throw new Error('the provider asked too much')
}

/** Follows redirects among the provider's own pages. */
async function walk(start: string, jar: Jar, form?: URLSearchParams): Promise<URL | Page> {
  let [url, body] = [start, form]
  const { origin } = new URL(start)
  for (let steps = 0; steps < 10; steps++) {
    const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
    const response = await fetch(url, { redirect: 'manual', headers, ...(body ? { method: 'POST', body } : {}) })
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value) jar.set(name, value)
      else jar.delete(name)
    }
    const location = response.headers.get('location')
    if (!location) {
      if (!response.ok) throw new Error(`the provider answered ${response.status}: ${(await response.text()).slice(0, 500)}`)
      return { url, html: await response.text() }
    }
    const next = new URL(location, url)
    if (next.origin !== origin) return next
    ;[url, body] = [next.href, undefined]
  }
  throw new Error('the provider sends in circles')
}
