import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { expect, test } from './fixtures.ts'
import type { Tokens } from './support/client.ts'
import { introspect } from './support/client.ts'
import { connect } from './support/mcp-client.ts'
import { auditLog, type Project } from './support/project.ts'

const USER_ID_TYPE = 'urn:gatehouse:params:oauth:token-type:user-id'
const ACCESS_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token'

/** The JSON form: what a backend calls for a user it has signed in itself. */
const exchange = ({ issuer }: Project, secret: string, body: object): Promise<Response> =>
  fetch(`${issuer}/api/oauth/token/exchange`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify(body),
  })

/** RFC 8693 at the token endpoint. */
const exchangeForm = ({ issuer, server_secret }: Project, body: Record<string, string>): Promise<Response> =>
  fetch(`${issuer}/api/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${server_secret}` },
    body: new URLSearchParams({ grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange', ...body }),
  })

async function callWith(serverUrl: string, { access_token }: Tokens, tool: string, args: Record<string, unknown> = {}): Promise<string> {
  const requestInit = { headers: { authorization: `Bearer ${access_token}` } }
  const client = await connect(new StreamableHTTPClientTransport(new URL(serverUrl), { requestInit }))
  try {
    const { content } = await client.callTool({ name: tool, arguments: args })
    return (content as { text: string }[])[0]?.text ?? ''
  } finally {
    await client.close()
  }
}

test('a backend mints a token for its own user, and the protected server takes it', async ({ project, startSample }) => {
  const { url } = await startSample(project)
  const response = await exchange(project, project.server_secret, {
    user_id: 'user 42',
    scope: 'read write',
    resource: project.resource,
    expires_in: 300,
  })
  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toContain('no-store')
  expect(response.headers.get('access-control-allow-origin')).toBeNull()
  const tokens: Tokens = await response.json()
  expect(tokens).toMatchObject({ issued_token_type: ACCESS_TOKEN_TYPE, expires_in: 300, scope: 'read write' })
  expect(tokens.refresh_token).toBeUndefined()

  expect(JSON.parse(await callWith(url, tokens, 'whoami'))).toEqual({ sub: 'user 42', client_id: 'backend', scope: 'read write' })
  expect(await callWith(url, tokens, 'add_note', { note: 'milk' })).toBe('Noted. You have 1 note.')
  expect(await introspect(project, tokens.access_token)).toMatchObject({ active: true, sub: 'user 42' })

  const [row, ...more] = await auditLog(project, '--action', 'exchange.issued')
  expect(more).toEqual([])
  expect(row).toMatchObject({
    actor_kind: 'backend',
    client_id: 'backend',
    user_id: 'user 42',
    detail: { scope: 'read write', expires_in: 300 },
  })
})

test('a backend mints by the form of RFC 8693 too, and narrows what it has minted', async ({ project, startSample }) => {
  const { url } = await startSample(project)
  const minted = await exchangeForm(project, { subject_token: 'user 43', subject_token_type: USER_ID_TYPE, scope: 'read write' })
  expect(minted.status).toBe(200)
  const wide: Tokens = await minted.json()
  expect(JSON.parse(await callWith(url, wide, 'whoami'))).toMatchObject({ sub: 'user 43', scope: 'read write' })

  const narrowed = await exchangeForm(project, { subject_token: wide.access_token, subject_token_type: ACCESS_TOKEN_TYPE, scope: 'read' })
  expect(narrowed.status).toBe(200)
  const narrow: Tokens = await narrowed.json()
  expect(narrow).toMatchObject({ issued_token_type: ACCESS_TOKEN_TYPE, scope: 'read' })
  expect(JSON.parse(await callWith(url, narrow, 'whoami'))).toMatchObject({ sub: 'user 43', scope: 'read' })
  expect((await auditLog(project, '--action', 'exchange.issued')).map(({ user_id }) => user_id)).toEqual(['user 43', 'user 43'])
})

test('nobody mints with another secret, for another resource or after the project has switched it off; each refusal is recorded', async ({
  project,
}) => {
  const { server_secret, registration_secret, resource } = project
  for (const secret of ['gate_srv_guessed', registration_secret]) {
    const refused = await exchange(project, secret, { user_id: 'user 44' })
    expect(refused.status).toBe(401)
    expect(await refused.json()).toMatchObject({ error: 'invalid_client' })
  }
  const elsewhere = await exchange(project, server_secret, { user_id: 'user 44', resource: `${resource}/other` })
  expect([elsewhere.status, (await elsewhere.json()).error]).toEqual([400, 'invalid_target'])
  const asClient = await exchange(project, server_secret, { user_id: 'backend' })
  expect([asClient.status, (await asClient.json()).error]).toEqual([400, 'invalid_request'])

  const log = await auditLog(project)
  expect(log.filter(({ action }) => action === 'exchange.refused').map(({ detail }) => detail?.error)).toEqual([
    'invalid_request',
    'invalid_target',
  ])
  expect(log.filter(({ action }) => action === 'credential.misused').map(({ detail }) => detail)).toEqual([
    { credential: 'registration_secret', used_as: 'server_secret' },
  ])
  expect(log.filter(({ action }) => action === 'exchange.issued')).toEqual([])
})
