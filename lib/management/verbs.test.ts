import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { prisma } from '#lib/db/client.ts'
import { getAuditEvent } from './audit-log/get.ts'
import { listAuditEvents } from './audit-log/list.ts'
import { createClient } from './clients/create.ts'
import { getClient } from './clients/get.ts'
import { listClients } from './clients/list.ts'
import { revokeClient } from './clients/revoke.ts'
import { rotateClientSecret } from './clients/rotate-secret.ts'
import { type ManagementContext, permissionsOf } from './context.ts'
import { auditRows, CALLER, newGrant, newMember, newSetting, type Setting, unique } from './fixtures.ts'
import { listGrants } from './grants/list.ts'
import { listKeys } from './keys/list.ts'
import { organisationContextOf, projectContextOf } from './members/contexts.ts'
import { createProject } from './projects/create.ts'
import { getProject } from './projects/get.ts'
import { setLogo } from './projects/logo.ts'
import { updateProject } from './projects/update.ts'
import { rotateProjectSecrets } from './secrets/rotate-all.ts'
import { createTrustedIssuer } from './trusted-issuers/create.ts'
import { listTrustedIssuers } from './trusted-issuers/list.ts'
import { createUpstreamProvider } from './upstream-providers/create.ts'
import { createUser } from './users/create.ts'
import { disableUser } from './users/disable.ts'
import { listUsers } from './users/list.ts'

const WEB_CLIENT = {
  name: 'Notes web',
  redirectUris: ['https://client.example.com/cb'],
  tokenEndpointAuthMethod: 'client_secret_basic',
} as const
const IDP = { kind: 'id-jag', issuer: 'https://acme.idp.example', jwksUri: 'https://acme.idp.example/jwks' } as const
/** PNG, of which only the header is read. */
const pictureOf = (pixels: number): Buffer =>
  Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452000000', 'hex'), Buffer.from([pixels, 0, 0, 0, pixels]), Buffer.alloc(24)])

const PASSWORD = 'correct horse battery'
const GITHUB = () => ({ id: randomUUID(), preset: 'github', clientId: 'Iv1.x', clientSecret: 'secret-at-github' }) as const

/** Ids of one project's things, for verbs that change what is there. */
type Things = { clientId: string; userId: string; grantId: string; providerId: string }

const READS: Readonly<Record<string, (ctx: ManagementContext, things: Things) => Promise<unknown>>> = {
  getClient: (ctx, { clientId }) => getClient(ctx, { clientId }),
  getAuditEvent: async (ctx) => getAuditEvent(ctx, { id: '01a1fe10-4692-747a-acdd-2da5e398b177' }),
}

async function furnish({ ctx }: Setting): Promise<Things> {
  const { clientId } = await createClient(ctx, { ...WEB_CLIENT, redirectUris: [...WEB_CLIENT.redirectUris] })
  const { id: userId } = await createUser(ctx, { email: 'ann@example.com', password: PASSWORD })
  const grantId = await newGrant(ctx, clientId, userId)
  await setLogo(ctx, pictureOf(16))
  await createTrustedIssuer(ctx, IDP)
  const { id: providerId } = await createUpstreamProvider(ctx, { ...GITHUB(), preset: 'google' })
  return { clientId, userId, grantId, providerId }
}

it.each(Object.entries(READS))('%s finds nothing by the ids of another project', async (_, run) => {
  const [theirs, mine] = [await newSetting(), await newSetting()]
  await expect(run(mine.ctx, await furnish(theirs))).rejects.toMatchObject({ code: 'not_found' })
})

describe('createProject', () => {
  it.each(['developer', 'viewer', 'auditor'] as const)('is refused for the role %s', async (role) => {
    const { owner } = await newSetting()
    const ctx = await organisationContextOf(await newMember(role, owner.organisation.id), CALLER)
    const slug = unique('refused')

    await expect(createProject(ctx, { name: 'No', slug, resource: 'https://mcp.example.com' })).rejects.toMatchObject({ code: 'forbidden' })
    expect(await prisma().project.count({ where: { slug } })).toBe(0)
  })
})

describe('projectContextOf', () => {
  it('does not tell a stranger that a project exists', async () => {
    const [theirs, mine] = [await newSetting(), await newSetting()]
    const unknown = projectContextOf(mine.owner.actor.id, unique('unknown'), CALLER).catch((error: unknown) => error)
    const foreign = projectContextOf(mine.owner.actor.id, theirs.ctx.project.slug, CALLER).catch((error: unknown) => error)

    expect(await foreign).toMatchObject({ code: 'not_found' })
    expect(String(await foreign)).toBe(String(await unknown))
  })

  it('gives nothing to a role it does not know', () => {
    expect(permissionsOf('constructor').size).toBe(0)
    expect(permissionsOf('superuser').size).toBe(0)
  })
})

