import { accessTokenClaims } from '../access-token.ts'
import { authenticateClient } from '../client-authentication.ts'
import type { Issuer, OAuthContext, OAuthRequest, OAuthResult } from '../context.ts'
import { OAuthError, unauthorizedClient } from '../errors.ts'
import { externalIdentityOf } from '../external-identity.ts'
import { JWT_BEARER } from '../grant-type.ts'
import { newUserId } from '../identifier.ts'
import type { Parameters } from '../parameters.ts'
import { narrowResources, requestedResources } from '../resource.ts'
import { parseScope, scopesWithin } from '../scope.ts'
import { senderConstraint } from '../sender-constraint.ts'
import type { AuthenticatedClient } from '../store.ts'
import { tokenResponse } from '../token-response.ts'
import { readTrustedToken, type TrustedToken, withAndWithoutSlash } from '../trusted-token.ts'
import { isTokenId, refusalsNoted, refuseAssertion, spendAssertion } from './assertion.ts'

/** draft-ietf-oauth-identity-assertion-authz-grant §3.1: the header's `typ`. */
export const ID_JAG_TYPE = 'oauth-id-jag+jwt'
/** §7.2, in `authorization_grant_profiles_supported`. */
export const ID_JAG_PROFILE = 'urn:ietf:params:oauth:grant-profile:id-jag'

/** They are made for one request and live five minutes; longer ones are a mistake that somebody could steal. */
const MAX_LIFETIME_SECONDS = 3600

/**
 * An identity assertion JWT authorization grant (§4.4; MCP Enterprise-Managed Authorization §5): the company's identity provider
 * says that this user may use this client with this resource, so nobody is asked. No refresh token: the provider decides each time.
 * Whatever is wrong with the assertion is `invalid_grant`.
 */
export async function idJag(assertion: string, parameters: Parameters, request: OAuthRequest, ctx: OAuthContext): Promise<OAuthResult> {
  const client = await authenticateClient(parameters, request, ctx)
  requireEntitled(client)
  const presenter = { clientId: client.clientId, proven: client.authenticatedBy !== 'none' }

  return refusalsNoted(presenter, ctx, async () => {
    const { issuer } = ctx
    const token = await readIdJag(assertion, client, ctx)
    const resources = resourcesOf(token, parameters, issuer)
    const scopes = scopesWithin(parseScope(parameters.get('scope')), limitOf(token, issuer), issuer, client.scope)
    const constraint = await senderConstraint(request, ctx, client, client.readAt)
    // Last, so that a wrong guess above cannot burn the assertion of an honest client.
    await spendAssertion(assertion, token, presenter, ctx)
    const userId = await linkedUser(token, client, ctx)
    await keepDocument(client, ctx)

    const lifetimeSeconds = issuer.accessTokenTtlSeconds
    const { clientId, readAt: issuedAt } = client
    const claims = accessTokenClaims(issuer, { userId, clientId, scopes, resources, issuedAt, lifetimeSeconds, cnf: constraint.cnf })
    const accessToken = await ctx.sign(claims)
    await ctx.store.record({
      ...{ action: 'assertion.issued', step: 'token', actorKind: 'client', actorId: clientId, clientId, userId },
      detail: { kind: 'id-jag', issuer: token.trusted.issuer, jti: claims.jti, scope: claims.scope, aud: claims.aud },
    })
    return tokenResponse({ accessToken, expiresIn: lifetimeSeconds, scopes, constraint })
  })
}

/**
 * §5 of the extension: credentials as registered, so a registered client must have some (§9.1 of the draft). A metadata document
 * may do without. An operator's list of grants is a decision and must name this one; other clients' lists are only wishes.
 */
function requireEntitled({ clientId, source, authenticatedBy, grantTypes }: AuthenticatedClient): void {
  const mayAsk = source === 'document' || authenticatedBy !== 'none'
  const isListed = source !== 'manual' || grantTypes.includes(JWT_BEARER)
  if (!mayAsk || !isListed) throw unauthorizedClient({ kind: 'grant_type_not_allowed', clientId })
}

async function readIdJag(assertion: string, client: AuthenticatedClient, ctx: OAuthContext): Promise<TrustedToken> {
  const expected = {
    kind: 'id-jag',
    types: [ID_JAG_TYPE],
    audiences: () => withAndWithoutSlash(ctx.issuer.url),
    maxLifetimeSeconds: MAX_LIFETIME_SECONDS,
  } as const
  const token = await readTrustedToken(assertion, expected, client.readAt, ctx)
  if (typeof token === 'string') throw refuseAssertion(token)
  const { client_id, jti, iat } = token.claims
  if (client_id !== client.clientId) throw refuseAssertion('client_id')
  if (!isTokenId(jti)) throw refuseAssertion('jti')
  if (iat === undefined) throw refuseAssertion('iat')
  return token
}

/** `resource` of the assertion binds (§7.6 of the extension); without one the request's own, or the project's default. */
function resourcesOf({ claims: { resource } }: TrustedToken, parameters: Parameters, issuer: Issuer): string[] {
  const asked = parameters.all('resource')
  if (resource === undefined) return requestedResources(asked, issuer)
  const named: unknown[] = [resource].flat()
  if (named.length === 0 || !named.every((each) => typeof each === 'string')) throw refuseAssertion('resource')
  return narrowResources(asked, boundResources(named, issuer), issuer)
}

function boundResources(named: readonly string[], issuer: Issuer): string[] {
  try {
    return requestedResources(named, issuer)
  } catch (error) {
    if (error instanceof OAuthError && error.code === 'invalid_target') throw refuseAssertion('resource')
    throw error
  }
}

/** What the assertion and the project's rules for its issuer both allow; null: neither says. */
function limitOf({ claims: { scope }, scopes: byRule }: TrustedToken, issuer: Issuer): readonly string[] | null {
  if (scope === undefined) return byRule
  const carried = typeof scope === 'string' ? scope.split(' ') : []
  // Scopes that another server understands: the assertion is none of our business.
  if (!carried.some((name) => issuer.scopes.some((one) => one.name === name))) throw refuseAssertion('scope')
  return byRule ? carried.filter((name) => byRule.includes(name)) : carried
}

/** A token lives as long as its client is there and not revoked: so a document leaves a row, by which an operator can end it. */
async function keepDocument(client: AuthenticatedClient, ctx: OAuthContext): Promise<void> {
  const { clientId, source, name, metadataHash } = client
  if (source !== 'document') return
  await ctx.store.keepDocumentClient(client, {
    ...{ step: 'token', actorKind: 'client', actorId: clientId, clientId },
    detail: { source, name, metadata_hash: metadataHash },
  })
}

/** What the provider calls its user becomes one of ours. A user who is disabled here stays so, whatever the provider says. */
async function linkedUser(token: TrustedToken, { clientId }: AuthenticatedClient, ctx: OAuthContext): Promise<string> {
  const userId = await ctx.store.linkIdentity(externalIdentityOf(token), newUserId(), {
    ...{ action: 'identity.linked', step: 'token', actorKind: 'client', actorId: clientId, clientId },
    detail: { issuer: token.trusted.issuer },
  })
  if (userId === null) throw refuseAssertion('user_disabled')
  return userId
}
