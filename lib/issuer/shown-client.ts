import { documentHost } from '#lib/oauth/client-id-metadata-document.ts'
import type { Client } from '#lib/oauth/store.ts'

/**
 * Who a client is, for people. `verified` false: it registered itself, so its name is a claim. `host`: of its own URL.
 * `byDomain`: it is known by its document, so the host is who it is, and the name what it calls itself. `logo`: path on the origin that
 * was called; null for a client without one, and for every client that nobody vouches for.
 */
export type ShownClient = {
  readonly name: string
  readonly verified: boolean
  readonly byDomain: boolean
  readonly host: string | null
  readonly logo: string | null
}

/** It did not register itself. A registration secret says who may register clients, not who they are. */
export const isVouchedFor = ({ source }: Pick<Client, 'source'>): boolean => source !== 'registered'

type Known = Pick<Client, 'clientId' | 'name' | 'source' | 'clientUri'>

/** `logos`: paths by client_id. */
export const shownClient = ({ clientId, name, source, clientUri }: Known, logos: ReadonlyMap<string, string>): ShownClient => ({
  name,
  verified: isVouchedFor({ source }),
  byDomain: source === 'document',
  host: source === 'document' ? documentHost(clientId) : clientUri && new URL(clientUri).host,
  logo: logos.get(clientId) ?? null,
})
