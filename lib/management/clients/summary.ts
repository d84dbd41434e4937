/** What lists and pages show of a client. */
export type ClientSummary = {
  readonly clientId: string
  readonly name: string
  /** `document`: its client id is the URL of its metadata document. */
  readonly source: 'registered' | 'manual' | 'builtin' | 'document'
  /** Its name is vouched for: made by hand or registered with the registration secret. */
  readonly trusted: boolean
  readonly applicationType: 'native' | 'web'
  readonly tokenEndpointAuthMethod: 'none' | 'client_secret_basic' | 'client_secret_post' | 'private_key_jwt'
  readonly redirectUris: readonly string[]
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly revokedAt: Date | null
}

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
} as const satisfies Record<keyof ClientSummary, true>

type Words = 'source' | 'applicationType' | 'tokenEndpointAuthMethod' | 'redirectUris'
type SummaryRow = Omit<ClientSummary, Words> & Record<Words, string>

/** The database's CHECK constraints name the same words. */
export const summaryOf = (row: SummaryRow): ClientSummary => ({
  clientId: row.clientId,
  name: row.name,
  source: row.source as ClientSummary['source'],
  trusted: row.trusted,
  applicationType: row.applicationType as ClientSummary['applicationType'],
  tokenEndpointAuthMethod: row.tokenEndpointAuthMethod as ClientSummary['tokenEndpointAuthMethod'],
  redirectUris: JSON.parse(row.redirectUris) as string[],
  createdAt: row.createdAt,
  lastUsedAt: row.lastUsedAt,
  revokedAt: row.revokedAt,
})
