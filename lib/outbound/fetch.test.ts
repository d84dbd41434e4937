import { type IncomingHttpHeaders, createServer as plainServer, type RequestListener } from 'node:http'
import { createServer } from 'node:https'
import { type AddressInfo, type Server, type Socket, createServer as tcpServer } from 'node:net'
import type { TlsOptions } from 'node:tls'
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FetchOptions, Outside } from './fetch.ts'
import { newAuthority } from './fixtures-certificates.ts'

const HOST = 'app.example.com'
const URL_THERE = `https://${HOST}/client.json`
const PUBLIC = { address: '93.184.215.14', family: 4 }
const OPTIONS = { maxBytes: 16 * 1024, accept: 'application/json' }
const DOCUMENT = JSON.stringify({ client_id: URL_THERE })

const authority = newAuthority()
const certificate = authority.issue([HOST])

type Seen = {
  requests: { url: string; method: string; headers: IncomingHttpHeaders }[]
  bodies: string[]
  connections: number
  sockets: Set<Socket>
}
const open: { server: Server; seen: Seen }[] = []

const answer: RequestListener = (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(DOCUMENT)

/** An origin in this process, and how to reach it under a public address. */
async function originWith(listener: RequestListener, tls: TlsOptions = {}) {
  const seen: Seen = { requests: [], bodies: [], connections: 0, sockets: new Set() }
  const server = createServer({ ...certificate, ...tls }, (request, response) => {
    seen.requests.push({ url: request.url ?? '', method: request.method ?? '', headers: request.headers })
    if (request.method === 'POST') {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => seen.bodies.push(Buffer.concat(chunks).toString()))
    }
    listener(request, response)
  })
  return listening(server, seen)
}

