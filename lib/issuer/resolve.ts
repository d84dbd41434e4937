import { LRUCache } from 'lru-cache'
import { statement } from '#lib/db/transaction.ts'
import type { Issuer, TrustedIssuer } from '#lib/oauth/context.ts'
import { singleFlight } from './single-flight.ts'

/** Settings change rarely, so a snapshot is believed this long before its generation is compared. */
const FRESH_MS = 1_000

type Entry = { readonly issuer: Issuer; readonly generation: number; checkedAt: number }

/** Bounded, because projects are not. Unknown issuers are not kept: anyone can send us hostnames, and memory is ours. */
const known = new LRUCache<string, Entry>({ max: 10_000 })
/** One look-up at a time for each URL, however many ask. */
const loading = singleFlight<Issuer | null>()

/** The project that speaks as this URL; null when there is none. Settings are at most a second old. Throws `Unavailable`. */
export async function resolveIssuer(url: string): Promise<Issuer | null> {
  const entry = known.get(url)
  if (entry && performance.now() - entry.checkedAt < FRESH_MS) return entry.issuer
  return loading.run(url, () => refresh(url, entry))
}

async function refresh(url: string, entry: Entry | undefined): Promise<Issuer | null> {
  if (entry && (await generationOf(url)) === entry.generation) {
    entry.checkedAt = performance.now()
    return entry.issuer
  }
  const loaded = await load(url)
  if (loaded) known.set(url, { ...loaded, checkedAt: performance.now() })
  else known.delete(url)
  return loaded?.issuer ?? null
}

async function generationOf(url: string): Promise<number | undefined> {
  const { rows } = await statement<{ generation: number }>(
    'issuer_generation',
    'SELECT p.generation FROM issuer i JOIN project p ON p.id = i.project_id WHERE i.url = $1 AND p.deleted_at IS NULL',
    [url],
  )
  return rows[0]?.generation
}

/** Lists that a column holds as JSON text. */
type Lists = 'documentHosts' | 'allowedOrigins' | 'claimMappings'
type Row = Omit<Issuer, Lists | 'trustedIssuers'> & Record<Lists, string> & { generation: number; trustedIssuers: TrustedIssuerRow[] }
/** Columns that hold JSON as text. */
type TrustedIssuerRow = Omit<TrustedIssuer, 'jwks' | 'rules'> & { jwks: string | null; rules: string }

async function load(url: string): Promise<{ issuer: Issuer; generation: number } | null> {
  const { rows } = await statement<Row>(
    'load_issuer',
    `SELECT i.url, p.id AS "projectId", p.name AS "projectName", p.slug, p.generation,
       p.registration_mode AS "registrationMode", p.iss_parameter AS "issParameter", p.signing_algorithm AS "signingAlgorithm",
       p.access_token_ttl_seconds AS "accessTokenTtlSeconds", p.refresh_idle_seconds AS "refreshIdleSeconds",
       p.refresh_absolute_seconds AS "refreshAbsoluteSeconds", p.client_credentials AS "clientCredentials",
       p.token_exchange AS "tokenExchange", p.sign_up_open AS "signUpOpen", p.offer_all_scopes AS "offerAllScopes",
       p.document_policy AS "documentPolicy", p.document_hosts AS "documentHosts", p.private_use_schemes AS "privateUseSchemes",
       p.allowed_origins AS "allowedOrigins", p.token_type AS "tokenType", p.offline_access_required AS "offlineAccessRequired",
       p.enterprise_authorization AS "enterpriseAuthorization", p.workload_identity AS "workloadIdentity",
       p.pushed_requests AS "pushedRequests", p.dpop, p.device_grant AS "deviceGrant", p.openid_connect AS "openidConnect",
       p.claim_mappings AS "claimMappings", p.suspended_at IS NOT NULL AS suspended,
       json_build_object('password', p.sign_in_password, 'email', p.sign_in_email, 'passkey', p.sign_in_passkey, 'handoffUrl', p.handoff_url,
         'providers', (SELECT coalesce(json_agg(json_build_object('id', u.id, 'preset', u.preset, 'name', u.name) ORDER BY u.created_at), '[]')
            FROM upstream_provider u WHERE u.project_id = p.id AND u.enabled)) AS "signInWays",
       json_build_object('accentColor', p.accent_color, 'supportUrl', p.support_url, 'policyUrl', p.policy_url, 'termsUrl', p.terms_url,
         'logoHash', (SELECT hash FROM project_logo l WHERE l.project_id = p.id)) AS brand,
       (SELECT coalesce(json_agg(json_build_object('kind', t.kind, 'issuer', t.issuer, 'jwksUri', t.jwks_uri, 'jwks', t.jwks,
            'audience', t.audience, 'rules', t.rules, 'linkByEmail', t.link_by_email) ORDER BY t.created_at), '[]')
          FROM trusted_issuer t WHERE t.project_id = p.id) AS "trustedIssuers",
       (SELECT coalesce(json_agg(json_build_object('identifier', r.identifier, 'name', r.name, 'isDefault', r.is_default,
            'aliases', (SELECT coalesce(json_agg(a.alias ORDER BY a.alias), '[]') FROM resource_alias a
               WHERE a.project_id = r.project_id AND a.identifier = r.identifier)) ORDER BY r.created_at), '[]')
          FROM resource r WHERE r.project_id = p.id) AS resources,
       (SELECT coalesce(json_agg(json_build_object('name', s.name, 'description', s.description, 'risk', s.risk,
            'isRequired', s.is_required, 'isDefault', s.is_default) ORDER BY s.position, s.name), '[]')
          FROM scope s WHERE s.project_id = p.id) AS scopes
     FROM issuer i JOIN project p ON p.id = i.project_id
     WHERE i.url = $1 AND p.deleted_at IS NULL`,
    [url],
  )
  const row = rows[0]
  if (!row) return null
  const { generation, ...written } = row
  const issuer: Issuer = {
    ...written,
    documentHosts: JSON.parse(row.documentHosts) as string[],
    allowedOrigins: JSON.parse(row.allowedOrigins) as string[],
    claimMappings: JSON.parse(row.claimMappings) as Issuer['claimMappings'],
    trustedIssuers: row.trustedIssuers.map(trustedIssuerOf),
  }
  return { issuer: Object.freeze(issuer), generation }
}

const trustedIssuerOf = ({ jwks, rules, ...trusted }: TrustedIssuerRow): TrustedIssuer => ({
  ...trusted,
  jwks: jwks === null ? null : (JSON.parse(jwks) as TrustedIssuer['jwks']),
  rules: JSON.parse(rules) as TrustedIssuer['rules'],
})
