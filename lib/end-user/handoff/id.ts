import { sha256Hex } from '#lib/oauth/hash.ts'
import { mintRequestHandle, projectOfHandle, randomToken } from '#lib/oauth/opaque-token.ts'
import type { Destination } from '../destination.ts'
import { placeOf } from '../places.ts'

/**
 * The id of a hand-off: its project and 384 random bits, then where its browser goes on to: the handle of a client's request, or the name
 * of a page of ours. It travels through the customer's page, and alone is worth nothing: not without the cookie of the browser that set
 * out, nor without what only the browser that signed in there gets.
 */
export const mintHandoffId = (projectId: string, destination: Destination): string =>
  `${mintRequestHandle(projectId)}${randomToken()}.${'place' in destination ? destination.place : destination.handle}`

/** Null for what has not the form of one. */
export function parseHandoffId(id: string): { readonly projectId: string; readonly goesOnTo: string } | null {
  const [, random = '', goesOnTo] = /^([A-Za-z0-9_-]{43})[A-Za-z0-9_-]{43}\.([A-Za-z0-9_-]{1,64})$/.exec(id) ?? []
  const projectId = projectOfHandle(random)
  return projectId && goesOnTo ? { projectId, goesOnTo } : null
}

/** `id_hash` of the authorization request that it goes on with; undefined for a page of ours. */
export const requestIdOf = (goesOnTo: string): string | undefined => (placeOf(goesOnTo) ? undefined : sha256Hex(goesOnTo))
