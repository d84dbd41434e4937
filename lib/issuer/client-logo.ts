import type { Issuer, OAuthContext, OAuthRequest, OAuthResult } from '#lib/oauth/context.ts'
import type { Client } from '#lib/oauth/store.ts'
import { type KeptLogo, keepLogo, keptLogos, type LogoPlace, logoOfHash } from './kept-logo.ts'
import { pathOf } from './locate.ts'
import { hashIn, pictureOrNone } from './picture-answer.ts'
import { isVouchedFor } from './shown-client.ts'
import { singleFlight } from './single-flight.ts'
import { type Pictures, worldOf } from './world.ts'

/** Whose address they are fetched for: a flood of them must not use up what documents may be fetched for. */
const LOGOS = 'logos'

/** As much of a client as its logo takes. */
export type LogoOwner = Pick<Client, 'clientId' | 'source' | 'logoUri'>

type At = Pick<Issuer, 'projectId' | 'url'>

/**
 * Paths, on the origin that was called, of the logos that are kept, by client_id: only of clients that somebody vouches for, and only what
 * was read where they say now. Throws `Unavailable`.
 */
export async function clientLogos({ projectId, url }: At, clients: readonly LogoOwner[]): Promise<ReadonlyMap<string, string>> {
  const owners = clients.filter(hasLogo)
  if (owners.length === 0) return new Map()
  const kept = await keptLogos(
    projectId,
    owners.map(({ clientId }) => clientId),
  )
  return new Map(owners.flatMap((owner) => kept.filter((row) => isOf(row, owner)).flatMap((row) => entryOf(row, url))))
}

/**
 * The same for the one client that somebody is asked about. What is not kept yet, or is old, is read behind the page's back, for the
 * next one. Throws `Unavailable`.
 */
export async function freshClientLogo(
  { projectId, url }: At,
  client: LogoOwner,
  world: Pictures = worldOf(projectId, LOGOS),
): Promise<ReadonlyMap<string, string>> {
  if (!hasLogo(client)) return new Map()
  const { clientId, logoUri: uri } = client
  const kept = (await keptLogos(projectId, [clientId])).find((row) => isOf(row, client))
  if (!kept || kept.due) readBehind({ projectId, clientId, uri }, world)
  return new Map(kept ? entryOf(kept, url) : [])
}

type WithLogo = LogoOwner & { readonly logoUri: string }

const hasLogo = (client: LogoOwner): client is WithLogo => client.logoUri !== null && isVouchedFor(client)

const isOf = (kept: KeptLogo, owner: WithLogo): boolean => kept.clientId === owner.clientId && kept.uri === owner.logoUri

/** None for a failure. */
const entryOf = ({ clientId, hash }: KeptLogo, issuerUrl: string): [string, string][] =>
  hash === null ? [] : [[clientId, pathOf(issuerUrl, `/client-logo/${hash}`)]]

const reading = singleFlight<void>()

/** The page is not told: it is made long before. What failed on our side is tried again by the next one. */
function readBehind(place: LogoPlace, world: Pictures): void {
  const key = JSON.stringify([place.projectId, place.clientId, place.uri])
  if (reading.underWay(key)) return
  reading
    .run(key, async () => keepLogo(place, await world.picture(place.uri)))
    .catch((error: unknown) => console.error(`a client's logo was not kept: ${error instanceof Error ? error.name : typeof error}`))
}

/** GET `/client-logo/<hash>`: a client's logo as it was read, under the hash of its bytes, so that it may be kept for ever. */
export async function clientLogo({ path }: OAuthRequest, { issuer }: OAuthContext): Promise<OAuthResult> {
  const hash = hashIn(path)
  // Judged by its form first: a made-up URL costs no question to the database.
  return pictureOrNone(/^[0-9a-f]{64}$/.test(hash) ? await logoOfHash(issuer.projectId, hash) : null)
}
