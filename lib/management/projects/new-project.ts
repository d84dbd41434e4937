import type { Prisma } from '#lib/db/generated/client.ts'
import type { Transaction } from '#lib/db/transaction.ts'
import { uuidv7 } from '#lib/db/uuid.ts'
import { env } from '#lib/env.ts'
import { createSigningKeys } from '#lib/keys/signing-key.ts'
import { metadataHashOf } from '#lib/oauth/client-metadata.ts'
import { BACKEND_CLIENT_ID } from '#lib/oauth/identifier.ts'
import { conflict, notFound } from '../context.ts'
import { type NewSecret, newSecret } from '../secret.ts'

/** Secrets are here once: only their hashes are kept. */
export type CreatedProject = {
  readonly slug: string
  readonly issuer: string
  /** The default one. */
  readonly resource: string
  readonly registrationSecret: string
  readonly serverSecret: string
}

/** What a project needs of its own: nobody else's id, slug, secrets or keys are ever its. */
export type NewProject = {
  readonly id: string
  readonly name: string
  readonly slug: string
  readonly registration: NewSecret
  readonly server: NewSecret
}

export const newProject = (name: string, slug: string): NewProject => ({
  ...{ id: uuidv7(), name, slug },
  ...{ registration: newSecret('registration'), server: newSecret('server') },
})

export const createdProject = ({ slug, registration, server }: NewProject, resource: string): CreatedProject => ({
  ...{ slug, issuer: pathIssuer(slug), resource },
  ...{ registrationSecret: registration.secret, serverSecret: server.secret },
})

type Contents = {
  /** Columns other than the defaults. */
  readonly settings?: Omit<Prisma.ProjectCreateManyInput, 'id' | 'organisationId' | 'slug' | 'name'>
  readonly resources: readonly Omit<Prisma.ResourceCreateManyInput, 'projectId'>[]
  readonly scopes: readonly Omit<Prisma.ScopeCreateManyInput, 'projectId'>[]
}

/** All rows that a project begins with. Throws `conflict` when the slug is or was somebody's, `not_found` when the organisation is deleted. */
export async function insertProject(
  tx: Transaction,
  organisationId: string,
  project: NewProject,
  { settings = {}, resources, scopes }: Contents,
): Promise<void> {
  const { id: projectId, name, slug } = project
  // Shared with other creations; whoever deletes the organisation waits, and then sees that it has a project.
  const living = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM organisation WHERE id = ${organisationId}::uuid AND deleted_at IS NULL FOR SHARE`
  if (living.length === 0) throw notFound('Organisation')
  const created = await tx.project.createMany({
    data: [{ id: projectId, organisationId, slug, name, ...settings }],
    skipDuplicates: true, // of two creations at once the unique slug picks one
  })
  if (created.count !== 1) throw conflict('This slug is taken')

  await tx.issuer.createMany({ data: issuersOf(slug).map((issuer) => ({ projectId, ...issuer })) })
  await tx.resource.createMany({ data: resources.map((resource) => ({ projectId, ...resource })) })
  await tx.scope.createMany({ data: scopes.map((scope) => ({ projectId, ...scope })) })
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
  await createSigningKeys(tx, projectId, settings.signingAlgorithm === 'RS256' ? 'RS256' : 'ES256')
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
  metadataHash: metadataHashOf({
    name: `${projectName} backend`,
    redirectUris: [],
    clientUri: null,
    logoUri: null,
    jwks: null,
    jwksUri: null,
  }),
})

const pathIssuer = (slug: string): string => `${env().BASE_URL}/p/${slug}`

/** The path form is primary: it needs no wildcard certificate and works on every installation. */
function issuersOf(slug: string): { url: string; kind: 'path' | 'subdomain'; isPrimary: boolean }[] {
  const host = env().ISSUER_HOST
  const path = { url: pathIssuer(slug), kind: 'path', isPrimary: true } as const
  return host === undefined ? [path] : [path, { url: `https://${slug}.${host}`, kind: 'subdomain', isPrimary: false }]
}
