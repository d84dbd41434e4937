import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { startProvider, type TestProvider } from '#lib/end-user/upstream/fixtures-provider.ts'
import { resolveIssuer } from '#lib/issuer/resolve.ts'
import { open } from '#lib/keys/seal.ts'
import { auditRows, newSetting } from '../fixtures.ts'
import { updateProject } from '../projects/update.ts'
import { createUpstreamProvider } from './create.ts'
import { deleteUpstreamProvider } from './delete.ts'
import { type CreateUpstreamProviderInput, createUpstreamProviderInput } from './inputs.ts'
import { listUpstreamProviders } from './list.ts'
import { testUpstreamProvider } from './test.ts'
import { updateUpstreamProvider } from './update.ts'

process.env.OUTBOUND_LOOPBACK = 'on'

const SECRET = 'the-client-secret-there'
const good = (): CreateUpstreamProviderInput & { id: string } => ({
  id: randomUUID(),
  preset: 'google',
  clientId: 'our-client-id',
  clientSecret: SECRET,
})

it('keeps a provider as it was given, its secret sealed for it, and shows everything but that', async () => {
  const { ctx } = await newSetting()
  const { next } = await listUpstreamProviders(ctx)
  const wanted = { ...good(), id: next.id, name: 'Our Google', scope: 'calendar.read  drive', keepTokens: true }
  await createUpstreamProvider(ctx, wanted)
  const list = await listUpstreamProviders(ctx)
  expect(list.providers).toEqual([
    {
      ...{ id: next.id, preset: 'google', name: 'Our Google', issuer: 'https://accounts.google.com', clientId: 'our-client-id' },
      ...{ scope: 'calendar.read drive', enabled: true, keepTokens: true, createdAt: expect.any(Date), userCount: 0 },
      callbackUrls: [`${ctx.project.issuer}/oauth/callback/${next.id}`],
    },
  ])
  expect(next.callbackUrls).toEqual(list.providers[0]?.callbackUrls)
  expect(list.next.id).not.toBe(next.id)
  expect(JSON.stringify([list, await auditRows(ctx)])).not.toContain(SECRET)
  const row = await prisma().upstreamProvider.findFirstOrThrow({ where: { projectId: ctx.project.id } })
  expect(JSON.stringify(row)).not.toContain(SECRET)
  expect(open(row.sealedSecret, { projectId: ctx.project.id, kind: 'upstream-provider', id: next.id })).toBe(SECRET)
})

it('tells how many users have come from it, GitHub included, which is no OpenID provider', async () => {
  const { ctx } = await newSetting()
  await createUpstreamProvider(ctx, good())
  await createUpstreamProvider(ctx, { ...good(), preset: 'github' })
  const came = (issuer: string, userId: string) => ({ projectId: ctx.project.id, issuer, subject: userId, userId })
  await prisma().externalIdentity.createMany({
    data: [came('https://accounts.google.com', 'ada'), came('https://accounts.google.com', 'ben'), came('https://github.com', 'ada')],
  })
  const { providers } = await listUpstreamProviders(ctx)
  expect(providers.map(({ preset, userCount }) => [preset, userCount])).toEqual([
    ['google', 2],
    ['github', 1],
  ])
})

it('knows a provider by one spelling of its id', async () => {
  const { ctx } = await newSetting()
  const given = good()
  await createUpstreamProvider(ctx, { ...given, id: given.id.toUpperCase() })
  await updateUpstreamProvider(ctx, { id: given.id.toUpperCase(), clientSecret: 'another-secret' })
  const row = await prisma().upstreamProvider.findFirstOrThrow({ where: { projectId: ctx.project.id } })
  expect(open(row.sealedSecret, { projectId: ctx.project.id, kind: 'upstream-provider', id: given.id })).toBe('another-secret')
})

