import { read } from '#lib/db/transaction.ts'
import { type Delivery, mailDelivery } from '#lib/mail/delivery.ts'
import { type ManagementContext, notFound, requirePermission } from '../context.ts'
import { type ListedResource, listResources } from '../resources/list.ts'
import { type ListedScope, listScopes } from '../scopes/list.ts'
import { type LiveSecret, listProjectSecrets } from '../secrets/list.ts'
import { type ProjectProgress, projectProgress } from './progress.ts'
import { type Reviewer, reviewerColumns, reviewerOf } from './reviewer.ts'
import { type ProjectSettings, settingsColumns, settingsOf } from './settings.ts'

export type ProjectDetails = {
  readonly slug: string
  readonly name: string
  readonly createdAt: Date
  readonly suspendedAt: Date | null
  readonly settings: ProjectSettings
  /** The primary one first. */
  readonly issuers: readonly { url: string; kind: string; isPrimary: boolean }[]
  readonly resources: readonly ListedResource[]
  readonly scopes: readonly ListedScope[]
  /** Newest first; those that count now. */
  readonly secrets: readonly LiveSecret[]
  readonly progress: ProjectProgress
  /** Whoever reviews a client for a store, with a fixed code. */
  readonly reviewer: Reviewer | null
  /** SHA-256 of the logo, hex; null for none. */
  readonly logoHash: string | null
  /** `none`: what needs mail can not be switched on. */
  readonly mail: Delivery
}

/** All that the project page and its settings show. No secret and no hash. */
export async function getProject(ctx: ManagementContext): Promise<ProjectDetails> {
  requirePermission(ctx, 'project:read')
  const projectId = ctx.project.id
  const [project, issuers, resources, scopes, { secrets }, progress, logo] = await Promise.all([
    read((db) =>
      db.project.findFirst({
        where: { id: projectId, deletedAt: null },
        select: { slug: true, name: true, createdAt: true, suspendedAt: true, ...reviewerColumns, ...settingsColumns },
      }),
    ),
    read((db) =>
      db.issuer.findMany({
        where: { projectId },
        select: { url: true, kind: true, isPrimary: true },
        orderBy: [{ isPrimary: 'desc' }, { url: 'asc' }],
      }),
    ),
    listResources(ctx),
    listScopes(ctx),
    listProjectSecrets(ctx),
    projectProgress(ctx),
    read((db) => db.projectLogo.findUnique({ where: { projectId }, select: { hash: true } })),
  ])
  if (!project) throw notFound('Project')

  const { slug, name, createdAt, suspendedAt, reviewerEmail, reviewerExpiresAt, ...columns } = project
  return {
    ...{ slug, name, createdAt, suspendedAt, settings: settingsOf(columns), issuers, resources, scopes, secrets, progress },
    reviewer: reviewerOf({ reviewerEmail, reviewerExpiresAt }),
    logoHash: logo?.hash ?? null,
    mail: mailDelivery(),
  }
}
