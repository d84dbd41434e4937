import { afterEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { prisma } from '#lib/db/client.ts'
import { Unavailable } from '#lib/db/transaction.ts'
import { revokeApiKey } from '../api-keys/revoke.ts'
import { PERMISSIONS, type Permission } from '../context.ts'
import { newSetting, type Setting } from '../fixtures.ts'
import { projectOperation } from '../operation.ts'
import { operations } from '../operations.ts'
import { keyFor } from './fixtures.ts'
import { answering } from './router.ts'

afterEach(() => void vi.restoreAllMocks())

const answer = answering(operations)

type Asked = { method?: string; body?: string | Uint8Array<ArrayBuffer>; headers?: Record<string, string> }

const ask = (path: string, key: string | null, { method = 'GET', body, headers = {} }: Asked = {}, by = answer): Promise<Response> =>
  by(
    new Request(`https://auth.example.com/api/management${path}`, {
      method,
      headers: { ...(key === null ? {} : { authorization: `Bearer ${key}` }), ...headers },
      ...(body === undefined ? {} : { body }),
    }),
  )

const post = (path: string, key: string, body: unknown): Promise<Response> =>
  ask(path, key, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } })

const errorOf = async (response: Response) => {
  const { error } = (await response.json()) as {
    error: { code: string; message: string; fields?: Record<string, string>; reference: string }
  }
  return { status: response.status, ...error }
}

async function setting(
  permissions: readonly Permission[] = PERMISSIONS,
): Promise<Setting & { key: string; keyId: string; clients: string }> {
  const made = await newSetting()
  const { id, key } = await keyFor(made.owner, permissions)
  return { ...made, key, keyId: id, clients: `/projects/${made.ctx.project.slug}/clients` }
}

describe('who calls', () => {
  it('is told how to, and by RFC 6750 what was wrong with the key', async () => {
    const { clients } = await setting()
    const without = await ask(clients, null)
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer realm="Gatehouse management API"'])
    for (const key of [`gate_key_${'A'.repeat(43)}`, 'gate_srv_x', 'x y']) {
      const wrong = await ask(clients, key)
      expect(wrong.status, key).toBe(401)
    }
    const unknown = await ask(clients, `gate_key_${'A'.repeat(43)}`)
    expect(unknown.headers.get('www-authenticate')).toBe('Bearer realm="Gatehouse management API", error="invalid_token"')
  })

  it('is nobody with a session’s cookie or a key in the address', async () => {
    const { clients, key } = await setting()
    expect((await ask(clients, null, { headers: { cookie: `next-auth.session-token=${key}` } })).status).toBe(401)
    expect((await ask(`${clients}?access_token=${key}&key=${key}`, null)).status).toBe(401)
  })

  it('is nobody once the key is revoked, has expired, or its maker has left', async () => {
    const revoked = await setting()
    await revokeApiKey(revoked.owner, { apiKeyId: revoked.keyId })
    const expired = await setting()
    await prisma().apiKey.updateMany({ where: { id: expired.keyId }, data: { expiresAt: new Date(Date.now() - 1000) } })
    const left = await setting()
    await prisma().membership.deleteMany({ where: { organisationId: left.owner.organisation.id } })
    for (const { clients, key } of [revoked, expired, left]) expect((await ask(clients, key)).status).toBe(401)
  })

  it('can do no more than whoever made the key still may', async () => {
    const { clients, key, owner } = await setting()
    expect((await ask(clients, key)).status).toBe(200)
    await prisma().membership.updateMany({ where: { organisationId: owner.organisation.id }, data: { role: 'viewer' } })
    expect((await ask(clients, key)).status).toBe(200)
    const refused = await errorOf(await post(clients, key, {}))
    expect(refused).toMatchObject({ status: 403, code: 'forbidden', message: expect.stringContaining('no longer includes client:write') })
  })

  it('is refused by the name of the permission that the key lacks', async () => {
    const { clients, key } = await setting(['client:read'])
    const refused = await errorOf(await post(clients, key, {}))
    expect(refused).toMatchObject({ status: 403, code: 'forbidden', message: 'This key does not include client:write' })
  })

  it('hears the same of another organisation’s project as of none, and of one that the key does not reach', async () => {
    const [mine, theirs] = [await setting(), await setting()]
    const narrow = await keyFor(mine.owner, ['client:read'], mine.ctx.project.slug)
    const unknown = await errorOf(await ask('/projects/there-is-none/clients', mine.key))
    for (const key of [mine.key, narrow.key]) {
      expect(await errorOf(await ask(theirs.clients, key))).toEqual({ ...unknown, reference: expect.any(String) })
    }
    expect(unknown).toMatchObject({ status: 404, code: 'not_found', message: 'Project not found' })
    expect((await ask(mine.clients, narrow.key)).status).toBe(200)
  })

  it('reaches nothing of the organisation with a key of one project', async () => {
    const { owner, ctx } = await newSetting()
    const { id, key } = await keyFor(owner, ['client:read'], ctx.project.slug)
    await prisma().apiKey.updateMany({ where: { id }, data: { permissions: JSON.stringify(PERMISSIONS) } })
    expect(await errorOf(await ask('/api-keys', key))).toMatchObject({ status: 403, code: 'forbidden' })
  })

  it('leaves the time in the key, to the minute', async () => {
    const { clients, key, keyId } = await setting()
    const lastUsed = async () => (await prisma().apiKey.findFirstOrThrow({ where: { id: keyId } })).lastUsedAt
    expect(await lastUsed()).toBeNull()
    await ask(clients, key)
    const used = await lastUsed()
    expect([used?.getSeconds(), used?.getMilliseconds()]).toEqual([0, 0])
    expect(Date.now() - (used?.getTime() ?? 0)).toBeLessThan(121_000)
  })
})

