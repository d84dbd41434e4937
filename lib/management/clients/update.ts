import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { metadataHashOf } from '#lib/oauth/client-metadata.ts'
import type { JsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import { changesOf } from '../changes.ts'
import { auditSource, conflict, invalid, type ManagementContext, notFound, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { checkedUri } from './fetched-uri.ts'
import { brokenRulesOf, type UpdateClientInput, updateClientInput } from './inputs.ts'
import { applicationTypeOf, checkedRedirectUris } from './redirect-uris.ts'
import { checkedCeiling } from './scope-ceiling.ts'

/** Lists as JSON text, as they are stored and compared. */
const columns = { name: true, redirectUris: true, grantTypes: true, scope: true, clientUri: true, logoUri: true } as const

/**
 * Changes what is given and leaves the rest. Another name, website, logo or redirect URI is another client to the people who allowed it: what was
 * remembered of them is asked again, and requests that wait for an answer are refused. Grants and tokens stay.
 * Throws `forbidden`, `not_found`, `invalid`, `conflict` for a deleted client and for one that is not a member's to change.
 */
export async function updateClient(ctx: ManagementContext, input: UpdateClientInput): Promise<void> {
  requirePermission(ctx, 'client:write')
  const { clientId, ...said } = parseInput(updateClientInput, input)
  const redirectUris = said.redirectUris && checkedRedirectUris(said.redirectUris)
  const logoUri = said.logoUri && checkedUri('logoUri', said.logoUri)
  const where = { projectId: ctx.project.id, clientId }

  await inTransaction(async (tx) => {
    // Its own registration access token may change it at the same moment (RFC 7592).
    await tx.$queryRaw`SELECT 1 FROM oauth_client WHERE project_id = ${ctx.project.id}::uuid AND client_id = ${clientId} FOR UPDATE`
    const client = await tx.oAuthClient.findFirst({
      where,
      select: { ...columns, source: true, tokenEndpointAuthMethod: true, jwks: true, jwksUri: true, revokedAt: true, blockedAt: true },
    })
    if (!client) throw notFound('Client')
    requireOurs(client)

    const { after, changes } = changesOf<Editable>(client, {
      name: said.name,
      redirectUris: redirectUris && JSON.stringify(redirectUris),
      grantTypes: said.grantTypes && JSON.stringify(said.grantTypes),
      clientUri: said.clientUri,
      logoUri,
      ...(said.scope === undefined ? {} : { scope: await checkedCeiling(tx, ctx, said.scope ?? undefined) }),
    })
    if (Object.keys(changes).length === 0) return

    const whole = { ...client, ...after }
    const lists = { redirectUris: listIn(whole.redirectUris), grantTypes: listIn(whole.grantTypes) }
    const broken = brokenRulesOf({ ...whole, ...lists })
    if (Object.keys(broken).length > 0) throw invalid(broken)
    const jwks = client.jwks === null ? null : (JSON.parse(client.jwks) as JsonWebKeySet)
    const metadataHash = metadataHashOf({ ...whole, redirectUris: lists.redirectUris, jwks })
    const applicationType = redirectUris ? { applicationType: applicationTypeOf(redirectUris) } : {}
    await tx.oAuthClient.updateMany({ where, data: { ...after, ...applicationType, metadataHash } })
    await recordAudit(tx, auditSource(ctx), { action: 'client.updated', clientId, name: whole.name, changes: readable(changes) })
  })
}

type Editable = {
  name: string
  redirectUris: string
  grantTypes: string
  scope: string | null
  clientUri: string | null
  logoUri: string | null
}
type State = { readonly source: string; readonly revokedAt: Date | null; readonly blockedAt: Date | null }

function requireOurs({ source, revokedAt, blockedAt }: State): void {
  if (source === 'document') throw conflict('This client is what its document says: its publisher changes it there')
  if (source === 'builtin') throw conflict("The project's own backend cannot be changed")
  if (revokedAt && !blockedAt) throw conflict('This client is deleted')
}

const listIn = (text: string): string[] => JSON.parse(text) as string[]

type Change = { before: unknown; after: unknown }

/** Lists as lists: the log is read by people and programs. */
const readable = (changes: Readonly<Record<string, Change>>): Record<string, Change> =>
  Object.fromEntries(
    Object.entries(changes).map(([field, { before, after }]) =>
      field === 'redirectUris' || field === 'grantTypes'
        ? [field, { before: listIn(String(before)), after: listIn(String(after)) }]
        : [field, { before, after }],
    ),
  )
