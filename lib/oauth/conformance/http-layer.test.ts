import net from 'node:net'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  answerOf,
  basic,
  bearer,
  connect,
  FORM,
  introspect,
  JSON_BODY,
  type OAuthClient,
  oauthClient,
  outcomeOf,
  pageOf,
  pkcePair,
  postForm,
} from './oauth-client.ts'
import { short } from './short.ts'
import { conformance } from './suite.ts'
import type { TestProject } from './target.ts'

conformance('the HTTP layer', (subject) => {
  let project: TestProject
  let machine: OAuthClient
  let web: OAuthClient
  beforeAll(async () => {
    project = await subject.target.project()
    machine = oauthClient(project, await project.client({ method: 'client_secret_post', grantTypes: ['client_credentials'] }))
    web = oauthClient(project, await project.client())
  })
  const good = (more = '') => `grant_type=client_credentials&client_id=${machine.clientId}&client_secret=${machine.clientSecret}${more}`
  const token = async (body: string | Uint8Array, headers: Record<string, string> = FORM, query = '') =>
    answerOf(await project.fetch(`/api/oauth/token${query}`, { method: 'POST', headers, body }))

  it('answers the form the tests below are variations of', async () => expect(outcomeOf(await token(good()))).toBe('200'))

  describe('a body', () => {
    it.each([
      'application/json',
      'multipart/form-data; boundary=x',
      'text/plain',
      'application/json, application/x-www-form-urlencoded',
      'application/x-www-form-urlencoded; charset=utf-7',
      '',
    ])('H03 of type %j is invalid_request', async (type) => {
      const before = await project.snapshot()
      expect(outcomeOf(await token(good(), { 'content-type': type }))).toBe('400 invalid_request')
      expect(await project.snapshot()).toBe(before)
    })

    it('H03 without a type is invalid_request', async () => expect(outcomeOf(await token(good(), {}))).toBe('400 invalid_request'))

    it('H03 that is real JSON or multipart is no form', async () => {
      const json = JSON.stringify({ grant_type: 'client_credentials', client_id: machine.clientId, client_secret: machine.clientSecret })
      expect(outcomeOf(await token(json, JSON_BODY))).toBe('400 invalid_request')
      const multipart = `--x\r\nContent-Disposition: form-data; name="grant_type"\r\n\r\nclient_credentials\r\n--x--\r\n`
      expect(outcomeOf(await token(multipart, { 'content-type': 'multipart/form-data; boundary=x' }))).toBe('400 invalid_request')
    })

    it.each([
      'grant_type',
      'client_id',
      'client_secret',
      'scope',
      'code',
      'redirect_uri',
      'code_verifier',
      'refresh_token',
      'client_assertion',
      'unknown',
    ])('H04 with %s twice is invalid_request', async (name) => {
      expect(outcomeOf(await token(`${good()}&${name}=x&${name}=x`))).toBe('400 invalid_request')
    })

    it('H04 may have resource several times', async () => {
      const resource = encodeURIComponent(project.resource)
      expect(outcomeOf(await token(good(`&resource=${resource}&resource=${resource}`)))).toBe('200')
    })

    it.each(['client_secret=x', 'code=x', 'refresh_token=x', 'code_verifier=x', 'subject_token=x', 'x=1&client_secret=x'])(
      'H05 does not excuse a credential in the query: %s',
      async (query) => expect(outcomeOf(await token(good(), FORM, `?${query}`))).toBe('400 invalid_request'),
    )

    it('H05 is the only place: what the query says besides is nothing', async () => {
      expect(outcomeOf(await token(good(), FORM, '?grant_type=password&scope=root'))).toBe('200')
      expect(outcomeOf(await token('', FORM, `?grant_type=client_credentials&client_id=${machine.clientId}`))).toBe('400 invalid_request')
    })

    it('H06 may have 190 unknown parameters, not 1,000, and not 64 KB', async () => {
      const unknown = (count: number) => Array.from({ length: count }, (_, i) => `&x${i}=1`).join('')
      expect(outcomeOf(await token(good(unknown(190))))).toBe('200')
      expect(outcomeOf(await token(good(unknown(1000))))).toBe('400 invalid_request')
      expect((await token(good(`&x=${'a'.repeat(65_536)}`))).status).toBe(413)
    })

    it.each(['%00', '%ff', '%c0%80', '%ed%a0%80', '%u0041', '%', '%zz'])('H07 with %s is invalid_request', async (text) => {
      expect(outcomeOf(await token(good(`&x=${text}`)))).toBe('400 invalid_request')
    })

    it('H07 of bytes that are no UTF-8 is invalid_request', async () => {
      expect(outcomeOf(await token(new Uint8Array([...new TextEncoder().encode(good('&x=')), 0xff])))).toBe('400 invalid_request')
    })

    it('H07 has no separator but the ampersand, and a plus is a blank', async () => {
      expect(outcomeOf(await token(good('&scope=read+write')))).toBe('200')
      expect(outcomeOf(await token(good('&scope=read%20write')))).toBe('200')
      expect((await token(good('&x=1;scope=nothing'))).body.scope).toBe('read write')
    })
  })

  describe('a header', () => {
    const FORGED = {
      'x-forwarded-host': 'evil.test',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '1',
      'x-forwarded-prefix': '/evil',
      forwarded: 'host=evil.test;proto=https',
      'x-original-host': 'evil.test',
      'x-host': 'evil.test',
    }

    it('H09 that claims another host changes nothing', async () => {
      const [plain, forged] = [
        await project.fetch('/.well-known/oauth-authorization-server').then(answerOf),
        await project.fetch('/.well-known/oauth-authorization-server', { headers: FORGED }).then(answerOf),
      ]
      expect([forged.status, forged.text]).toEqual([200, plain.text])
      const authorize = await project.fetch(web.authorizeUrl(pkcePair().challenge), { headers: FORGED })
      expect(authorize.headers.get('location')?.startsWith(`${project.issuer}/sign-in?request=`)).toBe(true)
      expect(authorize.headers.getSetCookie().join()).not.toContain('evil')
    })

    it.each(['evil.test', 'localhost.evil.test', 'localhost:1', ''])('H09 Host %j is nobody’s', async (host) => {
      const response = await project.fetch('/.well-known/oauth-authorization-server', { headers: { host } })
      expect([400, 404]).toContain(response.status)
      expect(await response.text()).not.toContain(project.issuer)
    })

    it.each(
      [
        'Bearer',
        'Bearer ',
        'Bearer a b',
        'bearer',
        'Bearer %',
        'Bearer \t',
        `Bearer ${'a'.repeat(8_000)}`,
        'Basic',
        'Basic !!',
        'Bearer a, Basic b',
        ',',
      ].map(short),
    )('H12 Authorization %j is 401 or 400 everywhere, never a fault of ours', async (_, authorization) => {
      const headers = { authorization }
      for (const path of ['/api/oauth/token', '/api/oauth/revoke', '/api/oauth/introspect']) {
        expect([400, 401]).toContain((await postForm(project, path, { grant_type: 'client_credentials', token: 'x' }, { headers })).status)
      }
      for (const path of ['/api/oauth/register', '/api/oauth/token/exchange']) {
        const response = await project.fetch(path, { method: 'POST', headers: { ...JSON_BODY, ...headers }, body: '{"user_id":"u"}' })
        expect(response.status).toBe(401)
      }
    })
  })

  it('H10 nothing a caller sends comes back in an error', async () => {
    const marker = 'zq9<script>'
    const form = {
      grant_type: marker,
      client_id: marker,
      code: marker,
      scope: marker,
      resource: marker,
      token: marker,
      redirect_uri: marker,
    }
    const answers = [
      await postForm(project, '/api/oauth/token', form),
      await postForm(project, '/api/oauth/token', { ...form, grant_type: 'authorization_code', client_id: web.clientId }),
      await postForm(project, '/api/oauth/token', {
        ...form,
        grant_type: 'client_credentials',
        client_id: machine.clientId,
        client_secret: machine.clientSecret ?? '',
      }),
      await postForm(project, '/api/oauth/revoke', form),
      await postForm(project, '/api/oauth/introspect', form, { headers: { authorization: basic(marker, marker) } }),
      await postForm(project, '/api/oauth/register', form, { headers: bearer(project.registrationSecret) }),
      await project.fetch(`/oauth/authorize?${new URLSearchParams(form)}`).then(answerOf),
      await project.fetch('/nothing/zq9').then(answerOf),
    ]
    for (const { status, text, headers } of answers) {
      expect(status).toBeGreaterThanOrEqual(400)
      expect(text).not.toContain('zq9')
      expect(headers.get('www-authenticate') ?? '').not.toContain('zq9')
    }
  })

  it('H15 C21 a page of ours runs nothing, loads nothing, is framed by nobody and kept by nobody', async () => {
    const response = await project.fetch('/oauth/authorize?client_id=c_unknown')
    expect(pageOf(response)).toBe('PAGE 400')
    const { headers } = response
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect([headers.get('x-frame-options'), headers.get('x-content-type-options'), headers.get('referrer-policy')]).toEqual([
      'DENY',
      'nosniff',
      'same-origin',
    ])
    expect([headers.get('cache-control'), headers.get('cross-origin-opener-policy')]).toEqual(['no-store', 'same-origin'])
    expect(headers.get('x-powered-by')).toBeNull()
    expect(await response.text()).not.toMatch(/<script|(?:src|href)=/)
  })

  it('L04 says nothing of how it is made', async () => {
    const { headers } = await project.fetch('/.well-known/jwks.json')
    expect([headers.get('x-powered-by'), headers.get('server')]).toEqual([null, null])
  })

  describe('H08 D01 at the socket of the Node door', () => {
    const door = process.env.GATEHOUSE_TARGET ?? ''
    const node = () => subject.target.door === 'node'
    /** Everything the server sends until it closes, or falls silent for a moment. */
    const raw = (request: string, more: readonly string[] = []) =>
      new Promise<string>((resolve, reject) => {
        const { port } = new URL(door)
        const socket = net.connect(Number(port), '127.0.0.1', () => {
          socket.write(request)
          for (const part of more) if (socket.writable) socket.write(part)
        })
        let received = ''
        socket.setTimeout(1_000, () => socket.destroy())
        socket.on('data', (data) => {
          received += data.toString('latin1')
          socket.setTimeout(250)
        })
        socket.on('close', () => resolve(received))
        socket.on('error', (error: NodeJS.ErrnoException) =>
          ['ECONNRESET', 'EPIPE'].includes(error.code ?? '') ? resolve(received) : reject(error),
        )
      })
    const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? 0)
    const post = (headers: string, body = '') => {
      const { host, pathname } = new URL(project.issuer)
      return `POST ${pathname}/api/oauth/token HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/x-www-form-urlencoded\r\n${headers}\r\n\r\n${body}`
    }

    it.each<[string, string, string]>([
      ['two lengths', 'Content-Length: 4\r\nContent-Length: 5', 'a=b&c'],
      ['a length and chunks', 'Content-Length: 4\r\nTransfer-Encoding: chunked', '0\r\n\r\n'],
      ['an unknown transfer encoding', 'Transfer-Encoding: xchunked', '0\r\n\r\n'],
      ['a folded header', 'X-A: b\r\n c: d\r\nContent-Length: 3', 'a=b'],
      ['a bare CR in a value', 'X-A: b\rc\r\nContent-Length: 3', 'a=b'],
      ['a blank before the colon', 'X-A : b\r\nContent-Length: 3', 'a=b'],
      ['20 KB of one header', `X-A: ${'a'.repeat(20_000)}\r\nContent-Length: 3`, 'a=b'],
    ])('%s never reach a handler', async (_, headers, body) => {
      if (!node()) return
      expect([400, 431]).toContain(statusOf(await raw(post(headers, body))))
    })

    it('an endless body of chunks is cut at the cap', async () => {
      if (!node()) return
      const chunk = `4000\r\n${'a'.repeat(0x4000)}\r\n`
      expect(statusOf(await raw(post('Transfer-Encoding: chunked'), Array<string>(12).fill(chunk)))).toBe(413)
    })

    it('H04 a body that says it is too long is not waited for', async () => {
      if (!node()) return
      expect(statusOf(await raw(post('Content-Length: 10000000')))).toBe(413)
    })
  })

  it('T06 a wrong server secret is limited for its own project only', async () => {
    const noisy = await subject.target.project()
    const guess = () => postForm(noisy, '/api/oauth/introspect', { token: 'x' }, { headers: bearer('gate_srv_wrong') })
    for (let i = 0; i < 20; i++) expect(outcomeOf(await guess())).toBe('401 invalid_client')
    expect(outcomeOf(await guess())).toBe('429 temporarily_unavailable')
    const quiet = await postForm(project, '/api/oauth/introspect', { token: 'x' }, { headers: bearer('gate_srv_wrong') })
    expect(outcomeOf(quiet)).toBe('401 invalid_client')
    expect((await introspect(noisy, 'x')).status).toBe(200) // the real one still counts
  })

  it('the same answers for a connection that is used again and again', async () => {
    const { access } = await connect(project, web, { user: await project.user() })
    const answers = await Promise.all(Array.from({ length: 20 }, () => introspect(project, access)))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  })
})
