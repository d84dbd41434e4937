import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, test } from '@playwright/test'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { type SampleServer, startSampleServer } from './server.ts'

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

let issuer: string
let authorizationServer: Server
let sample: SampleServer
let keys: KeyPair
let strangerKeys: KeyPair

test.beforeAll(async () => {
  keys = await generateKeyPair('ES256')
  strangerKeys = await generateKeyPair('ES256')
  authorizationServer = await startIssuer()
  sample = await startSampleServer({ issuer, port: 0 })
})

test.afterAll(async () => {
  await sample.close()
  authorizationServer.close()
})

test('names the issuer, byte for byte, below its path and at the root', async () => {
  const { origin } = new URL(sample.url)
  for (const path of ['/.well-known/oauth-protected-resource/mcp', '/.well-known/oauth-protected-resource']) {
    const response = await fetch(origin + path)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toMatchObject({
      resource: sample.url,
      authorization_servers: [issuer],
      scopes_supported: ['read', 'write'],
    })
  }
})

test('tells a caller without a token where to get one, also a script of another origin', async () => {
  const response = await call(undefined)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe(
    `Bearer resource_metadata="${new URL(sample.url).origin}/.well-known/oauth-protected-resource/mcp", scope="read"`,
  )
  expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate')
})

test('answers a preflight without asking for a token', async () => {
  const response = await fetch(sample.url, { method: 'OPTIONS', headers: { origin: 'https://client.example' } })
  expect(response.status).toBe(204)
  expect(response.headers.get('access-control-allow-headers')).toContain('Authorization')
})

for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
  test(`takes a token after the word ${scheme}`, async () => expect((await call(await token(), scheme)).status).toBe(200))
}

const now = () => Math.floor(Date.now() / 1000)
const refused: Record<string, () => Promise<string>> = {
  'of another issuer': () => token({ iss: 'http://localhost:1/p/other' }),
  'for another resource': () => token({ aud: 'http://localhost:3999/mcp' }),
  'that has expired': () => token({ exp: now() - 60 }),
  'that never expires': () => token({ exp: undefined }),
  'without a client': () => token({ client_id: undefined }),
  'that is an ID token': () => token({}, { typ: 'JWT' }),
  'that another key signed': () => token({}, { key: strangerKeys.privateKey }),
  'signed by nobody': async () => `${base64({ alg: 'none', typ: 'at+jwt' })}.${base64(await claims({}))}.`,
  'that is no JWT': async () => 'gate_rt_nonsense',
}
for (const [which, make] of Object.entries(refused)) {
  test(`refuses a token ${which}`, async () => {
    const response = await call(await make())
    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toContain('error="invalid_token"')
  })
}

test('asks for the scope a tool needs and for those the token has', async () => {
  const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'add_note', arguments: { note: 'milk' } } }
  for (const body of [message, [message]]) {
    const response = await call(await token({ scope: 'read' }), 'Bearer', body)
    expect(response.status).toBe(403)
    expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope", scope="read write"')
  }
})

test('serves the official client: it learns who it is and keeps notes', async () => {
  const client = new Client({ name: 'test', version: '1.0.0' })
  const headers = { authorization: `Bearer ${await token({ scope: 'read write' })}` }
  const transport = new StreamableHTTPClientTransport(new URL(sample.url), { requestInit: { headers } })
  await client.connect(transport as Parameters<typeof client.connect>[0])
  expect((await client.listTools()).tools.map((tool) => tool.name)).toEqual(['whoami', 'add_note'])
  const [content] = (await client.callTool({ name: 'whoami' })).content as { text: string }[]
  expect(JSON.parse(content?.text ?? '')).toEqual({ sub: 'user-1', client_id: 'client-1', scope: 'read write' })
  await client.callTool({ name: 'add_note', arguments: { note: 'milk' } })
  const second = await client.callTool({ name: 'add_note', arguments: { note: 'bread' } })
  expect(second.content).toEqual([{ type: 'text', text: 'Noted. You have 2 notes.' }])
  await client.close()
})

test('says that it cannot tell, rather than that the token is bad, while the issuer is away', async () => {
  const lonely = await startSampleServer({ issuer: 'http://127.0.0.1:1/p/gone', port: 0 })
  try {
    expect((await call(await token(), 'Bearer', undefined, lonely.url)).status).toBe(503)
  } finally {
    await lonely.close()
  }
})

async function call(accessToken: string | undefined, scheme = 'Bearer', body?: unknown, url = sample.url): Promise<Response> {
  const ping = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'whoami', arguments: {} } }
  return fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...(accessToken ? { authorization: `${scheme} ${accessToken}` } : {}),
    },
    body: JSON.stringify(body ?? ping),
  })
}

const claims = (changes: JWTPayload): JWTPayload => ({
  iss: issuer,
  aud: sample.url,
  sub: 'user-1',
  client_id: 'client-1',
  scope: 'read',
  exp: now() + 300,
  ...changes,
})

function token(changes: Record<string, unknown> = {}, { typ = 'at+jwt', key = keys.privateKey } = {}): Promise<string> {
  return new SignJWT(claims(changes)).setProtectedHeader({ alg: 'ES256', typ, kid: 'key-1' }).sign(key)
}

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Metadata and keys of a path issuer, and nothing else. */
async function startIssuer(): Promise<Server> {
  const server = createServer(async (req, res) => {
    const documents: Record<string, unknown> = {
      '/.well-known/oauth-authorization-server/p/toy': { issuer, jwks_uri: `${issuer}/jwks.json` },
      '/p/toy/jwks.json': { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'key-1', alg: 'ES256', use: 'sig' }] },
    }
    const document = documents[req.url ?? '']
    res.writeHead(document ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(document ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/p/toy`
  return server
}