it('reaches the sign-in page with each change, and the log', async () => {
  const { ctx } = await newSetting()
  const offered = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_100)) // so long a snapshot is believed
    return (await resolveIssuer(ctx.project.issuer))?.signInWays.providers
  }
  const { id } = await createUpstreamProvider(ctx, good())
  expect(await offered()).toEqual([{ id, preset: 'google', name: 'Google' }])
  await updateUpstreamProvider(ctx, { id, name: 'G', clientSecret: 'another-secret' })
  expect(await offered()).toEqual([{ id, preset: 'google', name: 'G' }])
  await updateUpstreamProvider(ctx, { id, enabled: false })
  expect(await offered()).toEqual([])
  await deleteUpstreamProvider(ctx, { id })
  expect((await listUpstreamProviders(ctx)).providers).toEqual([])

  const named = { providerId: id, preset: 'google' }
  const rows = (await auditRows(ctx)).slice(-4)
  expect(rows.map(({ action, detail }) => [action, JSON.parse(detail ?? '{}')])).toEqual([
    [
      'upstream_provider.created',
      {
        ...{ ...named, name: 'Google' },
        changes: { issuer: 'https://accounts.google.com', clientId: 'our-client-id', scope: '', keepTokens: false },
      },
    ],
    [
      'upstream_provider.updated',
      { ...named, name: 'Google', changes: { name: { before: 'Google', after: 'G' }, clientSecret: 'replaced' } },
    ],
    ['upstream_provider.updated', { ...named, name: 'G', changes: { enabled: { before: true, after: false } } }],
    [
      'upstream_provider.deleted',
      { ...named, name: 'G', changes: expect.objectContaining({ clientId: { before: 'our-client-id', after: null } }) },
    ],
  ])
  expect(JSON.stringify(rows)).not.toContain('another-secret')
})

describe('an issuer', () => {
  const GUID = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490'
  it.each<[CreateUpstreamProviderInput['preset'], string, string | null]>([
    ['google', '', 'https://accounts.google.com'],
    ['github', 'ignored', null],
    ['entra', GUID.toUpperCase(), `https://login.microsoftonline.com/${GUID}/v2.0`],
    ['entra', `https://login.microsoftonline.com/${GUID}/v2.0`, `https://login.microsoftonline.com/${GUID}/v2.0`],
    ['okta', 'acme.okta.com', 'https://acme.okta.com'],
    ['okta', 'https://acme.okta.com/oauth2/default/', 'https://acme.okta.com/oauth2/default'],
    ['oidc', 'https://acme.eu.auth0.com/', 'https://acme.eu.auth0.com/'],
  ])('of %s that is typed as %j is %j', (preset, issuer, expected) =>
    expect(createUpstreamProviderInput.parse({ ...good(), preset, issuer }).issuer).toBe(expected),
  )
})

describe('refuses', () => {
  it.each<[string, string, Partial<CreateUpstreamProviderInput>]>([
    ['every tenant of Microsoft', 'issuer', { preset: 'entra', issuer: 'common' }],
    ['organizations', 'issuer', { preset: 'entra', issuer: 'https://login.microsoftonline.com/organizations/v2.0' }],
    ['a tenant by its domain, which the token does not name', 'issuer', { preset: 'entra', issuer: 'acme.onmicrosoft.com' }],
    ['another host as a tenant', 'issuer', { preset: 'entra', issuer: 'https://evil.example/8eaef023-2b34-4da1-9baa-8bc8c9d6a490/v2.0' }],
    ['an Okta without a domain', 'issuer', { preset: 'okta', issuer: '' }],
    ['an issuer over http', 'issuer', { preset: 'oidc', issuer: 'http://login.example.com' }],
    ['an issuer in a private network', 'issuer', { preset: 'oidc', issuer: 'https://10.0.0.1' }],
    ['an issuer with a private name', 'issuer', { preset: 'oidc', issuer: 'https://sso.internal' }],
    ['an issuer with a query', 'issuer', { preset: 'oidc', issuer: 'https://login.example.com?x' }],
    ['an issuer with a user', 'issuer', { preset: 'oidc', issuer: 'https://a:b@login.example.com' }],
    ['an issuer that is no URL', 'issuer', { preset: 'oidc', issuer: 'login' }],
    ['no client id', 'clientId', { clientId: ' ' }],
    ['no secret', 'clientSecret', { clientSecret: '' }],
    ['a scope with a quotation mark', 'scope', { scope: 'a "b"' }],
    ['a name that cannot be seen', 'name', { name: '\u200b' }],
    ['an id that is none', 'id', { id: 'x' }],
  ])('%s', async (_, field, changes) => {
    const { ctx } = await newSetting()
    await expect(createUpstreamProvider(ctx, { ...good(), ...changes })).rejects.toMatchObject({
      code: 'invalid',
      fields: { [field]: expect.any(String) },
    })
    expect((await listUpstreamProviders(ctx)).providers).toEqual([])
  })

  it('the project itself', async () => {
    const { ctx } = await newSetting()
    const itself = { ...good(), preset: 'oidc', issuer: ctx.project.issuer } as const
    await expect(createUpstreamProvider(ctx, itself)).rejects.toMatchObject({ fields: { issuer: 'This is the project itself' } })
  })

  it('a provider twice, by its id or its issuer, also when two ask at once', async () => {
    const { ctx } = await newSetting()
    const outcomes = await Promise.allSettled([good(), good(), good()].map((each) => createUpstreamProvider(ctx, each)))
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const [{ id = '' } = {}] = (await listUpstreamProviders(ctx)).providers
    await expect(createUpstreamProvider(ctx, { ...good(), id, preset: 'github' })).rejects.toMatchObject({ code: 'conflict' })
  })

  it('what is not there, and what belongs to another project', async () => {
    const [mine, theirs] = [await newSetting(), await newSetting()]
    const { id } = await createUpstreamProvider(theirs.ctx, good())
    for (const verb of [updateUpstreamProvider, deleteUpstreamProvider, testUpstreamProvider]) {
      await expect(verb(mine.ctx, { id })).rejects.toMatchObject({ code: 'not_found' })
    }
    expect((await listUpstreamProviders(theirs.ctx)).providers).toHaveLength(1)
  })
})