describe('where to', () => {
  it('is 404 where nothing is, 405 with Allow where something else is done', async () => {
    const { clients, key } = await setting()
    expect(await errorOf(await ask('/nothing', key))).toMatchObject({ status: 404, code: 'not_found' })
    const wrong = await ask(clients, key, { method: 'DELETE' })
    expect([wrong.status, wrong.headers.get('allow')?.split(', ').toSorted()]).toEqual([405, ['GET', 'HEAD', 'POST']])
  })

  it('answers no preflight: no page of others may read it', async () => {
    const { clients, key } = await setting()
    const preflight = await ask(clients, key, { method: 'OPTIONS', headers: { origin: 'https://evil.example' } })
    expect(preflight.status).toBe(405)
    const plain = await ask(clients, key, { headers: { origin: 'https://evil.example' } })
    for (const { headers } of [preflight, plain])
      expect([...headers.keys()].filter((name) => name.startsWith('access-control'))).toEqual([])
  })

  it('answers HEAD as GET, without a body', async () => {
    const { clients, key } = await setting()
    const head = await ask(clients, key, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
  })

  it('is described to everybody, and may be kept', async () => {
    const described = await ask('/openapi.json', null)
    expect([described.status, described.headers.get('cache-control')]).toEqual([200, 'public, max-age=300'])
    expect(await described.json()).toMatchObject({ openapi: '3.1.0' })
    expect((await ask('/openapi.json', null, { method: 'POST' })).status).toBe(405)
  })

  it('takes a client id that is a URL, encoded', async () => {
    const { clients, key } = await setting()
    const missing = await errorOf(await ask(`${clients}/${encodeURIComponent('https://client.example.com/id.json')}`, key))
    expect(missing).toMatchObject({ status: 404, message: 'Client not found' })
    expect((await ask(`${clients}/%E0%A4%A`, key)).status).toBe(404)
  })
})

describe('what is sent', () => {
  const json = { 'content-type': 'application/json' }
  const client = { name: 'Notes web', redirectUris: ['https://client.example.com/cb'], tokenEndpointAuthMethod: 'none' }

  it('may have a charset, and no field that the operation does not know', async () => {
    const { clients, key } = await setting()
    const made = await ask(clients, key, {
      method: 'POST',
      body: JSON.stringify(client),
      headers: { 'content-type': 'Application/JSON; charset=utf-8' },
    })
    expect(made.status).toBe(201)
    const unknown = await errorOf(await post(clients, key, { ...client, redirect_uris: [], projectId: 'x' }))
    expect(unknown).toMatchObject({ status: 400, code: 'invalid', message: 'Unknown field: redirect_uris, projectId' })
    expect(Object.keys(unknown.fields ?? {})).toEqual(['redirect_uris', 'projectId'])
  })

  it.each(['__proto__', 'constructor', 'toString'])('knows no field %s', async (name) => {
    const { clients, key } = await setting()
    const body = `{"${name}":{"trusted":true},"name":"x"}`
    expect(await errorOf(await ask(clients, key, { method: 'POST', body, headers: json }))).toMatchObject({ status: 400 })
    expect((await errorOf(await ask(`${clients}?${name}=1`, key))).status).toBe(400)
  })

  it('B05 never replaces what the path says', async () => {
    const { clients, key } = await setting()
    const [mine, other] = await Promise.all(
      [post(clients, key, client), post(clients, key, client)].map(async (made) => (await made).json()),
    )
    const [{ clientId }, { clientId: otherId }] = [mine as { clientId: string }, other as { clientId: string }]
    const inBody = await errorOf(await post(`${clients}/${clientId}/secret`, key, { clientId: otherId, overlapHours: 0 }))
    expect(inBody).toMatchObject({ status: 400, fields: { clientId: 'Stands in the path and nowhere else' } })
    const inQuery = await errorOf(await ask(`${clients}/${clientId}?clientId=${otherId}`, key, { method: 'DELETE' }))
    expect(inQuery).toMatchObject({ status: 400, fields: { clientId: 'Stands in the path and nowhere else' } })
  })

  it('is one JSON object in UTF-8, at most 64 KB of it', async () => {
    const { clients, key } = await setting()
    const send = async (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = json) =>
      (await ask(clients, key, { method: 'POST', body, headers })).status
    expect(await send('[]')).toBe(400)
    expect(await send('null')).toBe(400)
    expect(await send('{"name":')).toBe(400)
    expect(await send(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).toBe(400)
    expect(await send(JSON.stringify({ ...client, name: 'x'.repeat(65_536) }))).toBe(413)
    expect(await send('name=x', { 'content-type': 'application/x-www-form-urlencoded' })).toBe(415)
    expect(await send(JSON.stringify(client), { 'content-type': 'text/plain' })).toBe(415)
  })

  it('names each wrong field in a sentence and stores nothing', async () => {
    const { clients, key, ctx } = await setting()
    const before = await prisma().oAuthClient.count({ where: { projectId: ctx.project.id } })
    const refused = await errorOf(await post(clients, key, { ...client, redirectUris: ['javascript:alert(1)'] }))
    expect(refused).toMatchObject({ status: 400, code: 'invalid', reference: expect.stringMatching(/^[0-9a-f]{12}$/) })
    expect(Object.keys(refused.fields ?? {})).toEqual(['redirectUris.0'])
    expect(await prisma().oAuthClient.count({ where: { projectId: ctx.project.id } })).toBe(before)
  })

  it('B20 is refused in the query where it is no number, too great, twice or unknown', async () => {
    const { clients, key } = await setting()
    for (const query of ['take=1e9', 'take=101', 'take=-1', 'take=2&take=3', 'orderBy=passwordHash', 'cursor=%00'])
      expect([query, (await ask(`${clients}?${query}`, key)).status]).toEqual([query, 400])
    expect((await ask(`${clients}?take=2`, key)).status).toBe(200)
    expect((await ask(`${clients}?name=x`, key, { method: 'POST', body: '{}', headers: json })).status).toBe(400)
  })
})

describe('when it fails', () => {
  const failing = (error: unknown) =>
    answering([
      projectOperation({
        ...{ id: 'fail', method: 'POST', path: '/failures', permission: 'client:read', audit: null, summary: 'Fail' },
        input: z.object({}),
        run: async () => {
          throw error
        },
      }),
    ])

  it('V07 is 503 with Retry-After when the database is away', async () => {
    const { ctx, key } = await setting()
    const ask503 = (unknown: boolean) =>
      ask(`/projects/${ctx.project.slug}/failures`, key, { method: 'POST' }, failing(new Unavailable(new Error('secret'), 5, unknown)))
    const response = await ask503(false)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await errorOf(response)).toMatchObject({ code: 'unavailable', message: expect.stringContaining('nothing was changed') })
    expect(await errorOf(await ask503(true))).toMatchObject({ message: expect.stringContaining('may have been made') })
  })

  it('L04 is 500 for a fault of ours; the log has its place and the reference, and neither has its message', async () => {
    const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
    const { ctx, key } = await setting()
    const response = await ask(`/projects/${ctx.project.slug}/failures`, key, { method: 'POST' }, failing(new TypeError('gate_key_secret')))
    const { status, reference, message } = await errorOf(response)
    const log = logged.mock.calls.flat().join()
    expect(status).toBe(500)
    expect(log).toContain(`management API ${reference} failed: TypeError`)
    expect(`${log}${message}`).not.toContain('gate_key_secret')
  })

  it('is 429 with Retry-After beyond 600 requests a minute and key, told before by the RateLimit fields', async () => {
    const [busy, quiet] = [await setting(), await setting()]
    const first = await ask('/nothing', busy.key)
    expect([first.headers.get('ratelimit-policy'), first.headers.get('ratelimit')]).toEqual(['"key";q=600;w=60', '"key";r=599;t=60'])
    for (let i = 1; i < 600; i++) await ask('/nothing', busy.key)
    const beyond = await ask('/nothing', busy.key)
    expect(Number(beyond.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await errorOf(beyond)).toMatchObject({ status: 429, code: 'too_many_requests' })
    expect((await ask('/nothing', quiet.key)).status).toBe(404)
  })
})
