import { beforeEach, describe, expect, it } from 'vitest'
import type { Fetched } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { worldWith } from './world.ts'

const URL_THERE = 'https://app.example.com/client.json'
const KEYS = 'https://app.example.com/jwks.json'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const document = (fields: object = {}) => ({
  client_id: URL_THERE,
  client_name: 'App',
  redirect_uris: ['https://app.example.com/cb'],
  ...fields,
})
const key = (kid: string) => ({ kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43), kid })

type Reply = { status?: number; body?: unknown; headers?: Record<string, string> } | OutboundRefused
type Asked = { url: string; headers: Readonly<Record<string, string>>; maxBytes: number }

let now: number
let asked: Asked[]
let reply: (url: string) => Reply | Promise<Reply>
let worldOf: ReturnType<typeof worldWith>
const world = (projectId = 'p1', address = '192.0.2.1') => worldOf(projectId, address)

beforeEach(() => {
  now = 1_000_000
  asked = []
  reply = () => ({ body: document() })
  worldOf = worldWith({
    now: () => now,
    developmentLoopback: false,
    fetch: async (url, { headers = {}, maxBytes }): Promise<Fetched> => {
      asked.push({ url, headers, maxBytes })
      const given = await reply(url)
      if (given instanceof OutboundRefused) throw given
      const { status = 200, body = '', headers: sent = {} } = given
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      return { status, headers: { 'content-type': 'application/json', ...sent }, body: Buffer.from(text) }
    },
  })
})

const read = (url = URL_THERE) => world().clientDocument(url)
const nameNow = async () => {
  const found = await read()
  return typeof found === 'string' ? found : found.metadata.name
}

