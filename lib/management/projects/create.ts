import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { env } from '#lib/env.ts'
import { createSigningKeys } from '#lib/keys/signing-key.ts'
import { metadataHashOf } from '#lib/oauth/client-metadata.ts'
import { BACKEND_CLIENT_ID } from '#lib/oauth/identifier.ts'
import { auditSource, conflict, invalid, type OrganisationContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { type NewSecret, newSecret } from '../secret.ts'
import { type CreateProjectInput, createProjectInput, slugOf } from './inputs.ts'

/** Secrets are here once: only their hashes are kept. */
export type CreatedProject = {
  readonly slug: string
  readonly issuer: string
  readonly resource: string
  readonly registrationSecret: string
  readonly serverSecret: string
}

type NewProject = {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly resource: string
  readonly registration: NewSecret
  readonly server: NewSecret
}

/** A project that can issue tokens at once. Throws `forbidden`, `invalid`, `conflict` when the slug is or was somebody's. */
export async function createProject(ctx: OrganisationContext, input: CreateProjectInput): Promise<CreatedProject> {
  requirePermission(ctx, 'project:create')
  const { name, slug: chosen, resource } = parseInput(createProjectInput, input)
  const slug = chosen ?? slugOf(name)
  if (slug === null) throw invalid({ slug: 'Choose a slug: none could be made from this name' })

  const project = {
    id: uuidv7(),
    name,
    slug,
    resource,
    registration: newSecret('registration'),
    server: newSecret('server'),
  }
  await inTransaction((tx) => insertProject(tx, ctx, project))

  return {
    slug,
    issuer: pathIssuer(slug),
    resource,
    registrationSecret: project.registration.secret,
    serverSecret: project.server.secret,
  }
}

async function insertProject(tx: Transaction, ctx: OrganisationContext, project: NewProject): Promise<void> {
  const { id: projectId, name, slug, resource } = project
  const created = await tx.project.createMany({
    data: [{ id: projectId, organisationId: ctx.organisation.id, slug, name }],
    skipDuplicates: true, // of two creations at once the unique slug picks one
  })
  if (created.count !== 1) throw conflict('This slug is taken')

  await tx.issuer.createMany({ data: issuersOf(slug).map((issuer) => ({ projectId, ...issuer })) })
  await tx.resource.create({ data: { projectId, identifier: resource, name, isDefault: true } })
  await tx.scope.createMany({
    data: [
      { projectId, name: 'read', description: 'See your data', isDefault: true, position: 0 },
      { projectId, name: 'write', description: 'Make changes for you', isDefault: true, position: 1 },
    ],
  })
  await tx.projectSecret.createMany({
    data: (['registration', 'server'] as const).map((kind) => ({
      projectId,
      id: uuidv7(),
      kind,
      secretHash: project[kind].secretHash,
      lastFour: project[kind].lastFour,
    })),
  })
  await tx.oAuthClient.create({ data: { projectId, ...backendClient(name) } })
  await createSigningKeys(tx, projectId, 'ES256')
  await recordAudit(tx, auditSource({ ...ctx, project: { id: projectId } }), { action: 'project.created', name, slug })
}

/** Stands for the project's own backend where a token names a client (RFC 8693); it authenticates with the server secret, never as a client. */
const backendClient = (projectName: string) => ({
  clientId: BACKEND_CLIENT_ID,
  name: `${projectName} backend`,
  source: 'builtin',
  trusted: true,
  applicationType: 'web',
  tokenEndpointAuthMethod: 'none',
  redirectUris: '[]',
  grantTypes: '[]',
  metadataHash: metadataHashOf({ name: `${projectName} backend`, redirectUris: [], clientUri: null, jwks: null, jwksUri: null }),
})

const pathIssuer = (slug: string): string => `${env().BASE_URL}/p/${slug}`

/** The path form is primary: it needs no wildcard certificate and works on every installation. */
function issuersOf(slug: string): { url: string; kind: 'path' | 'subdomain'; isPrimary: boolean }[] {
  const host = env().ISSUER_HOST
  const path = { url: pathIssuer(slug), kind: 'path', isPrimary: true } as const
  return host === undefined ? [path] : [path, { url: `https://${slug}.${host}`, kind: 'subdomain', isPrimary: false }]
}
