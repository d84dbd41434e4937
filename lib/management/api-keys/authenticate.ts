import { statement } from '#lib/db/transaction.ts'
import { sha256Hex } from '#lib/oauth/hash.ts'
import { API_KEY_PREFIX } from '#lib/oauth/opaque-token.ts'
import { type ManagementContext, notFound, type OrganisationContext, type Permission, permissionsOf } from '../context.ts'
import { recordTrespass } from '../denials.ts'
import { findProject } from '../members/contexts.ts'

/** Whoever calls with a key that counts. */
export type ApiKeyCaller = {
  readonly keyId: string
  /** In the eyes of the key: what was chosen for it, less what its maker may no longer do. */
  readonly organisation: OrganisationContext
  /** What was chosen for it. */
  readonly chosen: ReadonlySet<Permission>
  /** The only project it reaches; null: all. */
  readonly projectId: string | null
}

type Found = {
  readonly keyId: string
  readonly organisationId: string
  readonly organisationName: string
  readonly permissions: string
  readonly projectId: string | null
  readonly role: string
  readonly usedThisMinute: boolean
}

const BY_HASH = `
  SELECT k.id AS "keyId", k.organisation_id AS "organisationId", o.name AS "organisationName", k.permissions,
    k.project_id AS "projectId", m.role, coalesce(k.last_used_at >= date_trunc('minute', now()), false) AS "usedThisMinute"
  FROM api_key k
  JOIN membership m ON m.organisation_id = k.organisation_id AND m.member_id = k.created_by
  JOIN organisation o ON o.id = k.organisation_id
  WHERE k.key_hash = $1 AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > now())`

const NOTE_USE = `
  UPDATE api_key SET last_used_at = date_trunc('minute', now()), last_used_from = $3
  WHERE organisation_id = $1::uuid AND id = $2::uuid`

const FORM = new RegExp(`^${API_KEY_PREFIX}[A-Za-z0-9_-]{43}$`)

/** Null for what is no key, and for one that is revoked, expired or whose maker left. One look-up, by the hash. */
export async function callerByApiKey(key: string, address: string | undefined): Promise<ApiKeyCaller | null> {
  if (!FORM.test(key)) return null
  const {
    rows: [found],
  } = await statement<Found>('api_key_by_hash', BY_HASH, [sha256Hex(key)])
  if (!found) return null
  if (!found.usedThisMinute) await noteUse(found, address)

  const may = permissionsOf(found.role)
  const chosen = new Set(JSON.parse(found.permissions) as Permission[])
  return {
    keyId: found.keyId,
    organisation: {
      organisation: { id: found.organisationId, name: found.organisationName },
      actor: { kind: 'api-key', id: found.keyId },
      permissions: new Set([...chosen].filter((permission) => may.has(permission))),
      recentlyAuthenticated: true,
      ...(address === undefined ? {} : { address }),
    },
    chosen,
    projectId: found.projectId,
  }
}

/** To the minute: a key in use is not a row in constant change. */
async function noteUse({ organisationId, keyId }: Found, address: string | undefined): Promise<void> {
  await statement('note_api_key_use', NOTE_USE, [organisationId, keyId, address ?? null], { repeatable: true })
}

/** The same caller in one project. Throws `not_found` for projects of others and for those that the key does not reach. */
export async function projectOfCaller({ organisation, projectId }: ApiKeyCaller, slug: string): Promise<ManagementContext> {
  const project = await findProject(slug)
  if (project?.organisationId !== organisation.organisation.id) {
    await recordTrespass(organisation, slug)
    throw notFound('Project')
  }
  if (projectId !== null && project.id !== projectId) throw notFound('Project')
  const { organisation: _, ...acting } = organisation
  return { ...acting, project, now: () => new Date() }
}