describe('client ID metadata documents', () => {
  it('are fetched with a cap of 16 KB and read as what they say', async () => {
    expect(await read()).toMatchObject({ metadata: { name: 'App', redirectUris: ['https://app.example.com/cb'] }, ageSeconds: 0 })
    expect(asked).toEqual([{ url: URL_THERE, headers: {}, maxBytes: 16 * 1024 }])
  })

  it.each([
    ['nothing', undefined, 5 * MINUTE],
    ['max-age=1', 'max-age=1', 5 * MINUTE],
    ['no-store', 'no-store, max-age=86400', 5 * MINUTE],
    ['an hour', 'public, max-age=3600', HOUR],
    ['a year', 'max-age=31536000, immutable', DAY],
    ['nonsense', 'max-age=banana', 5 * MINUTE],
  ])('with a Cache-Control of %s are believed within 5 minutes and 24 hours', async (_, value, freshMs) => {
    reply = () => ({ body: document(), headers: value === undefined ? {} : { 'cache-control': value } })
    await read()
    now += freshMs - 1
    expect(await read()).toMatchObject({ ageSeconds: (freshMs - 1) / 1000 })
    expect(asked).toHaveLength(1)
    now += 1
    expect(await read()).toMatchObject({ ageSeconds: 0 })
    expect(asked).toHaveLength(2)
  })
  it('have the age they had in a cache on their way', async () => {
    reply = () => ({ body: document(), headers: { 'cache-control': 'max-age=3600', age: '3000' } })
    await read()
    now += 10 * MINUTE
    await read()
    expect(asked).toHaveLength(2)
  })

  it('are compared by their ETag, and found unchanged they are young again', async () => {
    reply = () => ({ body: document(), headers: { etag: '"v1"' } })
    await read()
    now += HOUR
    reply = () => ({ status: 304 })
    expect(await read()).toMatchObject({ metadata: { name: 'App' }, ageSeconds: 0 })
    expect(asked[1]?.headers).toEqual({ 'if-none-match': '"v1"' })
    now += MINUTE
    await read()
    expect(asked).toHaveLength(2)
  })
  it('are replaced by what they say next', async () => {
    await read()
    now += HOUR
    reply = () => ({ body: document({ client_name: 'Renamed' }) })
    expect(await nameNow()).toBe('Renamed')
  })

  it('are read anew, fresh or not, by whoever wants no copy that old, and the copy stands in where that fails', async () => {
    expect(await nameNow()).toBe('App')
    now += 10_000
    reply = () => ({ body: document({ client_name: 'Renamed' }) })
    expect(await world().clientDocument(URL_THERE, 11)).toMatchObject({ metadata: { name: 'App' } })
    expect(asked).toHaveLength(1)
    reply = () => ({ status: 500 })
    expect(await world().clientDocument(URL_THERE, 9)).toMatchObject({ metadata: { name: 'App' }, ageSeconds: 10 })
    reply = () => ({ body: document({ client_name: 'Renamed' }) })
    expect(await world().clientDocument(URL_THERE, 9)).toMatchObject({ metadata: { name: 'Renamed' }, ageSeconds: 0 })
    expect(asked).toHaveLength(3)
  })

  it.each<[string, Reply, string]>([
    ['404', { status: 404, body: document() }, 'unavailable'],
    ['500', { status: 500, body: document() }, 'unavailable'],
    ['204', { status: 204 }, 'unavailable'],
    ['206', { status: 206, body: document() }, 'unavailable'],
    ['304 without a copy', { status: 304 }, 'unavailable'],
    ['302', { status: 302, body: document(), headers: { location: URL_THERE } }, 'unavailable'],
    ['text/html', { body: document(), headers: { 'content-type': 'text/html' } }, 'unavailable'],
    ['text/plain', { body: document(), headers: { 'content-type': 'text/plain' } }, 'unavailable'],
    ['no media type', { body: document(), headers: { 'content-type': '' } }, 'unavailable'],
    ['too much', new OutboundRefused('too_large'), 'unavailable'],
    ['silence', new OutboundRefused('deadline'), 'unavailable'],
    ['a list', { body: [document()] }, 'invalid'],
    ['half of it', { body: '{"client_id":' }, 'invalid'],
    ['another client_id', { body: document({ client_id: `${URL_THERE}/` }) }, 'invalid'],
  ])('CI13 CI14 CI20 CI29 %s is an error that is not kept, and replaces no good copy', async (_, bad, expected) => {
    reply = () => bad
    expect(await read()).toBe(expected)
    now += 1
    reply = () => ({ body: document() })
    expect(await nameNow()).toBe('App')
    now += 6 * DAY
    reply = () => bad
    expect(await read()).toMatchObject({ metadata: { name: 'App' }, ageSeconds: 6 * 86_400 })
    now += DAY
    expect(await read()).toBe(expected)
  })
  it.each(['application/json;charset=x', 'application/oauth-client+json', 'Application/JSON; charset=utf-8'])(
    'CI14 %s is JSON',
    async (type) => {
      reply = () => ({ body: document(), headers: { 'content-type': type } })
      expect(await nameNow()).toBe('App')
    },
  )

  it('CI25 many who ask for a cold one at once make one request', async () => {
    const all = await Promise.all(Array.from({ length: 200 }, (_, i) => world(`p${i}`, `192.0.2.${i}`).clientDocument(URL_THERE)))
    expect(asked).toHaveLength(1)
    expect(all.every((each) => typeof each === 'object')).toBe(true)
  })
  it('CI30 are shared by projects', async () => {
    await world('p1').clientDocument(URL_THERE)
    await world('p2').clientDocument(URL_THERE)
    expect(asked).toHaveLength(1)
  })
})

