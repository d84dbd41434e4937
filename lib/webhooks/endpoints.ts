import { read } from '#lib/db/transaction.ts'
import { open } from '#lib/keys/seal.ts'

/** An endpoint that is on, of a living project. */
export type Endpoint = {
  readonly projectId: string
  readonly slug: string
  readonly id: string
  readonly url: string
  /** Actions or `client.*`; empty: every event. */
  readonly events: readonly string[]
  readonly cursor: string
  /** The one that counts, and the one before it with the end of its overlap. */
  readonly secrets: readonly { readonly secret: string; readonly until: Date | null }[]
}

const columns = {
  ...{ projectId: true, id: true, url: true, events: true, cursor: true },
  ...{ sealedSecret: true, sealedPreviousSecret: true, previousSecretExpiresAt: true },
} as const

/** Every endpoint of the installation that is on. */
export async function livingEndpoints(): Promise<Endpoint[]> {
  const rows = await read((db) => db.webhookEndpoint.findMany({ where: { disabledAt: null }, select: columns }))
  if (rows.length === 0) return []
  const projects = await read((db) =>
    db.project.findMany({ where: { id: { in: rows.map((row) => row.projectId) }, deletedAt: null }, select: { id: true, slug: true } }),
  )
  const slugs = new Map(projects.map(({ id, slug }) => [id, slug]))
  return rows.flatMap((row) => {
    const slug = slugs.get(row.projectId)
    return slug === undefined ? [] : [{ ...row, slug, events: JSON.parse(row.events) as string[], secrets: secretsOf(row) }]
  })
}

type Sealed = {
  readonly projectId: string
  readonly id: string
  readonly sealedSecret: string
  readonly sealedPreviousSecret: string | null
  readonly previousSecretExpiresAt: Date | null
}

/** Throws `SealBroken`. */
function secretsOf({ projectId, id, sealedSecret, sealedPreviousSecret, previousSecretExpiresAt }: Sealed): Endpoint['secrets'] {
  const unsealed = (sealed: string) => open(sealed, { projectId, kind: 'webhook-secret', id })
  const current = { secret: unsealed(sealedSecret), until: null }
  return sealedPreviousSecret === null ? [current] : [current, { secret: unsealed(sealedPreviousSecret), until: previousSecretExpiresAt }]
}
