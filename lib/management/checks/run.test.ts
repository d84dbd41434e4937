import { afterAll, expect, it } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import type { Fetched, FetchOptions } from '#lib/outbound/fetch.ts'
import { OutboundRefused } from '#lib/outbound/refused.ts'
import { newSetting } from '../fixtures.ts'
import { createResource } from '../resources/create.ts'
import { runCheck } from './run.ts'

afterAll(closeDatabase)

type Called = { readonly url: string; readonly options: FetchOptions }

/** A world that gives this answer, and what it was asked. */
function world(answer: (url: string) => Partial<Fetched>) {
  const called: Called[] = []
  const fetch = async (url: string, options: FetchOptions): Promise<Fetched> => {
    called.push({ url, options })
    return { status: 200, headers: {}, body: Buffer.alloc(0), ...answer(url) }
  }
  return { called, fetch }
}

it('calls the resource as a client without a token does, and shows what a client looks at', async () => {
  const { ctx, created } = await newSetting()
  const challenge = 'Bearer resource_metadata="https://mcp.example.com/.well-known/oauth-protected-resource/mcp"'
  const { called, fetch } = world(() => ({
    status: 401,
    headers: { 'www-authenticate': challenge, 'set-cookie': 'session=1', 'content-type': 'application/json' },
    body: Buffer.from('{"error":"unauthorized"}'),
  }))
  const result = await runCheck(ctx, { check: 'challenge', resource: created.resource }, fetch)
  expect(called).toMatchObject([{ url: created.resource, options: { jsonText: expect.stringContaining('tools/list'), maxBytes: 65_536 } }])
  expect(called[0]?.options.headers).toBeUndefined()
  expect(result).toMatchObject({ verdict: 'right', answers: [{ method: 'POST', status: 401, body: '{\n  "error": "unauthorized"\n}' }] })
  expect(result.answers[0]?.headers).toEqual([
    ['content-type', 'application/json'],
    ['www-authenticate', challenge],
  ])
})

it('fetches both metadata addresses of the resource and compares them with the project’s issuer', async () => {
  const { ctx, created } = await newSetting()
  const body = (issuer: string) => Buffer.from(JSON.stringify({ resource: created.resource, authorization_servers: [issuer] }))
  const headers = { 'content-type': 'application/json' }
  const good = world(() => ({ headers, body: body(ctx.project.issuer) }))
  expect(await runCheck(ctx, { check: 'metadata', resource: created.resource }, good.fetch)).toMatchObject({ verdict: 'right' })
  expect(good.called.map(({ url }) => url)).toEqual([
    'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
    'https://mcp.example.com/.well-known/oauth-protected-resource',
  ])
  const slash = world(() => ({ headers, body: body(`${ctx.project.issuer}/`) }))
  expect(await runCheck(ctx, { check: 'metadata', resource: created.resource }, slash.fetch)).toMatchObject({ verdict: 'wrong' })
})

it('calls nothing but the project’s own resources', async () => {
  const [mine, theirs] = [await newSetting(), await newSetting()]
  const { identifier } = await createResource(theirs.ctx, { identifier: 'https://theirs.example.com/mcp', name: 'Theirs' })
  const { called, fetch } = world(() => ({}))
  for (const resource of [identifier, `${mine.created.resource}/`, 'http://169.254.169.254/', 'file:///etc/passwd', 'nothing'])
    await expect(runCheck(mine.ctx, { check: 'challenge', resource }, fetch), resource).rejects.toMatchObject({ code: 'not_found' })
  await expect(runCheck(mine.ctx, { check: 'challenge', resource: '' }, fetch)).rejects.toMatchObject({ code: 'invalid' })
  expect(called).toEqual([])
})

it('says that nothing came back where the fetcher refuses, and throws on what is our own fault', async () => {
  const { ctx, created } = await newSetting()
  const input = { check: 'challenge', resource: created.resource } as const
  const refused = async () => Promise.reject(new OutboundRefused('private_address'))
  expect(await runCheck(ctx, input, refused)).toMatchObject({ verdict: 'wrong', answers: [{ status: null, headers: [], body: '' }] })
  const broken = async () => Promise.reject(new TypeError('ours'))
  await expect(runCheck(ctx, input, broken)).rejects.toThrow('ours')
})

it('shows no more of an answer than a person reads', async () => {
  const { ctx, created } = await newSetting()
  const nested = `{"a":${'['.repeat(30_000)}${']'.repeat(30_000)}}`
  for (const text of ['x'.repeat(60_000), nested]) {
    const { fetch } = world(() => ({ headers: { location: 'y'.repeat(9_000) }, body: Buffer.from(text) }))
    const { answers } = await runCheck(ctx, { check: 'challenge', resource: created.resource }, fetch)
    expect(answers[0]?.body).toHaveLength(4_000)
    expect(answers[0]?.headers[0]?.[1]).toHaveLength(1_000)
  }
})

it('is refused after thirty in five minutes, for this project alone', async () => {
  const [{ ctx, created }, other] = [await newSetting(), await newSetting()]
  const { called, fetch } = world(() => ({}))
  const run = () => runCheck(ctx, { check: 'challenge', resource: created.resource }, fetch)
  for (let i = 0; i < 30; i++) await run()
  await expect(run()).rejects.toMatchObject({ code: 'too_many_requests', retryAfterSeconds: expect.any(Number) })
  expect(called).toHaveLength(30)
  await runCheck(other.ctx, { check: 'challenge', resource: other.created.resource }, fetch)
  expect(called).toHaveLength(31)
})