describe('the throttle', () => {
  const other = (host: string, i: number) => `https://${host}/${i}.json`
  beforeEach(() => {
    reply = (url) => ({ body: document({ client_id: url }) })
  })
  const flood = async (times: number, urlOf: (i: number) => string, worldAt: (i: number) => ReturnType<typeof world>) => {
    let found = 0
    for (let i = 0; i < times; i++) if (typeof (await worldAt(i).clientDocument(urlOf(i))) === 'object') found++
    return found
  }

  it('CI26 asks one host 120 things a minute, whoever wants them', async () => {
    expect(
      await flood(
        500,
        (i) => other('victim.example', i),
        (i) => world(`p${i}`, `a${i}`),
      ),
    ).toBe(120)
    expect(asked).toHaveLength(120)
    now += 30_000
    expect(
      await flood(
        500,
        (i) => other('victim.example', 1000 + i),
        (i) => world(`p${i}`, `a${i}`),
      ),
    ).toBe(60)
    expect(await nameNow()).toBe('App')
  })
  it('CI26 asks 300 things a minute for one project', async () => {
    expect(
      await flood(
        500,
        (i) => other(`h${i}.example.com`, i),
        (i) => world('p1', `a${i}`),
      ),
    ).toBe(300)
    expect(
      await flood(
        1,
        (i) => other('other.example', i),
        () => world('p2'),
      ),
    ).toBe(1)
  })
  it('CI26 asks 60 things a minute for one address', async () => {
    expect(
      await flood(
        500,
        (i) => other(`h${i}.example.com`, i),
        () => world(),
      ),
    ).toBe(60)
    expect(
      await flood(
        1,
        (i) => other('other.example', i),
        () => world('p1', '192.0.2.2'),
      ),
    ).toBe(1)
  })
  it('lets a host rest that did not answer three times, and nobody else', async () => {
    reply = (url) => (url.includes('down') ? new OutboundRefused('connection') : { body: document({ client_id: url }) })
    expect(
      await flood(
        10,
        (i) => other('down.example', i),
        () => world(),
      ),
    ).toBe(0)
    expect(asked).toHaveLength(3)
    expect(await nameNow()).toBe('App')
    now += 10_000
    await flood(
      10,
      (i) => other('down.example', i),
      () => world(),
    )
    expect(asked).toHaveLength(5)
    now += 10_000
    reply = (url) => ({ body: document({ client_id: url }) })
    expect(
      await flood(
        10,
        (i) => other('down.example', 100 + i),
        () => world(),
      ),
    ).toBe(10)
  })
  it('a document that is not there says nothing against its host', async () => {
    reply = () => ({ status: 404 })
    await flood(
      10,
      (i) => other('shop.example', i),
      () => world(),
    )
    expect(asked).toHaveLength(10)
  })
})

describe('key sets', () => {
  const kids = async (kid?: string) => (await world().keys(KEYS, kid))?.keys.map((each) => each.kid) ?? null
  beforeEach(() => {
    reply = () => ({ body: { keys: [key('a')] }, headers: { 'content-type': 'application/jwk-set+json' } })
  })

  it('are fetched once, with a cap of 64 KB', async () => {
    expect(await kids('a')).toEqual(['a'])
    expect(await kids()).toEqual(['a'])
    expect(asked).toEqual([{ url: KEYS, headers: {}, maxBytes: 64 * 1024 }])
  })
  it('CA16 are fetched anew for an unknown kid, at most once a minute', async () => {
    await kids('a')
    reply = () => ({ body: { keys: [key('a'), key('b')] } })
    expect(await kids('b')).toEqual(['a'])
    expect(asked).toHaveLength(1)
    now += MINUTE
    expect(await kids('b')).toEqual(['a', 'b'])
    for (let i = 0; i < 100; i++) await kids(`made-up-${i}`)
    expect(asked).toHaveLength(2)
  })
  it('CA16 many at once make one request', async () => {
    await Promise.all(Array.from({ length: 100 }, (_, i) => kids(`made-up-${i}`)))
    expect(asked).toHaveLength(1)
  })
  it('outlive the failure of their host for a day', async () => {
    await kids('a')
    reply = () => new OutboundRefused('connection')
    now += 23 * HOUR
    expect(await kids('a')).toEqual(['a'])
    expect(asked).toHaveLength(2)
    now += HOUR
    expect(await kids('a')).toBeNull()
  })
  it('that could not be had are asked for again ten seconds later', async () => {
    reply = () => ({ status: 503 })
    expect(await kids('a')).toBeNull()
    expect(await kids('a')).toBeNull()
    expect(asked).toHaveLength(1)
    now += 10_000
    reply = () => ({ body: { keys: [key('a')] } })
    expect(await kids('a')).toEqual(['a'])
  })
  it.each<[string, Reply]>([
    ['a private key among them', { body: { keys: [key('a'), { ...key('b'), d: 'x' }] } }],
    ['a symmetric key among them', { body: { keys: [key('a'), { kty: 'oct', k: 'x' }] } }],
    ['more than a hundred', { body: { keys: Array.from({ length: 101 }, (_, i) => key(String(i))) } }],
    ['no list', { body: { keys: key('a') } }],
    ['a page', { body: { keys: [key('a')] }, headers: { 'content-type': 'text/html' } }],
    ['a member twice', { body: '{"keys":[],"keys":[]}' }],
  ])('with %s are none', async (_, bad) => {
    reply = () => bad
    expect(await kids()).toBeNull()
  })
  it('of a hundred keys are a set', async () => {
    reply = () => ({ body: { keys: Array.from({ length: 100 }, (_, i) => key(String(i))) } })
    expect(await kids()).toHaveLength(100)
  })
})