it('leaves people one way to sign in, whichever they take away last', async () => {
  const { ctx } = await newSetting()
  const { id } = await createUpstreamProvider(ctx, good())
  const other = await createUpstreamProvider(ctx, { ...good(), preset: 'github' })
  await updateProject(ctx, { signInPassword: false })
  await updateUpstreamProvider(ctx, { id: other.id, enabled: false })
  for (const takeAway of [() => updateUpstreamProvider(ctx, { id, enabled: false }), () => deleteUpstreamProvider(ctx, { id })]) {
    await expect(takeAway()).rejects.toMatchObject({ code: 'invalid', message: 'Leave people at least one way to sign in' })
  }
  await updateUpstreamProvider(ctx, { id: other.id, enabled: true })
  const outcomes = await Promise.allSettled([deleteUpstreamProvider(ctx, { id }), deleteUpstreamProvider(ctx, { id: other.id })])
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

describe('the test of a provider', () => {
  let there: TestProvider
  beforeAll(async () => {
    there = await startProvider()
  })
  beforeEach(() => there.instead.clear())
  afterAll(() => there.close())

  async function tested(changes: Partial<CreateUpstreamProviderInput> = {}): Promise<readonly string[]> {
    const { ctx } = await newSetting()
    const id = randomUUID()
    const credentials = await there.register(`${ctx.project.issuer}/oauth/callback/${id}`)
    await createUpstreamProvider(ctx, { ...good(), id, preset: 'oidc', issuer: there.issuer, ...credentials, ...changes })
    return (await testUpstreamProvider(ctx, { id })).problems
  }

  it('has nothing to say of one that works', async () => expect(await tested()).toEqual([]))

  it('says that the secret or the client id is wrong', async () => {
    for (const changes of [{ clientSecret: 'wrong' }, { clientId: 'wrong' }]) {
      expect(await tested(changes)).toEqual(['It does not take this client ID and client secret'])
    }
  })

  const DISCOVERY = '/.well-known/openid-configuration'
  it.each<[string, string, { status?: number; type?: string; body: unknown } | 'silence', RegExp]>([
    ['nothing answers', DISCOVERY, 'silence', /^Nothing answers at http.*openid-configuration$/],
    ['there is no document', DISCOVERY, { status: 404, body: {} }, /answers with status 404 instead of 200/],
    ['it is a page', DISCOVERY, { type: 'text/html', body: '<html>' }, /something that is not JSON/],
    ['it is not JSON', DISCOVERY, { body: '<html>' }, /^Its discovery document is not a JSON object$/],
    [
      'it calls itself otherwise',
      DISCOVERY,
      { body: { issuer: 'https://other.example/' } },
      /^It calls itself https:\/\/other\.example\/\. Make/,
    ],
    ['it does not say who it is', DISCOVERY, { body: {} }, /does not say its issuer/],
    ['there are no keys', '/jwks', { body: { keys: [] } }, /^There are no keys at /],
    ['the token endpoint is silent', '/token', 'silence', /^Nothing answers at http.*token$/],
  ])('says that %s', async (_, path, given, words) => {
    there.instead.set(path, () => given)
    const problems = await tested()
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(words)
  })

  it('is not made more than thirty times in five minutes', async () => {
    const { ctx } = await newSetting()
    const { id } = await createUpstreamProvider(ctx, { ...good(), preset: 'oidc', issuer: there.issuer })
    there.instead.set(DISCOVERY, () => ({ status: 404, body: {} }))
    for (let i = 0; i < 30; i++) await testUpstreamProvider(ctx, { id })
    await expect(testUpstreamProvider(ctx, { id })).rejects.toMatchObject({ code: 'too_many_requests' })
  })
})
