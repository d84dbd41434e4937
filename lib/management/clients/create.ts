import { recordAudit } from '#lib/audit/record.ts'
import { inTransaction } from '#lib/db/transaction.ts'
import { env } from '#lib/env.ts'
import { metadataHashOf } from '#lib/oauth/client-metadata.ts'
import { newClientId } from '#lib/oauth/identifier.ts'
import { type JsonWebKeySet, parseJsonWebKeySet } from '#lib/oauth/json-web-key.ts'
import { needsSecret } from '#lib/oauth/registration.ts'
import { isFetchable } from '#lib/outbound/target.ts'
import { auditSource, invalid, type ManagementContext, requirePermission } from '../context.ts'
import { parseInput } from '../parse.ts'
import { newSecret } from '../secret.ts'
import { type CreateClientInput, createClientInput } from './inputs.ts'
import { applicationTypeOf, checkedRedirectUris } from './redirect-uris.ts'
import { checkedCeiling } from './scope-ceiling.ts'

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
        applicationType: applicationTypeOf(redirectUris),
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