describe('identity providers', () => {
  const ISSUER = 'https://login.example.com'
  const DISCOVERY = `${ISSUER}/.well-known/openid-configuration`
  const said = (changes: object = {}) => ({
    ...{ issuer: ISSUER, authorization_endpoint: `${ISSUER}/a`, token_endpoint: `${ISSUER}/t`, jwks_uri: `${ISSUER}/k` },
    ...{ response_types_supported: ['code'], id_token_signing_alg_values_supported: ['RS256'] },
    ...changes,
  })
  const tokenEndpoint = async () => {
    const found = await world().provider(ISSUER)
    return typeof found === 'string' ? found : found.tokenEndpoint
  }

  it('are asked once for what they say of themselves, and believed as long as they say, within bounds', async () => {
    reply = () => ({ body: said(), headers: { 'cache-control': 'max-age=3600' } })
    expect(await Promise.all([tokenEndpoint(), tokenEndpoint()])).toEqual([`${ISSUER}/t`, `${ISSUER}/t`])
    now += HOUR - 1
    await tokenEndpoint()
    expect(asked.map(({ url }) => url)).toEqual([DISCOVERY])
    now += 1
    await tokenEndpoint()
    expect(asked).toHaveLength(2)
  })

  it('CI27 are not believed when they speak for somebody else, or name what is not public', async () => {
    reply = () => ({ body: said({ issuer: 'https://evil.example.com' }) })
    expect(await tokenEndpoint()).toBe('invalid')
    now += MINUTE
    reply = () => ({ body: said({ token_endpoint: 'https://169.254.169.254/t' }) })
    expect(await tokenEndpoint()).toBe('invalid')
  })

  it('that fail are asked again after ten seconds, and count for a day as they were', async () => {
    reply = () => new OutboundRefused('connection')
    expect([await tokenEndpoint(), await tokenEndpoint()]).toEqual(['unavailable', 'unavailable'])
    expect(asked).toHaveLength(1)
    now += 10_000
    reply = () => ({ body: said() })
    expect(await tokenEndpoint()).toBe(`${ISSUER}/t`)
    for (const bad of [() => new OutboundRefused('connection'), () => ({ body: '<html>' }), () => ({ status: 500 })]) {
      now += 6 * HOUR
      reply = bad
      expect(await tokenEndpoint()).toBe(`${ISSUER}/t`)
    }
    now += 6 * HOUR
    expect(await tokenEndpoint()).toBe('unavailable')
  })

  it('are asked questions that nobody answers from memory', async () => {
    reply = (url) => ({ status: url.endsWith('t') ? 401 : 200, body: { a: 1 } })
    const question = { url: `${ISSUER}/t`, form: { code: 'x' }, headers: { authorization: 'y' } }
    const answers = [await world().ask(question), await world().ask(question)]
    expect(answers.map((answer) => answer && [answer.status, answer.mediaType, Buffer.from(answer.body).toString()])).toEqual([
      [401, 'application/json', '{"a":1}'],
      [401, 'application/json', '{"a":1}'],
    ])
    expect(asked).toHaveLength(2)
    expect(asked[0]).toMatchObject({ url: question.url, headers: question.headers, maxBytes: 64 * 1024 })
    reply = () => new OutboundRefused('private_address')
    expect(await world().ask(question)).toBeNull()
  })
})
