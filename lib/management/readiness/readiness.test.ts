import { afterAll, expect, it } from 'vitest'
import { closeDatabase, prisma } from '#lib/db/client.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { createClient } from '../clients/create.ts'
import type { ManagementContext } from '../context.ts'
import { newSetting } from '../fixtures.ts'
import type { UpdateProjectInput } from '../projects/inputs.ts'
import { setReviewer } from '../projects/reviewer.ts'
import { updateProject } from '../projects/update.ts'
import { createResource } from '../resources/create.ts'
import { updateResource } from '../resources/update.ts'
import { deleteScope } from '../scopes/delete.ts'
import { updateScope } from '../scopes/update.ts'
import { getReadiness } from './get.ts'
import type { ReadinessFacts } from './requirement.ts'
import { requirementsOf } from './requirements.ts'

afterAll(closeDatabase)

const stateOf = async (ctx: ManagementContext, id: string) => {
  const { requirements } = await getReadiness(ctx)
  return requirements.find((requirement) => requirement.id === id)?.state
}

/** As the protocol records it; `userId` null: the client acted for itself. */
const issued = ({ project }: ManagementContext, clientId: string, action: string, userId: string | null) =>
  prisma().auditEvent.create({
    data: { projectId: project.id, id: uuidv7(), action, step: 'token', actorKind: 'client', actorId: clientId, clientId, userId },
  })

/** Of a project on the internet, whatever this installation is called. */
const onTheInternet = (ctx: ManagementContext): ManagementContext => ({
  ...ctx,
  project: { ...ctx.project, issuer: 'https://auth.example.com/p/notes' },
})

it('is green for a new project but for what only its owner can do', async () => {
  const { ctx } = await newSetting()
  const { requirements } = await getReadiness(onTheInternet(ctx))
  expect(requirements.filter(({ state }) => state === 'needs-you').map(({ id }) => id)).toEqual([
    ...['privacy-policy', 'terms', 'support', 'reviewer', 'connected-claude', 'connected-chatgpt'],
  ])
  expect(requirements.filter(({ state }) => state === 'unseen').map(({ check }) => check)).toEqual([
    'challenge',
    'metadata',
    'issuer',
    null,
  ])
  expect(new Set(requirements.map(({ id }) => id)).size).toBe(requirements.length)
})

it.each<[string, UpdateProjectInput]>([
  ['client-documents', { documentPolicy: 'deny' }],
  ['client-documents', { documentPolicy: 'allow-list', documentHosts: ['claude.ai'] }],
  ['registration', { documentPolicy: 'deny' }],
  ['registration', { documentPolicy: 'allow-list', documentHosts: ['chatgpt.com'], registrationMode: 'off' }],
  ['iss', { issParameter: false }],
  ['refresh', { offlineAccessRequired: true }],
  ['access-token-life', { accessTokenTtlSeconds: 3_601 }],
])('%s needs the owner with %j, and is ready again without', async (id, change) => {
  const { ctx } = await newSetting()
  await updateProject(ctx, change)
  expect(await stateOf(ctx, id)).toBe('needs-you')
  await updateProject(ctx, {
    ...{ documentPolicy: 'open', documentHosts: [], registrationMode: 'guarded', issParameter: true },
    ...{ offlineAccessRequired: false, accessTokenTtlSeconds: 3_600 },
  })
  expect(await stateOf(ctx, id)).toBe('ready')
})

it('takes open registration, or a list with both hosts, for a way in', async () => {
  const { ctx } = await newSetting()
  await updateProject(ctx, { documentPolicy: 'deny', registrationMode: 'open' })
  expect([await stateOf(ctx, 'registration'), await stateOf(ctx, 'client-documents')]).toEqual(['ready', 'needs-you'])
  await updateProject(ctx, { documentPolicy: 'allow-list', documentHosts: ['claude.ai', 'chatgpt.com'], registrationMode: 'off' })
  expect([await stateOf(ctx, 'registration'), await stateOf(ctx, 'client-documents')]).toEqual(['ready', 'ready'])
})

it.each([
  ['privacy-policy', 'policyUrl'],
  ['terms', 'termsUrl'],
  ['support', 'supportUrl'],
] as const)('%s is ready with a link', async (id, setting) => {
  const { ctx } = await newSetting()
  await updateProject(ctx, { [setting]: 'https://example.com/page' })
  expect(await stateOf(ctx, id)).toBe('ready')
})

it('looks at the words of each scope, and whether one can be had without the other', async () => {
  const { ctx } = await newSetting()
  await updateScope(ctx, { name: 'write', description: 'write' })
  expect([await stateOf(ctx, 'scope-words'), await stateOf(ctx, 'scope-split')]).toEqual(['needs-you', 'ready'])
  await deleteScope(ctx, { name: 'write' })
  expect([await stateOf(ctx, 'scope-words'), await stateOf(ctx, 'scope-split')]).toEqual(['ready', 'needs-you'])
  await deleteScope(ctx, { name: 'read' })
  expect(await stateOf(ctx, 'scope-words')).toBe('needs-you')
})

