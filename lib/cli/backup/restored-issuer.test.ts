import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { closeDatabase } from '#lib/db/client.ts'
import { approval, event, newRequest } from '#lib/db/fixtures.ts'
import { requireDatabase } from '#lib/db/fixtures-postgres.ts'
import { oauthStore } from '#lib/db/oauth-store.ts'
import { env } from '#lib/env.ts'
import { route } from '#lib/http/route.ts'
import { createClient } from '#lib/management/clients/create.ts'
import { newSetting, type Setting } from '#lib/management/fixtures.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { mintCode } from '#lib/oauth/opaque-token.ts'
import { type Installation, newInstallation } from './fixtures.ts'
import { restoreBackup } from './restore.ts'
import { writeBackup } from './write.ts'

const REDIRECT = 'https://client.example.com/cb'
const server = requireDatabase()
const folder = mkdtempSync(path.join(tmpdir(), 'gatehouse-restored-'))
let installation: Installation

beforeAll(async () => {
  installation = await newInstallation(server)
  process.env.DATABASE_URL = installation.url // before the first connection, which reads it
}, 60_000)

afterAll(async () => {
  await closeDatabase()
  await installation.remove()
  rmSync(folder, { recursive: true })
})

type Tokens = { access_token: string; refresh_token: string }

async function ask<Answer>(
  { created }: Setting,
  name: 'token' | 'introspect' | 'jwks',
  at: string,
  form?: Record<string, string>,
  secret = '',
) {
  const headers = { host: new URL(created.issuer).host, ...(secret ? { authorization: `Bearer ${secret}` } : {}) }
  const init = form ? { method: 'POST', headers, body: new URLSearchParams(form) } : { headers }
  const response = await route(name)[form ? 'POST' : 'GET'](new Request(`${created.issuer}${at}`, init))
  return { status: response.status, body: (await response.json()) as Answer }
}

/** Tokens of a person who allowed a client something. */
async function issue(setting: Setting, clientId: string): Promise<Tokens> {
  const store = oauthStore(setting.ctx.project.id)
  const [verifier, code] = [randomBytes(32).toString('base64url'), mintCode(Buffer.from(env().TOKEN_PEPPER))]
  const request = {
    ...newRequest(clientId),
    ...{ issuer: setting.created.issuer, redirectUri: REDIRECT, scope: 'read', resources: [setting.created.resource] },
    codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
  }
  const client = await store.findClient(clientId)
  await store.createAuthorizationRequest({ ...request, metadataHash: client?.metadataHash ?? '' }, null, event('authorization.requested'))
  const outcome = await store.approveRequest(request.idHash, approval({ codeHash: sha256Hex(code) }), null, event('grant.approved'))
  expect(outcome).toBe('approved')
  const form = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, client_id: clientId, code_verifier: verifier }
  const { status, body } = await ask<Tokens>(setting, 'token', '/api/oauth/token', form)
  expect([status, body]).toEqual([200, expect.objectContaining({ refresh_token: expect.stringMatching(/^gate_rt_/) })])
  return body
}

it('goes on after a restore: tokens from before the backup verify, refresh once, and the old refresh token ends the grant', async () => {
  const setting = await newSetting()
  const { clientId } = await createClient(setting.ctx, { name: 'Notes', redirectUris: [REDIRECT], tokenEndpointAuthMethod: 'none' })
  const before = await issue(setting, clientId)
  const file = path.join(folder, 'issuer.backup')
  await writeBackup(file, { force: false })
  await closeDatabase()
  await installation.loseEverything()
  expect(await installation.ask('SELECT count(*)::int AS projects FROM project')).toEqual([{ projects: 0 }])
  expect((await restoreBackup(file)).otherSecrets).toEqual([])

  const keys = await ask<JSONWebKeySet>(setting, 'jwks', '/.well-known/jwks.json')
  const { payload } = await jwtVerify(before.access_token, createLocalJWKSet(keys.body), { issuer: setting.created.issuer })
  expect(payload.aud).toBe(setting.created.resource)
  const introspect = (token: string) => ask(setting, 'introspect', '/api/oauth/introspect', { token }, setting.created.serverSecret)
  expect((await introspect(before.access_token)).body).toMatchObject({ active: true })

  const refresh = (token: string) =>
    ask<Tokens>(setting, 'token', '/api/oauth/token', { grant_type: 'refresh_token', refresh_token: token, client_id: clientId })
  const after = await refresh(before.refresh_token)
  expect(after).toMatchObject({ status: 200, body: { refresh_token: expect.stringMatching(/^gate_rt_/) } })
  expect(after.body.refresh_token).not.toBe(before.refresh_token)
  expect((await refresh(after.body.refresh_token)).status).toBe(200)
  expect(await refresh(before.refresh_token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } })
})
