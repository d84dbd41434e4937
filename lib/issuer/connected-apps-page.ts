import { type ConnectedGrant, connectedGrants } from '#lib/end-user/connected/grants.ts'
import type { Issuer } from '#lib/oauth/context.ts'
import { parseLoopback, redirectDisplay } from '#lib/oauth/redirect-uri.ts'
import { resourceName } from '#lib/oauth/resource.ts'
import { describedScopes, OFFLINE_ACCESS } from '#lib/oauth/scope.ts'
import { clientLogos } from './client-logo.ts'
import { ownerAt } from './owner.ts'
import { type ShownClient, shownClient } from './shown-client.ts'

/** What a signed-in user's page of connected apps shows. */
export type ConnectedAppsPage =
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'signed-out'; readonly issuerUrl: string }
  | {
      readonly kind: 'open'
      readonly issuerUrl: string
      readonly projectName: string
      readonly csrf: string
      readonly account: { readonly email: string | null; readonly name: string | null }
      /** The one that was active last comes first. */
      readonly apps: readonly ConnectedApp[]
      readonly accessTokenTtlSeconds: number
    }

export type ConnectedApp = {
  readonly clientId: string
  readonly client: ShownClient
  /** One for each time that it was allowed: a client does not tell its installations apart. Never empty. */
  readonly connections: readonly Connection[]
}

export type Connection = {
  readonly grantId: string
  /** Host or scheme that got the answer; null: another device. */
  readonly redirect: { readonly display: string; readonly loopback: boolean } | null
  readonly resources: readonly string[]
  /** In words. */
  readonly scopes: readonly string[]
  readonly connectedAt: Date
  readonly renewedAt: Date | null
}

/** `issuerUrl`: which issuer the URL spoke to. Throws `Unavailable`. */
export async function connectedAppsPage(issuerUrl: string | null, cookieHeader: string | null): Promise<ConnectedAppsPage> {
  const page = await ownerAt(issuerUrl, 'connected-apps', cookieHeader)
  if (!page) return { kind: 'nowhere' }
  const { issuer, owner, csrf } = page
  if (!owner) return { kind: 'signed-out', issuerUrl: issuer.url }
  const grants = await connectedGrants(issuer.projectId, owner.userId)
  const logos = await clientLogos(
    issuer,
    grants.map(({ client }) => client),
  )
  return {
    kind: 'open',
    issuerUrl: issuer.url,
    projectName: issuer.projectName,
    csrf,
    account: { email: owner.email, name: owner.name },
    apps: appsOf(grants, logos, issuer),
    accessTokenTtlSeconds: issuer.accessTokenTtlSeconds,
  }
}

function appsOf(grants: readonly ConnectedGrant[], logos: ReadonlyMap<string, string>, issuer: Issuer): ConnectedApp[] {
  return [...new Set(grants.map(({ client }) => client.clientId))].flatMap((clientId) => {
    const own = grants.filter(({ client }) => client.clientId === clientId)
    return own
      .slice(0, 1)
      .map(({ client }) => ({ clientId, client: shownClient(client, logos), connections: own.map((grant) => shown(grant, issuer)) }))
  })
}

const shown = ({ grantId, redirectUri, resources, scope, connectedAt, renewedAt }: ConnectedGrant, issuer: Issuer): Connection => ({
  grantId,
  redirect: redirectUri === '' ? null : { display: redirectDisplay(redirectUri), loopback: parseLoopback(redirectUri) !== null },
  resources: resources.map((identifier) => resourceName(identifier, issuer)),
  scopes: wordsOf(scope, issuer),
  connectedAt,
  renewedAt,
})

/** In the order of the consent page. A scope that the project has deleted since is named as it was. */
function wordsOf(scope: string, issuer: Issuer): string[] {
  const granted = scope.split(' ').filter((name) => name !== '' && name !== OFFLINE_ACCESS)
  const known = describedScopes(issuer)
  const deleted = granted.filter((name) => known.every(([each]) => each !== name))
  return [...known.filter(([name]) => granted.includes(name)).map(([, description]) => description), ...deleted]
}