describe('secrets', () => {
  let setting: Setting
  let minted: string[]

  beforeAll(async () => {
    setting = await newSetting()
    const { ctx, created } = setting
    const client = await createClient(ctx, { ...WEB_CLIENT, redirectUris: [...WEB_CLIENT.redirectUris] })
    const user = await createUser(ctx, { email: 'eve@example.com', password: PASSWORD })
    await newGrant(ctx, client.clientId, user.id)
    const rotated = await rotateProjectSecrets(ctx, { kind: 'registration', overlapHours: 1 })
    const clientRotated = await rotateClientSecret(ctx, { clientId: client.clientId, overlapHours: 1 })
    await updateProject(ctx, { name: 'Renamed' })
    await revokeClient(ctx, { clientId: client.clientId })
    await disableUser(ctx, { userId: user.id })
    minted = [
      ...[created.registrationSecret, created.serverSecret, client.clientSecret ?? '', rotated.secret, clientRotated.clientSecret],
      PASSWORD,
    ]
  })

  it('are stored nowhere in clear', async () => {
    const stored = JSON.stringify(await contentOf(setting.ctx))
    expect(minted.every((secret) => secret.length > 12)).toBe(true)
    expect(minted.filter((secret) => stored.includes(secret))).toEqual([])
  })

  it('are not in audit rows, and neither are their hashes', async () => {
    const log = JSON.stringify(await auditRows(setting.ctx))
    const { projectId, hashes } = await storedHashes(setting.ctx)
    expect(hashes.length).toBeGreaterThanOrEqual(6)
    expect([...minted, ...hashes].filter((secret) => log.includes(secret))).toEqual([])
    expect(log).toContain(projectId)
  })

  it('and their hashes are in no answer of a reading verb', async () => {
    const { ctx } = setting
    const { clients } = await listClients(ctx)
    const answers = JSON.stringify([
      await getProject(ctx),
      clients,
      await getClient(ctx, { clientId: clients[0]?.clientId ?? '' }),
      await listUsers(ctx),
      await listGrants(ctx, { status: 'all' }),
      await listKeys(ctx),
      await listTrustedIssuers(ctx),
      await listAuditEvents(ctx, { take: 100 }),
    ])
    const { hashes } = await storedHashes(ctx)
    expect([...minted, ...hashes].filter((secret) => answers.includes(secret))).toEqual([])
    expect(answers).not.toMatch(/secretHash|passwordHash|sealedPrivate|"d":/)
  })
})

async function storedHashes(ctx: ManagementContext): Promise<{ projectId: string; hashes: string[] }> {
  const where = { projectId: ctx.project.id }
  const [secrets, clients, users, families, keys] = await Promise.all([
    prisma().projectSecret.findMany({ where }),
    prisma().oAuthClient.findMany({ where }),
    prisma().endUser.findMany({ where }),
    prisma().refreshFamily.findMany({ where }),
    prisma().signingKey.findMany({ where }),
  ])
  const hashes = [
    ...secrets.map((secret) => secret.secretHash),
    ...clients.flatMap((client) => [client.secretHash, client.previousSecretHash]),
    ...users.map((user) => user.passwordHash),
    ...families.map((family) => family.currentHash),
    ...keys.map((key) => key.sealedPrivate),
  ]
  return { projectId: ctx.project.id, hashes: hashes.filter((hash) => hash !== null).filter(Boolean) }
}

/** All that a project's verbs may change. */
async function contentOf(ctx: ManagementContext): Promise<object> {
  const where = { projectId: ctx.project.id }
  const [project, rest] = await Promise.all([
    prisma().project.findUnique({ where: { id: ctx.project.id } }),
    Promise.all([
      prisma().projectSecret.findMany({ where, orderBy: { id: 'asc' } }),
      prisma().oAuthClient.findMany({ where, orderBy: { clientId: 'asc' } }),
      prisma().endUser.findMany({ where, orderBy: { id: 'asc' } }),
      prisma().oAuthGrant.findMany({ where, orderBy: { id: 'asc' } }),
      prisma().refreshFamily.findMany({ where, orderBy: { id: 'asc' } }),
      prisma().scope.findMany({ where, orderBy: { name: 'asc' } }),
      prisma().resource.findMany({ where, orderBy: { identifier: 'asc' } }),
      prisma().signingKey.findMany({ where, orderBy: { kid: 'asc' } }),
      prisma().trustedIssuer.findMany({ where, orderBy: { id: 'asc' } }),
      prisma().upstreamProvider.findMany({ where, orderBy: { id: 'asc' } }),
      auditRows(ctx),
    ]),
  ])
  return { project, rest }
}
