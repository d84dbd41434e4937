import type { Issuer, ScopeRisk } from './context.ts'
import { matchesRegistered } from './redirect-uri.ts'
import { decidableScopes, withinCeiling } from './scope.ts'
import type { AuthorizationRequest, Client, OAuthStore } from './store.ts'

/** One box of the consent page. */
export type OfferedScope = {
  readonly name: string
  /** The client asked for it. */
  readonly requested: boolean
  /** The person allowed it to this client before, there and for the same resources. */
  readonly allowedBefore: boolean
  /** Unless the person unticks it. */
  readonly ticked: boolean
  /** The person cannot untick it: they allow it, or deny the whole request. */
  readonly locked: boolean
  readonly risk: ScopeRisk
}

const NOTHING: ReadonlySet<string> = new Set()

/** What of a client's living grants of that user went to the same place: the same redirect URI, whatever its loopback port, and resources. */
export async function allowedBefore(
  { clientId, redirectUri, resources, deviceCodeHash }: AuthorizationRequest,
  userId: string,
  store: Pick<OAuthStore, 'findLivingGrants'>,
): Promise<ReadonlySet<string>> {
  if (deviceCodeHash !== null) return NOTHING
  const asked = [...resources].sort().join(' ')
  const grants = (await store.findLivingGrants(clientId, userId)).filter(
    (grant) => matchesRegistered(redirectUri, [grant.redirectUri]) && [...grant.resources].sort().join(' ') === asked,
  )
  return new Set(grants.flatMap(({ scope }) => decidableScopes(scope)))
}

/** Who decides. `scopeCeiling`: of their session. */
type Decider = { readonly allowedBefore: ReadonlySet<string>; readonly scopeCeiling: string | null }

/**
 * The boxes of the consent page: what was asked for, and never what was kept from this client or this person. A request for more than was
 * allowed before (MCP SEP-2350) offers the rest of that too, or a client that asks only for what it lacks would lose what it has. Not to
 * a client known by its document, which is many installations: what one has says nothing about another.
 */
export function offeredScopes(
  { scope }: Pick<AuthorizationRequest, 'scope'>,
  client: Pick<Client, 'source' | 'scope'>,
  { allowedBefore: before, scopeCeiling }: Decider,
  issuer: Issuer,
): OfferedScope[] {
  const asked = decidableScopes(scope)
  const grantable = withinCeiling(
    issuer.scopes.map(({ name }) => name),
    client.scope,
  )
  const stepsUp = asked.some((name) => !before.has(name)) && client.source !== 'document'
  const kept = stepsUp ? grantable.filter((name) => before.has(name)) : []
  const names = new Set([...asked, ...kept, ...(issuer.offerAllScopes ? grantable : [])])
  return withinCeiling([...names], scopeCeiling).map((name) => ({
    name,
    requested: asked.includes(name),
    allowedBefore: before.has(name),
    ticked: asked.includes(name) || kept.includes(name),
    locked: asked.includes(name) && issuer.scopes.some((one) => one.name === name && one.isRequired),
    risk: issuer.scopes.find((one) => one.name === name)?.risk ?? 'low',
  }))
}
