import { documentHost } from '#lib/oauth/client-id-metadata-document.ts'
import type { Client } from '#lib/oauth/store.ts'

/**
 * Who a client is, for people. `verified` false: it registered itself, so its name is a claim. `host`: of its own URL.
 * `byDomain`: it is known by its document, so the host is who it is, and the name what it calls itself.
 */
export type ShownClient = { readonly name: string; readonly verified: boolean; readonly byDomain: boolean; readonly host: string | null }

export const shownClient = ({
  clientId,
  name,
  source,
  clientUri,
}: Pick<Client, 'clientId' | 'name' | 'source' | 'clientUri'>): ShownClient => ({
  name,
  verified: source !== 'registered',
  byDomain: source === 'document',
  host: source === 'document' ? documentHost(clientId) : clientUri && new URL(clientUri).host,
})