it('wants the default resource on the internet', async () => {
  const { ctx, created } = await newSetting()
  const { identifier } = await createResource(ctx, { identifier: 'http://localhost:3001/mcp', name: 'Mine' })
  expect(await stateOf(ctx, 'resource')).toBe('ready')
  await updateResource(ctx, { identifier, isDefault: true })
  expect(await stateOf(ctx, 'resource')).toBe('needs-you')
  await updateResource(ctx, { identifier: created.resource, isDefault: true })
  expect(await stateOf(ctx, 'resource')).toBe('ready')
})

it('counts a reviewer whose code works, and never shows the code', async () => {
  const { ctx } = await newSetting()
  await updateProject(ctx, { signInEmail: true })
  const { code } = await setReviewer(ctx, { email: 'reviewer@example.com', days: 30 })
  expect(await stateOf(ctx, 'reviewer')).toBe('ready')
  expect(JSON.stringify(await getReadiness(ctx))).not.toContain(code)
  await prisma().project.update({ where: { id: ctx.project.id }, data: { reviewerExpiresAt: new Date(Date.now() - 1_000) } })
  expect(await stateOf(ctx, 'reviewer')).toBe('needs-you')
  await prisma().project.update({
    where: { id: ctx.project.id },
    data: { reviewerExpiresAt: new Date(Date.now() + 9e6), signInEmail: false },
  })
  expect(await stateOf(ctx, 'reviewer')).toBe('needs-you')
})

it.each([
  ['connected-claude', 'https://claude.ai/api/mcp/auth_callback'],
  ['connected-claude', 'https://claude.com/api/mcp/auth_callback'],
  ['connected-chatgpt', 'https://chatgpt.com/connector/oauth/abc'],
])('%s is ready once a client that returns to %s got a token', async (id, redirectUri) => {
  const { ctx } = await newSetting()
  const { clientId } = await createClient(ctx, { name: 'A client', redirectUris: [redirectUri], tokenEndpointAuthMethod: 'none' })
  await issued(ctx, clientId, 'consent.granted', 'user_1')
  await issued(ctx, clientId, 'token.issued', null)
  expect(await stateOf(ctx, id)).toBe('needs-you')
  await issued(ctx, clientId, 'token.issued', 'user_1')
  expect(await stateOf(ctx, id)).toBe('ready')
})

it('is not taken in by a client that only calls itself Claude, nor by another project’s', async () => {
  const [{ ctx }, other] = [await newSetting(), await newSetting()]
  const used = async (at: ManagementContext, redirectUri: string) => {
    const { clientId } = await createClient(at, { name: 'Claude', redirectUris: [redirectUri], tokenEndpointAuthMethod: 'none' })
    await issued(at, clientId, 'token.issued', 'user_1')
  }
  await used(ctx, 'https://evil.example/claude.ai/')
  await used(ctx, 'https://claude.ai.evil.example/callback')
  await used(other.ctx, 'https://claude.ai/api/mcp/auth_callback')
  expect(await stateOf(ctx, 'connected-claude')).toBe('needs-you')
})

it.each([
  ['pkce', 'code_challenge_methods_supported', ['S256', 'plain']],
  ['pkce', 'response_types_supported', ['code', 'token']],
  ['public-clients', 'token_endpoint_auth_methods_supported', ['client_secret_basic']],
  ['revocation', 'revocation_endpoint', undefined],
  ['revocation', 'revocation_endpoint_auth_methods_supported', ['client_secret_basic']],
  ['refresh', 'grant_types_supported', ['authorization_code']],
])('%s is read from the metadata: without the right %s it is not ready', (id, member, value) => {
  const state = (metadata: ReadinessFacts['metadata']) => requirementsOf({ ...FACTS, metadata }).find((each) => each.id === id)?.state
  expect([state(METADATA), state({ ...METADATA, [member]: value })]).toEqual(['ready', 'needs-you'])
})

it.each([
  'http://localhost:3000/p/notes',
  'https://localhost/p/notes',
  'https://127.0.0.1:8443/p',
  'https://[::1]/p',
  'https://a.localhost/p',
])('does not take %s for an issuer on the internet', (issuer) => {
  const state = (issuer: string) => requirementsOf({ ...FACTS, issuer }).find(({ id }) => id === 'issuer-https')?.state
  expect([state(issuer), state('https://auth.example.com/p/notes')]).toEqual(['needs-you', 'ready'])
})

const METADATA = {
  ...{ code_challenge_methods_supported: ['S256'], response_types_supported: ['code'], grant_types_supported: ['refresh_token'] },
  ...{ token_endpoint_auth_methods_supported: ['none'], revocation_endpoint: 'https://auth.example.com/api/oauth/revoke' },
  revocation_endpoint_auth_methods_supported: ['none'],
}
const FACTS = {
  ...{ issuer: 'https://auth.example.com/p/notes', metadata: METADATA, connections: { claude: null, chatgpt: null }, now: new Date() },
  project: {
    settings: { documentPolicy: 'open', documentHosts: [], offlineAccessRequired: false },
    resources: [],
    scopes: [],
    reviewer: null,
  },
} as unknown as ReadinessFacts