async function listening(server: Server, seen: Seen = { requests: [], bodies: [], connections: 0, sockets: new Set() }) {
  server.on('connection', (socket: Socket) => {
    seen.connections++
    seen.sockets.add(socket)
    socket.on('close', () => seen.sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  open.push({ server, seen })
  const { port } = server.address() as AddressInfo
  const lookups: string[] = []
  const outside: Outside = {
    resolve: async (name) => {
      lookups.push(name)
      return [PUBLIC]
    },
    ca: authority.cert,
    connectTo: () => ({ address: '127.0.0.1', family: 4, port }),
  }
  return { seen, outside, lookups, port }
}

/** The fetcher under the environment given: it is parsed once and kept. */
async function fetcher(variables: Record<string, string> = {}) {
  const secrets = Object.fromEntries(['NEXTAUTH_SECRET', 'KEY_ENCRYPTION_KEY', 'TOKEN_PEPPER'].map((name) => [name, name.padEnd(32, '.')]))
  const all = { DATABASE_URL: 'postgres://localhost/none', BASE_URL: 'https://auth.example.com', OUTBOUND_LOOPBACK: 'off', ISSUER_HOST: '' }
  for (const [name, value] of Object.entries({ ...all, ...secrets, ...variables })) vi.stubEnv(name, value)
  vi.resetModules()
  const { fetchPublic } = await import('./fetch.ts')
  return (url: string, outside: Outside, options: FetchOptions = OPTIONS) =>
    fetchPublic(url, options, outside).then(
      ({ status, body, headers }) => ({ status, body: body.toString(), headers }),
      (error: { kind?: string }) => error.kind ?? String(error),
    )
}

let get: Awaited<ReturnType<typeof fetcher>>
beforeEach(async () => {
  get = await fetcher()
})
afterEach(() => vi.unstubAllEnvs())
afterAll(() => {
  for (const { server, seen } of open) {
    for (const socket of seen.sockets) socket.destroy()
    server.close()
  }
})

describe('the one fetcher', () => {
  it('fetches what is public, and tells the origin nothing but who we are (CI31)', async () => {
    const { outside, seen } = await originWith(answer)
    expect(await get(`${URL_THERE}?v=1`, outside)).toMatchObject({ status: 200, body: DOCUMENT })
    expect(seen.requests).toEqual([
      {
        url: '/client.json?v=1',
        method: 'GET',
        headers: {
          host: HOST,
          accept: 'application/json',
          'accept-encoding': 'identity',
          'user-agent': 'Gatehouse (+https://auth.example.com)',
          connection: 'close',
        },
      },
    ])
  })

  it.each([
    ['a form', { form: { code: 'a b&c', grant_type: 'x' } }, 'application/x-www-form-urlencoded', 'code=a+b%26c&grant_type=x'],
    ['JSON', { json: { a: ['ü'] } }, 'application/json', '{"a":["ü"]}'],
  ])('CI27 posts %s to what is public, with the headers it was given', async (_, message, type, body) => {
    const { outside, seen } = await originWith(answer)
    const headers = { authorization: 'Basic eDp5', 'content-type': 'text/plain', 'content-length': '1' }
    expect(await get(URL_THERE, outside, { ...OPTIONS, headers, ...message })).toMatchObject({ status: 200, body: DOCUMENT })
    expect(seen.requests).toMatchObject([
      { method: 'POST', headers: { authorization: 'Basic eDp5', 'content-type': type, 'content-length': String(Buffer.byteLength(body)) } },
    ])
    await vi.waitFor(() => expect(seen.bodies).toEqual([body]))
  })
  it.each([302, 307, 308])('CI27 a %i does not send what was posted on to somebody else', async (status) => {
    const { outside, seen } = await originWith((_, response) => void response.writeHead(status, { location: `https://${HOST}/x` }).end())
    expect(await get(URL_THERE, outside, { ...OPTIONS, form: { code: 'secret' } })).toMatchObject({ status })
    expect(seen.requests).toHaveLength(1)
  })
  it('CI27 posts no more than 64 KB, and nothing to what is private', async () => {
    const { outside, seen } = await originWith(answer)
    expect(await get(URL_THERE, outside, { ...OPTIONS, form: { a: 'x'.repeat(64 * 1024) } })).toBe('too_large')
    const resolve = async () => [{ address: '10.0.0.1', family: 4 }]
    expect(await get(URL_THERE, { ...outside, resolve }, { ...OPTIONS, json: {} })).toBe('private_address')
    expect(seen.connections).toBe(0)
  })

  it.each([
    ['127.0.0.1', '127.0.0.1'],
    ['::1', PUBLIC.address, '::1'],
    ['10.0.0.1 behind a hundred public ones', ...Array.from({ length: 100 }, (_, i) => `93.184.215.${i + 1}`), '10.0.0.1'],
    ['a translated loopback', '64:ff9b::7f00:1'],
  ])('CI06 a name that leads to %s is not connected to', async (_, ...addresses) => {
    const { outside, seen } = await originWith(answer)
    const resolve = async () => addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    expect(await get(URL_THERE, { ...outside, resolve })).toBe('private_address')
    expect(seen.connections).toBe(0)
  })

  it('CI07 asks for the name once and connects to what was checked', async () => {
    const { outside, lookups } = await originWith(answer)
    const connected: string[] = []
    const answers = [[PUBLIC], [{ address: '127.0.0.1', family: 4 }]]
    const rebinding: Outside = {
      ...outside,
      resolve: async (name) => {
        lookups.push(name)
        return answers.shift() ?? []
      },
      connectTo: (address) => {
        connected.push(address.address)
        return outside.connectTo?.(address) ?? { ...address, port: 0 }
      },
    }
    expect(await get(URL_THERE, rebinding)).toMatchObject({ status: 200 })
    expect(lookups).toEqual([HOST])
    expect(connected).toEqual([PUBLIC.address])
  })

  it('tries another checked address when one leads nowhere', async () => {
    const { outside, port } = await originWith(answer)
    const resolve = async () => [{ address: '2606:4700::1111', family: 6 }, PUBLIC]
    const connectTo: Outside['connectTo'] = ({ family }) => ({ address: family === 6 ? '::1' : '127.0.0.1', family, port })
    expect(await get(URL_THERE, { ...outside, resolve, connectTo })).toMatchObject({ status: 200 })
  })

  it.each([
    'https://93.184.215.14/c',
    'https://[2606:4700::1111]/c',
    'http://app.example.com/c',
    'https://app.example.com:8443/c',
    'https://localhost/c',
  ])('CI01 CI08 CI09 %s is refused before the name is asked for', async (url) => {
    const { outside, seen, lookups } = await originWith(answer)
    expect(['address_literal', 'url', 'private_name']).toContain(await get(url, outside))
    expect([lookups, seen.connections]).toEqual([[], 0])
  })

  it.each(['https://auth.example.com/c', 'https://id.example.org/c', 'https://acme.id.example.org/c'])(
    'CI10 %s is our own and not fetched',
    async (url) => {
      get = await fetcher({ ISSUER_HOST: 'id.example.org' })
      const { outside, lookups } = await originWith(answer)
      expect(await get(url, outside)).toBe('own_host')
      expect(lookups).toEqual([])
    },
  )

  it('CI11 knows no proxy', async () => {
    const proxy = await listening(tcpServer((socket) => void socket.resume()))
    const url = `http://127.0.0.1:${proxy.port}`
    const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy']
    get = await fetcher({ ...Object.fromEntries(names.map((name) => [name, url])), NODE_USE_ENV_PROXY: '1' })
    const { outside } = await originWith(answer)
    expect(await get(URL_THERE, outside)).toMatchObject({ status: 200 })
    expect(proxy.seen.connections).toBe(0)
  })

  it.each([301, 302, 303, 307, 308])('CI12 a %i is an answer and not followed', async (status) => {
    const { outside, seen } = await originWith((_, response) => void response.writeHead(status, { location: URL_THERE }).end())
    expect(await get(URL_THERE, outside)).toMatchObject({ status })
    expect(seen.requests).toHaveLength(1)
  })

  it.each([
    ['a length of 10 GB', { 'content-length': '10000000000' }],
    ['no length and no end', {}],
  ])('CI15 a body with %s is cut at the cap', async (_, headers) => {
    let sent = 0
    const { outside, seen } = await originWith((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...headers })
      const more = () => {
        while (!response.destroyed && sent < 50_000_000) {
          sent += 8192
          if (!response.write(Buffer.alloc(8192, 32))) return void response.once('drain', more)
        }
      }
      more()
    })
    expect(await get(URL_THERE, outside)).toBe('too_large')
    await vi.waitFor(() => expect(seen.sockets.size).toBe(0))
    expect(sent).toBeLessThan(50_000_000)
  })
  it('CI15 a body of the cap passes, one byte more does not', async () => {
    const bodyOf = (length: number) => originWith((_, response) => void response.writeHead(200).end(Buffer.alloc(length, 32)))
    expect(await get(URL_THERE, (await bodyOf(OPTIONS.maxBytes)).outside)).toMatchObject({ status: 200 })
    expect(await get(URL_THERE, (await bodyOf(OPTIONS.maxBytes + 1)).outside)).toBe('too_large')
  })

  const slow = { connectMs: 150, totalMs: 300 }
  it.each<[string, RequestListener]>([
    ['no answer', () => {}],
    [
      'a header each moment',
      ({ socket }) => {
        socket.write('HTTP/1.1 200 OK\r\n')
        setInterval(() => socket.write('x: y\r\n'), 20).unref()
      },
    ],
    [
      'a byte each moment',
      (_, response) => {
        response.writeHead(200)
        setInterval(() => response.write('a'), 20).unref()
      },
    ],
  ])('CI17 %s ends at the deadline, with its socket', async (_, listener) => {
    const { outside, seen } = await originWith(listener)
    expect(await get(URL_THERE, { ...outside, ...slow })).toBe('deadline')
    await vi.waitFor(() => expect(seen.sockets.size).toBe(0))
  })
  it('CI17 whoever accepts and then says nothing of TLS is given up early', async () => {
    const { outside, seen } = await listening(tcpServer((socket) => void socket.resume()))
    const started = performance.now()
    expect(await get(URL_THERE, { ...outside, connectMs: 100, totalMs: 10_000 })).toBe('deadline')
    expect(performance.now() - started).toBeLessThan(5_000)
    await vi.waitFor(() => expect(seen.sockets.size).toBe(0))
  })
  it('CI17 a resolver that never answers is not waited for', async () => {
    const { outside } = await originWith(answer)
    expect(await get(URL_THERE, { ...outside, ...slow, resolve: () => new Promise(() => {}) })).toBe('deadline')
  })

  it('CI17 CI25 asks a host four things at once, and others meanwhile', async () => {
    let release = () => {}
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const { outside, seen } = await originWith((request, response) => void released.then(() => answer(request, response)))
    const four = Array.from({ length: 4 }, (_, i) => get(`https://${HOST}/${i}`, outside))
    await vi.waitFor(() => expect(seen.requests).toHaveLength(4))
    expect(await get(URL_THERE, outside)).toBe('too_many')
    const other = await originWith(answer, authority.issue(['other.example.com']))
    expect(await get('https://other.example.com/c', other.outside)).toMatchObject({ status: 200 })
    release()
    expect((await Promise.all(four)).map((each) => typeof each === 'object' && each.status)).toEqual([200, 200, 200, 200])
    expect(await get(URL_THERE, outside)).toMatchObject({ status: 200 })
  })

  const past = { from: new Date('2020-01-01'), until: new Date('2020-02-01') }
  it.each<[string, TlsOptions]>([
    ['of an unknown authority', newAuthority().issue([HOST])],
    ['for another name', authority.issue(['evil.example.com'])],
    ['that has expired', authority.issue([HOST], past)],
    ['over TLS 1.1', { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
  ])('CI18 a certificate %s is refused, whatever the environment says', async (_, tls) => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0')
    const { outside, seen } = await originWith(answer, tls)
    expect(await get(URL_THERE, outside)).toBe('connection')
    expect(seen.requests).toEqual([])
  })

  it('a name that nobody knows, and one with no address', async () => {
    const { outside } = await originWith(answer)
    expect(await get(URL_THERE, { ...outside, resolve: () => Promise.reject(new Error('ENOTFOUND')) })).toBe('name_unknown')
    expect(await get(URL_THERE, { ...outside, resolve: async () => [] })).toBe('name_unknown')
  })

  it('an origin that hangs up, or wants to speak another protocol, is an error and no endless wait', async () => {
    const hangUp = await originWith((request) => void request.socket.destroy())
    expect(await get(URL_THERE, hangUp.outside)).toBe('connection')
    const upgrade = await originWith((_, response) => void response.writeHead(101, { connection: 'upgrade', upgrade: 'h2c' }).end())
    expect(await get(URL_THERE, upgrade.outside)).toBe('connection')
  })
})

describe('the one fetcher in development', () => {
  const development = { BASE_URL: 'http://localhost:3999', OUTBOUND_LOOPBACK: 'on' }
  const usual = (address: string): Outside => ({ resolve: async () => [{ address, family: address.includes(':') ? 6 : 4 }] })

  it('reaches this machine by http on any port, and nothing else that is private', async () => {
    get = await fetcher(development)
    const { port } = await listening(plainServer(answer))
    expect(await get(`http://localhost:${port}/c`, usual('127.0.0.1'))).toMatchObject({ status: 200 })
    expect(await get(`http://localhost:${port}/c`, usual('10.0.0.1'))).toBe('private_address')
    expect(await get(URL_THERE, usual('127.0.0.1'))).toBe('private_address')
  })
  it('is not reached by its own name', async () => {
    get = await fetcher(development)
    expect(await get('http://localhost:3999/c', usual('127.0.0.1'))).toBe('own_host')
    expect(await get('http://127.0.0.1:3999/c', usual('127.0.0.1'))).toBe('own_host')
  })
  it('must be switched on', async () => {
    const { port } = await listening(plainServer(answer))
    expect(await get(`http://localhost:${port}/c`, usual('127.0.0.1'))).toBe('url')
  })
})
