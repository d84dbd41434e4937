import { documentHashOf, documentHost, isDocumentUrl } from './client-id-metadata-document.ts'
import type { ClientMetadata } from './client-metadata.ts'
import type { Issuer, OAuthContext } from './context.ts'
import { pinnedDocument } from './pinned-documents.ts'
import { hasPrivateUseScheme } from './redirect-uri.ts'
import type { Client, ReadAt, StoredAuthorizationRequest } from './store.ts'

const MAX_CLIENT_ID_CHARACTERS = 2048
/** So long what was kept of a document stands in for it where it cannot be read. */
const STALE_MS = 7 * 86_400_000

/** What it takes to find a client: less than a whole request's context, because pages look one up too. */
export type ClientSources = Pick<OAuthContext, 'issuer' | 'store' | 'world'>

/** `document_…`: the client_id is a URL, and the project does not trust its host, or its document cannot be read, or is no such document. */
export type NoClient = 'unknown' | 'revoked' | 'document_not_trusted' | 'document_unavailable' | 'document_invalid'

/**
 * Who a client_id names: a client of the project, or, when it is a URL, whoever published the document there
 * (draft-ietf-oauth-client-id-metadata-document). Such a client needs no row; one that was kept at an approval is how an operator
 * revokes it, and its last good copy for seven days. The project's policy is asked each time, and says who may start: what was
 * connected before stays connected until it is revoked.
 */
export async function findClient(clientId: string | undefined, sources: ClientSources): Promise<(Client & ReadAt) | NoClient> {
  const client = await readClient(clientId, sources)
  if (typeof client === 'string' || client.source !== 'document' || sources.issuer.privateUseSchemes) return client
  return { ...client, redirectUris: client.redirectUris.filter((uri) => !hasPrivateUseScheme(uri)) }
}

async function readClient(clientId: string | undefined, sources: ClientSources): Promise<(Client & ReadAt) | NoClient> {
  if (!clientId || clientId.length > MAX_CLIENT_ID_CHARACTERS || clientId.includes('\0')) return 'unknown'
  const kept = await sources.store.findClient(clientId)
  if (kept?.revoked) return 'revoked'
  if (kept && kept.source !== 'document') return kept
  if (!isDocumentUrl(clientId, sources.world)) return 'unknown'
  if (!trusts(sources.issuer, clientId)) return 'document_not_trusted'
  return readDocument(clientId, kept, sources)
}

/**
 * A client that was found by what was kept of its document, with what the document says now: for who must not wait until somebody
 * approves it anew. As it was where that cannot be read, and for a client that has registered.
 */
export async function asPublished<Known extends Client>(client: Known, sources: ClientSources): Promise<Known> {
  if (client.source !== 'document') return client
  const found = await findClient(client.clientId, sources)
  return typeof found === 'string' ? client : { ...client, ...found }
}

function trusts({ documentPolicy, documentHosts }: Issuer, clientId: string): boolean {
  if (documentPolicy === 'allow-list') return documentHosts.includes(documentHost(clientId))
  return documentPolicy === 'open'
}

/** The newest of what this process read and what another one kept; then a copy that came with us, for an installation that never could. */
async function readDocument(
  clientId: string,
  kept: (Client & ReadAt) | null,
  { store, world }: ClientSources,
): Promise<(Client & ReadAt) | NoClient> {
  const staleAt = kept?.documentStaleAt
  const found = await world.clientDocument(clientId, kept && staleAt ? (kept.readAt.getTime() - staleAt.getTime()) / 1000 : undefined)
  const readAt = kept?.readAt ?? (await store.now())
  const keptAt = kept?.documentReadAt ?? null
  if (typeof found !== 'string') {
    const documentReadAt = new Date(readAt.getTime() - found.ageSeconds * 1000)
    return kept && keptAt && keptAt > documentReadAt ? kept : { ...clientOf(clientId, found.metadata, documentReadAt), readAt }
  }
  if (kept && keptAt && readAt.getTime() - keptAt.getTime() < STALE_MS) return kept
  const pinned = pinnedDocument(clientId, world)
  return pinned ? { ...clientOf(clientId, pinned, null), readAt } : `document_${found}`
}

/** As if it had registered: its document is no secret, so it is trusted with nothing for having one. */
const clientOf = (clientId: string, metadata: ClientMetadata, documentReadAt: Date | null): Client => ({
  ...metadata,
  clientId,
  source: 'document',
  trusted: false,
  secretHashes: [],
  scope: null,
  metadataHash: documentHashOf(metadata),
  documentReadAt,
  revoked: false,
})

/**
 * Just before the approval: a document client is kept as the user was shown it. `client_changed`: its document says something else now.
 * Clients that have registered are there already.
 */
export async function keepForApproval(
  pending: StoredAuthorizationRequest,
  userId: string,
  sources: ClientSources,
): Promise<'kept' | 'client_gone' | 'client_changed' | 'document_unavailable'> {
  const { clientId } = pending
  if (!isDocumentUrl(clientId, sources.world)) return 'kept'
  const client = await readClient(clientId, sources)
  if (client === 'document_unavailable') return client
  if (typeof client === 'string') return 'client_gone'
  if (client.source !== 'document') return 'kept'
  if (client.metadataHash !== pending.metadataHash) return 'client_changed'
  const { metadataHash, name } = client
  await sources.store.keepDocumentClient(client, {
    ...{ step: 'consent', actorKind: 'user', actorId: userId, clientId, userId, requestId: pending.idHash },
    detail: { source: client.source, name, metadata_hash: metadataHash },
  })
  return 'kept'
}
