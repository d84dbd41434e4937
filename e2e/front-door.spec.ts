import { createConnection } from 'node:net'
import { expect, test } from '@playwright/test'
import { target } from './support/installation.ts'

const host = () => new URL(target()).host

/** Bytes as no client library would send them; the answer's first line, '' when the connection is closed without one. */
function send(text: string, giveUpMs = 5_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port: Number(new URL(target()).port) }, () => socket.write(text))
    let answer = ''
    socket.setEncoding('utf8').on('data', (chunk) => {
      answer += chunk
      if (answer.includes('\r\n')) socket.destroy()
    })
    socket.setTimeout(giveUpMs, () => socket.destroy(new Error(`no answer within ${giveUpMs} ms`)))
    socket.once('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? resolve('') : reject(error)))
    socket.once('close', () => resolve(answer.split('\r\n', 1)[0] ?? ''))
  })
}

const request = (line: string, ...headers: string[]) => [line, `Host: ${host()}`, 'Connection: close', ...headers, '', ''].join('\r\n')

const refused: Record<string, { make: () => string; status: RegExp }> = {
  'H20 another server’s URL': { make: () => request('GET http://169.254.169.254/latest HTTP/1.1'), status: / 400 / },
  'H14 a path that begins with two slashes': { make: () => request('GET //evil.example/ HTTP/1.1'), status: / 404 / },
  'H14 a path with a backslash': { make: () => request('GET /\\evil.example HTTP/1.1'), status: / 400 / },
  'H20 a websocket': {
    make: () =>
      [
        'GET /login HTTP/1.1',
        `Host: ${host()}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        'Sec-WebSocket-Version: 13',
        '',
        '',
      ].join('\r\n'),
    status: / 400 /,
  },
  'H20 a tunnel': { make: () => request('CONNECT evil.example:443 HTTP/1.1'), status: /^$/ },
  'H08 headers of more than 16 KB': { make: () => request('GET / HTTP/1.1', `X-Filler: ${'a'.repeat(17_000)}`), status: / 431 / },
  'H08 two lengths of one body': {
    make: () => request('POST / HTTP/1.1', 'Content-Length: 1', 'Content-Length: 2'),
    status: / 400 /,
  },
  'H08 a length and chunks': {
    make: () => request('POST / HTTP/1.1', 'Content-Length: 1', 'Transfer-Encoding: chunked'),
    status: / 400 /,
  },
  'H08 no host': { make: () => 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', status: / 400 / },
  'H21 an image to fetch and resize': {
    make: () => request('GET /_next/image?url=http%3A%2F%2F169.254.169.254%2F&w=64&q=75 HTTP/1.1'),
    status: / 404 /,
  },
  'H21 page data': { make: () => request('GET /_next/data/x/index.json HTTP/1.1'), status: / 404 / },
  'H21 the development server’s tools': { make: () => request('GET /__nextjs_original-stack-frames HTTP/1.1'), status: / 404 / },
  'L05 a heap snapshot': { make: () => request('GET /debug/heap HTTP/1.1'), status: / 404 / },
  'L05 a profiler': { make: () => request('GET /debug/pprof/ HTTP/1.1'), status: / 404 / },
  'L05 figures of the process': { make: () => request('GET /metrics HTTP/1.1'), status: / 404 / },
  'L05 a debugger': { make: () => request('GET /json/list HTTP/1.1'), status: / 404 / },
  'H21 a dot file': { make: () => request('GET /.env HTTP/1.1'), status: / 404 / },
}

for (const [what, { make, status }] of Object.entries(refused)) {
  test(`refuses ${what}`, async () => expect(await send(make())).toMatch(status))
}

test('H19 gives a client ten seconds for its headers and meanwhile serves the others', async () => {
  test.setTimeout(20_000)
  const slow = send(`GET / HTTP/1.1\r\nHost: ${host()}\r\nX-Slow: `, 15_000)
  expect((await fetch(`${target()}/api/health`)).status).toBe(200)
  expect(await slow).toMatch(/ 408 /)
})

test('an upgrade that HTTP lets us ignore is ignored', async () => {
  const upgrade = ['Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA']
  const text = request('GET /api/health HTTP/1.1', ...upgrade).replace('Connection: close', 'Connection: Upgrade, HTTP2-Settings')
  expect(await send(text)).toMatch(/ 200 /)
})

test('H09 a host that is not ours, named by a header of a proxy that is not there, changes nothing', async () => {
  const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' }
  const response = await fetch(`${target()}/projects`, { headers: forged, redirect: 'manual' })
  expect(response.headers.get('location') ?? '').not.toContain('evil.example')
  expect(await response.text()).not.toContain('evil.example')
})
