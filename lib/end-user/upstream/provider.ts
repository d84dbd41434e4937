import { statement } from '#lib/db/transaction.ts'
import { open } from '#lib/keys/seal.ts'
import type { ProviderPreset } from '#lib/oauth/context.ts'

/** An identity provider that users of a project come from, with the credentials that the customer has there. */
export type Provider = {
  readonly id: string
  readonly preset: ProviderPreset
  readonly name: string
  /** With a subject it names a person: of OpenID Connect the issuer, of GitHub `https://github.com`. */
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** Space-separated, beyond what signing in needs. */
  readonly scope: string
  readonly keepTokens: boolean
}

/** GitHub is no OpenID provider: its users are known by its host and their number. */
export const GITHUB = 'https://github.com'

type Row = Omit<Provider, 'issuer' | 'clientSecret'> & { readonly issuer: string | null; readonly sealedSecret: string }

/** `which`: only one that people may sign in with, or any. Null for none. */
export async function findProvider(projectId: string, id: string, which: 'enabled' | 'any' = 'enabled'): Promise<Provider | null> {
  const { rows } = await statement<Row>(
    'find_upstream_provider',
    `SELECT id, preset, name, issuer, client_id AS "clientId", sealed_secret AS "sealedSecret", scope, keep_tokens AS "keepTokens"
     FROM upstream_provider WHERE project_id = $1::uuid AND id = $2::uuid AND (enabled OR $3)`,
    [projectId, id, which === 'any'],
  )
  const [row] = rows
  if (!row) return null
  const { sealedSecret, issuer, ...provider } = row
  const clientSecret = open(sealedSecret, { projectId, kind: 'upstream-provider', id })
  return { ...provider, issuer: issuer ?? GITHUB, clientSecret }
}

export const isProviderId = (text: string | undefined): text is string =>
  text !== undefined && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(text)
