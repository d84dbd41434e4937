/** How it came to be known. The first three are registrations: by a member, with the registration secret, by itself. */
export type ClientOrigin = 'manual' | 'registered-with-secret' | 'registered-openly' | 'document' | 'builtin'

/** `unused`: nobody has signed in through it yet. `deleted` is for good, `blocked` until it is taken back. */
export type ClientStatus = 'active' | 'unused' | 'blocked' | 'deleted'

/** What lists and pages show of a client. */
export type ClientSummary = {
  readonly clientId: string
  readonly name: string
  /** `document`: its client id is the URL of its metadata document. */
  readonly source: 'registered' | 'manual' | 'builtin' | 'document'
  /** Its name is vouched for: made by hand or registered with the registration secret. */
  readonly trusted: boolean
  readonly origin: ClientOrigin
  readonly status: ClientStatus
  readonly applicationType: 'native' | 'web'
  readonly tokenEndpointAuthMethod: 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'
  readonly redirectUris: readonly string[]
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  /** Since when it is refused, blocked or deleted. */
  readonly revokedAt: Date | null
  /** Null: it is not blocked. */
  readonly blockedAt: Date | null
}

type Worked = 'origin' | 'status'

/** Hashes are not among them. */
export const summaryColumns = {
  clientId: true,
  name: true,
  source: true,
  trusted: true,
  applicationType: true,
  tokenEndpointAuthMethod: true,
  redirectUris: true,
  createdAt: true,
  lastUsedAt: true,
  revokedAt: true,
  blockedAt: true,
} as const satisfies Record<Exclude<keyof ClientSummary, Worked>, true>

type Words = 'source' | 'applicationType' | 'tokenEndpointAuthMethod' | 'redirectUris'
export type SummaryRow = Omit<ClientSummary, Words | Worked> & Record<Words, string>

/** `statusOf` in SQL, and `originOf`. */
export const STATUS_SQL = `CASE WHEN blocked_at IS NOT NULL THEN 'blocked' WHEN revoked_at IS NOT NULL THEN 'deleted'
  WHEN last_used_at IS NULL THEN 'unused' ELSE 'active' END`
export const ORIGIN_SQL = `CASE WHEN source <> 'registered' THEN source WHEN trusted THEN 'registered-with-secret' ELSE 'registered-openly' END`

export function statusOf({ blockedAt, revokedAt, lastUsedAt }: Pick<SummaryRow, 'blockedAt' | 'revokedAt' | 'lastUsedAt'>): ClientStatus {
  if (blockedAt) return 'blocked'
  if (revokedAt) return 'deleted'
  return lastUsedAt ? 'active' : 'unused'
}

export function originOf({ source, trusted }: Pick<ClientSummary, 'source' | 'trusted'>): ClientOrigin {
  if (source !== 'registered') return source
  return trusted ? 'registered-with-secret' : 'registered-openly'
}

/** The database's CHECK constraints name the same words. */
export function summaryOf(row: SummaryRow): ClientSummary {
  const source = row.source as ClientSummary['source']
  return {
    clientId: row.clientId,
    name: row.name,
    source,
    trusted: row.trusted,
    origin: originOf({ source, trusted: row.trusted }),
    status: statusOf(row),
    applicationType: row.applicationType as ClientSummary['applicationType'],
    tokenEndpointAuthMethod: row.tokenEndpointAuthMethod as ClientSummary['tokenEndpointAuthMethod'],
    redirectUris: JSON.parse(row.redirectUris) as string[],
    createdAt: row.createdAt,
    lastUsedAt: row.lastUsedAt,
    revokedAt: row.revokedAt,
    blockedAt: row.blockedAt,
  }
}
