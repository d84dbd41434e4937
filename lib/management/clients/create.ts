import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction, type Transaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { metadataHashOf } from '#lib/oauth/client-metadata.ts'
import { newClientId } from '#lib/oauth/identifier.ts'
import { parseJsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import { checkRedirectUri, toAsciiRedirectUri } from '#lib/oauth/redirect-uri.ts'
import { needsSecret } from '#lib/oauth/registration.ts'
import { OFFLINE_ACCESS, OPENID_DESCRIPTIONS } from '#lib/oauth/scope.ts'
import type { JsonWebKeySet } from '#lib/oauth/signed-jwt.ts'
import { isFetchable } from '#lib/outbound/target.ts'
import { auditSource, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { newSecret } from '../secret.ts'
import { type CreateClientInput, createClientInput } from './inputs.ts'

/**
 * A client made by hand. `clientSecret` is here once, only its hash is kept; null for a client without one.
 * Throws `forbidden`, `invalid`.
 */
export async function createClient(
  ctx: ManagementContext,
  input: CreateClientInput,
): Promise<{ clientId: string; clientSecret: string | null }> {
  requirePermission(ctx, 'client:write')
  const { name, tokenEndpointAuthMethod, grantTypes, scope, clientUri, ...said } = parseInput(createClientInput, input)
  const redirectUris = checkedRedirectUris(said.redirectUris)
  const jwks = said.jwks === undefined ? null : checkedKeys(said.jwks)
  const jwksUri = said.jwksUri === undefined ? null : checkedKeysUri(said.jwksUri)
  const clientId = newClientId()
  const secret = needsSecret({ tokenEndpointAuthMethod }) ? newSecret('client') : null

  await inTransaction(async (tx) => {
    const ceiling = await checkedCeiling(tx, ctx, scope)
    await tx.oAuthClient.create({
      data: {
        projectId: ctx.project.id,
        clientId,
        name,
        source: 'manual',
        trusted: true,
        applicationType: redirectUris.some((uri) => !uri.startsWith('https:')) ? 'native' : 'web',
        tokenEndpointAuthMethod,
        secretHash: secret?.secretHash ?? null,
        secretLastFour: secret?.lastFour ?? null,
        redirectUris: JSON.stringify(redirectUris),
        grantTypes: JSON.stringify(grantTypes),
        scope: ceiling,
        clientUri: clientUri ?? null,
        jwks: jwks && JSON.stringify(jwks),
        jwksUri,
        metadataHash: metadataHashOf({ name, redirectUris, clientUri: clientUri ?? null, jwks, jwksUri }),
      },
    })
    await recordAudit(tx, auditSource(ctx), {
      action: 'client.created',
      clientId,
      name,
      changes: { redirectUris, tokenEndpointAuthMethod, grantTypes, scope: ceiling },
    })
  })
  return { clientId, clientSecret: secret?.secret ?? null }
}

function checkedKeys(text: string): JsonWebKeySet {
  const set = parseJsonWebKeySet(jsonOf(text))
  if (typeof set === 'string') throw invalid({ jwks: set })
  return set
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** By its text only: the keys themselves are read when the client shows up. */
function checkedKeysUri(url: string): string {
  if (!isFetchable(url, { developmentLoopback: env().OUTBOUND_LOOPBACK === 'on' }))
    throw invalid({ jwksUri: 'An https URL of a public host' })
  return url
}

function checkedRedirectUris(uris: readonly string[]): string[] {
  const ascii = uris.map((uri) => toAsciiRedirectUri(uri) ?? uri)
  const problems = ascii.flatMap((uri, i) => {
    const problem = checkRedirectUri(uri)
    return problem === null ? [] : [[`redirectUris.${i}`, problem] as const]
  })
  if (problems.length > 0) throw invalid(Object.fromEntries(problems))
  return [...new Set(ascii)]
}

/** Only scopes the project has: a ceiling with others would silently allow them the day they are added. */
async function checkedCeiling(tx: Transaction, ctx: ManagementContext, scope: string | undefined): Promise<string | null> {
  const wanted = [...new Set(scope?.split(/\s+/).filter(Boolean))]
  if (wanted.length === 0) return null
  const scopes = await tx.scope.findMany({ where: { projectId: ctx.project.id }, select: { name: true } })
  const { openidConnect } = await tx.project.findUniqueOrThrow({ where: { id: ctx.project.id }, select: { openidConnect: true } })
  const known = new Set([...scopes.map(({ name }) => name), ...(openidConnect ? OPENID_DESCRIPTIONS.keys() : []), OFFLINE_ACCESS])
  if (wanted.some((name) => !known.has(name))) throw invalid({ scope: 'Only scopes of this project' })
  return wanted.join(' ')
}
